"""What an import must know before it writes: what its source said before, and who may be the same person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Q

from chezsoi.allocation.models import HousingRequest
from chezsoi.files.models import ImportBatch, Source
from chezsoi.homes.models import Dwelling, DwellingReference, Offer, Owner
from chezsoi.kernel.actor import Actor
from chezsoi.people import queries as people
from chezsoi.people.choices import LinkJudgement, MemberRole
from chezsoi.people.models import (
    Household,
    HouseholdMember,
    HouseholdReference,
    IdentityKey,
    Person,
    PersonReference,
    PossibleDuplicate,
)
from chezsoi.support.models import NamedReferent, SupportWish
from chezsoi.territories import access
from chezsoi.territories.choices import OrganisationKind
from chezsoi.territories.models import Organisation, Territory, User

_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a source last said of one of its file numbers."""

    reference: int
    household: int
    heard_on: date
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Somebody on file whom a row may name: their household, and what the importer may be told of it."""

    household: int
    name: str
    is_protected: bool


def said_before(source: Source | None, *, actor: Actor) -> dict[str, Said]:
    """Give what a source last said, by file number."""
    if source is None:
        return {}
    rows = HouseholdReference.objects.filter(source=source).order_by("pk")
    return {
        number: Said(reference=pk, household=household, heard_on=heard_on, digest=digest)
        for pk, number, household, heard_on, digest in rows.values_list(
            "pk", "file_number", "household_id", "heard_on", "digest"
        ).iterator()
    }


def references(pks: Iterable[int], *, actor: Actor) -> dict[int, HouseholdReference]:
    """Give the references of some file numbers with their households."""
    rows = HouseholdReference.objects.filter(pk__in=list(pks)).select_related("household__territory")
    return {row.pk: row for row in rows.order_by("pk")}


def people_of_file(source: Source, number: str, *, actor: Actor) -> dict[str, Person]:
    """Give the people a source names under one file number, by the digest of each."""
    rows = PersonReference.objects.filter(source=source, file_number=number).select_related("person")
    return {row.digest: row.person for row in rows.order_by("pk")}


def person_numbers(source: Source, numbers: Iterable[str], *, actor: Actor) -> dict[tuple[str, str], int]:
    """Give the key of each person of some file numbers, by file number and digest."""
    found: dict[tuple[str, str], int] = {}
    for chunk in _chunks(numbers):
        rows = PersonReference.objects.filter(source=source, file_number__in=chunk).order_by("pk")
        found |= {(number, digest): pk for number, digest, pk in rows.values_list("file_number", "digest", "person")}
    return found


def file_numbers_taken(territory: Territory, *, actor: Actor) -> set[str]:
    """List the file numbers that households of a territory already bear."""
    return set(Household.objects.filter(territory=territory).order_by("pk").values_list("reference", flat=True))


def people_filed_under(digests: Iterable[str], territory: Territory, *, actor: Actor) -> set[int]:
    """List the people of a territory filed under one of some keys."""
    filed: set[int] = set()
    for chunk in _chunks(digests):
        rows = IdentityKey.objects.filter(digest__in=chunk).order_by("pk")
        filed |= set(rows.values_list("person_id", flat=True))
    found: set[int] = set()
    # Asked apart: joined, SQLite starts from everybody in the territory and tries each key of each.
    for chunk in _chunks(sorted(filed)):
        found |= set(
            Person.objects.filter(pk__in=chunk, territory=territory).order_by("pk").values_list("pk", flat=True)
        )
    return found


def leads_with_numbers(indexes: Iterable[str], territory: Territory, *, actor: Actor) -> set[int]:
    """List the leads of the households of a territory whose request has one of some numbers, given as digests."""
    found: set[int] = set()
    for chunk in _chunks(indexes):
        rows = HousingRequest.objects.filter(number_index__in=chunk).order_by("pk")
        asking = list(rows.values_list("household_id", flat=True))
        here = Household.objects.filter(pk__in=asking, territory=territory).order_by("pk")
        found |= set(_leads(here.values_list("pk", flat=True)))
    return found


def request_numbers(household_ids: Iterable[int], *, actor: Actor) -> dict[int, str]:
    """Give the request number of the leads of some households, by person."""
    numbers: dict[int, str] = {}
    for chunk in _chunks(household_ids):
        rows = HousingRequest.objects.filter(household__in=chunk).exclude(number_index="").order_by("pk")
        found = dict(rows.values_list("household_id", "number"))
        numbers |= {person: found[household] for person, household in _leads(found).items()}
    return numbers


def living_elsewhere(
    person_ids: Iterable[int], *, source: Source | None, organisation: Organisation | None, on: date, actor: Actor
) -> dict[int, Elsewhere]:
    """Give the household of some people; its name stays empty when the importer's service may not open it."""
    found: dict[int, Elsewhere] = {}
    for chunk in _chunks(person_ids):
        members = HouseholdMember.objects.filter(person__in=chunk, ends_on=None).select_related("household")
        rows = {row.person_id: row.household for row in members.order_by("pk")}
        opened = _open_to({row.pk for row in rows.values()}, organisation, on, actor)
        numbers = _numbers_in(source, rows.values())
        for person, household in rows.items():
            name = numbers.get(household.pk, household.reference) if household.pk in opened else ""
            found[person] = Elsewhere(household=household.pk, name=name, is_protected=household.is_protected)
    return found


