"""Hear again, from a service's file, of a household it spoke of before: what it says is added, nothing is erased."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from chezsoi import trail
from chezsoi.files.models import Source
from chezsoi.kernel.actor import Actor
from chezsoi.people.actions.circles import Circle
from chezsoi.people.actions.drafts import NewMember, NewResources, NewSituation
from chezsoi.people.actions.facts import Facts
from chezsoi.people.actions.identity import Filing
from chezsoi.people.actions.pen import Pen, Recorder
from chezsoi.people.actions.persons import correct_person
from chezsoi.people.actions.registering import hear_again
from chezsoi.people.choices import MemberRole
from chezsoi.people.models import (
    Household,
    HouseholdReference,
    Person,
    PersonReference,
    Phone,
    ResidentialSituation,
    ResourceStatement,
)


class OutsideTheCircle(Exception):
    """The household is protected and the service is no longer in its circle: its file changes nothing there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a file says of one member: a person on file, or somebody new (None)."""

    person: Person | None
    member: NewMember


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What hearing again changed: people added, people of whom something new was said, in the order told."""

    people: tuple[int, ...]
    added: frozenset[int]
    changed: frozenset[int]
    is_protected_now: bool


@transaction.atomic
def hear_household(  # noqa: PLR0913
    *,
    actor: Actor,
    reference: HouseholdReference,
    told: Sequence[Told],
    heard_on: date,
    digest: str,
    protects: bool,
    on: date,
    source: Source,
    recorder: Recorder | None = None,
) -> Heard:
    """
    Add what a source's newer file says of a household and of its members; a blank erases nothing, nobody is removed.

    A person who has another name or birth date than before is corrected, the former value kept.

    :raises OutsideTheCircle: if the household is protected and the service has left its circle.
    :raises NotAllowed: if the source is another service's.
    """
    household = reference.household
    _check_circle(household, source, on)
    ends = _ends(household, on)
    hear_again(
        actor=actor, reference=reference, heard_on=heard_on, digest=digest, on=on, source=source, recorder=recorder
    )
    pen = Pen(actor=actor, source=source, recorder=recorder)
    hearing = _Hearing(pen=pen, facts=Facts(pen=pen, on=on), household=household, file_number=reference.file_number)
    results = [hearing.take(each) for each in told]
    people = tuple(person for person, _added, _changed in results)
    if protects and not household.is_protected:
        pen.edit(household, version=None, is_protected=True)
        trail.record(actor, "people.household.protected", household)
    Filing(pen=pen, on=on).under_keys(people)
    _note_touched(recorder, household, ends, on)
    return Heard(
        people=people,
        added=frozenset(person for person, added, _changed in results if added),
        changed=frozenset(person for person, added, changed in results if changed and not added),
        is_protected_now=household.is_protected,
    )


@transaction.atomic
def confirm_household(
    *,
    actor: Actor,
    reference: HouseholdReference,
    heard_on: date,
    on: date,
    source: Source,
    recorder: Recorder | None = None,
) -> None:
    """
    Note that a newer file says the same of a household as the one before.

    :raises OutsideTheCircle: if the household is protected and the service has left its circle.
    """
    _check_circle(reference.household, source, on)
    hear_again(
        actor=actor, reference=reference, heard_on=heard_on, digest=reference.digest, on=on, source=source,
        recorder=recorder,
    )  # fmt: skip


