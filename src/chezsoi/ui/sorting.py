"""The order of a list, said as people say it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from chezsoi.kernel.orders import Order
from chezsoi.ui.shapes import By, Column, Table

ARIA = {True: "descending", False: "ascending"}
ICONS = {True: "arrow-down", False: "arrow-up"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading that sorts: what a press asks for, and, when the list is in its order, how the list is read."""

    column: Column
    asks: Order
    says: str
    aria: str = ""
    icon: str = "chevron-expand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An order of the list, as the control names it."""

    order: Order
    label: str
    is_current: bool


def heading(column: Column, order: Order) -> Heading:
    """Make a heading that sorts."""
    asks = order.after_pressing(column.sort)
    says = _("sort: %(way)s") % {"way": _way(column, asks)}
    if order.key != column.sort:
        return Heading(column=column, asks=asks, says=says)
    way = order.is_descending
    return Heading(column=column, asks=asks, says=says, aria=ARIA[way], icon=ICONS[way])


def choices(table: Table) -> Iterator[Choice]:
    """Give every order of a list, both ways, by the columns that sort it."""
    for column in table.sortable:
        for is_descending in (False, True):
            order = Order(key=column.sort, is_descending=is_descending)
            yield Choice(order=order, label=said(column, order), is_current=order == table.order)


def said(column: Column, order: Order) -> str:
    """Say an order: by what, and which way."""
    return _("%(what)s: %(way)s") % {"what": column.label, "way": _way(column, order)}


def _way(column: Column, order: Order) -> str:
    ways = {
        By.WORDS: (_("from A to Z"), _("from Z to A")),
        By.NUMBERS: (_("smallest first"), _("largest first")),
        By.DAYS: (_("oldest first"), _("newest first")),
        By.STEPS: (_("first steps first"), _("last steps first")),
    }
    return ways[column.by][order.is_descending]