def judged(person_ids: Iterable[int], *, actor: Actor) -> set[tuple[int, int]]:
    """List the pairs, among some people, that a human has already called one person or two."""
    settled = (LinkJudgement.SAME, LinkJudgement.DIFFERENT)
    found: set[tuple[int, int]] = set()
    for chunk in _chunks(person_ids):
        rows = PossibleDuplicate.objects.filter(first__in=chunk, judgement__in=settled).order_by("pk")
        found |= set(rows.values_list("first_id", "second_id"))
    return found


def pairs_between(persons: Iterable[int], others: Iterable[int], *, actor: Actor) -> list[PossibleDuplicate]:
    """List the pairs of one of some people with one of some others."""
    some, rest = list(persons), list(others)
    either = Q(first__in=some, second__in=rest) | Q(first__in=rest, second__in=some)
    return list(PossibleDuplicate.objects.filter(either).order_by("pk"))


def held_count(batch: ImportBatch, *, actor: Actor) -> int:
    """Count the rows of an import that nobody has settled."""
    return people.held_rows(batch, actor=actor).count()


def request_of(household: Household, *, actor: Actor) -> HousingRequest | None:
    """Give the request of a household."""
    return HousingRequest.objects.filter(household=household).first()


def wished(request: HousingRequest, *, actor: Actor) -> list[str]:
    """List the communes a request wishes, in its order."""
    rows = request.wished_communes.filter(withdrawn_on=None).order_by("rank")
    return list(rows.values_list("commune_id", flat=True))


def labels(request: HousingRequest, *, actor: Actor) -> set[str]:
    """List the grounds of priority of a request."""
    return set(request.labels.filter(withdrawn_on=None).order_by("pk").values_list("label", flat=True))


def last_wish(household: Household, source: Source, *, actor: Actor) -> SupportWish | None:
    """Give the last support wish a source told."""
    return SupportWish.objects.filter(household=household, source=source).order_by("-stated_on", "-pk").first()


def last_referent(household: Household, source: Source, *, actor: Actor) -> NamedReferent | None:
    """Give the last referent a source named."""
    return NamedReferent.objects.filter(household=household, source=source).order_by("-stated_on", "-pk").first()


def dwellings_said(source: Source | None, *, actor: Actor) -> Mapping[str, DwellingReference]:
    """Give what a source last said of its homes, by number."""
    rows = DwellingReference.objects.filter(source=source) if source else DwellingReference.objects.none()
    return {
        row.file_number: row for row in rows.select_related("dwelling__territory", "dwelling__owner").order_by("pk")
    }


def dwelling_numbers_taken(territory: Territory, *, actor: Actor) -> set[str]:
    """List the references that dwellings of a territory already bear."""
    return set(Dwelling.objects.filter(territory=territory).order_by("pk").values_list("reference", flat=True))


def owners(territory: Territory, *, actor: Actor) -> dict[str, Owner]:
    """Give the owners of a territory by name."""
    return {owner.name: owner for owner in Owner.objects.filter(territory=territory).order_by("pk")}


