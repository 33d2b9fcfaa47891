"""What changes the grounds of priority of a household, and the lists it is on: dated rows, never overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from chezsoi import trail
from chezsoi.allocation.actions.requests import UnknownLabel
from chezsoi.allocation.choices import Ending, Label, PriorityPool
from chezsoi.allocation.models import HousingRequest, PoolLabel, PriorityLabel
from chezsoi.allocation.models.requests import POOL_NUMBER_PURPOSE
from chezsoi.fields import blind_index
from chezsoi.kernel.actor import Actor
from chezsoi.territories.access import Can, authorize

Priority = PriorityLabel | PoolLabel


class EndsBeforeItStarts(Exception):
    """The last day of validity, or the day it ends, comes before the first."""


class NobodySaysSo(Exception):
    """A label has no source."""


class AlreadyEnded(Exception):
    """The ground or label was withdrawn or replaced before."""


class NotEnded(Exception):
    """The ground or label was not withdrawn: there is nothing to put back."""


class AnotherCounts(Exception):
    """A newer one of the same kind counts since: both cannot."""


class NoReasonToEnd(Exception):
    """Nobody said why the ground or the label ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What shows a ground of priority, who issued it, and the days it is good for; None is unknown and bars nothing."""

    proof: str = ""
    issuer: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


@transaction.atomic
def prove_ground(
    *, actor: Actor, request: HousingRequest, label: str, evidence: Evidence, noted_on: date
) -> PriorityLabel:
    """
    Note a ground of priority with its proof; one held already ends that day, replaced, and keeps its own dates.

    :raises UnknownLabel: if the ground is none of the list.
    :raises EndsBeforeItStarts: if it is no longer valid before it is.
    """
    authorize(actor, Can.RECORD_REQUEST, request.household)
    if label not in Label.values:
        raise UnknownLabel(label)
    if evidence.valid_until and evidence.valid_until < (evidence.valid_from or evidence.valid_until):
        raise EndsBeforeItStarts(evidence.valid_until)
    _replace(PriorityLabel.objects.filter(request=request, label=label, withdrawn_on=None), noted_on)
    ground = PriorityLabel.objects.create(
        request=request,
        label=label,
        noted_on=noted_on,
        proof=evidence.proof,
        issuer=evidence.issuer.strip(),
        valid_from=evidence.valid_from,
        valid_until=evidence.valid_until,
    )
    trail.record(actor, "allocation.ground.proved", ground)
    return ground


@transaction.atomic
def label_request(
    *,
    actor: Actor,
    request: HousingRequest,
    pool: str,
    labelled_on: date,
    issuer: str,
    number: str = "",
    valid_until: date | None = None,
) -> PoolLabel:
    """
    Note that a household stands on a list that houses first; a label held there already is replaced, and stays.

    :raises UnknownLabel: if the list is none of those known.
    :raises NobodySaysSo: without who says so.
    :raises EndsBeforeItStarts: if it is no longer valid before it is given.
    """
    authorize(actor, Can.RECORD_REQUEST, request.household)
    if pool not in PriorityPool.values:
        raise UnknownLabel(pool)
    if not issuer.strip():
        raise NobodySaysSo(pool)
    if valid_until is not None and valid_until < labelled_on:
        raise EndsBeforeItStarts(valid_until)
    _replace(PoolLabel.objects.filter(request=request, pool=pool, withdrawn_on=None), labelled_on)
    label = PoolLabel.objects.create(
        request=request,
        pool=pool,
        number=number.strip(),
        number_index=blind_index(number.strip(), purpose=POOL_NUMBER_PURPOSE),
        labelled_on=labelled_on,
        issuer=issuer.strip(),
        valid_until=valid_until,
    )
    trail.record(actor, "allocation.label.given", label)
    return label


@transaction.atomic
def end_priority(*, actor: Actor, row: Priority, reason: str, on: date) -> Priority:
    """
    Note that a ground or a label counts no more, and why; it stays with its dates, and the household keeps its place.

    :raises NoReasonToEnd: without a reason.
    :raises EndsBeforeItStarts: on a day before it counted.
    :raises AlreadyEnded: if it was withdrawn or replaced before.
    """
    authorize(actor, Can.RECORD_REQUEST, row.request.household)
    if not reason.strip():
        raise NoReasonToEnd
    if on < row.starts_on:
        raise EndsBeforeItStarts(on)
    held = type(row).objects.filter(pk=row.pk, withdrawn_on=None)
    if not held.update(withdrawn_on=on, ending=Ending.WITHDRAWN, end_reason=reason.strip()):
        raise AlreadyEnded
    trail.record(actor, "allocation.priority.ended", row)
    return _again(row)


@transaction.atomic
def restore_priority(*, actor: Actor, row: Priority) -> Priority:
    """
    Put back a ground or a label that was withdrawn by mistake.

    :raises NotEnded: if it was not withdrawn.
    :raises AnotherCounts: if a newer one counts since.
    """
    authorize(actor, Can.RECORD_REQUEST, row.request.household)
    ended = type(row).objects.filter(pk=row.pk, ending=Ending.WITHDRAWN)
    try:
        with transaction.atomic():
            restored = ended.update(withdrawn_on=None, ending=Ending.NONE, end_reason="")
    except IntegrityError as another:
        raise AnotherCounts from another
    if not restored:
        raise NotEnded
    trail.record(actor, "allocation.priority.restored", row)
    return _again(row)


def _replace(held: object, on: date) -> None:
    for row in held.select_for_update():  # type: ignore[attr-defined]
        row.withdrawn_on, row.ending = max(on, row.starts_on), Ending.REPLACED
        row.save(update_fields=["withdrawn_on", "ending"])


def _again(row: Priority) -> Priority:
    row.refresh_from_db()
    return row
