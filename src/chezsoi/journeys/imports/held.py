"""Settle a row that an import held for a human: open the household it names after all, or leave it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from chezsoi.files.changes import Recorder, snapshot
from chezsoi.files.models import ImportBatch
from chezsoi.files.readers import UnreadableFile
from chezsoi.files.storage import NoLongerKept
from chezsoi.journeys.imports import queries
from chezsoi.journeys.imports.homes.plan import HomesPlan
from chezsoi.journeys.imports.people.load import JOURNEY, PeopleLoad
from chezsoi.journeys.imports.people.plan import ELSEWHERE, Fate, Found, PeoplePlan, Planned
from chezsoi.journeys.imports.reading import ColumnsUnclear, Prepared, prepare_batch
from chezsoi.people.actions import judge_duplicate, judge_held_row
from chezsoi.people.choices import LinkJudgement
from chezsoi.people.models import HeldRow
from chezsoi.territories.access import Actor, Can, authorize, consequences_of


class CopyGone(Exception):
    """The copy of the file is no longer kept, or cannot be read as it was: its rows cannot be loaded."""


class AlreadyOnFile(Exception):
    """The household of the row was opened since, by a later file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookalike:
    """Whom a row looks like: what a reader calls it, the person when the reader may open their file, and the match."""

    name: str
    person: int | None
    found: Found


def read_again(batch: ImportBatch, *, lines: Sequence[int], actor: Actor, today: date) -> Prepared:
    """
    Read some lines of an import again, and compare them with the people on file now.

    :raises CopyGone: if the file cannot be read any more.
    """
    try:
        return prepare_batch(batch, actor=actor, today=today, lines=frozenset(lines))
    except (NoLongerKept, UnreadableFile, ColumnsUnclear) as gone:
        raise CopyGone(batch.pk) from gone


def lookalikes(plan: PeoplePlan | HomesPlan) -> Mapping[int, tuple[Lookalike, ...]]:
    """Tell whom each line of a plan looks like, as far as the importer may know."""
    if not isinstance(plan, PeoplePlan):
        return {}
    told: dict[int, list[Lookalike]] = {each.household.lead.line: [] for each in plan.planned}
    for found in plan.shown:
        for own, other in ((found.match.a, found.match.b), (found.match.b, found.match.a)):
            if own.startswith("f"):
                told[_planned(plan, own).household.lead.line].append(_lookalike(plan, found, other))
    return {line: tuple(each) for line, each in told.items()}


def create_household(*, actor: Actor, row: HeldRow, today: date) -> None:
    """
    Open the household of a row that is somebody else, as its import would have; undoing the import takes it back.

    :raises AlreadySettled: if somebody answered before.
    :raises AlreadyOnFile: if a later file opened it.
    :raises CopyGone: if the file cannot be read any more.
    """
    authorize(actor, Can.IMPORT_PEOPLE, row.batch)
    prepared = read_again(row.batch, lines=[row.line], actor=actor, today=today)
    with transaction.atomic(), Recorder(row.batch) as recorder:
        judge_held_row(actor=actor, row=row, judgement=LinkJudgement.DIFFERENT, recorder=recorder)
        plan = _as_new(prepared.plan, row, actor)
        PeopleLoad(
            plan=plan, batch=row.batch, actor=actor, recorder=recorder, on=prepared.on, tick=lambda done: None
        ).run({})
        _keep_apart(plan, actor, row.batch, recorder)


def leave(*, actor: Actor, row: HeldRow, judgement: LinkJudgement | str) -> None:
    """
    Record that a row is the person it looks like, or that nobody can tell; nothing is created.

    :raises NotAJudgement: if it is no such answer.
    :raises AlreadySettled: if somebody answered before.
    """
    with transaction.atomic(), Recorder(row.batch) as recorder:
        judge_held_row(actor=actor, row=row, judgement=judgement, recorder=recorder)


def _as_new(plan: PeoplePlan | HomesPlan, row: HeldRow, actor: Actor) -> PeoplePlan:
    if not isinstance(plan, PeoplePlan) or not plan.planned:
        raise CopyGone(row.batch_id)
    (each,) = plan.planned
    is_known = bool(queries.people_of_file(row.batch.source, each.number, actor=actor))
    if is_known or each.fate not in {Fate.NEW, Fate.HELD}:
        raise AlreadyOnFile(row.pk)
    return replace(plan, planned=(replace(each, fate=Fate.NEW),))


def _keep_apart(plan: PeoplePlan, actor: Actor, batch: ImportBatch, recorder: Recorder) -> None:
    """Remember that those the human read are two people; what they could not read waits for somebody who can."""
    (each,) = plan.planned
    created = [person.pk for person in queries.people_of_file(batch.source, each.number, actor=actor).values()]
    read = [other.person for other in lookalikes(plan)[each.household.lead.line] if other.person is not None]
    reader = consequences_of(actor, JOURNEY, Can.REVIEW_DUPLICATES)
    for pair in queries.pairs_between(created, read, actor=actor):
        before = snapshot(pair)
        judge_duplicate(actor=reader, pair=pair, judgement=LinkJudgement.DIFFERENT)
        recorder.updated(pair, before)


def _planned(plan: PeoplePlan, key: str) -> Planned:
    return plan.planned[int(key[1:].partition(".")[0])]


def _lookalike(plan: PeoplePlan, found: Found, other: str) -> Lookalike:
    if other.startswith("f"):
        return Lookalike(name=_planned(plan, other).household.name, person=None, found=found)
    household = {found.a, found.b} - {each.household.name for each in plan.planned}
    name = next(iter(household), ELSEWHERE)
    return Lookalike(name=name, person=None if name == ELSEWHERE else int(other[1:]), found=found)
