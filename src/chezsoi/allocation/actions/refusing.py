"""Write that somebody said no to a proposal, and look at it again. It costs the household no rank and no wait."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from chezsoi import trail
from chezsoi.allocation.choices import CandidacyState
from chezsoi.allocation.models import Candidacy, Refusal
from chezsoi.allocation.motives import ForbiddenMotive, check_words
from chezsoi.allocation.refusal_reasons import HOME_OFF, REFUSALS, RefusalReason, RefusalSide, RefusalState
from chezsoi.allocation.wording import forbidden_motive
from chezsoi.kernel.actor import Actor
from chezsoi.territories.access import Can, authorize

REFUSABLE = (CandidacyState.PROPOSED, CandidacyState.DECIDED, CandidacyState.OFFERED, CandidacyState.ACCEPTED)


class ProposalOver(Exception):
    """The candidacy is past the point where a no is noted: refused, housed, or the home is gone."""


class AnswerOnTheLetter(Exception):
    """The home was offered in writing: what the household says is its answer to the letter."""


class RefusedAlready(Exception):
    """A refusal of this proposal awaits a second look, or counts."""


class SameEyes(Exception):
    """The second look is of another person, of another organisation or of the SIAO or the coordination."""


class NoWordsOfTheLook(Exception):
    """A second look says why."""


class LookedAtAlready(Exception):
    """The refusal was looked at, or taken back."""


class NothingToTakeBack(Exception):
    """The refusal was set aside or taken back, or something was done since."""


class HomeBackTooSoon(Exception):
    """The home would be back on the list before the refusal."""


@transaction.atomic
def note_refusal(
    *,
    actor: Actor,
    candidacy: Candidacy,
    reason: RefusalReason,
    on: date,
    words: str = "",
    home_back_on: date | None = None,
) -> Refusal:
    """
    Note a no; the household's own counts at once, any other waits for somebody else to look at it.

    :raises ProposalOver: if the proposal is over.
    :raises AnswerOnTheLetter: if the household answers a home offered in writing.
    :raises ForbiddenMotive: if the words speak of health or origin.
    :raises HomeBackTooSoon: if the home would be back before the day of the refusal.
    :raises RefusedAlready: if a refusal of this proposal stands.
    """
    authorize(actor, Can.RECORD_ANSWER, candidacy)
    held = Candidacy.objects.select_for_update().get(pk=candidacy.pk)
    is_own = REFUSALS[reason].side is RefusalSide.HOUSEHOLD
    _check(held, words, is_own=is_own)
    if home_back_on is not None and home_back_on < on:
        raise HomeBackTooSoon(home_back_on)
    refusal = Refusal(
        candidacy=held,
        reason=reason,
        words=words.strip(),
        noted_on=on,
        noted_by_id=actor.user_id,
        noted_for_id=actor.organisation_id,
        state=RefusalState.COUNTS if is_own else RefusalState.AWAITS,
        home_back_on=home_back_on if reason in HOME_OFF else None,
    )
    try:
        with transaction.atomic():
            refusal.save()
    except IntegrityError as standing:
        raise RefusedAlready from standing
    trail.record(actor, "allocation.refusal.noted", refusal)
    return _count(refusal, held) if is_own else refusal


@transaction.atomic
def look_again(*, actor: Actor, refusal: Refusal, counts: bool, on: date, words: str) -> Refusal:
    """
    Say whether a refusal counts; set aside, the proposal goes on at its place, as if nobody had said no.

    :raises LookedAtAlready: if it does not await a look.
    :raises SameEyes: by who noted it, or somebody of the same organisation outside the SIAO and the coordination.
    :raises NoWordsOfTheLook, ForbiddenMotive, SetsACondition: if the reasons are missing, or are never a reason.
    :raises ProposalOver: if it would count and the proposal is over.
    """
    authorize(actor, Can.RECORD_ANSWER, refusal)
    held = Candidacy.objects.select_for_update().get(pk=refusal.candidacy_id)
    known = Refusal.objects.get(pk=refusal.pk)
    if known.state != RefusalState.AWAITS:
        raise LookedAtAlready
    if not known.may_be_looked_at_by(actor):
        raise SameEyes
    if not words.strip():
        raise NoWordsOfTheLook
    check_words(words)
    if counts and held.state not in REFUSABLE:
        raise ProposalOver(held.state)
    known.state = RefusalState.COUNTS if counts else RefusalState.SET_ASIDE
    known.looked_on, known.looked_by_id, known.look_words = on, actor.user_id, words.strip()
    known.save()
    trail.record(actor, "allocation.refusal.looked_at", known, detail={"counts": counts})
    return _count(known, held) if counts else known


@transaction.atomic
def take_refusal_back(*, actor: Actor, refusal: Refusal) -> Refusal:
    """
    Take back a refusal that was a mistake: the candidacy stands where it stood, unless it has moved since.

    :raises NothingToTakeBack: if it stands no more, the candidacy moved, or another household holds the home.
    """
    authorize(actor, Can.RECORD_ANSWER, refusal)
    held = Candidacy.objects.select_for_update().get(pk=refusal.candidacy_id)
    known = Refusal.objects.get(pk=refusal.pk)
    if known.state == RefusalState.COUNTS:
        _put_back(known, held)
    elif known.state != RefusalState.AWAITS:
        raise NothingToTakeBack
    known.state = RefusalState.TAKEN_BACK
    known.save(update_fields=["state"])
    trail.record(actor, "allocation.refusal.taken_back", known)
    return known


def _check(candidacy: Candidacy, words: str, *, is_own: bool) -> None:
    if candidacy.state not in REFUSABLE:
        raise ProposalOver(candidacy.state)
    if is_own and candidacy.state == CandidacyState.OFFERED:
        raise AnswerOnTheLetter
    if found := forbidden_motive(words):
        raise ForbiddenMotive(found)


def _count(refusal: Refusal, held: Candidacy) -> Refusal:
    refusal.former_state = held.state
    refusal.save(update_fields=["former_state"])
    held.state = _state_after(refusal)
    held.save(update_fields=["state"])
    return refusal


def _put_back(refusal: Refusal, held: Candidacy) -> None:
    if held.state != _state_after(refusal):
        raise NothingToTakeBack
    held.state = CandidacyState(refusal.former_state)
    try:
        with transaction.atomic():
            held.save(update_fields=["state"])
    except IntegrityError as holding:
        raise NothingToTakeBack from holding


def _state_after(refusal: Refusal) -> CandidacyState:
    is_own = refusal.effect.side is RefusalSide.HOUSEHOLD
    return CandidacyState.REFUSED if is_own else CandidacyState.WITHDRAWN
