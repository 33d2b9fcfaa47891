"""Record, correct and end reservation agreements; take a vacancy out of the flow, or put it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction

from chezsoi import trail
from chezsoi.allocation.choices import AgreementEnd, FlowExitReason
from chezsoi.allocation.models import FlowExit, ReservationAgreement, Turn
from chezsoi.allocation.models.reservations import ACTIVE
from chezsoi.homes.choices import ReservationHolder
from chezsoi.homes.models import Offer
from chezsoi.kernel.actor import Actor
from chezsoi.law.reservations import is_flow_compulsory_on, prefect_share_on
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import Commune, Organisation, Territory

FIRST_YEAR, LAST_YEAR = 2021, 2100
ON_FLOW, ON_STOCK = "flow", "stock"


class ShareOutOfRange(Exception):
    """A share is more than nothing, and at most the whole."""


class SharesOverWhole(Exception):
    """With the other agreements of the year, more than the whole flow would be shared out."""

    def __init__(self, whole: Decimal = Decimal(1)) -> None:
        super().__init__(whole)


class PrefectShareTooLarge(Exception):
    """The prefect's share is over what the law allows."""

    def __init__(self, most: Decimal = Decimal(0)) -> None:
        super().__init__(most)


class CountedOnStock(Exception):
    """Since the flow is compulsory, a share of the stock is no agreement."""


class YearOutOfRange(Exception):
    """An agreement is of one year."""


class HolderElsewhere(Exception):
    """The holder does not work in this territory, or is the landlord itself."""


class AgreementAlready(Exception):
    """An agreement of that year with that holder, for that place, is in force."""


class AgreementOver(Exception):
    """The agreement was corrected or ended before."""


class NoEndReason(Exception):
    """An agreement ends, or is corrected, with its reason."""


class OutOfFlowAlready(Exception):
    """The vacancy is out of the flow already."""


class TurnUnderWay(Exception):
    """A turn of this vacancy is under way: take it back first."""


