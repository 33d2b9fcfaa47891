"""Attach a document to a household, read it, remove it and put it back."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from functools import partial
from io import BytesIO

from django.db import transaction
from django.db.models import Sum

from chezsoi import trail
from chezsoi.files import documents, storage
from chezsoi.kernel.actor import Actor
from chezsoi.people import queries
from chezsoi.people.choices import DocumentKind
from chezsoi.people.models import Attachment, Household
from chezsoi.territories.access import Can, NotAllowed, authorize

MOST_DOCUMENTS = 100
MOST_BYTES = 200_000_000
PUT_BACK_WITHIN = timedelta(days=30)


class NoRoomLeft(Exception):
    """The household has as many documents, or as many bytes, as a file may hold."""


class NotRemoved(Exception):
    """The document was not removed, or too long ago to be put back."""


def attach_document(
    *,
    actor: Actor,
    household: Household,
    kind: DocumentKind,
    content: bytes,
    file_name: str,
    expires_on: date | None,
    on: date,
) -> Attachment:
    """
    Check, scan, encrypt and keep a document of a household; the same bytes sent twice are kept once.

    :raises UnfitDocument: if it is not what it says, hides something, or carries a virus; nothing is kept.
    :raises NoRoomLeft: past 100 documents or 200 MB.
    :raises NotAllowed: if the role does not write that category of data.
    """
    authorize(actor, Can.ATTACH_DOCUMENT, household)
    if kind not in queries.kinds_to_attach(actor=actor):
        raise NotAllowed(f"{actor.role} does not attach a document of kind {kind}")
    media_type = documents.check(content, name=file_name)
    scanned = documents.scan(content)
    kept = storage.keep(BytesIO(content))
    try:
        with transaction.atomic():
            Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
            known = _same(household, kind, hashlib.sha256(content).hexdigest())
            if known is None:
                _check_room(household, len(content))
                return _write(actor, _drafted(household, kind, file_name, media_type, kept), scanned, expires_on, on)
    except BaseException:
        storage.discard(kept.stored_name)
        raise
    storage.discard(kept.stored_name)
    return known


def read_document(*, actor: Actor, attachment: Attachment) -> bytes:
    """
    Give the content of a document, and write down that it was read.

    :raises NoLongerKept: if its copy is gone or was altered.
    """
    authorize(actor, Can.SEE_HOUSEHOLD, attachment)
    if not queries.reads(attachment.category, actor=actor):
        raise NotAllowed(f"{actor.role} does not read {attachment.category}")
    content = storage.read(attachment.stored_name)
    trail.record(actor, "people.document.read", attachment.household, detail={"document": attachment.pk})
    return content


@transaction.atomic
def remove_document(*, actor: Actor, attachment: Attachment, at: datetime) -> Attachment:
    """Remove a document; it can be put back for 30 days, then its copy is erased."""
    _authorize_writing(actor, attachment)
    if attachment.removed_at is None:
        Attachment.objects.filter(pk=attachment.pk, removed_at=None).update(removed_at=at)
        attachment.refresh_from_db()
        trail.record(actor, "people.document.removed", attachment.household, detail={"document": attachment.pk})
    return attachment


@transaction.atomic
def put_document_back(*, actor: Actor, attachment: Attachment, at: datetime) -> Attachment:
    """
    Put back a document removed by mistake.

    :raises NotRemoved: if it was not removed, or more than 30 days ago.
    """
    _authorize_writing(actor, attachment)
    since = at - PUT_BACK_WITHIN
    if not Attachment.objects.filter(pk=attachment.pk, removed_at__gt=since).update(removed_at=None):
        raise NotRemoved(attachment.pk)
    trail.record(actor, "people.document.put_back", attachment.household, detail={"document": attachment.pk})
    attachment.refresh_from_db()
    return attachment


def erase_removed_documents(*, actor: Actor, now: datetime) -> int:
    """Erase the documents removed more than 30 days ago, with their copies; count them."""
    authorize(actor, Can.PURGE_FILES)
    rows = Attachment.objects.filter(removed_at__lte=now - PUT_BACK_WITHIN)
    gone = list(rows.filter(household__territory_id__in=actor.territory_ids).order_by("pk"))
    for attachment in gone:
        with transaction.atomic():
            transaction.on_commit(partial(storage.discard, attachment.stored_name))
            trail.record(actor, "people.document.erased", territory_id=attachment.territory_id)
            attachment.delete()
    return len(gone)


def _authorize_writing(actor: Actor, attachment: Attachment) -> None:
    authorize(actor, Can.ATTACH_DOCUMENT, attachment)
    if not queries.writes(attachment.category, actor=actor):
        raise NotAllowed(f"{actor.role} does not write {attachment.category}")


def _same(household: Household, kind: DocumentKind, sha256: str) -> Attachment | None:
    rows = Attachment.objects.filter(household=household, kind=kind, sha256=sha256, removed_at=None)
    return rows.order_by("pk").first()


def _check_room(household: Household, size: int) -> None:
    rows = Attachment.objects.filter(household=household)
    held = rows.aggregate(held=Sum("size_bytes"))["held"] or 0
    if rows.count() >= MOST_DOCUMENTS or held + size > MOST_BYTES:
        raise NoRoomLeft(household.pk)


def _drafted(
    household: Household, kind: DocumentKind, file_name: str, media_type: documents.Format, kept: storage.Kept
) -> Attachment:
    return Attachment(
        household=household,
        kind=kind,
        file_name=file_name[-255:].replace("\0", ""),
        media_type=media_type.value,
        stored_name=kept.stored_name,
        sha256=kept.sha256,
        size_bytes=kept.size_bytes,
    )


def _write(
    actor: Actor, attachment: Attachment, scanned: documents.Scan, expires_on: date | None, on: date
) -> Attachment:
    attachment.scan, attachment.expires_on = scanned.value, expires_on
    attachment.attached_on, attachment.attached_by = on, actor.user_id
    attachment.save()
    detail = {"document": attachment.pk, "kind": attachment.kind, "scan": scanned.value}
    trail.record(actor, "people.document.attached", attachment.household, detail=detail)
    return attachment
