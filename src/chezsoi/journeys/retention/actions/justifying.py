"""Keep a file beyond its term: only in writing, dated, signed, and until a day."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from chezsoi import trail
from chezsoi.journeys.retention.choices import Ground
from chezsoi.journeys.retention.models import ArchiveJustification
from chezsoi.kernel.actor import Actor
from chezsoi.law.retention import ARCHIVE
from chezsoi.people.models import Household
from chezsoi.territories.access import Can, authorize

SHORTEST = 20


class TooShort(Exception):
    """A justification is a sentence that somebody else understands."""


class TooLong(Exception):
    """The archive would last longer than one justification may open it, or ends before it begins."""


@transaction.atomic
def justify_archive(
    *, actor: Actor, household: Household, ground: Ground, reason: str, until_on: date, on: date
) -> ArchiveJustification:
    """
    Keep the file of a household until a day, and say why.

    :raises TooShort: if the justification has fewer than 20 characters.
    :raises TooLong: if the day is past, or further than one justification reaches.
    """
    authorize(actor, Can.KEEP_FILE, household)
    said = reason.strip()
    if len(said) < SHORTEST:
        raise TooShort
    longest = ARCHIVE.ends_on(on, on=on)
    if until_on <= on or (longest is not None and until_on > longest):
        raise TooLong
    written = ArchiveJustification.objects.create(
        household=household, ground=ground, reason=said, written_on=on, until_on=until_on, written_by=actor.user_id
    )
    trail.record(
        actor,
        "retention.archive.justified",
        household,
        detail={"ground": ground.value, "until": until_on.isoformat()},
    )
    return written


@transaction.atomic
def withdraw_justification(*, actor: Actor, justification: ArchiveJustification, on: date) -> ArchiveJustification:
    """Let a file end at its term again; the justification stays readable until then."""
    authorize(actor, Can.KEEP_FILE, justification.household)
    if justification.withdrawn_on is None:
        ArchiveJustification.objects.filter(pk=justification.pk).update(withdrawn_on=on)
        justification.refresh_from_db()
        trail.record(actor, "retention.archive.withdrawn", justification.household)
    return justification
