"""Where people live and lived, read from dated observations. The persons given are already in the caller's hands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household, Person, ResidentialSituation
from chezsoi.people.models.identities import Seen
from chezsoi.people.models.stretches import Stretch, stretches
from chezsoi.people.queries.members import lead


def observations(
    person_ids: Iterable[int], *, on_or_before: date, actor: Actor
) -> dict[int, list[ResidentialSituation]]:
    """Gather what was observed of some persons up to a day, withdrawn rows left out, the last to hold last."""
    found: dict[int, list[ResidentialSituation]] = defaultdict(list)
    for row in _observed(person_ids, on_or_before).select_related("commune"):
        found[row.person_id].append(row)
    return found


def last_observations(
    person_ids: Iterable[int], *, on_or_before: date, actor: Actor
) -> dict[int, ResidentialSituation]:
    """Give the last observation of each of some persons; those never observed are left out."""
    found = observations(person_ids, on_or_before=on_or_before, actor=actor)
    return {person_id: rows[-1] for person_id, rows in found.items()}


def last_seen(person_ids: Iterable[int], *, on_or_before: date, actor: Actor) -> dict[int, Seen]:
    """Tell where each of some persons was seen last, for whatever compares people; who never was is left out."""
    rows = _observed(person_ids, on_or_before).values_list("person_id", *Seen._fields)
    return {person_id: Seen(*seen) for person_id, *seen in rows}


def last_observation(person: Person, *, on_or_before: date, actor: Actor) -> ResidentialSituation | None:
    """Give the last observation of a person on or before a day."""
    return last_observations([person.pk], on_or_before=on_or_before, actor=actor).get(person.pk)


def current_situation(person: Person, *, on: date, actor: Actor) -> Stretch | None:
    """Give the situation a person is in on a day, and since when; None when nobody ever asked."""
    rows = observations([person.pk], on_or_before=on, actor=actor)[person.pk]
    return stretches(rows, until=on)[-1] if rows else None


def nights_in_situation(person: Person, *, on: date, actor: Actor) -> int | None:
    """Count the nights a person has spent in the situation of a day; None when nobody ever asked."""
    current = current_situation(person, on=on, actor=actor)
    return None if current is None else current.nights_until(on)


def situation_lane(household: Household, *, on: date, actor: Actor) -> tuple[Stretch, ...]:
    """Give the stretches of the lead's life that are known, in order; nothing when the household has no lead."""
    head = lead(household, on=on, actor=actor)
    if head is None:
        return ()
    return stretches(observations([head.person_id], on_or_before=on, actor=actor)[head.person_id], until=on)


def _observed(person_ids: Iterable[int], on_or_before: date) -> QuerySet[ResidentialSituation]:
    rows = ResidentialSituation.objects.filter(
        person_id__in=list(person_ids), withdrawn_at=None, observed_on__lte=on_or_before
    )
    return rows.order_by("observed_on", "-is_derived", "recorded_at", "pk")
