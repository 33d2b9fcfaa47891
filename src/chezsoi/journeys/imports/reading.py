"""Read a service's file and plan its load: what its columns are, what it says, what it would do. It writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chezsoi.files import queries as file_queries
from chezsoi.files import storage
from chezsoi.files.choices import SourceKind
from chezsoi.files.columns import ColumnPlan, match_columns, spellings
from chezsoi.files.models import ImportBatch, Source
from chezsoi.files.readers import Table, read_table
from chezsoi.journeys.imports.columns import FIELDS
from chezsoi.journeys.imports.homes.file import read_homes
from chezsoi.journeys.imports.homes.plan import HomesPlan, plan_homes
from chezsoi.journeys.imports.people.file import read_people
from chezsoi.journeys.imports.people.plan import PeoplePlan, Planner
from chezsoi.territories.access import Actor, Can
from chezsoi.territories.models import Organisation, Territory

RIGHTS = {SourceKind.PEOPLE: Can.IMPORT_PEOPLE, SourceKind.HOMES: Can.IMPORT_HOMES}
NEEDED = {SourceKind.PEOPLE: ("surname", "given_names", "full_name"), SourceKind.HOMES: ("number", "address")}

NO_NEEDED_COLUMN = {
    SourceKind.PEOPLE: _(
        "No column of names was recognised, so nothing was loaded: name one “nom” or “prénom”, or choose it on screen."
    ),
    SourceKind.HOMES: _(
        "No column of home numbers or addresses was recognised, so nothing was loaded: name one, or choose on screen."
    ),
}
AMBIGUOUS = _(
    "The columns {headers} may each be “{field}”, so nothing was loaded: rename one, or choose the column on screen."
)
UNCLEAR = _("The column {headers} may be several things, so nothing was loaded: rename it, or choose on screen.")


class ColumnsUnclear(Exception):
    """The columns of the file cannot be told: `sentence` says so, and what to do."""

    def __init__(self, sentence: object, table: Table, columns: ColumnPlan) -> None:
        self.sentence, self.table, self.columns = sentence, table, columns
        super().__init__(str(sentence))


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A file that came in: what it lists, where, whose it is, on whose behalf, as of when."""

    kind: SourceKind
    territory: Territory
    organisation: Organisation | None
    source: Source | None
    actor: Actor
    as_of_on: date | None
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A file that was read, and what loading it would do."""

    arrival: Arrival
    table: Table
    columns: ColumnPlan
    plan: PeoplePlan | HomesPlan
    as_of_on: date
    on: date

    @property
    def total(self) -> int:
        return len(self.plan.planned)

    @property
    def cells(self) -> Mapping[int, Sequence[str]]:
        """Give the rows as written, by line."""
        return {row.line: row.cells for row in self.table.rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What a first look at a file tells: the date in its title, None when it says none, and its length."""

    dated_on: date | None
    rows: int


def prepare(path: Path, *, name: str, arrival: Arrival, lines: frozenset[int] | None = None) -> Prepared:
    """
    Read a file and plan its load, or that of the people on some of its lines; nothing is written.

    :raises UnreadableFile: if the file gives no table.
    :raises ColumnsUnclear: if its columns cannot be told.
    """
    specs = FIELDS[arrival.kind]
    table = read_table(path, name=name, expected=spellings(specs))
    remembered = (
        file_queries.remembered_columns(arrival.source, actor=arrival.actor) if arrival.source is not None else {}
    )
    columns = match_columns(table.columns, specs, remembered)
    if (sentence := _unclear(arrival.kind, columns)) is not None:
        raise ColumnsUnclear(sentence, table, columns)
    as_of_on = arrival.as_of_on or table.dated_on or arrival.today
    on = max(arrival.today, as_of_on)
    return Prepared(
        arrival=arrival,
        table=table,
        columns=columns,
        plan=_plan(arrival, table, columns, as_of_on, on, lines),
        as_of_on=as_of_on,
        on=on,
    )


