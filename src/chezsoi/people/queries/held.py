"""Rows of a service's files that look like somebody known and wait for its human."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import timezone

from chezsoi.files import queries as files
from chezsoi.files.models import ImportBatch
from chezsoi.kernel.actor import Actor
from chezsoi.people.choices import SETTLED, LinkJudgement
from chezsoi.people.models import HeldRow


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldIn:
    """One file with rows that nobody has read yet, and how many."""

    reference: UUID
    file_name: str
    opened_on: date
    count: int


def held_rows(batch: ImportBatch, *, actor: Actor) -> QuerySet[HeldRow]:
    """List the rows of an import that nobody has settled, those never read first, in the order of the file."""
    mine = files.batches(actor=actor).filter(pk=batch.pk).order_by()
    rows = HeldRow.objects.filter(batch__in=mine).exclude(judgement__in=SETTLED)
    return rows.select_related("batch__source").order_by("-judgement", "line")


def held_row(pk: int, *, batch: ImportBatch, actor: Actor) -> HeldRow:
    """
    Find a row held of an import, settled or not.

    :raises HeldRow.DoesNotExist: also when it is another organisation's.
    """
    mine = files.batches(actor=actor).filter(pk=batch.pk).order_by()
    return HeldRow.objects.select_related("batch__source").get(pk=pk, batch__in=mine)


def held_waiting(*, actor: Actor) -> list[HeldIn]:
    """List the imports of the actor's organisation with rows that nobody has read yet, the latest first."""
    mine = files.batches(actor=actor)
    rows = HeldRow.objects.filter(batch__in=mine.order_by(), judgement=LinkJudgement.WAITING)
    counts = dict(rows.order_by().values_list("batch").annotate(count=Count("pk")))
    return [
        HeldIn(
            reference=batch.reference,
            file_name=batch.file_name,
            opened_on=timezone.localdate(batch.opened_at),
            count=counts[batch.pk],
        )
        for batch in mine.filter(pk__in=counts)
    ]
