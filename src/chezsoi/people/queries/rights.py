"""What the people of a household were told, what they object to, and the copies they asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from chezsoi.kernel.actor import Actor
from chezsoi.people.choices import ObjectionPurpose
from chezsoi.people.models import (
    AccessRequest,
    Household,
    HouseholdMember,
    InformationGiven,
    Objection,
    households_seen_by,
)
from chezsoi.people.queries.cards import name_of
from chezsoi.people.queries.sight import sight
from chezsoi.territories.access import Can
from chezsoi.territories.choices import OrganisationKind
from chezsoi.territories.models import Organisation

BY_LAW = (OrganisationKind.SIAO, OrganisationKind.AUTHORITY, OrganisationKind.STATE)
"""Services at work on the whole territory by law: a file is hidden from them by protecting it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A member, and the last time they were told what is kept of them."""

    person_pk: int
    name: str
    information: InformationGiven | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An objection, whose it is, and whether it holds."""

    objection: Objection
    name: str
    is_in_force: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy somebody asked for; `is_late` once its month is over."""

    request: AccessRequest
    name: str
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRights:
    """The rights of the people of a household, as the page of the household shows them; empty for who reads no name."""

    told: tuple[Told, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    copies: tuple[Copy, ...] = ()
    records: bool = False
    gives: bool = False

    @property
    def untold(self) -> tuple[str, ...]:
        """Name those whom nobody told anything yet."""
        return tuple(each.name for each in self.told if each.information is None)


def file_rights(
    household: Household, *, on: date, actor: Actor, held: list[HouseholdMember] | None = None
) -> FileRights:
    """Tell what is recorded of the rights of the present members, `held` if they were read, of a household found."""
    if not sight(actor=actor).identity:
        return FileRights()
    if held is None:
        held = list(household.members_on(on).prefetch_related("person__aliases"))
    names = {row.person_id: name_of(row.person, reference=household.reference, actor=actor) for row in held}
    objections = Objection.objects.filter(person__in=names).select_related("organisation")
    requests = AccessRequest.objects.filter(person__in=names, household=household).order_by("-asked_on", "-pk")
    return FileRights(
        told=tuple(_told(held, names)),
        refusals=tuple(
            Refusal(objection=row, name=names[row.person_id], is_in_force=row.withdrawn_on is None)
            for row in objections.order_by("-made_on", "-pk")
        ),
        copies=tuple(Copy(request=row, name=names[row.person_id], is_late=row.is_late_on(on)) for row in requests),
        records=actor.may(Can.RECORD_RIGHTS),
        gives=actor.may(Can.GIVE_COPY),
    )


def objection(pk: int, *, household: Household, actor: Actor, on: date) -> Objection:
    """
    Find an objection of a present member of a household.

    :raises Objection.DoesNotExist: if it is somebody else's.
    """
    people = household.members_on(on).order_by().values("person")
    return Objection.objects.select_related("person", "organisation").get(pk=pk, person__in=people)


def partners(household: Household, *, actor: Actor) -> QuerySet[Organisation]:
    """List the services of the territory that a person may refuse to share their file with."""
    rows = household.territory.organisations.filter(is_active=True).exclude(kind__in=BY_LAW)
    return rows.exclude(pk=actor.organisation_id or 0).order_by("name")


def refusing(households: Iterable[int], *, on: date, actor: Actor) -> set[int]:
    """Keep the households of which a present member objects to sharing with the actor's service."""
    objections = Objection.objects.in_force_on(on).filter(
        purpose=ObjectionPurpose.SHARING, organisation_id=actor.organisation_id or 0
    )
    held = HouseholdMember.objects.filter(household__in=list(households), ends_on=None)
    return set(held.filter(person__in=objections.values("person")).values_list("household", flat=True))


def access_request(pk: int, *, actor: Actor) -> AccessRequest:
    """
    Find the request of somebody whose household exists for the actor.

    :raises AccessRequest.DoesNotExist: also when it does not.
    """
    rows = AccessRequest.objects.filter(household__in=households_seen_by(actor))
    return rows.select_related("household__territory", "person", "organisation").get(pk=pk)


def access_requests_followed(*, actor: Actor) -> QuerySet[AccessRequest]:
    """List, for whoever watches deadlines, the requests of their territories: those still due first."""
    if actor.is_operator or not actor.may(Can.READ_TRAIL):
        return AccessRequest.objects.none()
    rows = AccessRequest.objects.filter(territory_id__in=actor.territory_ids)
    return rows.select_related("household", "organisation").order_by(
        F("handed_on").desc(nulls_first=True), "due_on", "pk"
    )


def _told(held: list[HouseholdMember], names: dict[int, str]) -> Iterable[Told]:
    rows = InformationGiven.objects.filter(person__in=names).select_related("organisation")
    given: dict[int, list[InformationGiven]] = defaultdict(list)
    for row in rows.order_by("given_on", "pk"):
        given[row.person_id].append(row)
    for member in held:
        known = given.get(member.person_id)
        yield Told(person_pk=member.person_id, name=names[member.person_id], information=known[-1] if known else None)
