"""What is written to the household that comes first, what it answers, and who comes next. Refusing costs nothing."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import IntegrityError, transaction

from chezsoi import trail
from chezsoi.allocation import queries
from chezsoi.allocation.choices import GIVES_THE_HOME, HOLDING, CandidacyState, RequestState, SittingState
from chezsoi.allocation.models import Candidacy, HouseholdAnswer, HousingRequest, OfferLetter, SittingItem
from chezsoi.allocation.models.refusals import is_off_the_list
from chezsoi.allocation.models.sharing import must_not_share, roommates
from chezsoi.homes.models import Dwelling, Offer
from chezsoi.kernel.actor import Actor
from chezsoi.law.commission import AnswerDelayTooShort, commission_rules_on
from chezsoi.law.commission import CommissionKind as LawKind
from chezsoi.territories.access import Can, authorize


class HomeAlreadyTaken(Exception):
    """Another household holds this home, or this one has answered already: nothing was changed."""


class HomeNoLongerOnOffer(Exception):
    """The home was let, blocked or withdrawn since the decision."""


class NotAllocated(Exception):
    """The commission did not allocate the home to this household."""


class SittingStillOpen(Exception):
    """The sitting is not closed: its minutes are not final."""


class NotNextInRank(Exception):
    """Another household comes before, and has not answered yet."""


class OfferBeforeDecision(Exception):
    """An offer is not sent before the decision."""


class NobodyNext(Exception):
    """Every household the commission ranked has answered no: a new round may start."""


class AlreadyAnswered(Exception):
    """The household answered this offer before."""


class AnswerBeforeOffer(Exception):
    """An answer does not come before the offer."""


class AnotherHomeAccepted(Exception):
    """The household has accepted another home, whose lease is not signed yet."""


class MustNotShare(Exception):
    """The household and one that holds another room of the home must not share it; who said so is told nobody."""


class NotAccepted(Exception):
    """The household has not accepted this home."""


class NotHoused(Exception):
    """No lease was signed on this candidacy."""


@transaction.atomic
def send_offer(*, actor: Actor, candidacy: Candidacy, sent_on: date, answer_due_on: date | None = None) -> OfferLetter:
    """
    Offer the home, in writing, to the household ranked first among those that have not answered no.

    Without `answer_due_on` the household has the days its commission grants.

    :raises NotAllocated: if the commission did not allocate it the home.
    :raises SittingStillOpen: if the sitting is not closed.
    :raises OfferBeforeDecision: if the letter is dated before the decision.
    :raises AnswerDelayTooShort: under the delay of the law and of the commission.
    :raises HomeNoLongerOnOffer: if the home was let, blocked or withdrawn.
    :raises HomeAlreadyTaken: if a household holds it, or has been offered it.
    :raises MustNotShare: if one that must not live with it holds another room of the same home.
    :raises NotNextInRank: if another household comes before.
    """
    authorize(actor, Can.RECORD_DECISION, candidacy)
    _check_decision(candidacy, sent_on)
    if is_off_the_list(candidacy.offer, on=sent_on):
        raise HomeNoLongerOnOffer
    due_on = _due_on(candidacy, sent_on, answer_due_on)
    _hold(candidacy, CandidacyState.DECIDED, CandidacyState.OFFERED)
    _check_rank(candidacy)
    letter = OfferLetter.objects.create(decision=candidacy.decision, sent_on=sent_on, answer_due_on=due_on)
    trail.record(actor, "allocation.offer.sent", candidacy, detail={"letter": letter.pk})
    return letter


@transaction.atomic
def offer_next_rank(*, actor: Actor, item: SittingItem, sent_on: date) -> OfferLetter:
    """
    Offer the home to the household that comes next.

    :raises NobodyNext: if nobody is left.
    """
    authorize(actor, Can.RECORD_DECISION, item)
    candidacy = queries.next_rank(item, actor=actor)
    if candidacy is None:
        raise NobodyNext
    return send_offer(actor=actor, candidacy=candidacy, sent_on=sent_on)


@transaction.atomic
def record_answer(
    *, actor: Actor, letter: OfferLetter, is_accepted: bool, answered_on: date, words: str = ""
) -> HouseholdAnswer:
    """
    Write what a household answered; a no touches neither its request, its rank elsewhere, nor any later round.

    :raises HomeAlreadyTaken: if the home is taken, by another household or by this very answer given twice.
    :raises AlreadyAnswered: if the household answered no, or let the delay pass.
    :raises AnswerBeforeOffer: if the answer is dated before the letter.
    :raises HomeNoLongerOnOffer: if the home was let, blocked or withdrawn since.
    :raises AnotherHomeAccepted: if the household accepted another home.
    """
    candidacy = letter.decision.candidacy
    authorize(actor, Can.RECORD_ANSWER, candidacy)
    if answered_on < letter.sent_on:
        raise AnswerBeforeOffer
    if is_accepted:
        _hold(candidacy, CandidacyState.OFFERED, CandidacyState.ACCEPTED)
    elif not _turn(candidacy, CandidacyState.OFFERED, CandidacyState.REFUSED):
        raise AlreadyAnswered
    answer = HouseholdAnswer.objects.create(
        letter=letter, is_accepted=is_accepted, answered_on=answered_on, words=words.strip()
    )
    trail.record(actor, "allocation.offer.answered", candidacy, detail={"letter": letter.pk})
    return answer


@transaction.atomic
def lapse_silent(*, actor: Actor, on: date) -> tuple[OfferLetter, ...]:
    """Note the offers whose last day to answer has passed: silence is a no, and costs nothing; the next rank comes."""
    authorize(actor, Can.RECORD_ANSWER)
    seen = Candidacy.objects.filter(offer__dwelling__territory_id__in=actor.territory_ids)
    waiting = OfferLetter.objects.select_for_update(of=("decision__candidacy",)).filter(
        answer_due_on__lt=on,
        decision__candidacy__state=CandidacyState.OFFERED,
        decision__candidacy__in=seen if actor.is_operator else seen.visible_to(actor),
    )
    letters = tuple(waiting.select_related("decision__candidacy__household").order_by("pk"))
    for letter in letters:
        candidacy = letter.decision.candidacy
        _turn(candidacy, CandidacyState.OFFERED, CandidacyState.SILENT)
        HouseholdAnswer.objects.create(
            letter=letter,
            is_accepted=False,
            is_silence=True,
            answered_on=letter.answer_due_on + timedelta(days=1),
        )
        trail.record(actor, "allocation.offer.lapsed", candidacy, detail={"letter": letter.pk})
    return letters


@transaction.atomic
def record_housed(*, actor: Actor, candidacy: Candidacy) -> Candidacy:
    """
    Note that the lease is signed: the request is met, and the other candidates of this home are told it is gone.

    :raises NotAccepted: if the household has not accepted the home.
    """
    authorize(actor, Can.SIGN_LEASE, candidacy.offer)
    if not _turn(candidacy, CandidacyState.ACCEPTED, CandidacyState.HOUSED):
        raise NotAccepted
    others = Candidacy.objects.filter(round_id=candidacy.round_id, state=CandidacyState.DECIDED)
    others.update(state=CandidacyState.LOST)
    HousingRequest.objects.filter(household_id=candidacy.household_id).update(state=RequestState.HOUSED)
    trail.record(actor, "allocation.candidacy.housed", candidacy)
    return candidacy


@transaction.atomic
def undo_housed(*, actor: Actor, candidacy: Candidacy) -> Candidacy:
    """
    Put back what `record_housed` changed, when the lease was a mistake.

    :raises NotHoused: if no lease was noted.
    :raises AnotherHomeAccepted: if the household accepted another home since.
    """
    authorize(actor, Can.UNDO_LEASE, candidacy.offer)
    try:
        with transaction.atomic():
            turned = _turn(candidacy, CandidacyState.HOUSED, CandidacyState.ACCEPTED)
    except IntegrityError as another:
        raise AnotherHomeAccepted from another
    if not turned:
        raise NotHoused
    others = Candidacy.objects.filter(round_id=candidacy.round_id, state=CandidacyState.LOST)
    others.update(state=CandidacyState.DECIDED)
    HousingRequest.objects.filter(household_id=candidacy.household_id).update(state=RequestState.ACTIVE)
    trail.record(actor, "allocation.candidacy.housing_undone", candidacy)
    return candidacy


def _check_decision(candidacy: Candidacy, sent_on: date) -> None:
    decision = getattr(candidacy, "decision", None)
    if decision is None or decision.kind not in GIVES_THE_HOME:
        raise NotAllocated
    if decision.item.sitting.state != SittingState.CLOSED:
        raise SittingStillOpen
    if sent_on < decision.decided_on:
        raise OfferBeforeDecision


def _check_rank(candidacy: Candidacy) -> None:
    before = Candidacy.objects.filter(
        decision__item=candidacy.decision.item,
        decision__rank__lt=candidacy.decision.rank,
        state=CandidacyState.DECIDED,
    )
    if before.exists():
        raise NotNextInRank


def _due_on(candidacy: Candidacy, sent_on: date, wanted: date | None) -> date:
    commission = candidacy.decision.item.sitting.commission
    rules = commission_rules_on(sent_on, kind=LawKind(commission.kind))
    least = rules.last_answer_day(sent_on, days=max(commission.answer_days, rules.answer_days_min))
    if wanted is not None and wanted < least:
        raise AnswerDelayTooShort(wanted, least)
    return wanted or least


def _lock(candidacy: Candidacy) -> Offer:
    """Let one writer at a time near a home."""
    return Offer.objects.select_for_update().get(pk=candidacy.offer_id)


def _hold(candidacy: Candidacy, before: CandidacyState, after: CandidacyState) -> None:
    """Give the home to this household; the database's own constraints have the last word."""
    if not _lock(candidacy).is_open:
        raise HomeNoLongerOnOffer
    _check_company(candidacy)
    try:
        with transaction.atomic():
            turned = _turn(candidacy, before, after)
    except IntegrityError as held:
        raise (AnotherHomeAccepted if after == CandidacyState.ACCEPTED else HomeAlreadyTaken) from held
    if not turned:
        raise HomeAlreadyTaken if _is_taken(candidacy) else AlreadyAnswered


def _check_company(candidacy: Candidacy) -> None:
    shared_home = candidacy.offer.dwelling.shared_home_id
    if shared_home is None:
        return
    Dwelling.objects.select_for_update().get(pk=shared_home)
    beside = roommates(shared_home).exclude(pk=candidacy.pk)
    if beside.filter(household__in=must_not_share(candidacy.household)).exists():
        raise MustNotShare


def _is_taken(candidacy: Candidacy) -> bool:
    return Candidacy.objects.filter(pk=candidacy.pk, state__in=(*HOLDING, CandidacyState.LOST)).exists()


def _turn(candidacy: Candidacy, before: CandidacyState, after: CandidacyState) -> bool:
    """Move a candidacy from one state to another, unless somebody did first."""
    turned = Candidacy.objects.filter(pk=candidacy.pk, state=before).update(state=after)
    if turned:
        candidacy.state = after
    return bool(turned)
