"""What people live on, as they said it last."""

from __future__ import annotations

from collections.abc import Iterable

from chezsoi.kernel.actor import Actor
from chezsoi.people.choices import ResourceKind
from chezsoi.people.models import ResourceStatement

GIVES_WAY = {ResourceKind.NONE.value, ResourceKind.UNKNOWN.value}
"""What is true only until something else is said to come in."""


def current_resources(person_ids: Iterable[int], *, actor: Actor) -> dict[int, list[ResourceStatement]]:
    """
    Give what each person lives on by what was stated of them, oldest first; who was never asked is not in it.

    Each kind counts until it is stated again, or stated at 0: it no longer comes in. *No resources* ends all that was
    stated before. Of one day, what was written later counts. A file says one thing of somebody: what its source says
    next replaces it. When everything has ended, the last end is given, so that it is known that nothing comes in.
    """
    rows = ResourceStatement.objects.filter(person_id__in=list(person_ids)).select_related("source")
    found: dict[int, list[ResourceStatement]] = {}
    for row in rows.order_by("stated_on", "pk"):
        found[row.person_id] = _after(found.get(row.person_id, []), row)
    return found


def _after(current: list[ResourceStatement], row: ResourceStatement) -> list[ResourceStatement]:
    if row.kind == ResourceKind.NONE:
        return [row]
    kept = [each for each in current if not (_replaces(row, each) or _has_ended(each))]
    if _has_ended(row):
        return kept or [row]
    return [each for each in kept if each.kind not in GIVES_WAY] + [row]


def _replaces(row: ResourceStatement, earlier: ResourceStatement) -> bool:
    return row.kind == earlier.kind or (row.source_id is not None and row.source_id == earlier.source_id)


def _has_ended(row: ResourceStatement) -> bool:
    return row.kind != ResourceKind.NONE and row.amount_per_month == 0