def last_offer(dwelling: Dwelling, *, actor: Actor) -> Offer | None:
    """Give the last offer made of a dwelling."""
    return Offer.objects.filter(dwelling=dwelling).select_related("dwelling__territory").order_by("-pk").first()


def not_offerable(source: Source, numbers: Iterable[str], *, actor: Actor) -> int:
    """Count the homes of some numbers whose offer the law blocks."""
    rows = DwellingReference.objects.filter(source=source, dwelling__offers__state="not_offerable")
    return len(set(numbers) & set(rows.order_by("pk").values_list("file_number", flat=True)))


def batch_by_reference(reference: str, *, actor: Actor) -> ImportBatch:
    """Find an import by its reference, for a program."""
    return ImportBatch.objects.select_related("source__territory", "source__organisation").get(reference=reference)


def service_of(territory: Territory, *, builtin: str, source_key: str, actor: Actor) -> Organisation | None:
    """
    Find whose file a program brings: the built-in service if it brought this source before, else the only SIAO.

    None when the built-in service is not registered yet and must be.
    """
    here = territory.organisations.filter(is_active=True)
    known = here.filter(key=builtin).first()
    offices = list(here.filter(kind=OrganisationKind.SIAO).order_by("pk")[:2])
    has_brought = known is not None and Source.objects.filter(organisation=known, key=source_key).exists()
    return offices[0] if len(offices) == 1 and not has_brought else known


def source_of(
    territory: Territory, organisation: Organisation | None, *, kind: str, key: str, actor: Actor
) -> Source | None:
    """Find the source of a key in an organisation."""
    if organisation is None:
        return None
    return Source.objects.filter(territory=territory, organisation=organisation, kind=kind, key=key).first()


def account_at_work(
    user_id: int | None, role: str, organisation_id: int | None, *, on: date, actor: Actor | None
) -> access.Actor | None:
    """Give an account in the role it held when it asked for something; None when it no longer holds it."""
    user = User.objects.filter(pk=user_id or 0).first()
    for assignment in access.assignments_of(user, on=on) if user is not None else []:
        if assignment.role == role and assignment.organisation_id == organisation_id:
            return access.actor_for(assignment, on=on)
    return None


def language_of(user_id: int | None, *, actor: Actor) -> str:
    """Give the language an account reads."""
    return User.objects.filter(pk=user_id or 0).order_by("pk").values_list("language", flat=True).first() or ""


def _leads(household_ids: Iterable[int]) -> dict[int, int]:
    rows = HouseholdMember.objects.filter(household__in=list(household_ids), role=MemberRole.LEAD, ends_on=None)
    return dict(rows.order_by("pk").values_list("person_id", "household_id"))


def _open_to(ids: set[int], organisation: Organisation | None, on: date, actor: Actor) -> set[int]:
    rows = Household.objects.filter(pk__in=ids)
    visible = set(rows.visible_to(actor, on=on).order_by().values_list("pk", flat=True))
    if organisation is None:
        return visible
    held = Q(circle__ends_on=None) | Q(circle__ends_on__gt=on)
    inside = rows.filter(held, circle__organisation=organisation, circle__user=None, circle__starts_on__lte=on)
    return visible | set(inside.order_by("pk").values_list("pk", flat=True))


def _numbers_in(source: Source | None, households: Iterable[Household]) -> dict[int, str]:
    rows = HouseholdReference.objects.filter(source=source, household__in={row.pk for row in households})
    named = rows.exclude(file_number__startswith="row:") if source else rows.none()
    return dict(named.order_by("pk").values_list("household_id", "file_number"))


def _chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(values)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def landlord_named(name: str, territory: Territory, *, actor: Actor) -> Organisation | None:
    """
    Find who lets homes in a territory under the name a file gives an owner: those homes are its own.

    Two of one name: neither, since whoever it is would read the leases.
    """
    kinds = (OrganisationKind.SOCIAL_LANDLORD, OrganisationKind.RENTAL_AGENCY)
    named = Organisation.objects.filter(territories=territory, kind__in=kinds, name__iexact=name).order_by("pk")[:2]
    return named[0] if len(named) == 1 else None
