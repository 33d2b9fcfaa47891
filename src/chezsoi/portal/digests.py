"""What waits, told by mail: once a day, and at once when a deadline is close. Counts and a link: nobody is named."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from smtplib import SMTPException
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chezsoi.portal import waiting
from chezsoi.portal.navigation import role_label
from chezsoi.territories import actions, queries
from chezsoi.territories.access import Actor, Operator, actor_for, assignments_of, operator
from chezsoi.territories.choices import Digest
from chezsoi.territories.models import User

logger = logging.getLogger(__name__)

SENDER = operator(Operator.JOURNEY, label="reminders by mail")
MORNING, EVENING = 7, 20
"""Hours of the territory's own clock between which mails leave."""

MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail to one account: what it is about, so that it is sent once, and its words."""

    about: tuple[str, ...]
    subject: str
    lines: tuple[str, ...]


def send(*, now: datetime, on: date | None = None) -> int:
    """
    Send what is to be sent at an instant, or the mails of a named day whatever the hour; tell how many left.

    What was sent is not sent again. A mail that does not leave is logged and tried again at the next pass.
    """
    sent = 0
    for user in queries.accounts_told(actor=SENDER):
        if user.is_demo and settings.EMAIL_HOST:
            continue
        clock = _clock(user, now)
        local = now.astimezone(clock)
        if on is None and not MORNING <= local.hour < EVENING:
            continue
        with translation.override(user.language), timezone.override(clock):
            sent += sum(_send_once(user, mail, now) for mail in mails(user, on=on or local.date()))
    return sent


def mails(user: User, *, on: date) -> Iterator[Mail]:
    """Write the mails that an account wishes on a day: none when nothing waits."""
    habits = queries.habits_of(user.pk, actor=SENDER)
    held = [actor_for(each, on=on, purpose="reminder") for each in assignments_of(user, on=on)]
    if habits.tells_deadlines and (deadlines := tuple(dict.fromkeys(_deadlines(held, on)))):
        yield Mail(about=deadlines, subject=_("A deadline is close"), lines=(_close(len(deadlines)),))
    if habits.digest == Digest.DAILY and (lines := tuple(_lines(held, on))):
        yield Mail(about=(f"day {on}",), subject=_("What waits for you today"), lines=lines)


def _deadlines(held: list[Actor], on: date) -> Iterator[str]:
    """Name by number what must be done by the day after: an answer, a copy to hand on, a review."""
    for actor in held:
        for kind in waiting.kinds_of(actor):
            if kind.is_deadline:
                due = kind.rows(actor, on).filter(**{f"{kind.day}__lte": on + timedelta(days=1)})
                yield from (f"{kind.key} {pk}" for pk in due.values_list("pk", flat=True)[:MOST])


def _lines(held: list[Actor], on: date) -> Iterator[str]:
    """Count what waits for each role of an account, and what of it is overdue."""
    for actor in held:
        count = sum(waiting.counts(actor=actor, on=on).values())
        late = sum(kind.late(actor, on) for kind in waiting.kinds_of(actor))
        if not count:
            continue
        said = ngettext("%(count)s thing waits", "%(count)s things wait", count) % {"count": count}
        if late:
            said += ngettext(", %(late)s of them overdue", ", %(late)s of them overdue", late) % {"late": late}
        yield _("%(role)s: %(what)s") % {"role": role_label(actor.role), "what": said} if len(held) > 1 else said


def _close(count: int) -> str:
    return ngettext(
        "%(count)s thing must be done by tomorrow.", "%(count)s things must be done by tomorrow.", count
    ) % {"count": count}


def _send_once(user: User, mail: Mail, now: datetime) -> bool:
    """Send a mail unless all it is about was told already; a mail of deadlines counts those never told alone."""
    told = queries.reminded(user, mail.about, actor=SENDER)
    fresh = [about for about in mail.about if about not in told]
    new = [about for about in fresh if actions.claim_reminder(actor=SENDER, user=user, about=about, at=now)]
    if not new:
        return False
    lines = mail.lines if len(new) == len(mail.about) else (_close(len(new)),)
    try:
        send_mail(f"chezsoi – {mail.subject}", _written(lines), None, [user.email])
    except (OSError, SMTPException):
        logger.exception("a reminder to account %s did not leave; it is tried again", user.pk)
        for about in new:
            actions.release_reminder(actor=SENDER, user=user, about=about)
        return False
    return True


def _written(lines: tuple[str, ...]) -> str:
    return _(
        "Hello,\n\n%(lines)s\n\nTo see and do it:\n%(day)s\n\n"
        "This message names nobody: sign in to know more. To receive it no longer:\n%(habits)s"
    ) % {
        "lines": "\n".join(lines),
        "day": f"{settings.SITE_URL}{reverse('portal:day')}",
        "habits": f"{settings.SITE_URL}{reverse('portal:habits')}",
    }


def _clock(user: User, now: datetime) -> ZoneInfo:
    """Give the clock of the territory an account works in, the first of them when there are several."""
    held = assignments_of(user, on=timezone.localdate(now))
    places = [each.territory for each in held if each.territory is not None]
    return places[0].clock if places else ZoneInfo(settings.TIME_ZONE)
