"""What a household does with its request, and what it contests. Nothing here moves its seniority or its rank."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from chezsoi import trail
from chezsoi.allocation.choices import (
    REQUEST_TRANSITIONS,
    AppealOutcome,
    CandidacyState,
    RequestAct,
)
from chezsoi.allocation.models import Appeal, Candidacy, HousingRequest, RequestEvent
from chezsoi.kernel.actor import Actor
from chezsoi.law.requests import lapse_of
from chezsoi.territories.access import Can, authorize

AWAITS_AN_ANSWER = (CandidacyState.OFFERED, CandidacyState.ACCEPTED)
BEFORE_AN_OFFER = (CandidacyState.PROPOSED, CandidacyState.DECIDED)


class NotFromThisState(Exception):
    """The request does not stand where this act starts from."""


class AnswerTheOfferFirst(Exception):
    """A home is offered to the household, or accepted by it."""


class NoReasonGiven(Exception):
    """Nobody said why the household withdraws."""


class ActBeforeTheLast(Exception):
    """The day comes before the last act on this request, or before it was made."""


class NotTheLastAct(Exception):
    """Something was done since, or the act was taken back."""


class AnswerDueBeforeLodged(Exception):
    """The answer would be due before the appeal was lodged."""


class AppealAnswered(Exception):
    """The outcome of the appeal is written."""


class AppealAwaited(Exception):
    """The appeal has no outcome yet."""


class OutcomeBeforeLodged(Exception):
    """The outcome would come before the appeal was lodged."""


@transaction.atomic
def act_on_request(
    *, actor: Actor, request: HousingRequest, act: RequestAct, on: date, reason: str = ""
) -> RequestEvent:
    """
    Renew, withdraw or take up again a request; it keeps its number and its first day whatever is done, however late.

    A withdrawal takes the household out of the homes not offered to it yet: taking it back puts it there again.

    :raises NotFromThisState: if the act does not start from where the request stands.
    :raises ActBeforeTheLast: if the day comes before the last act, or before the request.
    :raises NoReasonGiven: if a withdrawal has no reason; "they do not wish to say" is one.
    :raises AnswerTheOfferFirst: if the household withdraws while a home awaits its answer, or its lease.
    """
    authorize(actor, Can.RECORD_REQUEST, request.household)
    held = HousingRequest.objects.select_for_update().get(pk=request.pk)
    after = REQUEST_TRANSITIONS.get((held.state, act))
    if after is None:
        raise NotFromThisState(held.state, act)
    last = held.events.filter(cancelled_on=None).order_by("-happened_on", "-pk").first()
    if on < max((day for day in (held.requested_on, last and last.happened_on) if day), default=on):
        raise ActBeforeTheLast(on)
    former: dict[str, Any] = {
        "state": held.state,
        "valid_until": held.valid_until.isoformat() if held.valid_until else None,
    }
    if act is RequestAct.WITHDRAW:
        if not reason.strip():
            raise NoReasonGiven
        former["candidacies"] = _leave_homes(actor, held)
    if act is RequestAct.RENEW:
        held.valid_until = lapse_of(on)
    held.state = after
    held.save(update_fields=["state", "valid_until"])
    event = RequestEvent.objects.create(request=held, act=act, happened_on=on, reason=reason.strip(), former=former)
    trail.record(actor, f"allocation.request.{act}", held, detail={"event": event.pk})
    return event


@transaction.atomic
def take_back(*, actor: Actor, event: RequestEvent, on: date) -> RequestEvent:
    """
    Put a request back as it stood before its last act; the act stays, marked as taken back.

    :raises NotTheLastAct: if something was done since, to the request or to a home it had left.
    """
    authorize(actor, Can.RECORD_REQUEST, event.request.household)
    held = HousingRequest.objects.select_for_update().get(pk=event.request_id)
    last = held.events.filter(cancelled_on=None).order_by("-pk").first()
    if last != event or held.state != REQUEST_TRANSITIONS[event.former["state"], event.act]:
        raise NotTheLastAct(event.pk)
    held.state = event.former["state"]
    before = event.former["valid_until"]
    held.valid_until = date.fromisoformat(before) if before else None
    held.save(update_fields=["state", "valid_until"])
    for pk, state in event.former.get("candidacies", ()):
        Candidacy.objects.filter(pk=pk, state=CandidacyState.WITHDRAWN).update(state=state)
    event.cancelled_on = on
    event.save(update_fields=["cancelled_on"])
    trail.record(actor, "allocation.request.act_taken_back", held, detail={"event": event.pk})
    return event


@transaction.atomic
def lodge_appeal(
    *,
    actor: Actor,
    request: HousingRequest,
    about: str,
    body: str,
    lodged_on: date,
    due_on: date | None = None,
    words: str = "",
) -> Appeal:
    """
    Note that a household contests something; whatever comes of it, its place and its points stay as they are.

    :raises AnswerDueBeforeLodged: if the answer is due before.
    """
    authorize(actor, Can.RECORD_REQUEST, request.household)
    if due_on is not None and due_on < lodged_on:
        raise AnswerDueBeforeLodged(due_on)
    appeal = Appeal.objects.create(
        request=request, about=about, body=body, lodged_on=lodged_on, due_on=due_on, words=words.strip()
    )
    trail.record(actor, "allocation.appeal.lodged", appeal)
    return appeal


@transaction.atomic
def settle_appeal(*, actor: Actor, appeal: Appeal, outcome: str, outcome_on: date, words: str = "") -> Appeal:
    """
    Write what came of an appeal.

    :raises OutcomeBeforeLodged: if it is dated before the appeal.
    :raises AppealAnswered: if an outcome is written.
    """
    authorize(actor, Can.RECORD_REQUEST, appeal.request.household)
    if outcome_on < appeal.lodged_on:
        raise OutcomeBeforeLodged(outcome_on)
    awaited = Appeal.objects.filter(pk=appeal.pk, outcome=AppealOutcome.AWAITED)
    if not awaited.update(outcome=outcome, outcome_on=outcome_on, outcome_words=words.strip()):
        raise AppealAnswered
    trail.record(actor, "allocation.appeal.settled", appeal)
    appeal.refresh_from_db()
    return appeal


@transaction.atomic
def reopen_appeal(*, actor: Actor, appeal: Appeal) -> Appeal:
    """
    Take back an outcome that was a mistake; the trail keeps that it was written.

    :raises AppealAwaited: if there is none.
    """
    authorize(actor, Can.RECORD_REQUEST, appeal.request.household)
    settled = Appeal.objects.filter(pk=appeal.pk).exclude(outcome=AppealOutcome.AWAITED)
    if not settled.update(outcome=AppealOutcome.AWAITED, outcome_on=None, outcome_words=""):
        raise AppealAwaited
    trail.record(actor, "allocation.appeal.reopened", appeal)
    appeal.refresh_from_db()
    return appeal


def _leave_homes(actor: Actor, request: HousingRequest) -> list[tuple[int, str]]:
    """Take the household out of the homes not offered to it, and say where it stood in each."""
    rows = Candidacy.objects.select_for_update().filter(household_id=request.household_id).order_by("pk")
    if any(row.state in AWAITS_AN_ANSWER for row in rows):
        raise AnswerTheOfferFirst
    left = [row for row in rows if row.state in BEFORE_AN_OFFER]
    stood = [(row.pk, str(row.state)) for row in left]
    Candidacy.objects.filter(pk__in=[row.pk for row in left]).update(state=CandidacyState.WITHDRAWN)
    for row in left:
        trail.record(actor, "allocation.candidacy.withdrawn", row, territory_id=request.territory_id)
    return stood
