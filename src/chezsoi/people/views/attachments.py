"""The documents of a household: the list, one sent, one read, one removed and put back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chezsoi.files.documents import UnfitDocument
from chezsoi.files.storage import NoLongerKept
from chezsoi.people import actions, queries
from chezsoi.people.choices import DocumentKind
from chezsoi.people.forms.attachments import Attach
from chezsoi.people.models import Attachment
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page


@allow(Can.SEE_HOUSEHOLD)
@require_safe
def attachments(request: Request, pk: int) -> HttpResponse:
    return _show(request, pk, _form(request))


@allow(Can.ATTACH_DOCUMENT)
@require_POST
def attach(request: Request, pk: int) -> HttpResponse:
    household = queries.household(pk, actor=request.actor)
    form = _form(request)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            actions.attach_document(
                actor=request.actor,
                household=household,
                kind=DocumentKind(form.cleaned_data["kind"]),
                content=sent.read(),
                file_name=sent.name,
                expires_on=form.cleaned_data["expires_on"],
                on=timezone.localdate(),
            )
        except UnfitDocument as unfit:
            form.add_error("file", str(unfit.sentence))
        except actions.NoRoomLeft:
            form.add_error(
                "file",
                _("This file holds 100 documents or 200 MB already. Nothing was kept; remove what is out of date."),
            )
        else:
            messages.success(request, _("The document is kept, encrypted."))
            return redirect("people:attachments", pk)
    return _show(request, pk, form)


@allow(Can.SEE_HOUSEHOLD)
@require_safe
def attachment(request: Request, pk: int, attachment_pk: int) -> HttpResponse:
    household = queries.household(pk, actor=request.actor)
    found = queries.attachment(attachment_pk, household=household, actor=request.actor)
    try:
        content = actions.read_document(actor=request.actor, attachment=found)
    except NoLongerKept:
        messages.error(request, _("The copy of this document is gone or was altered. Ask the household for it again."))
        return redirect("people:attachments", pk)
    answer = HttpResponse(content, content_type=found.media_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=_safe_name(found))
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store, private"
    return answer


@allow(Can.ATTACH_DOCUMENT)
@require_POST
def remove(request: Request, pk: int, attachment_pk: int) -> HttpResponse:
    household = queries.household(pk, actor=request.actor)
    found = queries.attachment(attachment_pk, household=household, actor=request.actor)
    actions.remove_document(actor=request.actor, attachment=found, at=timezone.now())
    messages.success(request, _("The document is removed. It can be put back for 30 days."))
    return redirect("people:attachments", pk)


@allow(Can.ATTACH_DOCUMENT)
@require_http_methods(["POST"])
def put_back(request: Request, pk: int, attachment_pk: int) -> HttpResponse:
    household = queries.household(pk, actor=request.actor)
    found = queries.attachment(attachment_pk, household=household, actor=request.actor)
    try:
        actions.put_document_back(actor=request.actor, attachment=found, at=timezone.now())
    except actions.NotRemoved:
        messages.error(request, _("This document was not removed, or too long ago. Nothing was changed."))
    else:
        messages.success(request, _("The document is back."))
    return redirect("people:attachments", pk)


def _form(request: Request) -> Attach:
    kinds = queries.kinds_to_attach(actor=request.actor)
    return Attach(request.POST or None, request.FILES or None, kinds=kinds)


def _safe_name(found: Attachment) -> str:
    """Name the download by what it shows, never by what its sender typed."""
    extensions = {
        "application/pdf": ".pdf",
        "image/jpeg": ".jpg",
        "image/png": ".png",
        "image/webp": ".webp",
        "application/vnd.oasis.opendocument.text": ".odt",
    }
    office = ".xlsx" if "spreadsheetml" in found.media_type else ".docx"
    return f"document-{found.pk}-{found.kind}{extensions.get(found.media_type, office)}"


def _show(request: Request, pk: int, form: Attach) -> HttpResponse:
    household = queries.household(pk, actor=request.actor)
    rows = list(queries.attachments(household, actor=request.actor))
    context: dict[str, Any] = {
        "household": household,
        "today": timezone.localdate(),
        "kept": [row for row in rows if row.removed_at is None],
        "removed": [row for row in rows if row.removed_at is not None],
        "form": form,
        "may_attach": request.actor.may(Can.ATTACH_DOCUMENT),
    }
    return page(request, "people/attachments.html", context, status=422 if form.errors else 200)
