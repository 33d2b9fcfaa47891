"""What people live on, as they said it last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from chezsoi.kernel.actor import Actor
from chezsoi.people.models import ResourceStatement


def resources_last_stated(person_ids: Iterable[int], *, actor: Actor) -> dict[int, list[ResourceStatement]]:
    """Give what each person stated on the last day they were asked, one amount a kind; nobody else is in it."""
    rows = ResourceStatement.objects.filter(person_id__in=list(person_ids)).select_related("source")
    last = {(row.person_id, row.kind): row for row in rows.order_by("stated_on", "pk")}
    newest: dict[int, date] = {}
    for row in last.values():
        newest[row.person_id] = max(row.stated_on, newest.get(row.person_id, row.stated_on))
    found: dict[int, list[ResourceStatement]] = defaultdict(list)
    for row in last.values():
        if row.stated_on == newest[row.person_id]:
            found[row.person_id].append(row)
    return found