def _check_circle(household: Household, source: Source, on: date) -> None:
    """Refuse to touch a protected household whose circle no longer holds the service of a source."""
    if not household.is_protected:
        return
    if not Circle(household=household, on=on).memberships().filter(organisation=source.organisation_id).exists():
        raise OutsideTheCircle(household.pk)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hearing:
    """What one file says of one household."""

    pen: Pen
    facts: Facts
    household: Household
    file_number: str

    def take(self, told: Told) -> tuple[int, bool, bool]:
        """Write what is said of one member: who, whether they are new, whether anything was."""
        if told.person is None:
            member, seen = self.facts.member(self.household, told.member, file_number=self.file_number)
            if seen is None:
                self._share_the_leads(member.person_id)
            trail.record(self.pen.actor, "people.member.added", self.household, detail={"person": member.person_id})
            return member.person_id, True, True
        person = told.person
        news = [
            self._corrected(person, told.member),
            self._renumbered(person, told.member.digest),
            *[self._phone(person, number) for number in told.member.phones],
            *[self._resources(person, stated) for stated in told.member.resources],
            self._situation(person, told.member),
        ]
        return person.pk, False, any(news)

    def _corrected(self, person: Person, member: NewMember) -> bool:
        values: dict[str, Any] = {
            name: getattr(member, name)
            for name in ("birth_name", "given_names", "sex")
            if getattr(member, name) and getattr(member, name) != getattr(person, name)
        }
        if member.birth_date.is_known and member.birth_date != person.birth_date:
            values |= {"birth_date": member.birth_date, "birth_quality": member.birth_quality}
        if values:
            correct_person(
                actor=self.pen.actor, person=person, values=values, on=self.facts.on, source=self.pen.source,
                recorder=self.pen.recorder,
            )  # fmt: skip
        return bool(values)

    def _renumbered(self, person: Person, digest: str) -> bool:
        """Remember what the file calls the person now; it is no news in itself."""
        source = self.pen.source
        known = PersonReference.objects.filter(source=source, file_number=self.file_number, digest=digest)
        if source is not None and not known.exists():
            self.pen.create(PersonReference(person=person, source=source, file_number=self.file_number, digest=digest))
        return False

    def _phone(self, person: Person, number: str) -> bool:
        phone = Phone.of(person, number, on=self.facts.on)
        is_new = not Phone.objects.filter(person=person, number_index=phone.number_index).exists()
        if is_new:
            self.pen.create(phone)
        return is_new

    def _resources(self, person: Person, stated: NewResources) -> bool:
        held = ResourceStatement.objects.filter(person=person, source=self.pen.source).order_by("-stated_on", "-pk")
        last = held.first()
        is_same = last is not None and (last.kind, last.amount_per_month, last.stated_on) == (
            stated.kind, stated.amount_per_month, stated.stated_on,
        )  # fmt: skip
        if not is_same:
            self.facts.resources(person, stated)
        return not is_same

    def _situation(self, person: Person, member: NewMember) -> bool:
        draft = member.situation
        if draft is None or self._is_known(person, draft):
            return False
        row = self.facts.situation(person, draft)
        if member.role == MemberRole.LEAD:
            self.facts.derive(row, self.household.members_on(self.facts.on))
        return True

    def _is_known(self, person: Person, draft: NewSituation) -> bool:
        rows = ResidentialSituation.objects.filter(person=person, source=self.pen.source, withdrawn_at=None)
        return rows.filter(
            situation=draft.situation, since=draft.since, observed_on=draft.observed_on, commune=draft.commune,
            is_derived=False,
        ).exists()  # fmt: skip

    def _share_the_leads(self, person_id: int) -> None:
        lead = self.household.members_on(self.facts.on).filter(role=MemberRole.LEAD).first()
        if lead is None:
            return
        rows = ResidentialSituation.objects.filter(person=lead.person_id, withdrawn_at=None)
        last = rows.order_by("-observed_on", "-pk").first()
        if last is not None:
            joined = self.household.members_on(self.facts.on).filter(person=person_id)
            self.facts.derive(last, joined, joined=True)


def _ends(household: Household, on: date) -> dict[int, date | None]:
    return dict(Circle(household=household, on=on).memberships().order_by("pk").values_list("pk", "ends_on"))


def _note_touched(recorder: Recorder | None, household: Household, ends: dict[int, date | None], on: date) -> None:
    """Tell the recorder of the memberships that correcting somebody has made longer."""
    if recorder is None:
        return
    for row in Circle(household=household, on=on).memberships().order_by("pk"):
        if row.pk in ends and row.ends_on != ends[row.pk]:
            recorder.updated(row, {"ends_on": ends[row.pk]})
