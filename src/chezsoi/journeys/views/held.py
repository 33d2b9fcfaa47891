"""The rows that an import held: each beside whom it looks like, for a human to settle."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chezsoi.files import queries as files
from chezsoi.files.choices import SourceKind
from chezsoi.files.models import ImportBatch
from chezsoi.journeys.imports import held
from chezsoi.journeys.imports.people.plan import ELSEWHERE
from chezsoi.people import actions, queries
from chezsoi.people.choices import LinkJudgement
from chezsoi.people.models import HeldRow
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page

PER_PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Whom a row looks like: the card the reader may open, or a name alone; and why, in words."""

    name: str
    side: queries.Side | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One row with its cells by header, beside whom it looks like now."""

    row: HeldRow
    cells: tuple[tuple[str, str], ...]
    others: tuple[Other, ...]
    reasons: tuple[str, ...]
    may_create: bool


@allow(Can.IMPORT_PEOPLE)
@require_safe
def rows(request: Request, reference: UUID) -> HttpResponse:
    batch = _batch(request, reference)
    shown = Paginator(queries.held_rows(batch, actor=request.actor), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "batch": batch,
        "entries": _beside(request, batch, list(shown.object_list)),
        "page_obj": shown,
        "count": shown.paginator.count,
    }
    return page(request, "journeys/held.html", context)


@allow(Can.IMPORT_PEOPLE)
@require_POST
def settle(request: Request, reference: UUID, pk: int) -> HttpResponse:
    row = queries.held_row(pk, batch=_batch(request, reference), actor=request.actor)
    try:
        messages.info(request, _settle(request, row, request.POST.get("judgement", "")))
    except actions.NotAJudgement:
        messages.error(request, _("Nothing was changed: say whether it is somebody else, or the same person."))
    except actions.AlreadySettled:
        messages.error(request, _("Somebody settled this row before you: nothing was changed."))
    except held.AlreadyOnFile:
        messages.error(
            request,
            _("A later file opened this household already: nothing was created. Say “It is them” to settle it."),
        )
    except held.CopyGone:
        messages.error(
            request,
            _("The copy of this file is no longer kept, so nothing was created: open their file by hand."),
        )
    return redirect("journeys:held", reference)


def _settle(request: Request, row: HeldRow, judgement: str) -> str:
    if judgement == LinkJudgement.DIFFERENT:
        held.create_household(actor=request.actor, row=row, today=timezone.localdate())
        return _("Their file is open. Undoing the import takes it back too, unless it is used meanwhile.")
    held.leave(actor=request.actor, row=row, judgement=judgement)
    if judgement == LinkJudgement.SAME:
        return _("The row is left: nothing was created, and you will not be asked again.")
    return _("The row stays here: nothing was created.")


def _batch(request: Request, reference: UUID) -> ImportBatch:
    return files.batches(actor=request.actor).get(reference=reference, source__kind=SourceKind.PEOPLE)


def _beside(request: Request, batch: ImportBatch, held_rows: list[HeldRow]) -> list[Held]:
    today, lines = timezone.localdate(), [row.line for row in held_rows]
    if not lines:
        return []
    try:
        prepared = held.read_again(batch, lines=lines, actor=request.actor, today=today)
    except held.CopyGone:
        return [_row(request, row, (), None) for row in held_rows]
    likes = held.lookalikes(prepared.plan)
    people = {other.person for each in likes.values() for other in each if other.person is not None}
    sides = queries.sides(people, actor=request.actor, on=today)
    actions.note_listing(actor=request.actor, households=sorted({side.card.pk for side in sides.values()}))
    return [
        _row(
            request,
            row,
            prepared.table.columns,
            tuple(_other(request, each, sides) for each in likes.get(row.line, ())),
        )
        for row in held_rows
    ]


def _row(request: Request, row: HeldRow, headers: tuple[str, ...], others: tuple[Other, ...] | None) -> Held:
    cells = zip(headers or [""] * len(row.cells), row.cells, strict=False)
    return Held(
        row=row,
        cells=tuple((header, cell) for header, cell in cells if cell),
        others=others or (),
        reasons=() if others else queries.sentences(row.reasons, actor=request.actor),
        may_create=others is not None,
    )


def _other(request: Request, like: held.Lookalike, sides: dict[int, queries.Side]) -> Other:
    reasons = [(reason.code, reason.left, reason.right) for reason in like.found.match.reasons]
    return Other(
        name="" if like.name == ELSEWHERE else like.name,
        side=sides.get(like.person or 0),
        reasons=queries.sentences(reasons, actor=request.actor),
    )
