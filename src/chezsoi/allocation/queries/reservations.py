"""What can be read of reservation agreements, and whose turn a vacancy is next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet

from chezsoi.allocation.choices import TurnState
from chezsoi.allocation.models import FlowExit, HolderProposal, ReservationAgreement, Turn
from chezsoi.allocation.models.holders import OUT_OF_IT
from chezsoi.allocation.models.reservations import ACTIVE
from chezsoi.homes.choices import OfferState, ReservationHolder, Stock
from chezsoi.homes.models import Offer
from chezsoi.kernel.actor import Actor
from chezsoi.law.reservations import Party, answer_days_on, whose_turn
from chezsoi.territories.choices import OrganisationKind
from chezsoi.territories.models import Organisation

BY_GAP, NO_AGREEMENT, LANDLORD_LAST = "gap", "no_agreement", "landlord_last"
OWN = "landlord"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextTurn:
    """Whose turn a vacancy is next, by which agreement, until when, and what the rule went by."""

    holder: Organisation
    kind: str
    agreement: ReservationAgreement | None
    due_on: date | None
    facts: dict[str, str | int]


def agreements(*, year: int, actor: Actor) -> QuerySet[ReservationAgreement]:
    """List the agreements of a year, ended and corrected ones included, landlord by landlord."""
    rows = ReservationAgreement.objects.visible_to(actor).filter(year=year)
    rows = rows.select_related("landlord", "holder", "commune", "territory")
    return rows.order_by("landlord__name", "landlord", "ended_on", "-share", "pk")


def agreement(pk: int, *, actor: Actor) -> ReservationAgreement:
    """Give one agreement."""
    rows = ReservationAgreement.objects.visible_to(actor)
    return rows.select_related("landlord", "holder", "commune", "territory").get(pk=pk)


def turns_of(offer: Offer, *, actor: Actor) -> QuerySet[Turn]:
    """List the turns of a vacancy, the last first."""
    rows = Turn.objects.visible_to(actor).filter(offer=offer)
    return rows.select_related("holder", "agreement", "offer__dwelling").order_by("-turned_on", "-pk")


def turn(pk: int, *, actor: Actor) -> Turn:
    """Give one turn."""
    return Turn.objects.visible_to(actor).select_related("holder", "offer__dwelling__commune").get(pk=pk)


def turns_awaiting(*, actor: Actor) -> QuerySet[Turn]:
    """List the vacancies for which the actor's body has still to propose a household, the first due first."""
    rows = Turn.objects.visible_to(actor).awaiting().filter(holder=actor.organisation_id, offer__state=OfferState.OPEN)
    return rows.select_related("offer__dwelling__commune").order_by("due_on", "pk")


def exit_of(offer: Offer, *, actor: Actor) -> FlowExit | None:
    """Tell why a vacancy is out of the flow; None when it is shared."""
    return FlowExit.objects.filter(offer__in=Offer.objects.visible_to(actor), offer=offer, cancelled_on=None).first()


def to_turn_over(*, actor: Actor) -> QuerySet[Offer]:
    """List the vacant social homes of the actor's body that nobody has the turn of, in the flow, the longest first."""
    rows = Offer.objects.visible_to(actor).filter(
        state=OfferState.OPEN, dwelling__stock=Stock.SOCIAL, dwelling__owner__organisation=actor.organisation_id
    )
    turned = Turn.objects.filter(state__in=ACTIVE).values("offer_id")
    out = FlowExit.objects.filter(cancelled_on=None).values("offer_id")
    rows = rows.exclude(pk__in=turned).exclude(pk__in=out)
    return rows.select_related("dwelling__commune", "dwelling__owner").order_by("available_on", "pk")


def turns_to_pass_on(*, actor: Actor) -> QuerySet[Turn]:
    """List the turns of the actor's vacancies at which nobody proposed is a candidate any more."""
    rows = Turn.objects.visible_to(actor).filter(landlord=actor.organisation_id, offer__state=OfferState.OPEN)
    still = HolderProposal.objects.filter(turn=OuterRef("pk")).exclude(candidacy__state__in=OUT_OF_IT)
    rows = rows.filter(~Exists(still), state=TurnState.PROPOSED)
    return rows.select_related("offer__dwelling__commune", "holder").order_by("turned_on", "pk")


