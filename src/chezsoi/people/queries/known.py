"""Is this person known already? What the asker may learn, and what goes to somebody else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from chezsoi.engines import linkage
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.dates import PartialDate
from chezsoi.people.choices import REASONS
from chezsoi.people.models import CircleMembership, Household, HouseholdMember, Person
from chezsoi.people.models.identities import digests, identity_of
from chezsoi.people.queries.cards import Card, cards, name_of
from chezsoi.people.queries.rights import refusing
from chezsoi.people.queries.situations import last_seen
from chezsoi.territories.choices import OrganisationKind
from chezsoi.territories.models import Organisation, Territory
from chezsoi.ui import dates

MOST_CANDIDATES = 400
MOST_CARDS = 5
WEIGHED_DATES = frozenset({"same_situation_since_same_day", "situations_began_the_same_day"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A person on file who may be the one described, with the household they live in."""

    person: Person
    household: Household
    match: linkage.Match


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """A person on file whom the asker may open: who, where, and why it may be the same."""

    person_pk: int
    name: str
    card: Card
    reasons: tuple[str, ...]
    is_likely: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """
    What the asker may learn.

    `services` counts the services that follow files outside the asker's circle; None when no such file looks alike.
    `ask` names who can open a circle. A protected file outside the circle leaves no mark here,
    nor does one whose people object to sharing it with the asker's service.
    """

    inside: tuple[KnownPerson, ...] = ()
    services: int | None = None
    ask: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.inside and self.services is None


def already_known(draft: linkage.Identity, *, territory: Territory, on: date, actor: Actor) -> Known:
    """Tell an asker what is known of somebody described; `actions.look_up` does it and leaves the trail."""
    found = candidates([draft], territory=territory, on=on, actor=actor)[draft.key]
    return as_seen(found, territory=territory, on=on, actor=actor)


def as_seen(found: Sequence[Candidate], *, territory: Territory, on: date, actor: Actor) -> Known:
    """Keep of the candidates what the asker may learn."""
    households = {each.household.pk for each in found}
    open_to_asker = set(
        Household.objects.filter(pk__in=households).visible_to(actor, on=on).values_list("pk", flat=True)
    )
    inside = [each for each in found if each.household.pk in open_to_asker][:MOST_CARDS]
    outside = {
        each.household.pk
        for each in found
        if each.household.pk not in open_to_asker and not each.household.is_protected
    }
    outside -= refusing(outside, on=on, actor=actor)
    shown = cards([each.household for each in inside], on=on, actor=actor)
    return Known(
        inside=tuple(_known(each, card, actor) for each, card in zip(inside, shown, strict=True)),
        services=services_of(outside, on, actor=actor) if outside else None,
        ask=whom_to_ask([territory.pk], actor=actor) if outside else (),
    )


def candidates(
    drafts: Iterable[linkage.Identity], *, territory: Territory, on: date, actor: Actor
) -> dict[str, list[Candidate]]:
    """
    Find, for each identity, the people of a territory who may be that person, the likeliest first.

    It reads every file, protected ones included: never show its result to anybody, see `as_seen`.
    """
    filed = {draft.key: digests(draft) for draft in drafts}
    return {draft.key: _weighed(draft, _filed_under(filed[draft.key], territory), on, actor) for draft in drafts}


def with_names(person_ids: Iterable[int], *, actor: Actor) -> list[Person]:
    """Read people with their other names and telephones, for whatever files them; never to show them."""
    people = Person.objects.filter(pk__in=list(person_ids)).prefetch_related("aliases", "phones")
    return list(people.order_by("pk"))


def identities(people: Sequence[Person], *, on: date, actor: Actor) -> tuple[linkage.Identity, ...]:
    """Give what the scorer is told about some people read with their names, those of no household included."""
    ids = [person.pk for person in people]
    homes = dict(HouseholdMember.objects.filter(person_id__in=ids, ends_on=None).values_list("person", "household"))
    seen = last_seen(ids, on_or_before=on, actor=actor)
    return tuple(
        identity_of(person, household_id=homes.get(person.pk), situation=seen.get(person.pk)) for person in people
    )


def territory_identities(territory: Territory, *, on: date, actor: Actor) -> tuple[linkage.Identity, ...]:
    """Give what the scorer is told about everybody on file in a territory: for an import, never for a page."""
    ids = Person.objects.filter(territory=territory).order_by("pk").values_list("pk", flat=True)
    return identities(with_names(ids, actor=actor), on=on, actor=actor)


def sentences(reasons: Iterable[tuple[str, str, str]], *, actor: Actor) -> tuple[str, ...]:
    """Say reasons (code, left, right) in the reader's language."""
    said = []
    for code, left, right in reasons:
        template = str(REASONS[linkage.ReasonCode(code)])
        said.append(template % {"left": _value(code, left), "right": _value(code, right)})
    return tuple(said)


def _filed_under(keys: frozenset[str], territory: Territory) -> list[HouseholdMember]:
    """Give those filed under some of the keys; where they are too many to weigh, those who share most."""
    held = HouseholdMember.objects.filter(
        person__identity_keys__digest__in=keys, person__territory=territory, ends_on=None
    )
    rows = held.annotate(shared=Count("person__identity_keys")).order_by("-shared", "pk")
    read = rows.select_related("person", "household__territory")
    return list(read.prefetch_related("person__aliases", "person__phones")[:MOST_CANDIDATES])


def _weighed(draft: linkage.Identity, rows: list[HouseholdMember], on: date, actor: Actor) -> list[Candidate]:
    if not rows:
        return []
    seen = last_seen([row.person_id for row in rows], on_or_before=on, actor=actor)
    found = []
    for row in rows:
        filed = identity_of(row.person, household_id=row.household_id, situation=seen.get(row.person_id))
        if match := linkage.score(draft, filed):
            found.append(Candidate(person=row.person, household=row.household, match=match))
    return sorted(found, key=lambda each: (-each.match.weight, each.person.pk))


def _known(found: Candidate, card: Card, actor: Actor) -> KnownPerson:
    reasons = [(reason.code, reason.left, reason.right) for reason in found.match.reasons]
    return KnownPerson(
        person_pk=found.person.pk,
        name=name_of(found.person, reference=found.household.reference, actor=actor),
        card=card,
        reasons=sentences(reasons, actor=actor) if card.sight.identity else (),
        is_likely=found.match.band is linkage.Band.LIKELY,
    )


def services_of(households: set[int], on: date, *, actor: Actor) -> int:
    """Count the services that follow some files on a day."""
    still_open = Q(ends_on=None) | Q(ends_on__gt=on)
    circles = CircleMembership.objects.filter(still_open, household_id__in=households, starts_on__lte=on)
    return circles.values("organisation").distinct().count()


def whom_to_ask(territory_ids: Iterable[int], *, actor: Actor) -> tuple[str, ...]:
    """Name the offices that can open a circle in some territories."""
    offices = Organisation.objects.filter(
        territories__in=list(territory_ids), kind=OrganisationKind.SIAO, is_active=True
    )
    return tuple(offices.order_by("name").distinct().values_list("name", flat=True))


def _value(code: str, text: str) -> str:
    if code in WEIGHED_DATES and (day := parse_date(text)):
        return dates.full(day)
    if "birth" in code or code in {"close_ages", "same_first_of_january", "day_and_month_swapped"}:
        return _birth(text)
    return text


def _birth(text: str) -> str:
    day = PartialDate.parse_iso(text)
    if day.estimated:
        return _("about %(year)s") % {"year": day.year}
    if day.day is None or day.earliest is None:
        return text
    return date_format(day.earliest, "SHORT_DATE_FORMAT")
