"""What a household is given of a meeting about it: who was there, who does what by when, what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from chezsoi.kernel.actor import Actor
from chezsoi.support import queries
from chezsoi.support.choices import Outcome, Presence
from chezsoi.support.models import CaseMeeting, MeetingCommitment, MeetingParticipant
from chezsoi.ui import dates
from chezsoi.ui.pdf import letter as typeset


def minutes(meeting: CaseMeeting, *, held_on: date, lang: str, actor: Actor) -> bytes:
    """Print a meeting that was held, in large type and short sentences; it names nobody, the file by its number."""
    with override(lang):
        data = {
            "organisation": {"name": meeting.organisation.name, "lines": []},
            "date": held_on,
            "subject": _("What was agreed with you"),
            "made": _("Meeting of %(day)s.") % {"day": dates.full(held_on)},
            "file": _("My file: %(number)s.") % {"number": meeting.household.reference},
            "parts": list(_parts(meeting, actor)),
        }
    return typeset("ui/typst/plain_sheet.typ", data, lang=lang)


def _parts(meeting: CaseMeeting, actor: Actor) -> Iterator[dict[str, Any]]:
    came = [each for each in queries.participants_in(meeting, actor=actor) if each.came]
    there = [_("%(trade)s: %(service)s.") % _named(each) for each in came]
    yield {"title": _("Who was there"), "sentences": [*there, *_of_the_household(meeting)]}
    if meeting.own_words:
        yield {"title": _("What you said"), "sentences": [meeting.own_words]}
    kept = [each for each in queries.commitments_in(meeting, actor=actor) if each.cancelled_on is None]
    promised = [sentence for each in kept for sentence in _promised(each)]
    yield {"title": _("Who does what for you"), "sentences": promised or [_("Nothing was fixed that day.")]}
    yield {"title": _("What comes next"), "sentences": list(_next(meeting))}


def _named(participant: MeetingParticipant) -> dict[str, str]:
    return {"trade": capfirst(participant.get_trade_display()), "service": participant.organisation.name}


def _of_the_household(meeting: CaseMeeting) -> Iterator[str]:
    said = {
        Presence.COMES.value: _("You were there."),
        Presence.WROTE.value: _("You gave your words."),
        Presence.ABSENT.value: _("You did not come, as you wished."),
    }
    if meeting.presence in said:
        yield said[meeting.presence]


def _promised(commitment: MeetingCommitment) -> Iterator[str]:
    what = {
        "who": commitment.participant.organisation.name,
        "what": commitment.get_subject_display(),
        "day": dates.full(commitment.due_on),
    }
    yield _("%(who)s, by %(day)s: %(what)s.") % what
    if commitment.words:
        yield commitment.words
    if commitment.outcome == Outcome.DONE:
        yield _("It is done.")
    elif commitment.outcome == Outcome.NOT_DONE:
        yield _("It was not done. It is not your fault.")


def _next(meeting: CaseMeeting) -> Iterator[str]:
    if meeting.next_on:
        yield _("We meet again on %(day)s.") % {"day": dates.full(meeting.next_on)}
    yield _("You may come, write, or not come.")
    yield _("You may say no to these meetings, any day.")
    yield _("It changes nothing: neither your request, nor your place.")