def next_turn(offer: Offer, *, on: date, actor: Actor) -> NextTurn | None:
    """
    Say whose turn a vacancy is next on a day.

    Nobody is asked twice for one vacancy. Without any agreement that covers the home, its first turn is the prefect's;
    None when no State service works here to be asked.
    """
    landlord = _landlord(offer)
    counted = Turn.objects.filter(landlord=landlord, turned_on__year=on.year).exclude(state=TurnState.TAKEN_BACK)
    asked = set(offer.turns.exclude(state=TurnState.TAKEN_BACK).values_list("holder_id", flat=True))
    covering = _covering(offer, landlord, on.year)
    if not covering and not asked:
        return _the_prefects(offer, on)
    left = [row for row in covering if row.holder_id not in asked]
    parties = [*(_party(row, offer, counted) for row in left), _own_party(covering, offer, landlord, counted)]
    chosen = whose_turn(parties, is_first=not asked)
    facts = _facts(chosen)
    if chosen.is_landlord:
        facts["rule"] = LANDLORD_LAST if asked else BY_GAP
        return NextTurn(holder=landlord, kind=ReservationHolder.LANDLORD, agreement=None, due_on=None, facts=facts)
    by = next(row for row in left if str(row.pk) == chosen.key)
    days = by.answer_days or int(answer_days_on(on).number)
    return NextTurn(holder=by.holder, kind=by.kind, agreement=by, due_on=on + timedelta(days=days), facts=facts)


def _landlord(offer: Offer) -> Organisation:
    owner = offer.dwelling.owner
    if owner is None or owner.organisation is None:
        raise Organisation.DoesNotExist
    return owner.organisation


def _covering(offer: Offer, landlord: Organisation, year: int) -> Sequence[ReservationAgreement]:
    """List the agreements in force that cover a home: of its territory, or of its commune."""
    here = Q(commune=None) | Q(commune=offer.dwelling.commune_id)
    rows = ReservationAgreement.objects.filter(
        here, landlord=landlord, territory=offer.dwelling.territory_id, year=year, ended_on=None
    )
    return list(rows.select_related("holder").order_by("pk"))


def _party(agreement: ReservationAgreement, offer: Offer, counted: QuerySet[Turn]) -> Party:
    here = counted.filter(offer__dwelling__territory=agreement.territory_id)
    if agreement.commune_id is not None:
        here = here.filter(offer__dwelling__commune=agreement.commune_id)
    return Party(
        key=str(agreement.pk),
        share=agreement.share,
        vacancies=_vacancies(here, offer),
        turned_over=here.filter(holder=agreement.holder_id).count(),
    )


def _own_party(
    covering: Sequence[ReservationAgreement], offer: Offer, landlord: Organisation, counted: QuerySet[Turn]
) -> Party:
    here = counted.filter(offer__dwelling__territory=offer.dwelling.territory_id)
    return Party(
        key=OWN,
        share=Decimal(1) - sum((row.share for row in covering), Decimal(0)),
        vacancies=_vacancies(here, offer),
        turned_over=here.filter(holder=landlord).count(),
        is_landlord=True,
    )


def _vacancies(here: QuerySet[Turn], offer: Offer) -> int:
    """Count the vacancies turned over this year, this one included."""
    return len({*here.values_list("offer_id", flat=True), offer.pk})


def _the_prefects(offer: Offer, on: date) -> NextTurn | None:
    """Give the turn that no agreement shares: the prefect's, whose service answers here for reservations."""
    services = Organisation.objects.filter(kind=OrganisationKind.STATE, territories=offer.dwelling.territory_id)
    answering = services.filter(is_active=True, roles__role="reservation_agent").distinct()
    service = answering.order_by("name", "pk").first() or services.filter(is_active=True).order_by("name", "pk").first()
    if service is None:
        return None
    due_on = on + timedelta(days=int(answer_days_on(on).number))
    facts: dict[str, str | int] = {"rule": NO_AGREEMENT, "year": on.year}
    return NextTurn(holder=service, kind=ReservationHolder.PREFECT, agreement=None, due_on=due_on, facts=facts)


def _facts(party: Party) -> dict[str, str | int]:
    return {
        "rule": BY_GAP,
        "share": str(party.share.normalize()),
        "vacancies": party.vacancies,
        "turned_over": party.turned_over,
        "gap": str(party.gap.normalize()),
    }
