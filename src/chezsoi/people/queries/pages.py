"""The page of a household: the sections that this app gives to whoever composes the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain

from chezsoi.kernel.actor import Actor
from chezsoi.kernel.dates import PartialDate
from chezsoi.kernel.quality import Quality
from chezsoi.people.choices import CircleBasis, MemberRole, Origin, ResourceKind, Situation
from chezsoi.people.models import CircleMembership, Household, HouseholdMember, ResidentialSituation
from chezsoi.people.models.stretches import Stretch, stretches
from chezsoi.people.queries.cards import Card, cards_of, name_of
from chezsoi.people.queries.duplicates import PairCard, duplicates_of, pair_cards
from chezsoi.people.queries.households import household
from chezsoi.people.queries.members import members_of
from chezsoi.people.queries.resources import current_resources
from chezsoi.people.queries.sight import Sight, sight, writes
from chezsoi.people.queries.situations import observations
from chezsoi.territories.access import Can
from chezsoi.territories.queries import account_names


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberCard:
    """A member: name, age, place in the household; what says who is empty for a role that does not read it."""

    person_pk: int
    name: str
    role: MemberRole
    age: int | None
    birth: PartialDate
    phones: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleCard:
    """A service, or one of its workers, in the circle."""

    pk: int
    organisation: str
    worker: str
    basis: CircleBasis
    purpose: str
    starts_on: date
    ends_on: date | None
    is_open: bool
    is_closed_at_their_wish: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One line of the history: who was seen where, how it is known, and whether it was withdrawn."""

    pk: int
    person: str
    situation: Situation
    since: date | None
    observed_on: date
    commune: str
    origin: Origin
    source: str
    is_derived: bool
    author: str = ""
    withdrawal_reason: str
    is_withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """What a member lives on, as last stated."""

    person: str
    kind: ResourceKind
    amount_per_month: Decimal | None
    stated_on: date
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What the reader may do with this household."""

    register: bool
    record_situation: bool
    manage_circle: bool
    protect: bool
    see_resources: bool
    record_resources: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdPage:
    """Everything of this app that the page of a household shows to one reader."""

    card: Card
    version: int
    wishes: str
    wishes_quality: Quality
    reach: str
    reach_quality: Quality
    lane: tuple[Stretch, ...]
    members: tuple[MemberCard, ...]
    circle: tuple[CircleCard, ...]
    history: tuple[Observation, ...]
    resources: tuple[Resources, ...]
    pairs: tuple[PairCard, ...]
    rights: Rights


def household_page(
    found: Household, *, actor: Actor, on: date, held: list[HouseholdMember] | None = None
) -> HouseholdPage:
    """
    Compose the page of a household already found within the actor's scope, within what the actor's role reads.

    `held` are its members of the day, when they were read already.
    """
    sees = sight(actor=actor)
    if held is None:
        held = members_of([found.pk], on=on, actor=actor, with_phones=True)[found.pk]
    observed = observations([row.person_id for row in held[:1]], on_or_before=on, actor=actor) if sees.situation else {}
    pairs = list(duplicates_of(found, actor=actor, on=on))
    return HouseholdPage(
        card=cards_of([found], {found.pk: held}, on=on, actor=actor, observed=observed)[0],
        version=found.version,
        wishes=found.wishes if sees.situation else "",
        wishes_quality=Quality(found.wishes_quality),
        reach=found.reach if sees.identity else "",
        reach_quality=Quality(found.reach_quality),
        lane=tuple(each for rows in observed.values() for each in stretches(rows, until=on)),
        members=tuple(_member(row, found, sees, on, actor) for row in held) if sees.household else (),
        circle=_circle(found, on),
        history=_history(found, held, actor) if sees.situation else (),
        resources=_resources(found, held, actor) if sees.resources else (),
        pairs=pair_cards(pairs, actor=actor, on=on),
        rights=_rights(sees, actor),
    )


def member(pk: int, person_pk: int, *, on: date, actor: Actor) -> HouseholdMember:
    """
    Find a member of a household that exists for the actor.

    :raises HouseholdMember.DoesNotExist: if nobody of that number lives there on the day.
    """
    return household(pk, actor=actor).members_on(on).get(person_id=person_pk)


def observation(pk: int, *, household: Household, actor: Actor, on: date) -> ResidentialSituation:
    """
    Find an observation of a present member of a household.

    :raises ResidentialSituation.DoesNotExist: if it is of somebody else.
    """
    people = household.members_on(on).order_by().values("person")
    return ResidentialSituation.objects.select_related("person").get(pk=pk, person__in=people)


def circle_membership(pk: int, *, household: Household, actor: Actor) -> CircleMembership:
    """
    Find a membership of a household's circle.

    :raises CircleMembership.DoesNotExist: if it is of another household's.
    """
    return CircleMembership.objects.select_related("household").get(pk=pk, household=household)


def _member(row: HouseholdMember, household: Household, sees: Sight, on: date, actor: Actor) -> MemberCard:
    person = row.person
    return MemberCard(
        person_pk=person.pk,
        name=name_of(person, reference=household.reference, actor=actor),
        role=MemberRole(row.role),
        age=person.age_on(on),
        birth=person.birth_date if sees.identity else PartialDate(),
        phones=tuple(sorted(phone.number for phone in person.phones.all())) if sees.identity else (),
        aliases=tuple(sorted(alias.name for alias in person.aliases.all())) if sees.identity else (),
    )


def _circle(household: Household, on: date) -> tuple[CircleCard, ...]:
    rows = household.circle.select_related("organisation", "user").order_by("-starts_on", "-pk")
    return tuple(
        CircleCard(
            pk=row.pk,
            organisation=row.organisation.name,
            worker=row.user.full_name if row.user else "",
            basis=CircleBasis(row.basis),
            purpose=row.purpose,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            is_open=row.starts_on <= on and (row.ends_on is None or row.ends_on > on),
            is_closed_at_their_wish=row.is_closed_at_their_wish,
        )
        for row in rows
    )


def _history(household: Household, held: list[HouseholdMember], actor: Actor) -> tuple[Observation, ...]:
    """Tell what was seen of each present member, and nothing of those who left."""
    names = {row.person_id: name_of(row.person, reference=household.reference, actor=actor) for row in held}
    found = ResidentialSituation.objects.filter(person_id__in=names).select_related("commune", "source")
    rows = list(found.order_by("-observed_on", "is_derived", "-pk"))
    authors = account_names([row.recorded_by for row in rows], actor=actor)
    return tuple(
        Observation(
            pk=row.pk,
            person=names[row.person_id],
            situation=Situation(row.situation),
            since=row.since,
            observed_on=row.observed_on,
            commune=row.commune.name if row.commune else "",
            origin=Origin(row.origin),
            source=row.source.name if row.source else "",
            is_derived=row.is_derived,
            author=authors.get(row.recorded_by or 0, ""),
            withdrawal_reason=row.withdrawal_reason,
            is_withdrawn=row.withdrawn_at is not None,
        )
        for row in rows
    )


def _resources(household: Household, held: list[HouseholdMember], actor: Actor) -> tuple[Resources, ...]:
    people = {row.person_id: row.person for row in held}
    last = current_resources(people, actor=actor)
    return tuple(
        Resources(
            person=name_of(people[row.person_id], reference=household.reference, actor=actor),
            kind=ResourceKind(row.kind),
            amount_per_month=row.amount_per_month,
            stated_on=row.stated_on,
            source=row.source.name if row.source else "",
        )
        for row in sorted(chain.from_iterable(last.values()), key=lambda row: (row.stated_on, row.pk))
    )


def _rights(sees: Sight, actor: Actor) -> Rights:
    return Rights(
        register=actor.may(Can.REGISTER_PEOPLE),
        record_situation=actor.may(Can.RECORD_SITUATION),
        manage_circle=actor.may(Can.MANAGE_CIRCLE),
        protect=actor.may(Can.FLAG_VIOLENCE),
        see_resources=sees.resources,
        record_resources=sees.resources and writes("C5_resources", actor=actor),
    )
