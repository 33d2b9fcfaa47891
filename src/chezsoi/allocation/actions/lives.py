"""What becomes of a household's request and candidacies when its life changes. Nobody loses their place by it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol, TypeVar

from django.db import models, transaction

from chezsoi import trail
from chezsoi.allocation.choices import CandidacyState, RequestState
from chezsoi.allocation.models import Candidacy, HousingRequest
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household
from chezsoi.territories.access import Can, authorize

Row = TypeVar("Row", bound=models.Model)
UNDER_WAY = (CandidacyState.PROPOSED, CandidacyState.DECIDED, CandidacyState.OFFERED, CandidacyState.ACCEPTED)


class Notes(Protocol):
    """What notes the rows an act writes, so that it can be taken back."""

    def created(self, obj: models.Model) -> None:
        """Note a row that did not exist."""

    def updated(self, obj: models.Model, before: Mapping[str, Any]) -> None:
        """Note a row that was changed, with its former values."""


@transaction.atomic
def withdraw_candidacies(*, actor: Actor, household: Household, notes: Notes) -> list[Candidacy]:
    """
    Withdraw the candidacies under way of a household whose file is closed; the home goes to who comes next.

    Those who read them learn that they are withdrawn, and never why.
    """
    authorize(actor, Can.RECORD_ANSWER, household)
    rows = Candidacy.objects.select_for_update().filter(household=household, state__in=UNDER_WAY).order_by("pk")
    withdrawn = list(rows)
    for candidacy in withdrawn:
        _change(notes, candidacy, state=CandidacyState.WITHDRAWN)
        trail.record(actor, "allocation.candidacy.withdrawn", candidacy, territory_id=household.territory_id)
    return withdrawn


@transaction.atomic
def close_request(*, actor: Actor, household: Household, notes: Notes) -> HousingRequest | None:
    """Close the request of a household whose file is closed; what was asked, and when, stays."""
    authorize(actor, Can.RECORD_REQUEST, household)
    request = HousingRequest.objects.select_for_update().filter(household=household, state=RequestState.ACTIVE).first()
    if request is not None:
        _change(notes, request, state=RequestState.CLOSED)
        trail.record(actor, "allocation.request.closed", request)
    return request


@transaction.atomic
def reopen_request(*, actor: Actor, household: Household, notes: Notes) -> HousingRequest | None:
    """Open the closed request of a household that came back: it keeps its number and its seniority."""
    authorize(actor, Can.RECORD_REQUEST, household)
    request = HousingRequest.objects.select_for_update().filter(household=household, state=RequestState.CLOSED).first()
    if request is not None:
        _change(notes, request, state=RequestState.ACTIVE)
        trail.record(actor, "allocation.request.reopened", request)
    return request


@transaction.atomic
def share_seniority(
    *, actor: Actor, household: Household, opened: Household, on: date, notes: Notes
) -> HousingRequest | None:
    """
    Open a request as old as the one of the household they leave, for those who part.

    The number, the grounds of priority and the wishes stay with the former file: they are asked anew, with them.
    """
    for file in (household, opened):
        authorize(actor, Can.RECORD_REQUEST, file)
    former = HousingRequest.objects.filter(household=household, state=RequestState.ACTIVE).first()
    if former is None:
        return None
    request = HousingRequest.objects.create(household=opened, requested_on=former.requested_on, heard_on=on)
    notes.created(request)
    trail.record(actor, "allocation.request.recorded", request)
    return request


@transaction.atomic
def carry_request(*, actor: Actor, household: Household, opened: Household, notes: Notes) -> HousingRequest | None:
    """
    Let a request go on in the file opened elsewhere: as old, with its number, needs, wishes and grounds of priority.

    The former one is closed and stays as it was: what was decided there rests on it.
    """
    for file in (household, opened):
        authorize(actor, Can.RECORD_REQUEST, file)
    former = HousingRequest.objects.select_for_update().filter(household=household, state=RequestState.ACTIVE).first()
    if former is None:
        return None
    request = _copy(notes, former, household=opened)
    for row in former.wished_communes.filter(withdrawn_on=None).order_by("pk"):
        _copy(notes, row, request=request)
    for label in former.labels.filter(withdrawn_on=None).order_by("pk"):
        _copy(notes, label, request=request)
    for listed in former.pool_labels.filter(withdrawn_on=None).order_by("pk"):
        _copy(notes, listed, request=request)
    _change(notes, former, state=RequestState.CLOSED)
    trail.record(actor, "allocation.request.carried", request)
    return request


@transaction.atomic
def join_requests(*, actor: Actor, household: Household, into: Household, notes: Notes) -> HousingRequest | None:
    """
    Keep the older seniority of two requests when their households live together.

    Where the household joined asked for nothing, the request follows with all it says; else it is closed.
    """
    for file in (household, into):
        authorize(actor, Can.RECORD_REQUEST, file)
    rows = HousingRequest.objects.select_for_update()
    former = rows.filter(household=household, state=RequestState.ACTIVE).first()
    kept = rows.filter(household=into).first()
    if former is None:
        return kept
    if kept is None:
        _change(notes, former, household=into)
        return former
    oldest = min((day for day in (former.requested_on, kept.requested_on) if day is not None), default=None)
    if kept.requested_on != oldest:
        _change(notes, kept, requested_on=oldest)
    _change(notes, former, state=RequestState.CLOSED)
    trail.record(actor, "allocation.requests.joined", kept, detail={"closed": former.pk})
    return kept


def _copy(notes: Notes, row: Row, **values: Any) -> Row:
    kept = {each.name: getattr(row, each.name) for each in row._meta.concrete_fields if not each.primary_key}
    made = type(row)._default_manager.create(**kept | values)
    notes.created(made)
    return made


def _change(notes: Notes, row: models.Model, **values: Any) -> None:
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    notes.updated(row, before)
