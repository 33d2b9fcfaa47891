"""What changes a housing request: what is asked, where, and the grounds of priority."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from chezsoi import trail
from chezsoi.allocation.choices import Ending, Label, RequestAct
from chezsoi.allocation.models import HousingRequest, PriorityLabel, WishedCommune
from chezsoi.allocation.models.requests import NUMBER_PURPOSE
from chezsoi.fields import blind_index
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.codes import parse_request_number
from chezsoi.law.requests import lapse_of
from chezsoi.people import actions as people
from chezsoi.people.models import Household
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import Commune

if TYPE_CHECKING:
    from chezsoi.files.changes import Recorder
    from chezsoi.files.models import Source


class RoomsOutOfOrder(Exception):
    """The fewest rooms wished are more than the most."""


class UnknownLabel(Exception):
    """The ground of priority is none of the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFacts:
    """What a household asks for; None, or an empty text, is unknown and bars nothing."""

    number: str = ""
    requested_on: date | None = None
    rooms_min: int | None = None
    rooms_max: int | None = None
    max_outlay_per_month: Decimal | None = None
    needs_wheelchair_access: bool | None = None
    needs_lift_or_ground: bool | None = None


@transaction.atomic
def record_request(
    *,
    actor: Actor,
    household: Household,
    facts: RequestFacts,
    heard_on: date,
    recorder: Recorder | None = None,
) -> HousingRequest:
    """
    Write down what a household asks for; what was heard later is never overwritten by what was heard before.

    The values replaced are kept as corrections, with who replaced them and when.

    :raises RoomsOutOfOrder: if the fewest rooms are more than the most.
    :raises UnreadableRequestNumber: if the number does not have eighteen digits.
    """
    authorize(actor, Can.RECORD_REQUEST, household)
    if facts.rooms_min is not None and facts.rooms_max is not None and facts.rooms_min > facts.rooms_max:
        raise RoomsOutOfOrder(facts.rooms_min, facts.rooms_max)
    number = parse_request_number(facts.number) or ""
    known = HousingRequest.objects.select_for_update().filter(household=household).first()
    if known is not None and known.heard_on > heard_on:
        return known
    request = known or HousingRequest(household=household)
    values = {name: getattr(facts, name) for name in facts.__slots__}
    values |= {"number": number, "number_index": blind_index(number, purpose=NUMBER_PURPOSE), "heard_on": heard_on}
    values["valid_until"] = _first_lapse(request, facts, heard_on)
    before = {name: getattr(request, name) for name in values}
    for name, value in values.items():
        setattr(request, name, value)
    request.save()
    replaced = {name: before[name] for name in facts.__slots__ if before[name] != values[name]}
    people.keep_former_values(actor=actor, household=household, values=replaced, recorder=recorder)
    _note(recorder, request, None if known is None else before)
    trail.record(actor, "allocation.request.recorded", request)
    return request


@transaction.atomic
def record_labels(
    *,
    actor: Actor,
    request: HousingRequest,
    labels: Iterable[str],
    noted_on: date,
    source: Source | None = None,
    recorder: Recorder | None = None,
) -> HousingRequest:
    """
    Add grounds of priority to a request; one already noted is left as it was.

    :raises UnknownLabel: if one is none of the list; nothing is then added.
    """
    authorize(actor, Can.RECORD_REQUEST, request.household)
    wanted = set(labels)
    if strange := sorted(wanted - set(Label.values)):
        raise UnknownLabel(strange[0])
    held = set(request.labels.filter(withdrawn_on=None).values_list("label", flat=True))
    for label in sorted(wanted - held):
        noted = PriorityLabel.objects.create(request=request, label=label, noted_on=noted_on, source=source)
        _note(recorder, noted)
    trail.record(actor, "allocation.labels.recorded", request)
    return request


@transaction.atomic
def withdraw_label(*, actor: Actor, request: HousingRequest, label: str, on: date) -> HousingRequest:
    """Note that a ground of priority no longer holds; it stays readable."""
    authorize(actor, Can.RECORD_REQUEST, request.household)
    request.labels.filter(label=label, withdrawn_on=None).update(withdrawn_on=on, ending=Ending.WITHDRAWN)
    trail.record(actor, "allocation.label.withdrawn", request)
    return request


@transaction.atomic
def wish_communes(
    *,
    actor: Actor,
    request: HousingRequest,
    communes: Sequence[Commune],
    on: date,
    recorder: Recorder | None = None,
) -> HousingRequest:
    """Write down where the household wishes to live, in its order; wishes it no longer has stay readable."""
    authorize(actor, Can.RECORD_REQUEST, request.household)
    wanted = {code: rank for rank, code in enumerate(dict.fromkeys(commune.pk for commune in communes), start=1)}
    held = {wish.commune_id: wish for wish in request.wished_communes.filter(withdrawn_on=None)}
    for code, wish in held.items():
        if wanted.get(code) != wish.rank:
            wish.withdrawn_on = on
            wish.save(update_fields=["withdrawn_on"])
            _note(recorder, wish, {"withdrawn_on": None})
    new = [
        WishedCommune(request=request, commune_id=code, rank=rank, stated_on=on)
        for code, rank in wanted.items()
        if code not in held or held[code].rank != rank
    ]
    for wish in WishedCommune.objects.bulk_create(new):
        _note(recorder, wish)
    trail.record(actor, "allocation.communes.wished", request)
    return request


def _first_lapse(request: HousingRequest, facts: RequestFacts, heard_on: date) -> date | None:
    """Tell when a request of less than a year lapses; after a renewal, that renewal says; else nobody knows."""
    if request.pk and request.events.filter(act=RequestAct.RENEW, cancelled_on=None).exists():
        return request.valid_until
    lapse = lapse_of(facts.requested_on) if facts.requested_on else None
    return lapse if lapse is not None and lapse >= heard_on else None


def _note(recorder: Recorder | None, row: models.Model, before: dict[str, Any] | None = None) -> None:
    if recorder is None:
        return
    if before is None:
        recorder.created(row)
    else:
        recorder.updated(row, before)