class InTheFlow(Exception):
    """The vacancy is counted in the flow: nothing to put back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementTerms:
    """What an agreement says: with whom, where (no commune: the whole territory), which year, which share."""

    holder: Organisation
    kind: str
    year: int
    share: Decimal
    commune: Commune | None = None
    answer_days: int | None = None
    counted_on: str = ON_FLOW


@transaction.atomic
def record_agreement(
    *, actor: Actor, territory: Territory, landlord: Organisation, terms: AgreementTerms, on: date
) -> ReservationAgreement:
    """
    Record the agreement of a landlord with a reservation holder, for a year.

    :raises ShareOutOfRange, YearOutOfRange, CountedOnStock, HolderElsewhere: if it is no agreement of the law.
    :raises PrefectShareTooLarge: over the prefect's largest share.
    :raises SharesOverWhole: if the agreements of the year would share out more than the whole flow of a place.
    :raises AgreementAlready: if one is in force for that holder, year and place.
    """
    agreement = ReservationAgreement(
        territory=territory,
        landlord=landlord,
        holder=terms.holder,
        kind=terms.kind,
        commune=terms.commune,
        year=terms.year,
        share=terms.share,
        answer_days=terms.answer_days,
        recorded_on=on,
    )
    authorize(actor, Can.MANAGE_FLOW, agreement)
    Organisation.objects.select_for_update().get(pk=landlord.pk)
    _check(agreement, terms.counted_on)
    try:
        with transaction.atomic():
            agreement.save()
    except IntegrityError as in_force:
        raise AgreementAlready from in_force
    trail.record(actor, "allocation.agreement.recorded", agreement)
    return agreement


@transaction.atomic
def correct_agreement(
    *, actor: Actor, agreement: ReservationAgreement, terms: AgreementTerms, on: date, reason: str
) -> ReservationAgreement:
    """
    Write what an agreement really says on a line of its own; the line it corrects stays readable.

    :raises AgreementOver, NoEndReason: if it is in force no more, or no reason is given.
    :raises ShareOutOfRange: and all that `record_agreement` refuses.
    """
    _end(actor, agreement, AgreementEnd.CORRECTED, on=on, reason=reason)
    return record_agreement(actor=actor, territory=agreement.territory, landlord=agreement.landlord, terms=terms, on=on)


@transaction.atomic
def end_agreement(*, actor: Actor, agreement: ReservationAgreement, on: date, reason: str) -> ReservationAgreement:
    """
    End an agreement: the vacancies to come are shared among the others; the turns given stay.

    :raises AgreementOver, NoEndReason: if it is in force no more, or no reason is given.
    """
    return _end(actor, agreement, AgreementEnd.ENDED, on=on, reason=reason)


@transaction.atomic
def take_out_of_flow(*, actor: Actor, offer: Offer, reason: FlowExitReason, on: date) -> FlowExit:
    """
    Keep a vacancy out of the flow, for one of the reasons known.

    :raises TurnUnderWay: if a holder has its turn.
    :raises OutOfFlowAlready: if it is out already.
    """
    authorize(actor, Can.MANAGE_FLOW, offer)
    Offer.objects.select_for_update().get(pk=offer.pk)
    if Turn.objects.filter(offer=offer, state__in=ACTIVE).exists():
        raise TurnUnderWay
    try:
        with transaction.atomic():
            exit_ = FlowExit.objects.create(offer=offer, reason=reason, noted_on=on)
    except IntegrityError as already:
        raise OutOfFlowAlready from already
    trail.record(actor, "allocation.flow.taken_out", offer, detail={"reason": reason.value})
    return exit_


@transaction.atomic
def put_back_in_flow(*, actor: Actor, offer: Offer, on: date) -> None:
    """
    Count a vacancy in the flow again: it was taken out by mistake.

    :raises InTheFlow: if it was not out.
    """
    authorize(actor, Can.MANAGE_FLOW, offer)
    if not FlowExit.objects.filter(offer=offer, cancelled_on=None).update(cancelled_on=on):
        raise InTheFlow
    trail.record(actor, "allocation.flow.put_back", offer)


def _end(
    actor: Actor, agreement: ReservationAgreement, ending: AgreementEnd, *, on: date, reason: str
) -> ReservationAgreement:
    authorize(actor, Can.MANAGE_FLOW, agreement)
    held = ReservationAgreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if held.ended_on is not None:
        raise AgreementOver
    if not reason.strip():
        raise NoEndReason
    held.ended_on, held.ending, held.end_reason = on, ending, reason.strip()
    held.save(update_fields=["ended_on", "ending", "end_reason"])
    trail.record(actor, f"allocation.agreement.{ending}", held, reason=held.end_reason)
    return held


def _check(new: ReservationAgreement, counted_on: str) -> None:
    if not 0 < new.share <= 1:
        raise ShareOutOfRange
    if not FIRST_YEAR <= new.year <= LAST_YEAR:
        raise YearOutOfRange
    last_day = date(new.year, 12, 31)
    if counted_on == ON_STOCK and is_flow_compulsory_on(last_day):
        raise CountedOnStock
    is_here = new.holder.territories.filter(pk=new.territory_id).exists()
    if not is_here or new.holder_id == new.landlord_id:
        raise HolderElsewhere
    others = ReservationAgreement.objects.filter(
        territory=new.territory_id, landlord=new.landlord_id, year=new.year, ended_on=None
    ).exclude(holder=new.holder_id, commune=new.commune_id)
    most = prefect_share_on(last_day).number
    if new.kind == ReservationHolder.PREFECT and _shared(new, others.filter(kind=ReservationHolder.PREFECT)) > most:
        raise PrefectShareTooLarge(most)
    if (whole := _shared(new, others)) > 1:
        raise SharesOverWhole(whole)


def _shared(new: ReservationAgreement, others: object) -> Decimal:
    """Add up what would be shared out, in the commune where it is most."""
    rows = list(others.values_list("commune_id", "share"))  # type: ignore[attr-defined]
    everywhere = sum((share for commune, share in rows if commune is None), Decimal(0))
    by_commune: dict[str, Decimal] = {}
    for commune, share in rows:
        if commune is not None:
            by_commune[commune] = by_commune.get(commune, Decimal(0)) + share
    if new.commune_id is not None:
        return everywhere + by_commune.get(new.commune_id, Decimal(0)) + new.share
    return everywhere + max(by_commune.values(), default=Decimal(0)) + new.share
