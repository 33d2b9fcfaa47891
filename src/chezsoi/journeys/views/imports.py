"""A service's file comes in: send it, read what it would do, load it, follow, take it back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tasks.base import Task

from chezsoi.files import actions as files
from chezsoi.files import exports
from chezsoi.files import queries as file_queries
from chezsoi.files.changes import ImportHasConsequences
from chezsoi.files.choices import BatchState, SourceKind
from chezsoi.files.models import ImportBatch
from chezsoi.files.readers import UnreadableFile
from chezsoi.files.storage import NoLongerKept
from chezsoi.journeys.imports import forms, loading, progress, queries, reading, tables, tasks
from chezsoi.journeys.imports.preview import GONE, LONG, Preview, foresee
from chezsoi.journeys.imports.reading import RIGHTS, Glance
from chezsoi.territories import queries as territories
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page

View = Callable[..., HttpResponse]
Made = Callable[[SourceKind], View]

SHOWN = 30
ACTS = ("columns", "load", "stop", "undo", "corrections")


def desk(kind: SourceKind) -> View:
    """Make the page where files of a kind are sent, and that lists those sent before."""

    @allow(RIGHTS[kind])
    @require_http_methods(["GET", "POST"])
    def view(request: Request) -> HttpResponse:
        form = forms.Upload(
            request.POST or None,
            request.FILES or None,
            territories=territories.territories_of(actor=request.actor),
            sources=file_queries.sources(actor=request.actor, kind=kind),
        )
        if form.is_valid():
            batch = _receive(request, kind, form)
            if batch is not None:
                return redirect(tables.address(batch))
        sent = file_queries.batches(actor=request.actor).filter(source__kind=kind)[:SHOWN]
        context = {"form": form, "entries": tables.entries(sent), "is_homes": kind is SourceKind.HOMES}
        return page(request, "journeys/imports.html", context)

    return view


def shown(body: Callable[[Request, ImportBatch], HttpResponse]) -> Made:
    """Make of a function the page of one import, for each kind of file: its right, and its imports alone."""

    def of(kind: SourceKind) -> View:
        @allow(RIGHTS[kind])
        @require_safe
        @wraps(body)
        def view(request: Request, reference: UUID) -> HttpResponse:
            return body(request, _batch(request, kind, reference))

        return view

    return of


def act(body: Callable[[Request, ImportBatch], None]) -> Made:
    """Make of a function the act on one import, for each kind of file; the page of the import then says what it did."""

    def of(kind: SourceKind) -> View:
        @allow(RIGHTS[kind])
        @require_POST
        @wraps(body)
        def view(request: Request, reference: UUID) -> HttpResponse:
            batch = _batch(request, kind, reference)
            body(request, batch)
            return redirect(tables.address(batch))

        return view

    return of


@shown
def one(request: Request, batch: ImportBatch) -> HttpResponse:
    """Show what an import would do, how far it is, or what it did."""
    context: dict[str, Any] = {"batch": batch, "desk": _desk(batch)}
    if batch.state in {BatchState.READING, BatchState.LOADING}:
        context |= {"is_waiting": True, "progress": progress.read(batch.reference)}
    elif batch.state == BatchState.PREVIEWED:
        context["preview"] = _preview_shown(_preview(request, batch), batch)
    else:
        context["result"] = _result(batch) | {"held_count": queries.held_count(batch, actor=request.actor)}
    context |= {name: tables.address(batch, name) for name in ACTS}
    return page(request, "journeys/import.html", context, part="state")


@act
def columns(request: Request, batch: ImportBatch) -> None:
    """Remember which field each column holds."""
    if batch.state != BatchState.PREVIEWED:
        messages.info(request, _("This file is being read or loaded, or has ended; nothing was changed."))
        return
    form = forms.Columns(request.POST, preview=_preview(request, batch), kind=_kind(batch))
    if not form.is_valid():
        messages.error(request, _("Nothing was remembered: choose each field from its list."))
        return
    files.remember_columns(actor=request.actor, can=_right(batch), source=batch.source, columns=form.chosen)
    if batch.preview:
        files.read_again(actor=request.actor, can=_right(batch), batch=batch)
        _enqueue(request, tasks.read_import, batch)


@act
def load(request: Request, batch: ImportBatch) -> None:
    """Load an import, in the background."""
    try:
        loading.begin(actor=request.actor, batch=batch)
    except files.BatchNotInState:
        messages.info(request, _("This file is being loaded, or was already."))
    else:
        _enqueue(request, tasks.load_import, batch)


@act
def stop(request: Request, batch: ImportBatch) -> None:
    """Stop an import before it is loaded."""
    sentence = _("Stopped: nothing was loaded.")
    try:
        files.fail_batch(actor=request.actor, can=_right(batch), batch=batch, sentence=sentence)
    except files.BatchNotInState:
        messages.info(request, _("This import has ended already; nothing was changed."))


@act
def undo(request: Request, batch: ImportBatch) -> None:
    """Take an import back."""
    try:
        loading.undo(actor=request.actor, batch=batch)
    except files.BatchNotInState:
        messages.info(request, _("This import is not loaded, or was undone already; nothing was changed."))
    except ImportHasConsequences as since:
        what = {"what": tables.consequences(since.consequences)}
        messages.error(
            request, _("What this import wrote was used or changed since: %(what)s. Nothing was changed.") % what
        )
    else:
        messages.info(request, _("Undone: everything is as it was before this import."))


@shown
def corrections(request: Request, batch: ImportBatch) -> HttpResponse:
    """Give the file of the rows left out, as written, each with what to do: correct it and send it again."""
    try:
        lines = exports.csv_lines(*reading.rows_to_correct(batch, actor=request.actor))
    except NoLongerKept:
        messages.info(request, str(GONE))
        return redirect(tables.address(batch))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="a-corriger.csv"'
    return answer  # type: ignore[return-value]


def _batch(request: Request, kind: SourceKind, reference: UUID) -> ImportBatch:
    return file_queries.batches(actor=request.actor).get(reference=reference, source__kind=kind)


def _kind(batch: ImportBatch) -> SourceKind:
    return SourceKind(batch.source.kind)


def _right(batch: ImportBatch) -> Can:
    return RIGHTS[_kind(batch)]


def _desk(batch: ImportBatch) -> str:
    return "journeys:home-imports" if _kind(batch) is SourceKind.HOMES else "journeys:imports"


def _enqueue(request: Request, task: Task[..., None], batch: ImportBatch) -> None:
    actor = request.actor
    task.enqueue(str(batch.reference), actor.user_id, actor.role, actor.organisation_id)


def _receive(request: Request, kind: SourceKind, form: forms.Upload) -> ImportBatch | None:
    """Keep a file that can be read, and have a long one read; say on the form why another cannot."""
    sent = form.cleaned_data["file"]
    glance = _glance(kind, form)
    if glance is None:
        return None
    organisation = next(
        each
        for each in territories.organisations_in(form.place, actor=request.actor)
        if each.pk == request.actor.organisation_id
    )
    source = files.ensure_source(
        actor=request.actor,
        can=RIGHTS[kind],
        territory=form.place,
        organisation=organisation,
        kind=kind,
        key=form.key,
        name=form.cleaned_data["source_name"] or _("our usual file"),
    )
    sent.seek(0)
    batch = files.open_batch(
        actor=request.actor,
        can=RIGHTS[kind],
        source=source,
        content=sent.file,
        file_name=sent.name,
        as_of_on=form.cleaned_data["as_of_on"] or glance.dated_on or timezone.localdate(),
        is_long=glance.rows > LONG,
    )
    if glance.rows > LONG:
        _enqueue(request, tasks.read_import, batch)
    return batch


def _glance(kind: SourceKind, form: forms.Upload) -> Glance | None:
    sent = form.cleaned_data["file"]
    with tempfile.NamedTemporaryFile(prefix="sent-") as copy:
        for piece in sent.chunks():
            copy.write(piece)
        copy.flush()
        try:
            return reading.glance(Path(copy.name), name=sent.name, kind=kind)
        except UnreadableFile as unusable:
            form.add_error("file", str(unusable.sentence))
            return None


def _preview(request: Request, batch: ImportBatch) -> Preview:
    """Give what was kept of a long file, else read a short one now."""
    if batch.preview:
        return Preview.from_json(batch.preview)
    return foresee(batch, actor=request.actor, today=timezone.localdate())


def _preview_shown(preview: Preview, batch: ImportBatch) -> dict[str, Any]:
    kind, found = _kind(batch), preview.found
    form = forms.Columns(preview=preview, kind=kind) if preview.asked else None
    said = {"refusal": preview.refusal, "columns_form": form, "may_load": preview.may_load}
    if preview.refusal:
        return said
    return said | {
        "recognised": reading.labelled(preview.recognised, kind),
        "facts": tables.facts(found, kind),
        "errors": tables.errors(found["errors"]),
        "error_count": len(found["errors"]),
        "pairs": tables.pairs(found["possible_duplicates"]),
        "unknown": tables.unknown(found["unknown_codes"]),
    }


def _result(batch: ImportBatch) -> dict[str, Any]:
    return {
        "facts": tables.facts(batch.counts, _kind(batch)) if batch.counts else (),
        "errors": tables.errors(batch.errors or []),
        "error_count": len(batch.errors or []),
        "unknown": tables.unknown(batch.unknown_codes or []),
        "pair_count": batch.counts.get("possible_duplicates", 0),
        "may_correct": bool(batch.errors and batch.stored_name),
    }
