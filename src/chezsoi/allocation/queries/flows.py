"""What became of the vacancies of a year: offered, proposed and allocated by holder, beside each share agreed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet

from chezsoi.allocation.choices import CandidacyState, TurnState
from chezsoi.allocation.models import (
    Candidacy,
    FlowExit,
    HolderProposal,
    PoolLabel,
    PriorityLabel,
    ReservationAgreement,
    Turn,
)
from chezsoi.allocation.models.requests import counting_on
from chezsoi.allocation.queries.reservations import agreements
from chezsoi.homes.choices import ReservationHolder
from chezsoi.homes.models import Offer
from chezsoi.kernel.actor import Actor
from chezsoi.territories.models import Commune, Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderFlow:
    """
    What one holder was given of a landlord's flow, where its agreement holds.

    `share` and `target` are None without an agreement. `allocated` counts leases signed with a household it proposed;
    `priority` those of them whose household had, the day of the search, a ground of priority or a list that houses
    first. Counts, not proof that a share is respected: a vacancy handed back counts as offered.
    """

    holder: Organisation
    kind: str
    commune: Commune | None
    share: Decimal | None
    vacancies: int
    offered: int
    handed_back: int
    lapsed: int
    proposed: int
    allocated: int
    priority: int

    @property
    def target(self) -> Decimal | None:
        return None if self.share is None else self.share * self.vacancies

    @property
    def priority_share(self) -> Decimal | None:
        return Decimal(self.priority) / self.allocated if self.allocated else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LandlordFlow:
    """The flow of a landlord in a year: vacancies turned over, those kept out, and what each holder was given."""

    landlord: Organisation
    vacancies: int
    out: int
    left: Decimal
    holders: tuple[HolderFlow, ...]


def flows(*, year: int, actor: Actor) -> tuple[LandlordFlow, ...]:
    """
    Say what became of the vacancies of a year, for each landlord whose agreements or turns the actor may read.

    A holder reads its own line alone.
    """
    signed = list(agreements(year=year, actor=actor).filter(ended_on=None))
    turns = _turns(year, actor)
    landlords = {row.landlord_id: row.landlord for row in signed}
    landlords |= {row.pk: row for row in Organisation.objects.filter(pk__in=turns.order_by().values("landlord"))}
    by_name = sorted(landlords.values(), key=lambda row: (row.name, row.pk))
    return tuple(_of(landlord, signed, turns, year, actor) for landlord in by_name)


def _turns(year: int, actor: Actor) -> QuerySet[Turn]:
    """Keep the turns of a year that the actor may count: a landlord's or a holder's own, or those of a territory."""
    rows = Turn.objects.filter(turned_on__year=year, offer__dwelling__territory__in=actor.territory_ids)
    rows = rows.exclude(state=TurnState.TAKEN_BACK)
    match getattr(actor, "scope", None):
        case "territory":
            return rows
        case "organisation":
            return rows.filter(Q(landlord=actor.organisation_id) | Q(holder=actor.organisation_id))
    return rows.none()


def _of(
    landlord: Organisation, signed: Iterable[ReservationAgreement], turns: QuerySet[Turn], year: int, actor: Actor
) -> LandlordFlow:
    own = [row for row in signed if row.landlord_id == landlord.pk]
    here = Turn.objects.filter(
        landlord=landlord, turned_on__year=year, offer__dwelling__territory__in=actor.territory_ids
    ).exclude(state=TurnState.TAKEN_BACK)
    seen = turns.filter(landlord=landlord)
    lines = [_line(row.holder, row.kind, row, here) for row in own]
    lines += _without_agreement(own, seen, here)
    homes = Offer.objects.filter(dwelling__owner__organisation=landlord, dwelling__territory__in=actor.territory_ids)
    out = FlowExit.objects.filter(offer__in=homes, cancelled_on=None, noted_on__year=year)
    shares = sum((row.share for row in own if row.commune_id is None), Decimal(0))
    vacancies = here.order_by().values("offer").distinct().count()
    return LandlordFlow(
        landlord=landlord, vacancies=vacancies, out=out.count(), left=Decimal(1) - shares, holders=tuple(lines)
    )


def _without_agreement(
    own: Iterable[ReservationAgreement], seen: QuerySet[Turn], here: QuerySet[Turn]
) -> Iterator[HolderFlow]:
    """Give the landlord's own turns, and those that the law gave without an agreement."""
    agreed = {row.holder_id for row in own}
    others = seen.exclude(holder__in=agreed).order_by().values_list("holder", "kind").distinct()
    bodies = Organisation.objects.in_bulk([holder for holder, _kind in others])
    for holder, kind in sorted(others, key=lambda each: (each[1] == ReservationHolder.LANDLORD, bodies[each[0]].name)):
        yield _line(bodies[holder], kind, None, here)


def _line(holder: Organisation, kind: str, by: ReservationAgreement | None, here: QuerySet[Turn]) -> HolderFlow:
    if by is not None:
        here = here.filter(offer__dwelling__territory=by.territory_id)
    if by is not None and by.commune_id is not None:
        here = here.filter(offer__dwelling__commune=by.commune_id)
    turns = here.filter(holder=holder)
    states = list(turns.order_by().values_list("state", flat=True))
    housed = _housed(turns, is_own=kind == ReservationHolder.LANDLORD)
    return HolderFlow(
        holder=holder,
        kind=kind,
        commune=None if by is None else by.commune,
        share=None if by is None else by.share,
        vacancies=here.order_by().values("offer").distinct().count(),
        offered=len(states),
        handed_back=states.count(TurnState.HANDED_BACK),
        lapsed=states.count(TurnState.LAPSED),
        proposed=turns.filter(Exists(HolderProposal.objects.filter(turn=OuterRef("pk")))).count(),
        allocated=housed.count(),
        priority=housed.filter(_has_priority()).count(),
    )


def _housed(turns: QuerySet[Turn], *, is_own: bool) -> QuerySet[Candidacy]:
    """List who was housed at some turns: those a holder proposed; at the landlord's own, whoever signed."""
    housed = Candidacy.objects.filter(state=CandidacyState.HOUSED).order_by("pk")
    if is_own:
        return housed.filter(offer__in=turns.filter(state=TurnState.OWN).order_by().values("offer"))
    return housed.filter(pk__in=HolderProposal.objects.filter(turn__in=turns).values("candidacy"))


def _has_priority() -> Exists:
    day, household = OuterRef("round__frozen_on"), OuterRef("household")
    grounds = PriorityLabel.objects.filter(counting_on(day, since="noted_on"), request__household=household)
    lists = PoolLabel.objects.filter(counting_on(day, since="labelled_on"), request__household=household)
    return Exists(grounds) | Exists(lists)  # type: ignore[return-value]
