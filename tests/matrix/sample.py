"""
The cells of the matrix that `make test` asks, the same each time; `make drill` asks them all, one by one.

What depends on the thing (it opens, it does not exist) is asked of every row, once each; what the first door says
without looking at the thing (sign in, not your right, not that way) is asked of every address and method, once each.
Each cell is asked as the actor who was asked the fewest before.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache

from django.db import connection

from tests.matrix import table
from tests.matrix.proposal import ABSENT, OPEN, Key, rows
from tests.matrix.world import ACTORS

ABOUT_THE_THING = frozenset({OPEN, ABSENT})
# Where each actor reads the words of the household it follows: without them, finding no word proves nothing.
BY_EACH = frozenset({("portal:search", "GET", "none"), ("people:household", "GET", "own")})


def cells(actor: str) -> list[Key]:
    """Give the rows that one actor is asked, in the order of the matrix."""
    asked = _asked()
    return [key for key in rows() if key in BY_EACH or (key, actor) in asked]


def asked_here(actor: str) -> list[Key]:
    """Give what is asked of the database at hand: the second decides nothing of who may read, only that pages open."""
    if connection.vendor == "sqlite":
        return cells(actor)
    decided = table.read()
    return [key for key in cells(actor) if key in BY_EACH or decided[key][actor] == OPEN]


@cache
def _asked() -> frozenset[tuple[Key, str]]:
    turns: Counter[str] = Counter(dict.fromkeys(ACTORS, 0))
    known: set[tuple[object, str]] = set()
    chosen = []
    for key, outcome, told in _answers():
        if (about(key, outcome), outcome) not in known:
            known.add((about(key, outcome), outcome))
            actor = min(told, key=lambda each: (turns[each], ACTORS.index(each)))
            turns[actor] += 1
            chosen.append((key, actor))
    return frozenset(chosen)


def about(key: Key, outcome: str) -> tuple[str, ...]:
    """Say what an outcome is about: the row, or the address and the method alone."""
    return key if outcome in ABOUT_THE_THING else key[:2]


def _answers() -> Iterator[tuple[Key, str, list[str]]]:
    """Give each row with each outcome it has, and the actors who are told so."""
    decided = table.read()
    for key in rows():
        for outcome in sorted({decided[key][actor] for actor in ACTORS}):
            yield key, outcome, [actor for actor in ACTORS if decided[key][actor] == outcome]
