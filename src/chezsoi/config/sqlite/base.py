"""
Wait for one's turn outside SQLite, then write.

SQLite's own waiting has two faults under threads. It is not fair: whoever polls at the right instant comes first, and
one of fifty may wait in vain. And a thread that polls keeps its connection locked: when the garbage collector of the
thread that writes meets a cursor of that connection, it waits for it with the interpreter in hand, and the whole
process stands still until the poll gives up, twenty seconds later (decision 17).
"""

from __future__ import annotations

from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from chezsoi.config.sqlite.turns import Turns

LOCKED = "database is locked"
_TURNS: dict[str, Turns] = {}


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that takes its turn when a transaction starts, and leaves it when the transaction ends."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turns: Turns | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # the stubs leave it out
        except BaseException:
            self._leave_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # the stubs leave it out
        self._leave_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # the stubs leave it out
        finally:
            self._leave_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # the stubs leave it out
        finally:
            self._leave_turn()

    def _take_turn(self) -> None:
        if self._turns is not None or self.is_in_memory_db():
            return
        turns = _TURNS.setdefault(str(self.settings_dict["NAME"]), Turns())
        if not turns.take(within=self.settings_dict["OPTIONS"]["timeout"]):
            raise OperationalError(LOCKED)
        self._turns = turns

    def _leave_turn(self) -> None:
        turns, self._turns = self._turns, None
        if turns is not None:
            turns.leave()
