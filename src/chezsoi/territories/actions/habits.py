"""What an account chooses for itself: its mails, its keyboard, its calendar; and which mails were sent."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.territories.access import NotAllowed
from chezsoi.territories.choices import Digest
from chezsoi.territories.models import CalendarLink, Habits, Reminder, User, digest_of


@transaction.atomic
def choose_habits(*, actor: Actor, digest: Digest, tells_deadlines: bool, has_shortcuts: bool) -> Habits:
    """Keep what an account chose for itself."""
    chosen = {"digest": digest, "tells_deadlines": tells_deadlines, "has_shortcuts": has_shortcuts}
    kept, _is_new = Habits.objects.update_or_create(user_id=_own(actor), defaults=chosen)
    trail.record(actor, "territories.habits.chosen", kept, detail={"digest": digest, "deadlines": tells_deadlines})
    return kept


@transaction.atomic
def make_calendar(*, actor: Actor) -> str:
    """Make the secret of an account's calendar; the link it had before dies at once."""
    secret = secrets.token_urlsafe(32)
    made, _is_new = CalendarLink.objects.update_or_create(
        user_id=_own(actor), defaults={"digest": digest_of(secret), "made_at": timezone.now()}
    )
    trail.record(actor, "territories.calendar.made", made)
    return secret


@transaction.atomic
def revoke_calendar(*, actor: Actor) -> bool:
    """Revoke the link of one's own calendar; tell whether there was one."""
    revoked, _kinds = CalendarLink.objects.filter(user_id=_own(actor)).delete()
    if revoked:
        trail.record(actor, "territories.calendar.revoked")
    return bool(revoked)


def claim_reminder(*, actor: Actor, user: User, about: str, at: datetime) -> bool:
    """Take on the sending of a mail; False when it was sent, or is being sent, already."""
    _only_programs(actor)
    try:
        with transaction.atomic():
            Reminder.objects.create(user=user, about=about, sent_at=at)
    except IntegrityError:
        return False
    return True


def release_reminder(*, actor: Actor, user: User, about: str) -> None:
    """Give back a mail that could not leave: a later pass tries again."""
    _only_programs(actor)
    Reminder.objects.filter(user=user, about=about).delete()


def _own(actor: Actor) -> int:
    if actor.user_id is None or actor.is_operator:
        raise NotAllowed("habits are an account's own")
    return actor.user_id


def _only_programs(actor: Actor) -> None:
    if not actor.is_operator:
        raise NotAllowed("mails are sent by the program")
