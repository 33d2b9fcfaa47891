"""Turns: who may write, among the threads of one process; first come, first served."""

from __future__ import annotations

import threading
from collections import deque


class Turns:
    """
    A lock that is handed on in the order it was asked for.

    >>> turns = Turns()
    >>> turns.take(within=1)
    True
    >>> turns.take(within=0)
    False
    >>> turns.leave()
    >>> turns.take(within=0)
    True
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._is_taken = False
        self._waiting: deque[threading.Event] = deque()

    def take(self, *, within: float) -> bool:
        """Wait for one's turn, `within` seconds at most; tell whether it came."""
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return True
            called = threading.Event()
            self._waiting.append(called)
        try:
            return called.wait(within) or not self._gives_up(called)
        except BaseException:
            # A server that stops interrupts whoever waits; called later, they would lose the turn for all.
            if not self._gives_up(called):
                self.leave()
            raise

    def _gives_up(self, called: threading.Event) -> bool:
        """Leave the queue; tell whether that was in time, before the turn came."""
        with self._guard:
            if called.is_set():
                return False
            self._waiting.remove(called)
            return True

    def leave(self) -> None:
        """Give the turn to whoever has waited longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._is_taken = False
