"""What happened in the life of a household, and what was corrected: who wrote it, when, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from chezsoi.kernel.actor import Actor
from chezsoi.people.choices import LifeEvent
from chezsoi.people.models import Correction, Household, LifeChange, Person, households_seen_by
from chezsoi.people.queries.cards import name_of
from chezsoi.people.queries.members import household_of
from chezsoi.people.queries.sight import sight
from chezsoi.territories.queries import account_names


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeLine:
    """
    One change: `others` counts those who now live where the reader sees nothing, and whom nothing names.

    `is_here` tells whether it may be undone from this household: a move, from where they live now alone.
    """

    pk: int
    event: LifeEvent
    happened_on: date
    names: tuple[str, ...]
    others: int
    reason: str
    written_at: datetime
    author: str
    other: Household | None
    is_here: bool
    is_undone: bool
    undo_reason: str
    undone_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionLine:
    """A value that was replaced: what it was, whose, who replaced it, when and why."""

    field: str
    name: str
    old_value: str
    written_at: datetime
    author: str
    reason: str


def life(household: Household, *, actor: Actor) -> tuple[LifeLine, ...]:
    """
    Tell what happened to a household, the latest first, as the reader may know it.

    Where those who left are hidden from the reader, the line says that somebody left, like any other departure.
    """
    rows = LifeChange.objects.filter(household=household) | LifeChange.objects.filter(other=household)
    found = list(rows.select_related("household", "other").prefetch_related("persons").order_by("-happened_on", "-pk"))
    ends = {end.pk for row in found for end in (row.household, row.other) if end is not None}
    seen = set(Household.objects.filter(pk__in=ends).visible_to(actor).values_list("pk", flat=True))
    authors = account_names([row.recorded_by for row in found] + [row.undone_by for row in found], actor=actor)
    return tuple(_line(row, household, seen, authors, actor) for row in found)


def change(pk: int, *, household: Household, actor: Actor) -> LifeChange:
    """
    Find a change in the life of a household.

    :raises LifeChange.DoesNotExist: if it is of another household's.
    """
    rows = LifeChange.objects.filter(household=household) | LifeChange.objects.filter(other=household)
    return rows.select_related("household").get(pk=pk)


def former_members(household: Household, *, actor: Actor) -> list[tuple[int, str]]:
    """List who lived in a household, has no other since, and may come back."""
    rows = Person.objects.filter(memberships__household=household, died_on=None)
    rows = rows.exclude(memberships__ends_on=None).distinct().order_by("pk")
    last = [person for person in rows if household_of(person, actor=actor) == household]
    return [(person.pk, name_of(person, reference=household.reference, actor=actor)) for person in last]


def person_of(pk: int, *, household: Household, actor: Actor) -> Person:
    """
    Find somebody who lives, or lived, in a household.

    :raises Person.DoesNotExist: if they never did.
    """
    return Person.objects.filter(memberships__household=household).distinct().get(pk=pk)


def file_numbered(number: str, *, near: Household, actor: Actor) -> Household | None:
    """Find the file of a number in the territory of another, among those that exist for the actor."""
    rows = households_seen_by(actor).filter(territory=near.territory_id, reference__iexact=number.strip())
    return rows.first()


def corrections(household: Household, people: Iterable[Person], *, actor: Actor) -> tuple[CorrectionLine, ...]:
    """List what was corrected in a household's file and in its members', for who reads identity and situation."""
    sees = sight(actor=actor)
    if not (sees.identity and sees.situation):
        return ()
    names = {each.pk: name_of(each, reference=household.reference, actor=actor) for each in people}
    rows = Correction.objects.filter(household=household) | Correction.objects.filter(person__in=names)
    found = list(rows.order_by("-corrected_at", "-pk"))
    authors = account_names([row.corrected_by for row in found], actor=actor)
    return tuple(
        CorrectionLine(
            field=row.field,
            name=names.get(row.person_id or 0, ""),
            old_value=row.old_value,
            written_at=row.corrected_at,
            author=authors.get(row.corrected_by or 0, ""),
            reason=row.reason,
        )
        for row in found
    )


def _line(row: LifeChange, household: Household, seen: set[int], authors: dict[int, str], actor: Actor) -> LifeLine:
    far = row.household if row.other_id == household.pk else row.other
    is_hidden = far is not None and far.pk not in seen
    moved = row.event == LifeEvent.MOVED
    named = [person for person in row.persons.all() if not is_hidden or _lives_within(person, seen, actor)]
    return LifeLine(
        pk=row.pk,
        event=LifeEvent.LEFT if is_hidden and not moved else LifeEvent(row.event),
        happened_on=row.happened_on,
        names=tuple(name_of(person, reference=household.reference, actor=actor) for person in named),
        others=len(row.persons.all()) - len(named),
        reason="" if is_hidden else row.reason,
        written_at=row.recorded_at,
        author=authors.get(row.recorded_by or 0, ""),
        other=None if is_hidden else far,
        is_here=not moved or row.household_id == household.pk,
        is_undone=row.undone_at is not None,
        undo_reason="" if is_hidden else row.undo_reason,
        undone_by=authors.get(row.undone_by or 0, ""),
    )


def _lives_within(person: Person, seen: set[int], actor: Actor) -> bool:
    home = household_of(person, actor=actor)
    return home is not None and home.pk in seen