def prepare_batch(batch: ImportBatch, *, actor: Actor, today: date, lines: frozenset[int] | None = None) -> Prepared:
    """
    Read again the copy that was kept of a file, and plan its load, or that of the people on some of its lines.

    :raises UnreadableFile: if the file gives no table.
    :raises ColumnsUnclear: if its columns cannot be told.
    :raises NoLongerKept: if its copy is gone.
    """
    source = batch.source
    arrival = Arrival(
        kind=SourceKind(source.kind),
        territory=source.territory,
        organisation=source.organisation,
        source=source,
        actor=actor,
        as_of_on=batch.as_of_on,
        today=today,
    )
    with storage.opened(batch.stored_name) as path:
        return prepare(path, name=batch.file_name, arrival=arrival, lines=lines)


def glance(path: Path, *, name: str, kind: SourceKind) -> Glance:
    """
    Look at a file that was just sent.

    :raises UnreadableFile: if the file gives no table.
    """
    table = read_table(path, name=name, expected=spellings(FIELDS[kind]))
    return Glance(dated_on=table.dated_on, rows=len(table.rows))


def labelled(recognised: Iterable[tuple[str, str]], kind: SourceKind) -> tuple[tuple[str, str], ...]:
    """Name the field that each recognised column fills."""
    labels = {spec.key: str(spec.label) for spec in FIELDS[kind]}
    return tuple((header, labels[key]) for header, key in recognised)


def rows_to_correct(batch: ImportBatch, *, actor: Actor) -> tuple[list[str], list[list[str]]]:
    """
    Give the rows left out by an import, as written, with what to do with each; a line nobody could read stays blank.

    :raises NoLongerKept: if the copy of the file is gone.
    """
    with storage.opened(batch.stored_name) as path:
        kind = SourceKind(batch.source.kind)
        table = read_table(path, name=batch.file_name, expected=spellings(FIELDS[kind]))
    cells = {row.line: row.cells for row in table.rows}
    said: dict[int, list[str]] = {}
    for error in batch.errors:
        said.setdefault(error["line"], []).append(error["message"])
    blank = [""] * len(table.columns)
    rows = [[*cells.get(line, blank), " ".join(messages)] for line, messages in sorted(said.items())]
    return [*table.columns, str(_("to correct"))], rows


def _unclear(kind: SourceKind, columns: ColumnPlan) -> object | None:
    for doubt in columns.ambiguous:
        headers = ", ".join(f"“{header}”" for header in doubt.headers).replace("{", "(").replace("}", ")")
        if len(doubt.headers) == 1:
            return format_lazy(UNCLEAR, headers=headers)
        label = next(spec.label for spec in FIELDS[kind] if spec.key == doubt.keys[0])
        return format_lazy(AMBIGUOUS, headers=headers, field=label)
    if not any(key in columns.matched for key in NEEDED[kind]):
        return NO_NEEDED_COLUMN[kind]
    return None


def _plan(  # noqa: PLR0917  a plan is made of what was read together
    arrival: Arrival,
    table: Table,
    columns: ColumnPlan,
    as_of_on: date,
    on: date,
    lines: frozenset[int] | None,
) -> PeoplePlan | HomesPlan:
    if arrival.kind is SourceKind.HOMES:
        return plan_homes(
            read_homes(table, columns, today=on),
            territory=arrival.territory,
            source=arrival.source,
            as_of_on=as_of_on,
            actor=arrival.actor,
        )
    file = read_people(table, columns, today=on)
    if lines is not None:
        file = replace(file, households=tuple(each for each in file.households if each.lead.line in lines))
    return Planner(
        file=file,
        territory=arrival.territory,
        organisation=arrival.organisation,
        source=arrival.source,
        as_of_on=as_of_on,
        on=on,
        actor=arrival.actor,
    ).plan()
