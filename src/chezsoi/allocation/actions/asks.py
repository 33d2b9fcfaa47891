"""Ask a reservation holder for a home for one household, and what it answers. Neither costs the household anything."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from chezsoi import trail
from chezsoi.allocation import queries
from chezsoi.allocation.actions.turns import SeeksNoHome
from chezsoi.allocation.choices import AskState
from chezsoi.allocation.models import HomeAsk
from chezsoi.allocation.motives import check_words
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import Organisation


class NoSuchHolder(Exception):
    """The body holds no reservation here, and nobody there answers for any."""


class AskedAlready(Exception):
    """The holder was asked for the household before, and has not answered yet."""


class AskOver(Exception):
    """It was answered or withdrawn before."""


class NoAnswerWords(Exception):
    """A no is said in a few words."""


@transaction.atomic
def ask_holder(*, actor: Actor, household: Household, holder: Organisation, on: date, words: str = "") -> HomeAsk:
    """
    Ask a reservation holder for a home for a household. It reads the file number and what is looked for, no name.

    :raises NoSuchHolder: if the body holds no reservation here.
    :raises SeeksNoHome: if the household asked for a pause, holds a home, or its request or its file is over.
    :raises ForbiddenMotive, SetsACondition: if the words are never a reason.
    :raises AskedAlready: if it was asked and has not answered.
    """
    authorize(actor, Can.ASK_HOLDER, household)
    if not queries.holders_to_ask(household, on=on, actor=actor).filter(pk=holder.pk).exists():
        raise NoSuchHolder
    if not queries.seeks_a_home(household, on=on, actor=actor):
        raise SeeksNoHome
    check_words(words)
    asked = HomeAsk(
        household=household,
        holder=holder,
        asked_for_id=actor.organisation_id,
        asked_on=on,
        words=words.strip(),
    )
    try:
        with transaction.atomic():
            asked.save()
    except IntegrityError as awaiting:
        raise AskedAlready from awaiting
    trail.record(actor, "allocation.ask.made", asked)
    return asked


@transaction.atomic
def decline_ask(*, actor: Actor, ask: HomeAsk, on: date, words: str) -> HomeAsk:
    """
    Answer that there is no home for now; a yes is a proposal at one's turn.

    :raises AskOver: if it was answered or withdrawn.
    :raises NoAnswerWords, ForbiddenMotive, SetsACondition: without words, or if they are never a reason.
    """
    authorize(actor, Can.ANSWER_TURN, ask)
    if not words.strip():
        raise NoAnswerWords
    check_words(words)
    return _settle(actor, ask, AskState.NO, on=on, words=words)


@transaction.atomic
def withdraw_ask(*, actor: Actor, ask: HomeAsk, on: date) -> HomeAsk:
    """
    Ask no more: a home was found, or it was a mistake.

    :raises AskOver: if it was answered or withdrawn.
    """
    authorize(actor, Can.ASK_HOLDER, ask.household)
    return _settle(actor, ask, AskState.WITHDRAWN, on=on)


def _settle(actor: Actor, ask: HomeAsk, state: AskState, *, on: date, words: str = "") -> HomeAsk:
    held = HomeAsk.objects.select_for_update(of=("self",)).get(pk=ask.pk)
    if held.state != AskState.AWAITS:
        raise AskOver
    held.state, held.answered_on, held.answer_words = state, on, words.strip()
    held.save(update_fields=["state", "answered_on", "answer_words"])
    trail.record(actor, f"allocation.ask.{state}", held)
    return held
