"""A service's file comes in: send it, read what it would do, load it, follow, take it back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chezsoi.files import actions as files
from chezsoi.files import exports
from chezsoi.files import queries as file_queries
from chezsoi.files.changes import ImportHasConsequences
from chezsoi.files.choices import BatchState, SourceKind
from chezsoi.files.models import ImportBatch
from chezsoi.files.readers import UnreadableFile
from chezsoi.files.storage import NoLongerKept
from chezsoi.journeys.imports import forms, loading, progress, queries, reading, tables, tasks
from chezsoi.journeys.imports.reading import RIGHTS, ColumnsUnclear
from chezsoi.territories import queries as territories
from chezsoi.territories.access import Request, allow
from chezsoi.ui.responses import page

View = Callable[..., HttpResponse]
SHOWN = 30

GONE = gettext_lazy("The copy of this file is no longer kept. Nothing was changed; send the file again.")


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


def one(kind: SourceKind) -> View:
    """Make the page of one import: what it would do, how far it is, or what it did."""

    @allow(RIGHTS[kind])
    @require_safe
    def view(request: Request, reference: UUID) -> HttpResponse:
        batch = _batch(request, kind, reference)
        context: dict[str, Any] = {"batch": batch, "desk": _desk(kind), "is_loading": False, "preview": None}
        if batch.state == BatchState.PREVIEWED:
            context["preview"] = _preview(request, batch)
        elif batch.state == BatchState.LOADING:
            context |= {"is_loading": True, "progress": progress.read(batch.reference)}
        else:
            context["result"] = _result(batch) | {"held_count": queries.held_count(batch, actor=request.actor)}
        context |= {name: tables.address(batch, name) for name in ("columns", "load", "stop", "undo", "corrections")}
        return page(request, "journeys/import.html", context, part="state")

    return view


def columns(kind: SourceKind) -> View:
    """Make the act that remembers which field each column holds."""

    @allow(RIGHTS[kind])
    @require_POST
    def view(request: Request, reference: UUID) -> HttpResponse:
        batch = _batch(request, kind, reference)
        try:
            table, plan = _columns_of(request, batch)
        except NoLongerKept:
            messages.info(request, str(GONE))
            return redirect(tables.address(batch))
        form = forms.Columns(request.POST, headers=table.columns, columns=plan, kind=kind)
        if form.is_valid():
            files.remember_columns(actor=request.actor, can=RIGHTS[kind], source=batch.source, columns=form.chosen)
        else:
            messages.error(request, _("Nothing was remembered: choose each field from its list."))
        return redirect(tables.address(batch))

    return view


def load(kind: SourceKind) -> View:
    """Make the act that loads an import, in the background."""

    @allow(RIGHTS[kind])
    @require_POST
    def view(request: Request, reference: UUID) -> HttpResponse:
        batch = _batch(request, kind, reference)
        try:
            loading.begin(actor=request.actor, batch=batch)
        except files.BatchNotInState:
            messages.info(request, _("This file is being loaded, or was already."))
        else:
            actor = request.actor
            tasks.load_import.enqueue(str(batch.reference), actor.user_id, actor.role, actor.organisation_id)
        return redirect(tables.address(batch))

    return view


def stop(kind: SourceKind) -> View:
    """Make the act that stops an import before it is loaded."""

    @allow(RIGHTS[kind])
    @require_POST
    def view(request: Request, reference: UUID) -> HttpResponse:
        batch = _batch(request, kind, reference)
        try:
            files.fail_batch(
                actor=request.actor, can=RIGHTS[kind], batch=batch, sentence=_("Stopped: nothing was loaded.")
            )
        except files.BatchNotInState:
            messages.info(request, _("This import has ended already; nothing was changed."))
        return redirect(tables.address(batch))

    return view


def undo(kind: SourceKind) -> View:
    """Make the act that takes an import back."""

    @allow(RIGHTS[kind])
    @require_POST
    def view(request: Request, reference: UUID) -> HttpResponse:
        batch = _batch(request, kind, reference)
        try:
            loading.undo(actor=request.actor, batch=batch)
        except files.BatchNotInState:
            messages.info(request, _("This import is not loaded, or was undone already; nothing was changed."))
        except ImportHasConsequences as since:
            what = tables.consequences(since.consequences)
            messages.error(
                request,
                _("What this import wrote was used or changed since: %(what)s. Nothing was changed.") % {"what": what},
            )
        else:
            messages.info(request, _("Undone: everything is as it was before this import."))
        return redirect(tables.address(batch))

    return view


def corrections(kind: SourceKind) -> View:
    """Make the file of the rows left out, as written, each with what to do: correct it and send it again."""

    @allow(RIGHTS[kind])
    @require_safe
    def view(request: Request, reference: UUID) -> HttpResponse:
        batch = _batch(request, kind, reference)
        try:
            lines = exports.csv_lines(*reading.rows_to_correct(batch, actor=request.actor))
        except NoLongerKept:
            messages.info(request, str(GONE))
            return redirect(tables.address(batch))
        answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="a-corriger.csv"'
        return answer  # type: ignore[return-value]

    return view


def _batch(request: Request, kind: SourceKind, reference: UUID) -> ImportBatch:
    return file_queries.batches(actor=request.actor).get(reference=reference, source__kind=kind)


def _receive(request: Request, kind: SourceKind, form: forms.Upload) -> ImportBatch | None:
    """Keep a file that can be read; say on the form why another cannot."""
    sent = form.cleaned_data["file"]
    with tempfile.NamedTemporaryFile(prefix="sent-") as copy:
        for piece in sent.chunks():
            copy.write(piece)
        copy.flush()
        try:
            as_of_on = reading.read_date(
                Path(copy.name), name=sent.name, kind=kind, given=form.cleaned_data["as_of_on"]
            )
        except UnreadableFile as unusable:
            form.add_error("file", str(unusable.sentence))
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
    return files.open_batch(
        actor=request.actor,
        can=RIGHTS[kind],
        source=source,
        content=sent.file,
        file_name=sent.name,
        as_of_on=as_of_on or timezone.localdate(),
    )


def _preview(request: Request, batch: ImportBatch) -> dict[str, Any]:
    kind = SourceKind(batch.source.kind)
    try:
        prepared = reading.prepare_batch(batch, actor=request.actor, today=timezone.localdate())
    except ColumnsUnclear as unclear:
        form = forms.Columns(headers=unclear.table.columns, columns=unclear.columns, kind=kind)
        return {"refusal": str(unclear.sentence), "columns_form": form, "may_load": False}
    except (UnreadableFile, NoLongerKept):
        return {"refusal": str(loading.FAILED), "columns_form": None, "may_load": False}
    outcome = loading.foreseen(prepared)
    said = outcome.as_json()
    form = forms.Columns(headers=prepared.table.columns, columns=prepared.columns, kind=kind)
    return {
        "refusal": "",
        "columns_form": form if form.is_asked else None,
        "may_load": prepared.total > 0,
        "recognised": reading.recognised(prepared),
        "facts": tables.facts({**said, "held": outcome.held}, kind),
        "errors": tables.errors(said["errors"]),
        "error_count": len(said["errors"]),
        "pairs": tables.pairs(said["possible_duplicates"]),
        "unknown": tables.unknown(said["unknown_codes"]),
    }


def _result(batch: ImportBatch) -> dict[str, Any]:
    kind = SourceKind(batch.source.kind)
    return {
        "facts": tables.facts(batch.counts, kind) if batch.counts else (),
        "errors": tables.errors(batch.errors or []),
        "error_count": len(batch.errors or []),
        "unknown": tables.unknown(batch.unknown_codes or []),
        "pair_count": batch.counts.get("possible_duplicates", 0),
        "may_correct": bool(batch.errors and batch.stored_name),
    }


def _columns_of(request: Request, batch: ImportBatch) -> tuple[Any, Any]:
    try:
        prepared = reading.prepare_batch(batch, actor=request.actor, today=timezone.localdate())
    except ColumnsUnclear as unclear:
        return unclear.table, unclear.columns
    return prepared.table, prepared.columns


def _desk(kind: SourceKind) -> str:
    return "journeys:home-imports" if kind is SourceKind.HOMES else "journeys:imports"
