"""Who writes when several threads want to: first come, first served, and nobody holds up the others."""

import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.db import ConnectionHandler, OperationalError, transaction

from chezsoi.config import environment
from chezsoi.config.sqlite.turns import Turns

NEVER, SOON = 30, 0.05


class Interrupted(BaseException):
    """Somebody stops the program while it waits."""


class TestTurns:
    def test_come_in_the_order_they_were_asked_for(self):
        turns, came = Turns(), []
        turns.take(within=NEVER)

        def wait(name: int) -> None:
            turns.take(within=NEVER)
            came.append(name)
            turns.leave()

        threads = [threading.Thread(target=wait, args=[name]) for name in range(5)]
        for asked, thread in enumerate(threads, start=1):
            thread.start()
            while len(turns._waiting) < asked:
                pass
        turns.leave()
        for thread in threads:
            thread.join()

        assert came == [0, 1, 2, 3, 4]
        assert turns.take(within=0)

    def test_are_lost_by_whoever_waits_no_longer(self):
        turns = Turns()
        turns.take(within=NEVER)

        assert not turns.take(within=0)
        turns.leave()

        assert turns.take(within=0)

    def test_that_come_at_the_last_instant_are_kept(self, monkeypatch):
        turns = Turns()
        turns.take(within=NEVER)

        class CalledTooLate(threading.Event):
            def wait(self, timeout=None):
                turns.leave()
                return False

        monkeypatch.setattr("chezsoi.config.sqlite.turns.threading.Event", CalledTooLate)

        assert turns.take(within=NEVER)
        assert not turns._waiting

    @pytest.mark.parametrize("came", [True, False])
    def test_are_not_lost_by_whoever_is_interrupted(self, monkeypatch, came):
        turns = Turns()
        turns.take(within=NEVER)

        class Stopped(threading.Event):
            def wait(self, timeout=None):
                if came:
                    turns.leave()
                raise Interrupted

        monkeypatch.setattr("chezsoi.config.sqlite.turns.threading.Event", Stopped)
        with pytest.raises(Interrupted):
            turns.take(within=NEVER)
        if not came:
            turns.leave()

        assert turns.take(within=0)


@pytest.fixture
def house(tmp_path, django_db_blocker) -> Iterator[ConnectionHandler]:
    """Give connections to a database of two columns: one a thread, as Django gives them."""
    settings = environment.database(f"sqlite:///{tmp_path / 'house.sqlite3'}")
    settings["OPTIONS"]["timeout"] = 2
    connections = ConnectionHandler({"default": settings})
    with django_db_blocker.unblock():
        connections["default"].cursor().execute("CREATE TABLE kept (name TEXT)")
        yield connections
        connections.close_all()


def write(house: ConnectionHandler, name: str) -> None:
    with house["default"].cursor() as cursor:
        cursor.execute("INSERT INTO kept VALUES (%s)", [name])


def kept(house: ConnectionHandler) -> list[str]:
    with house["default"].cursor() as cursor:
        return [name for (name,) in cursor.execute("SELECT name FROM kept").fetchall()]


@pytest.fixture
def atomic(house, monkeypatch):
    """Open a transaction on the database under test, not on that of the tests."""
    monkeypatch.setattr(transaction, "get_connection", lambda using=None: house["default"])
    return transaction.atomic


class Elsewhere(threading.Thread):
    """Another thread, which writes one name on its own connection and keeps what it was told when it could not."""

    def __init__(self, house, atomic, name: str, *, first=lambda: None) -> None:
        super().__init__()
        self.house, self.atomic, self.written, self.first, self.said = house, atomic, name, first, ""

    def run(self) -> None:
        try:
            self.first()
            with self.atomic():
                write(self.house, self.written)
        except OperationalError as locked:
            self.said = str(locked)
        finally:
            self.house["default"].close()


class TestWriting:
    def test_goes_on_while_the_memory_of_who_waits_is_given_back(self, house, atomic):
        """Once, this thread waited for the other's cursor, and the other for this thread: both for twenty seconds."""
        left, is_waiting = [], threading.Event()

        def leave_a_cursor() -> None:
            cursor = house["default"].cursor()
            cursor.execute("SELECT 1 UNION SELECT 2").fetchone()
            left.append(cursor)
            del cursor
            is_waiting.set()

        other = Elsewhere(house, atomic, "second", first=leave_a_cursor)
        with atomic():
            write(house, "first")
            other.start()
            is_waiting.wait(NEVER)
            other.join(SOON)
            left.clear()
        other.join()

        assert other.said == ""
        assert kept(house) == ["first", "second"]

    def test_is_refused_in_the_words_of_sqlite_when_the_turn_does_not_come(self, house, atomic):
        def wait_no_more() -> None:
            house["default"].settings_dict["OPTIONS"]["timeout"] = 0

        other = Elsewhere(house, atomic, "second", first=wait_no_more)
        with atomic():
            other.start()
            other.join()

        assert other.said == "database is locked"
        with atomic():
            write(house, "third")
        assert kept(house) == ["third"]

    @pytest.mark.parametrize("ends", ["committed", "rolled back", "closed"])
    def test_leaves_its_turn_however_it_ends(self, house, atomic, ends):
        with suppress(KeyError), atomic():
            write(house, "first")
            if ends == "closed":
                house["default"].close()
            if ends == "rolled back":
                raise KeyError

        other = Elsewhere(house, atomic, "second")
        other.start()
        other.join()

        assert kept(house) == (["first", "second"] if ends == "committed" else ["second"])
