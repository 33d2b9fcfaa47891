"""Write what a service's file says of many households, and note each row so that the import can be undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models, transaction

from chezsoi import trail
from chezsoi.files.models import ImportBatch, Source
from chezsoi.kernel.actor import Actor
from chezsoi.people.actions.circles import Circle
from chezsoi.people.actions.drafts import NewHousehold
from chezsoi.people.actions.facts import Facts, InTheFuture
from chezsoi.people.actions.identity import Filing
from chezsoi.people.actions.pen import Pen, Recorder, Row
from chezsoi.people.actions.registering import NeedsALead
from chezsoi.people.choices import SETTLED, CircleBasis, LinkJudgement, MemberRole
from chezsoi.people.models import (
    Alias,
    HeldRow,
    Household,
    HouseholdMember,
    HouseholdReference,
    Person,
    PersonReference,
    Phone,
    ResidentialSituation,
    ResourceStatement,
)
from chezsoi.people.models.households import draw_reference
from chezsoi.territories.access import Can
from chezsoi.territories.models import Territory

IN_ORDER = (
    Household, Person, Alias, Phone, PersonReference, ResourceStatement, ResidentialSituation, HouseholdMember,
    HouseholdReference,
)  # fmt: skip


_Opened = tuple[Household, list[HouseholdMember], ResidentialSituation | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A household that an import opened, and its people in the order of the draft."""

    household: Household
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _LatePen(Pen):
    """A pen that holds its rows back, then writes all those of one model together."""

    waiting: dict[type[models.Model], list[models.Model]] = field(default_factory=lambda: defaultdict(list))

    def create(self, row: Row) -> Row:
        self.waiting[type(row)].append(row)
        return row

    def create_all(self, model: type[Row], rows: Iterable[Row]) -> list[Row]:
        held = list(rows)
        self.waiting[model] += held
        return held

    def write(self) -> None:
        """Write what was held back, what others refer to first."""
        for model in IN_ORDER:
            Pen.create_all(self, model, self.waiting.pop(model, []))


@transaction.atomic
def register_households(
    *,
    actor: Actor,
    territory: Territory,
    households: Sequence[NewHousehold],
    protected: frozenset[str],
    on: date,
    source: Source,
    recorder: Recorder | None = None,
) -> list[Registered]:
    """
    Open the files of many households of a source's file, and their circles to its service.

    Those whose file number is among `protected` are protected from their first instant.

    :raises NeedsALead: if a household has not exactly one lead.
    :raises InTheFuture: if a birth, an observation or a statement is later than `on`.
    :raises SeenBeforeItBegan: if a situation began after it was observed.
    """
    pen = _LatePen(actor=actor, source=source, recorder=recorder)
    pen.authorize(Can.REGISTER_PEOPLE, Person(territory=territory))
    opened = [_open(pen, territory, draft, draft.file_number in protected, on) for draft in households]
    pen.write()
    written = Pen(actor=actor, source=source, recorder=recorder)
    registered = [_settled(written, source, each, on) for each in opened]
    Filing(pen=written, on=on).under_keys(person for each in registered for person in each.people)
    return registered


@transaction.atomic
def hold_rows(
    *,
    actor: Actor,
    batch: ImportBatch,
    rows: Mapping[int, tuple[Any, Any]],
    recorder: Recorder | None = None,
) -> None:
    """
    Keep for a human, by line, the rows that look like somebody known: cells as written, and reasons.

    A row that its service settled in an earlier file, written the same, keeps that judgement.
    """
    pen = Pen(actor=actor, source=batch.source, recorder=recorder)
    pen.authorize(Can.REGISTER_PEOPLE, batch)
    before = HeldRow.objects.filter(batch__source=batch.source, judgement__in=SETTLED).order_by("pk")
    settled = {tuple(row.cells): row.judgement for row in before}
    pen.create_all(
        HeldRow,
        [
            HeldRow(
                batch=batch,
                line=line,
                cells=cells,
                reasons=reasons,
                judgement=settled.get(tuple(cells), LinkJudgement.WAITING),
            )
            for line, (cells, reasons) in sorted(rows.items())
        ],
    )


def _open(pen: Pen, territory: Territory, draft: NewHousehold, is_protected: bool, on: date) -> _Opened:
    if [member.role for member in draft.members].count(MemberRole.LEAD) != 1:
        raise NeedsALead(draft.file_number)
    if draft.last_contact_on is not None and draft.last_contact_on > on:
        raise InTheFuture("last_contact_on")
    household = pen.create(
        Household(
            territory=territory,
            reference=draft.reference or draw_reference(),
            is_protected=is_protected,
            created_on=on,
            last_contact_on=draft.last_contact_on or on,
        )
    )
    facts = Facts(pen=pen, on=on)
    members: list[HouseholdMember] = []
    leads: ResidentialSituation | None = None
    for each in draft.members:
        member, seen = facts.member(household, each, file_number=draft.file_number)
        members.append(member)
        leads = seen if each.role == MemberRole.LEAD else leads
    pen.create(
        HouseholdReference(
            household=household,
            source=pen.source,
            file_number=draft.file_number,
            heard_on=draft.heard_on or on,
            digest=draft.digest,
        )
    )
    return household, members, leads


def _settled(pen: Pen, source: Source, opened: _Opened, on: date) -> Registered:
    household, members, leads = opened
    if leads is not None and len(members) > 1:
        Facts(pen=pen, on=on).derive(leads, members)
    people = [member.person_id for member in members]
    Circle(household=household, on=on).write(
        pen, source.organisation_id, basis=CircleBasis.IMPORT, purpose=CircleBasis.IMPORT.value
    )
    detail: dict[str, Any] = {"persons": people, "protected": household.is_protected}
    trail.record(pen.actor, "people.household.registered", household, detail=detail)
    return Registered(household=household, people=tuple(people))
