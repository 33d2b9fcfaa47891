"""
A page of the by-name list, read from an index whatever the length of the list.

A page begins after a household, or ends before one: nothing is skipped over to reach it. The rows come in two runs,
those that have a value and then, whichever way one reads, those that have none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When

from chezsoi.kernel.orders import Order
from chezsoi.people.models.households import HouseholdMember

PER_PAGE = 50
BY_NAME = Order(key="name")

Rows = QuerySet[HouseholdMember]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """What an order reads, and which rows have no value for it."""

    path: str
    valued: Q
    valueless: Q | None = None

    def of(self, row: HouseholdMember) -> object:
        found: object = row
        for part in self.path.split("__"):
            found = getattr(found, part)
        return found


_COLUMNS = {
    "name": _Column(path="person__sort_name", valued=Q(person__sort_name__gt=""), valueless=Q(person__sort_name="")),
    "contact": _Column(
        path="household__last_contact_on",
        valued=Q(household__last_contact_on__isnull=False),
        valueless=Q(household__last_contact_on=None),
    ),
    "known": _Column(path="household__created_on", valued=Q()),
}


def in_order(rows: Rows, order: Order) -> list[Rows]:
    """Give the rows in an order, as runs to be read one after the other."""
    column = _COLUMNS[order.key]
    minus = "-" if order.is_descending else ""
    ordered = rows.filter(column.valued).order_by(f"{minus}{column.path}", f"{minus}household")
    if column.valueless is None:
        return [ordered]
    return [ordered, rows.filter(column.valueless).order_by("household")]


def whole(rows: Rows, order: Order, *, most: int) -> list[int]:
    """Give, by their keys alone, the households of a list in an order: both runs in one question."""
    column = _COLUMNS[order.key]
    minus = "-" if order.is_descending else ""
    ordered: list[Any] = [f"{minus}{column.path}", f"{minus}household"]
    if column.valueless is not None:
        ordered.insert(0, Case(When(column.valueless, then=F("household"))).asc(nulls_first=True))
    return list(rows.order_by(*ordered).values_list("household", flat=True)[:most])


def cut(keys: Sequence[int], *, after: int | None = None, before: int | None = None) -> tuple[list[int], bool, bool]:
    """Cut out of a list held whole the page that `page` would read."""
    mark = after or before
    if mark not in keys:
        return list(keys[:PER_PAGE]), False, len(keys) > PER_PAGE
    at = keys.index(mark)
    start, end = (at + 1, at + 1 + PER_PAGE) if after else (max(at - PER_PAGE, 0), at)
    return list(keys[start:end]), start > 0, end < len(keys)


def page(
    rows: Rows, order: Order, *, after: int | None = None, before: int | None = None
) -> tuple[list[HouseholdMember], bool, bool]:
    """Read the page after a household, or before one; tell whether there are rows before it, and after it."""
    mark = rows.filter(household=after or before).first() if after or before else None
    if mark is None:
        found = _first(in_order(rows, order))
        return found[:PER_PAGE], False, len(found) > PER_PAGE
    if after:
        found = _first(_beyond(rows, order, mark))
        return found[:PER_PAGE], True, len(found) > PER_PAGE
    found = _first([run.reverse() for run in reversed(_short_of(rows, order, mark))])
    return found[:PER_PAGE][::-1], len(found) > PER_PAGE, True


def _first(runs: Sequence[Rows]) -> list[HouseholdMember]:
    found: list[HouseholdMember] = []
    for run in runs:
        if len(found) <= PER_PAGE:
            found += run[: PER_PAGE + 1 - len(found)]
    return found


def _beyond(rows: Rows, order: Order, mark: HouseholdMember) -> list[Rows]:
    runs, here = in_order(rows, order), _COLUMNS[order.key].of(mark)
    if not here:
        return [runs[1].filter(household__gt=mark.household_id)]
    side = "lt" if order.is_descending else "gt"
    return [_on_one_side(runs[0], order, mark, side), *runs[1:]]


def _short_of(rows: Rows, order: Order, mark: HouseholdMember) -> list[Rows]:
    runs, here = in_order(rows, order), _COLUMNS[order.key].of(mark)
    if not here:
        return [runs[0], runs[1].filter(household__lt=mark.household_id)]
    side = "gt" if order.is_descending else "lt"
    return [_on_one_side(runs[0], order, mark, side)]


def _on_one_side(run: Rows, order: Order, mark: HouseholdMember, side: str) -> Rows:
    """Keep the rows on one side of a mark; the bound on the column alone lets an index start there."""
    column = _COLUMNS[order.key]
    here = column.of(mark)
    further = Q(**{f"{column.path}__{side}": here}) | Q(**{column.path: here, f"household__{side}": mark.household_id})
    return run.filter(further, **{f"{column.path}__{side}e": here})
