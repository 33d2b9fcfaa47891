"""
Put rows in an order the reader chose, among those a list names.

Both databases then give the same rows: what is unknown comes last whichever way one reads, and the primary key ends
every order, so that the pages of a list hold each row once. Words are sorted on a stored key without accents, since
neither database sorts é after e (decision 1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import Case, Model, QuerySet, Value, When
from django.db.models.expressions import Combinable, OrderBy

from chezsoi.kernel.orders import Order, read_order

Rows = TypeVar("Rows", bound=Model)


class Orders:
    """The orders a list may be put in: what each key reads, and the order of the list when none is asked."""

    def __init__(self, default: str, keys: Mapping[str, Sequence[Combinable]]) -> None:
        self.default = read_order(default)
        self.keys = keys

    def read(self, text: str) -> Order:
        """Read the order an address asks for; one this list does not know is its own."""
        asked = read_order(text)
        return asked if asked.key in self.keys else self.default

    def put(self, rows: QuerySet[Rows], order: Order | None = None) -> QuerySet[Rows]:
        """Put rows in an order; None is that of the list."""
        wanted = order or self.default
        columns = (_directed(column, wanted) for column in self.keys[wanted.key])
        return rows.order_by(*columns, "-pk" if wanted.is_descending else "pk")


def by_rank(path: str, ranked: Sequence[Any]) -> Case:
    """Read a column by the place of its value in a list; a value that is not there is unknown."""
    return Case(*(When(**{path: value}, then=Value(place)) for place, value in enumerate(ranked)))


def _directed(column: Combinable, order: Order) -> OrderBy:
    direct: Any = column
    return direct.desc(nulls_last=True) if order.is_descending else direct.asc(nulls_last=True)  # type: ignore[no-any-return]
