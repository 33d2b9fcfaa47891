"""Add the rows that say something of people; the rights were asked for by whoever calls."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chezsoi.people.actions.drafts import NewMember, NewResources, NewSituation
from chezsoi.people.actions.pen import Pen
from chezsoi.people.models import (
    Alias,
    Household,
    HouseholdMember,
    Person,
    PersonReference,
    Phone,
    ResidentialSituation,
    ResourceStatement,
)
from chezsoi.people.models.persons import sort_name


class InTheFuture(Exception):
    """A fact cannot be later than the day it is written."""


class SeenBeforeItBegan(Exception):
    """A situation cannot be observed before the day it began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one act writes of people, on a day."""

    pen: Pen
    on: date

    def member(
        self, household: Household, draft: NewMember, *, file_number: str = ""
    ) -> tuple[HouseholdMember, ResidentialSituation | None]:
        """Add a person with what is said of them, and their place in a household from that day on."""
        person = self._person(household, draft)
        if self.pen.source is not None and draft.digest:
            self.pen.create(
                PersonReference(person=person, source=self.pen.source, file_number=file_number, digest=draft.digest)
            )
        for resources in draft.resources:
            self.resources(person, resources)
        seen = self.situation(person, draft.situation) if draft.situation is not None else None
        return self.membership(household, person, draft.role), seen

    def membership(self, household: Household, person: Person, role: str) -> HouseholdMember:
        """Add a person to a household from that day on."""
        return self.pen.create(HouseholdMember(household=household, person=person, role=role, starts_on=self.on))

    def situation(self, person: Person, draft: NewSituation) -> ResidentialSituation:
        """Add an observation; raises as `situations` does."""
        return self.situations([person], draft)[0]

    def situations(self, people: Iterable[Person], draft: NewSituation) -> list[ResidentialSituation]:
        """
        Add an observation of each of some people seen together.

        :raises InTheFuture: if it was observed after the day it is written.
        :raises SeenBeforeItBegan: if it began after it was observed.
        """
        if draft.observed_on > self.on:
            raise InTheFuture("observed_on")
        if draft.since is not None and draft.since > draft.observed_on:
            raise SeenBeforeItBegan(draft.since)
        return self.pen.create_all(ResidentialSituation, [self._seen(person, draft) for person in people])

    def derive(
        self, leads: ResidentialSituation, members: Iterable[HouseholdMember], *, joined: bool = False
    ) -> list[ResidentialSituation]:
        """
        Give the lead's observation to members nobody ever asked, marked derived.

        One who `joined` later shares it from that day only.
        """
        people = {member.person_id: member for member in members if member.person_id != leads.person_id}
        asked = ResidentialSituation.objects.filter(person__in=people, is_derived=False, withdrawn_at=None)
        own = set(asked.values_list("person_id", flat=True))
        return self.pen.create_all(
            ResidentialSituation,
            [self._derived(leads, member, joined) for person, member in sorted(people.items()) if person not in own],
        )

    def resources(self, person: Person, draft: NewResources) -> ResourceStatement:
        """
        Add a statement of resources.

        :raises InTheFuture: if it was stated after the day it is written.
        """
        if draft.stated_on > self.on:
            raise InTheFuture("stated_on")
        return self.pen.create(
            ResourceStatement(
                person=person,
                kind=draft.kind,
                amount_per_month=draft.amount_per_month,
                stated_on=draft.stated_on,
                source=self.pen.source,
                original_words=draft.original_words,
            )
        )

    def _person(self, household: Household, draft: NewMember) -> Person:
        if draft.birth_date.earliest is not None and draft.birth_date.earliest > self.on:
            raise InTheFuture("birth")
        aliases = tuple(dict.fromkeys(draft.aliases))
        person = self.pen.create(
            Person(
                territory_id=household.territory_id,
                birth_name=draft.birth_name,
                use_name=draft.use_name,
                given_names=draft.given_names,
                sort_name=sort_name(draft.use_name or draft.birth_name, draft.given_names, aliases),
                name_quality=draft.name_quality,
                birth_date=draft.birth_date,  # type: ignore[misc]  # the field holds a PartialDate
                birth_quality=draft.birth_quality,
                sex=draft.sex,
            )
        )
        self.pen.create_all(Alias, [Alias.of(person, name, on=self.on) for name in aliases])
        self.pen.create_all(Phone, [Phone.of(person, number, on=self.on) for number in dict.fromkeys(draft.phones)])
        return person

    def _seen(self, person: Person, draft: NewSituation) -> ResidentialSituation:
        return ResidentialSituation(
            person=person,
            situation=draft.situation,
            since=draft.since,
            observed_on=draft.observed_on,
            commune=draft.commune,
            origin=draft.origin,
            source=self.pen.source,
            quality=draft.quality,
            original_words=draft.original_words,
            recorded_by=self.pen.actor.user_id,
        )

    def _derived(self, leads: ResidentialSituation, member: HouseholdMember, joined: bool) -> ResidentialSituation:
        since, observed_on = leads.since, leads.observed_on
        if joined:
            since = max(leads.since or member.starts_on, member.starts_on)
            observed_on = max(leads.observed_on, member.starts_on)
        return ResidentialSituation(
            person_id=member.person_id,
            situation=leads.situation,
            since=since,
            observed_on=observed_on,
            commune=leads.commune,
            origin=leads.origin,
            source=self.pen.source,
            quality=leads.quality,
            is_derived=True,
            derived_from=leads,
            recorded_by=self.pen.actor.user_id,
        )
