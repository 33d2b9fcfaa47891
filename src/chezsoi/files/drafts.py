"""
What somebody types before they send a form: kept for them alone, and gone once the form is received.

A draft belongs to an account, not to a role: there is no right to ask for, only an owner.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from chezsoi.files.models import Draft, Submission
from chezsoi.files.queries import KEPT
from chezsoi.kernel.actor import Actor
from chezsoi.territories.access import NotAllowed

REMEMBERED = timedelta(days=30)


class KeptElsewhere(Exception):
    """Another unfinished form of the same page is kept: resume it or remove it first."""


class AlreadySent(Exception):
    """The form was received meanwhile: there is nothing left to keep."""


@transaction.atomic
def keep(
    *, actor: Actor, form_key: str, title: str, writer: UUID, sequence: int, content: list[Any], now: datetime
) -> int:
    """
    Keep what was typed, and give the sequence that is kept: a late answer never overwrites a newer one.

    The row is inserted or, where it stands, updated under a condition; nothing is looked up first.

    :raises AlreadySent: if the form with that reference was received.
    :raises KeptElsewhere: if the draft of that form was written by another one.
    """
    account_id = _account(actor)
    if Submission.objects.filter(reference=writer).exists():
        raise AlreadySent(writer)
    Draft.objects.filter(account_id=account_id, saved_at__lt=now - KEPT).delete()
    said: dict[str, Any] = {"title": title, "sequence": sequence, "content": content, "saved_at": now}
    fresh = Draft(account_id=account_id, form_key=form_key, writer=writer, **said)
    Draft.objects.bulk_create([fresh], ignore_conflicts=True)
    mine = Draft.objects.filter(account_id=account_id, form_key=form_key, writer=writer)
    mine.filter(sequence__lt=sequence).update(**said)
    kept = mine.values_list("sequence", flat=True).first()
    if kept is None:
        raise KeptElsewhere(form_key)
    return kept


@transaction.atomic
def discard(*, actor: Actor, form_key: str, writer: UUID) -> None:
    """Remove a draft its owner does not want; a save of the same form that comes late does not bring it back."""
    account_id = _account(actor)
    Draft.objects.filter(account_id=account_id, form_key=form_key, writer=writer).delete()
    Submission.objects.bulk_create(
        [Submission(reference=writer, account_id=account_id, received_at=timezone.now())], ignore_conflicts=True
    )


def forget(*, now: datetime) -> int:
    """Remove the drafts and the receipts whose time is over; count the drafts."""
    past, _kinds = Draft.objects.filter(saved_at__lt=now - KEPT).delete()
    Submission.objects.filter(received_at__lt=now - REMEMBERED).delete()
    return past


def _account(actor: Actor) -> int:
    if actor.user_id is None:
        raise NotAllowed("a draft belongs to an account")
    return actor.user_id
