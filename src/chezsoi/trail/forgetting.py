"""Erase the entries whose time is over, and keep their seals."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from chezsoi.law.retention import TRAIL
from chezsoi.trail import seals
from chezsoi.trail.models import Entry, Seal


def forget(*, on: date) -> int:
    """
    Seal what waits, then erase the entries of the batches whose latest entry is past its time on a day; count them.

    Batches go whole and in order, each in its own transaction: `seals.verify` still finds whatever else is missing.
    """
    seals.seal()
    last_day = TRAIL.last_day_kept(on=on)
    kept = Seal.objects.filter(forgotten_on=None).order_by("number")
    forgotten = 0
    for pk, number, last, sealed_at in list(kept.values_list("pk", "number", "last_entry_at", "sealed_at")):
        if timezone.localdate(last or sealed_at) > last_day:
            break
        with transaction.atomic():
            count, _models = Entry.objects.filter(batch=number).delete()
            Seal.objects.filter(pk=pk).update(forgotten_on=on)
        forgotten += count
    return forgotten
