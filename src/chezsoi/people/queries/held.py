"""Rows of a service's files that look like somebody known and wait for its human."""

from __future__ import annotations

from django.db.models import QuerySet

from chezsoi.files import queries as files
from chezsoi.files.models import ImportBatch
from chezsoi.kernel.actor import Actor
from chezsoi.people.choices import SETTLED, LinkJudgement
from chezsoi.people.models import HeldRow


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


def held_rows_waiting(*, actor: Actor) -> QuerySet[HeldRow]:
    """List the rows that nobody has read yet of the imports of the actor's organisation, the latest import first."""
    mine = files.batches(actor=actor).order_by()
    rows = HeldRow.objects.filter(batch__in=mine, judgement=LinkJudgement.WAITING).select_related("batch")
    return rows.order_by("-batch__opened_at", "-batch", "line")
