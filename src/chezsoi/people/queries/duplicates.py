"""Pairs that may be one person, for the human who reads them side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from chezsoi.engines.linkage import LIKELY_FROM
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.dates import PartialDate
from chezsoi.people.choices import LinkJudgement
from chezsoi.people.models import (
    Household,
    HouseholdMember,
    Person,
    PossibleDuplicate,
    households_seen_by,
    pairs_seen_by,
)
from chezsoi.people.queries.cards import Card, cards, name_of
from chezsoi.people.queries.known import sentences
from chezsoi.people.queries.sight import sight


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two people, with the card of their household."""

    person_pk: int
    name: str
    birth: PartialDate
    phones: tuple[str, ...]
    card: Card


@dataclass(frozen=True, slots=True, kw_only=True)
class PairCard:
    """Two people side by side, and why they may be one."""

    pk: int
    left: Side
    right: Side
    reasons: tuple[str, ...]
    judgement: LinkJudgement
    is_likely: bool


def duplicates_waiting(*, actor: Actor, on: date) -> QuerySet[PossibleDuplicate]:
    """List the pairs that wait for a judgement and that the actor may read, the likeliest first."""
    return duplicates(actor=actor, on=on).filter(judgement__in=(LinkJudgement.WAITING, LinkJudgement.UNSURE))


def duplicates(*, actor: Actor, on: date) -> QuerySet[PossibleDuplicate]:
    """List the pairs that the actor may read, those never read first, the likeliest first."""
    return pairs_seen_by(actor, on=on).order_by("-judgement", "-weight", "pk")


def duplicate(pk: int, *, actor: Actor) -> PossibleDuplicate:
    """
    Find a pair.

    :raises PossibleDuplicate.DoesNotExist: also when it does not exist for the actor.
    """
    return pairs_seen_by(actor).get(pk=pk)


def duplicates_of(household: Household, *, actor: Actor, on: date) -> QuerySet[PossibleDuplicate]:
    """List the pairs with a member of a household: waiting, or judged to be one person; most have none."""
    members = household.members_on(on).order_by().values("person")
    kept = (LinkJudgement.WAITING, LinkJudgement.UNSURE, LinkJudgement.SAME)
    theirs = PossibleDuplicate.objects.filter(Q(first__in=members) | Q(second__in=members), judgement__in=kept)
    found = list(theirs.values_list("pk", flat=True))
    return duplicates(actor=actor, on=on).filter(pk__in=found) if found else PossibleDuplicate.objects.none()


def pair_cards(pairs: Sequence[PossibleDuplicate], *, actor: Actor, on: date) -> tuple[PairCard, ...]:
    """Lay pairs side by side, within what the role reads; a pair one of whom left every household is left out."""
    if not pairs:
        return ()
    ids = {person for pair in pairs for person in (pair.first_id, pair.second_id)}
    sides = _sides(HouseholdMember.objects.filter(person_id__in=ids, ends_on=None), actor, on)
    return tuple(
        _pair_card(pair, sides[pair.first_id], sides[pair.second_id], actor)
        for pair in pairs
        if pair.first_id in sides and pair.second_id in sides
    )


def sides(person_ids: Iterable[int], *, actor: Actor, on: date) -> dict[int, Side]:
    """Lay out some people with their households, of those that exist for the actor."""
    theirs = households_seen_by(actor, on=on)
    rows = HouseholdMember.objects.filter(person_id__in=list(person_ids), ends_on=None, household__in=theirs)
    return _sides(rows, actor, on)


def _sides(held: QuerySet[HouseholdMember], actor: Actor, on: date) -> dict[int, Side]:
    found = held.select_related("person", "household").prefetch_related("person__aliases", "person__phones")
    rows = list(found.order_by("pk"))
    shown = cards([row.household for row in rows], on=on, actor=actor)
    return {row.person_id: _side(row, card, actor) for row, card in zip(rows, shown, strict=True)}


def _side(row: HouseholdMember, card: Card, actor: Actor) -> Side:
    person: Person = row.person
    seen = sight(actor=actor).identity
    return Side(
        person_pk=person.pk,
        name=name_of(person, reference=row.household.reference, actor=actor),
        birth=person.birth_date if seen else PartialDate(),
        phones=tuple(sorted(phone.number for phone in person.phones.all())) if seen else (),
        card=card,
    )


def _pair_card(pair: PossibleDuplicate, left: Side, right: Side, actor: Actor) -> PairCard:
    return PairCard(
        pk=pair.pk,
        left=left,
        right=right,
        reasons=sentences(pair.reasons, actor=actor) if left.card.sight.identity else (),
        judgement=LinkJudgement(pair.judgement),
        is_likely=pair.weight >= LIKELY_FROM,
    )
