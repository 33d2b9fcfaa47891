"""Load a file whole or not at all, say what that does, and take it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from chezsoi.files import actions as files
from chezsoi.files.changes import Recorder
from chezsoi.files.choices import BatchState, SourceKind
from chezsoi.files.models import ImportBatch
from chezsoi.journeys import affordability
from chezsoi.journeys.imports import queries
from chezsoi.journeys.imports.homes.load import HomesLoad
from chezsoi.journeys.imports.homes.plan import Fate as HomeFate
from chezsoi.journeys.imports.homes.plan import HomesPlan
from chezsoi.journeys.imports.outcome import Counts, Outcome, Pair, errors_as_json, pairs_as_json, unknown_as_json
from chezsoi.journeys.imports.people.file import lines
from chezsoi.journeys.imports.people.load import PeopleLoad
from chezsoi.journeys.imports.people.plan import Fate, PeoplePlan, Planned
from chezsoi.journeys.imports.reading import RIGHTS, Prepared
from chezsoi.people import actions as people
from chezsoi.people.queries import sentences
from chezsoi.territories.access import Actor, Can, consequences_of

FAILED = _("The file could not be loaded and everything was put back as it was: try again, or tell who runs this site.")


def foreseen(prepared: Prepared) -> Outcome:
    """Say what loading would do."""
    plan = prepared.plan
    if isinstance(plan, HomesPlan):
        counts = Counts(
            created=plan.count(HomeFate.NEW),
            updated=plan.count(HomeFate.CHANGED),
            unchanged=plan.count(HomeFate.SAME, HomeFate.OLDER),
        )
        return Outcome(homes=counts, errors=plan.file.errors, unknown=plan.unknown)
    new, changed = plan.of(Fate.NEW), plan.of(Fate.CHANGED)
    rest = plan.of(Fate.SAME, Fate.CONFIRMED, Fate.OLDER)
    return Outcome(
        households=Counts(created=len(new), updated=len(changed), unchanged=len(rest)),
        persons=Counts(created=_people(new), updated=_people(changed), unchanged=_people(rest)),
        errors=plan.errors,
        pairs=_pairs(plan, prepared.arrival.actor),
        unknown=plan.unknown,
        held=len(plan.of(Fate.HELD)),
    )


def not_loaded(prepared: Prepared) -> Outcome:
    """Say what was found in a file that was read and not loaded: every count is zero."""
    return replace(foreseen(prepared), households=Counts(), persons=Counts(), homes=Counts(), held=0)


def load(prepared: Prepared, *, batch: ImportBatch, tick: Callable[[int], None]) -> Outcome:
    """
    Load a file as planned, in one transaction: all of it or nothing; `tick` is told how many records are done.

    :raises BatchNotInState: if somebody else is loading it, or did.
    """
    actor, can = prepared.arrival.actor, RIGHTS[prepared.arrival.kind]
    if batch.state != BatchState.LOADING:
        begin(actor=actor, batch=batch, total=prepared.total)
    try:
        with transaction.atomic():
            with Recorder(batch) as recorder:
                outcome = _write(prepared, batch, recorder, tick)
            files.close_batch(
                actor=actor,
                can=can,
                batch=batch,
                counts=_counts(outcome),
                errors=errors_as_json(outcome.errors),
                unknown_codes=unknown_as_json(outcome.unknown),
            )
    except Exception:
        batch.refresh_from_db()
        if batch.state == BatchState.LOADING:
            files.fail_batch(actor=actor, can=can, batch=batch, sentence=str(FAILED))
        raise
    affordability.estimate_all_soon()
    return outcome


def begin(*, actor: Actor, batch: ImportBatch, total: int = 0) -> None:
    """
    Take an import for loading: nobody else may load it.

    :raises BatchNotInState: if somebody else is loading it, or did.
    """
    files.start_batch(actor=actor, can=RIGHTS[SourceKind(batch.source.kind)], batch=batch, total=total)


def undo(*, actor: Actor, batch: ImportBatch) -> None:
    """
    Put back everything as it was before an import.

    :raises BatchNotInState: if it was not loaded, or was undone already.
    :raises ImportHasConsequences: if what it wrote was used or changed since; nothing is undone.
    """
    with transaction.atomic():
        files.undo_batch(actor=actor, can=RIGHTS[SourceKind(batch.source.kind)], batch=batch)
        people.forget_unborne_words(actor=consequences_of(actor, "undo_import", Can.PURGE_FILES))
    affordability.estimate_all_soon()


def _write(prepared: Prepared, batch: ImportBatch, recorder: Recorder, tick: Callable[[int], None]) -> Outcome:
    plan, found = prepared.plan, foreseen(prepared)
    if isinstance(plan, HomesPlan):
        homes = HomesLoad(
            plan=plan, batch=batch, actor=prepared.arrival.actor, recorder=recorder, on=prepared.on, tick=tick
        )
        counts = homes.run()
        numbers = [each.number for each in plan.planned]
        blocked = queries.not_offerable(batch.source, numbers, actor=prepared.arrival.actor)
        return replace(found, homes=counts, not_offerable=blocked)
    load = PeopleLoad(
        plan=plan, batch=batch, actor=prepared.arrival.actor, recorder=recorder, on=prepared.on, tick=tick
    )
    loaded = load.run(prepared.cells)
    return replace(found, households=loaded.households, persons=loaded.persons)


def _counts(outcome: Outcome) -> dict[str, object]:
    said = outcome.as_json()
    return {
        **{name: said[name] for name in ("households", "persons", "homes")},
        "held": outcome.held,
        "errors": len(outcome.errors),
        "possible_duplicates": len(pairs_as_json(outcome.pairs)),
    }


def _people(planned: list[Planned]) -> int:
    return lines(each.household for each in planned)


def _pairs(plan: PeoplePlan, actor: Actor) -> tuple[Pair, ...]:
    return tuple(
        Pair(
            a=found.a,
            b=found.b,
            reasons=sentences(
                [(reason.code, reason.left, reason.right) for reason in found.match.reasons], actor=actor
            ),
        )
        for found in plan.shown
    )
