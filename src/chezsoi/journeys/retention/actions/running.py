"""Purge a territory, household by household: what a stop interrupts is whole, and the next run goes on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from chezsoi import trail
from chezsoi.allocation import actions as allocation
from chezsoi.allocation.models import Round
from chezsoi.files import actions as files
from chezsoi.files import drafts
from chezsoi.files.actions import UNDO_WINDOW
from chezsoi.journeys.retention import queries, records
from chezsoi.journeys.retention.actions.erasing import Erased, NotDue, erase_household
from chezsoi.journeys.retention.actions.homes import erase_homes
from chezsoi.journeys.retention.models import PurgeRun, Tombstone
from chezsoi.kernel.actor import Actor
from chezsoi.law.retention import TOMBSTONE
from chezsoi.people import actions as people
from chezsoi.territories import actions as territories
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import Territory
from chezsoi.trail import forgetting


def _nothing(_done: int) -> None:
    """Say nothing of the progress."""


def purge(*, actor: Actor, territory: Territory, on: date, tick: Callable[[int], None] = _nothing) -> PurgeRun:
    """
    Erase every file of a territory whose time is over on a day, and the owners, copies, minutes and marks past theirs.

    Each household goes in its own transaction. Run again, it goes on where it was stopped.
    """
    authorize(actor, Can.PURGE_FILES, Tombstone(territory=territory))
    run = PurgeRun.objects.create(territory=territory, on=on, started_at=timezone.now())
    trail.record(actor, "retention.purge.started", run, detail={"on": on.isoformat()})
    held: Counter[str] = Counter()
    rounds = _rounds_by_file(territory)
    for term in queries.terms(territory, on=on, actor=actor):
        held.update(hold.value for hold in term.holds)
        if term.is_due_on(on):
            _erase(actor, run, term.household, rounds)
            tick(run.households)
    erase_homes(actor=actor, run=run)
    allocation.forget_sittings(actor=actor, on=on)
    files.forget_past_batches(actor=actor, can=Can.PURGE_FILES, now=_instant(on))
    files.drop_old_batches(actor=actor, can=Can.PURGE_FILES, on=on)
    people.erase_removed_documents(actor=actor, now=_instant(on))
    last_day = TOMBSTONE.last_day_kept(on=on)
    Tombstone.objects.filter(territory=territory, erased_on__lte=last_day).delete()
    return _finish(actor, run, held)


def purge_house(*, actor: Actor, on: date) -> int:
    """
    Erase what belongs to no territory, past its time: accounts, entries of the trail, sessions, tasks, stray copies.

    :returns: how many records and copies went.
    """
    authorize(actor, Can.PURGE_FILES)
    now = _instant(on)
    gone = territories.forget_accounts(actor=actor, on=on)
    gone += forgetting.forget(on=on) + people.forget_unborne_words(actor=actor) + drafts.forget(now=now)
    for rows in (
        Session.objects.filter(expire_date__lte=now),
        DBTaskResult.objects.filter(finished_at__lt=now - UNDO_WINDOW),
    ):
        count, _models = rows.delete()
        gone += count
    gone += files.sweep_copies(actor=actor, can=Can.PURGE_FILES, kept=_kept_copies(), now=timezone.now())
    trail.record(actor, "retention.house.purged", detail={"records": gone})
    return gone


def _erase(actor: Actor, run: PurgeRun, household: int, rounds: dict[str, frozenset[int]]) -> Erased:
    """Erase one file and count it in the same transaction: the count of a purge cut short is right too."""
    with transaction.atomic():
        try:
            erased = erase_household(actor=actor, household=household, on=run.on, rounds=rounds)
        except NotDue:
            return Erased()
        PurgeRun.objects.filter(pk=run.pk).update(
            households=F("households") + 1, persons=F("persons") + erased.persons, rows=F("rows") + erased.rows
        )
    run.households += 1
    return erased


def _finish(actor: Actor, run: PurgeRun, held: Counter[str]) -> PurgeRun:
    with transaction.atomic():
        PurgeRun.objects.filter(pk=run.pk).update(finished_at=timezone.now(), held=dict(sorted(held.items())))
        run.refresh_from_db()
        trail.record(
            actor,
            "retention.purge.finished",
            run,
            detail={
                "households": run.households,
                "persons": run.persons,
                "records": run.rows,
                "homes": run.homes,
                "held": run.held,
            },
        )
    return run


def _rounds_by_file(territory: Territory) -> dict[str, frozenset[int]]:
    """Tell which rounds of a territory froze the facts of which file number, alone or with others."""
    found: dict[str, set[int]] = {}
    rows = Round.objects.filter(offer__dwelling__territory=territory, facts_erased_on=None).order_by("pk")
    for pk, snapshot, waiting in rows.values_list("pk", "snapshot", "joint__snapshot").iterator():
        for reference in (*_frozen_in(snapshot), *_frozen_in(waiting or "")):
            found.setdefault(reference, set()).add(pk)
    return {reference: frozenset(keys) for reference, keys in found.items()}


def _frozen_in(snapshot: str) -> list[str]:
    frozen = json.loads(snapshot) if snapshot else {}
    return [household["ref"] for household in frozen.get("households", ())] if isinstance(frozen, dict) else []


def _kept_copies() -> set[str]:
    return {name for model in records.keeping_copies() for name in _names(model) if name}


def _names(model: records.Model) -> list[str]:
    return list(model._base_manager.order_by("pk").values_list("stored_name", flat=True))


def _instant(on: date) -> datetime:
    """Give the last instant of a day, as the house counts days."""
    return timezone.make_aware(datetime.combine(on, datetime.max.time()))
