"""The documents a household handed over, on its page: what each shows, until when, and who received it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from chezsoi.people.models import Attachment, Household
from chezsoi.ui import dates
from chezsoi.ui.shapes import Entry, Kind, Tag


def kept(rows: Iterable[Attachment], *, on: date) -> tuple[Entry, ...]:
    """List what is kept, one line a document, the last received first."""
    return tuple(
        Entry(
            when=row.attached_on, title=capfirst(row.get_kind_display()), detail=_good_until(row), tag=_state(row, on)
        )
        for row in rows
    )


def told(household: Household, rows: Iterable[Attachment], *, authors: dict[int, str]) -> Iterator[Entry]:
    """Tell what was received, and what was removed, of the kinds the reader reads."""
    url = reverse("people:attachments", args=[household.pk])
    for row in rows:
        who = authors.get(row.attached_by or 0, "")
        kind = row.get_kind_display()
        yield Entry(when=row.attached_on, title=_("Document received"), lead=kind, detail=who, url=url)
        if row.removed_at is not None:
            yield Entry(when=dates.as_day(row.removed_at), title=_("Document removed"), lead=kind)


def _good_until(row: Attachment) -> str:
    return _("good until %(day)s") % {"day": dates.full(row.expires_on)} if row.expires_on else ""


def _state(row: Attachment, on: date) -> Tag | None:
    return Tag(label=_("out of date"), kind=Kind.ACT) if row.expires_on and row.expires_on < on else None
