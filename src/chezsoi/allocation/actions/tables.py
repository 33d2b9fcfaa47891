"""What puts a home, with its candidates, on the table of a commission."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from chezsoi import trail
from chezsoi.allocation.choices import (
    CandidacyState,
    CommissionKind,
    FewCandidates,
    Label,
    RoundState,
    SittingState,
)
from chezsoi.allocation.models import Candidacy, Commission, PriorityLabel, Round, Sitting, SittingItem
from chezsoi.allocation.models.requests import counting_on
from chezsoi.homes.choices import Funding, Stock
from chezsoi.kernel.actor import Actor
from chezsoi.law.commission import CommissionKind as LawKind
from chezsoi.law.commission import CommissionRules, commission_rules_on
from chezsoi.territories.access import Can, authorize


class RoundNotDrawnYet(Exception):
    """The round has no public number yet, or was cancelled."""


class NoCandidate(Exception):
    """No household is compatible with this home: there is nobody to decide on."""


class TooFewCandidates(Exception):
    """The commission examines at least three candidates, save the exceptions of the law."""


class ExceptionUnfounded(Exception):
    """The exception given does not hold for this home and these candidates."""


class WrongCommission(Exception):
    """Another commission decides on such a home."""


class SittingClosed(Exception):
    """The sitting is over."""


class AlreadyOnATable(Exception):
    """The round is on the table of a sitting already."""


@transaction.atomic
def put_on_table(
    *, actor: Actor, sitting: Sitting, round_: Round, few_candidates: str = FewCandidates.NONE
) -> SittingItem:
    """
    Put a drawn round on the table of a sitting.

    :raises SittingClosed: if the sitting is over.
    :raises RoundNotDrawnYet: if the round has no order yet.
    :raises WrongCommission: if the commission does not decide on such a home.
    :raises TooFewCandidates: under three candidates without one of the exceptions of the law (CALEOL).
    :raises ExceptionUnfounded: if the exception given does not hold.
    :raises AlreadyOnATable: if it is on a table already.
    """
    authorize(actor, Can.PREPARE_COMMISSION, sitting)
    authorize(actor, Can.PREPARE_COMMISSION, round_)
    if sitting.state == SittingState.CLOSED:
        raise SittingClosed
    if round_.state != RoundState.DRAWN:
        raise RoundNotDrawnYet
    _check_commission(sitting.commission, round_)
    _check_candidates(sitting, round_, few_candidates)
    try:
        with transaction.atomic():
            item = SittingItem.objects.create(sitting=sitting, round=round_, few_candidates=few_candidates)
    except IntegrityError as on_one:
        raise AlreadyOnATable from on_one
    trail.record(actor, "allocation.round.put_on_table", item, detail={"exception": few_candidates})
    return item


def _check_commission(commission: Commission, round_: Round) -> None:
    dwelling = round_.offer.dwelling
    is_social = dwelling.stock == Stock.SOCIAL
    if commission.territory_id != dwelling.territory_id or is_social != (commission.kind == CommissionKind.CALEOL):
        raise WrongCommission
    landlord_id = dwelling.owner.organisation_id if dwelling.owner else None
    if is_social and landlord_id not in {None, commission.organisation_id}:
        raise WrongCommission


def _check_candidates(sitting: Sitting, round_: Round, exception: str) -> None:
    rules = commission_rules_on(sitting.held_on, kind=LawKind(sitting.commission.kind))
    proposed = Candidacy.objects.filter(round=round_, state=CandidacyState.PROPOSED).count()
    if proposed == 0:
        raise NoCandidate
    if exception and not (proposed < rules.candidates_min and _holds(exception, round_, rules)):
        raise ExceptionUnfounded(exception)
    if proposed < rules.candidates_needed(exception or None):
        raise TooFewCandidates(proposed)


def _holds(exception: str, round_: Round, rules: CommissionRules) -> bool:
    match exception:
        case FewCandidates.TOO_FEW:
            return round_.compatible < rules.candidates_min
        case FewCandidates.DALO_DESIGNATED:
            return _all_recognised(round_)
        case FewCandidates.PLAI_ADAPTED:
            return round_.offer.funding == Funding.PLAI_ADAPTED
    return False


def _all_recognised(round_: Round) -> bool:
    """Tell whether every candidate holds a recognised right to housing, as a household the prefect designates does."""
    counting = counting_on(round_.frozen_on, since="noted_on")
    recognised = PriorityLabel.objects.filter(counting, label=Label.DALO).values("request__household_id")
    return not round_.candidacies.exclude(household_id__in=recognised).exists()
