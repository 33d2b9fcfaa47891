"""What a human says of a row that an import held: somebody else, the person it looks like, or cannot tell."""

from __future__ import annotations

from django.db import transaction

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.people.actions.duplicates import NotAJudgement
from chezsoi.people.actions.pen import Pen, Recorder
from chezsoi.people.choices import SETTLED, LinkJudgement
from chezsoi.people.models import HeldRow
from chezsoi.territories.access import Can


class AlreadySettled(Exception):
    """Somebody answered before: a row is settled once."""


@transaction.atomic
def judge_held_row(
    *, actor: Actor, row: HeldRow, judgement: LinkJudgement | str, recorder: Recorder | None = None
) -> HeldRow:
    """
    Record what a human says of a row held; nothing else is written.

    :raises NotAJudgement: if it is none of the three answers.
    :raises AlreadySettled: if somebody said it is one person, or two, before.
    """
    pen = Pen(actor=actor, source=row.batch.source, recorder=recorder)
    pen.authorize(Can.IMPORT_PEOPLE, row.batch)
    if judgement not in {*SETTLED, LinkJudgement.UNSURE}:
        raise NotAJudgement(judgement)
    row.judgement = HeldRow.objects.select_for_update().get(pk=row.pk).judgement
    if row.judgement in SETTLED:
        raise AlreadySettled(row.judgement)
    pen.change(row, judgement=judgement)
    detail = {"import": row.batch_id, "line": row.line, "judgement": str(judgement)}
    trail.record(actor, "people.held_row.judged", row, territory_id=row.batch.territory_id, detail=detail)
    return row
