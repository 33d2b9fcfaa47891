"""Bring a service's file in, or take an import back."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from chezsoi.portal.command_line.context import actor_as, day_said, refuse, start, territory_named

if TYPE_CHECKING:
    from chezsoi.files.models import ImportBatch, Source
    from chezsoi.journeys.imports.outcome import Outcome
    from chezsoi.journeys.imports.reading import Arrival, Prepared
    from chezsoi.territories.access import Actor
    from chezsoi.territories.models import Organisation, Territory

app = typer.Typer(no_args_is_help=True, help="Bring a service's file in.")
logger = logging.getLogger(__name__)

NOTHING = 1
_KEY = re.compile(r"[a-zA-Z0-9_-]{1,60}")

File = Annotated[Path, typer.Argument(help="The file, .csv or .xlsx.")]
Where = Annotated[str, typer.Option("--territory", help="Key of the territory, for example metz.")]
Yes = Annotated[bool, typer.Option("--yes", help="Load the good rows without asking.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object, and nothing else, on the standard output.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="Date of the file, YYYY-MM-DD; else its title's, else today.")
]
As = Annotated[str | None, typer.Option("--as", help="Address of the account that imports.")]
Service = Annotated[str | None, typer.Option("--organisation", help="Key of the service whose file it is.")]
SourceKey = Annotated[str, typer.Option("--source", help="Key of the file, kept when its name changes.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the command was asked."""

    kind: str
    path: Path
    territory: Territory
    is_yes: bool
    is_json: bool
    as_of_on: date | None
    email: str | None
    organisation_key: str | None
    source_key: str


@app.callback()
def _imports() -> None:
    """Bring a service's file in."""


@app.command()
def people(  # noqa: PLR0917  typer reads its options from the signature
    file: File,
    territory: Where,
    yes: Yes = False,
    as_json: Json = False,
    as_of: AsOf = None,
    as_email: As = None,
    organisation: Service = None,
    source: SourceKey = "default",
) -> None:
    """Bring in a file of people: one row a person, members of a household under one file number."""
    with _in_the_language_of_the_site():
        _bring(_asked("people", file, territory, yes, as_json, as_of, as_email, organisation, source))


@app.command()
def homes(  # noqa: PLR0917  typer reads its options from the signature
    file: File,
    territory: Where,
    yes: Yes = False,
    as_json: Json = False,
    as_of: AsOf = None,
    as_email: As = None,
    organisation: Service = None,
    source: SourceKey = "default",
) -> None:
    """Bring in a file of homes on offer, one row a home."""
    with _in_the_language_of_the_site():
        _bring(_asked("homes", file, territory, yes, as_json, as_of, as_email, organisation, source))


@app.command()
def undo(
    batch: Annotated[str, typer.Argument(help="Reference of the import, as printed when it was loaded.")],
    as_email: As = None,
) -> None:
    """Put everything back as it was before an import; refused when what it wrote was used or changed since."""
    with _in_the_language_of_the_site():
        _undo(batch, as_email)


@contextmanager
def _in_the_language_of_the_site() -> Iterator[None]:
    start()
    from django.conf import settings
    from django.utils import translation

    with translation.override(settings.LANGUAGE_CODE):
        yield


def _asked(  # noqa: PLR0913, PLR0917  the options of both commands
    kind: str,
    path: Path,
    territory: str,
    is_yes: bool,
    is_json: bool,
    as_of: str | None,
    email: str | None,
    organisation: str | None,
    source: str,
) -> Asked:
    if not _KEY.fullmatch(source):
        refuse(f"{source} is not a key: use letters, digits, - and _, at most 60. Nothing was loaded.")
    return Asked(
        kind=kind,
        path=path,
        territory=territory_named(territory),
        is_yes=is_yes,
        is_json=is_json,
        as_of_on=day_said(as_of, lost="Nothing was loaded."),
        email=email,
        organisation_key=organisation,
        source_key=source,
    )


def _bring(asked: Asked) -> None:
    from chezsoi.files.readers import UnreadableFile
    from chezsoi.journeys.imports import loading, reading
    from chezsoi.journeys.imports.outcome import refused

    arrival = _arrival(asked)
    try:
        prepared = reading.prepare(asked.path, name=asked.path.name, arrival=arrival)
    except (UnreadableFile, reading.ColumnsUnclear) as unusable:
        _end(asked, refused(unusable.sentence), NOTHING)
    _say_columns_left_out(prepared)
    if not _is_wanted(asked, prepared):
        typer.echo("Nothing was loaded: add --yes to load the good rows.", err=True)
        _end(asked, loading.not_loaded(prepared), NOTHING)
    if not prepared.total:
        _end(asked, loading.not_loaded(prepared), NOTHING)
    try:
        outcome = _load(asked, prepared)
    except Exception as failure:
        logger.error("the import failed and was put back: %s", type(failure).__name__)
        logger.debug("the import failed", exc_info=True)
        _end(asked, refused(loading.FAILED), NOTHING)
    _end(asked, outcome, 0)


def _arrival(asked: Asked) -> Arrival:
    from django.utils import timezone

    from chezsoi.files.choices import SourceKind
    from chezsoi.journeys.imports import queries
    from chezsoi.journeys.imports.reading import RIGHTS, Arrival

    kind = SourceKind(asked.kind)
    organisation = _organisation(asked)
    actor = actor_as(asked.email, territory=asked.territory, right=RIGHTS[kind], organisation=organisation)
    if organisation is None and actor.organisation_id is not None:
        organisation = _working_for(asked.territory, actor)
    source = queries.source_of(asked.territory, organisation, kind=kind, key=asked.source_key, actor=actor)
    return Arrival(
        kind=kind,
        territory=asked.territory,
        organisation=organisation,
        source=source,
        actor=actor,
        as_of_on=asked.as_of_on,
        today=timezone.localdate(),
    )


def _organisation(asked: Asked) -> Organisation | None:
    """Find the service whose file it is, by its key or, for a program, by what is known of the territory."""
    from chezsoi.journeys.imports import queries
    from chezsoi.territories.access import ANONYMOUS
    from chezsoi.territories.queries import organisations_in

    if asked.organisation_key is not None:
        here = {each.key: each for each in organisations_in(asked.territory, actor=ANONYMOUS)}
        if asked.organisation_key not in here:
            refuse(f"No service called {asked.organisation_key} works in {asked.territory.name}. Nothing was loaded.")
        return here[asked.organisation_key]
    if asked.email is not None:
        return None
    return queries.service_of(
        asked.territory, builtin=_builtin(asked.territory), source_key=asked.source_key, actor=ANONYMOUS
    )


def _working_for(territory: Territory, actor: Actor) -> Organisation:
    from chezsoi.territories.queries import organisations_in

    return next(each for each in organisations_in(territory, actor=actor) if each.pk == actor.organisation_id)


def _builtin(territory: Territory) -> str:
    return f"{territory.key[:41]}-fichiers"


def _is_wanted(asked: Asked, prepared: Prepared) -> bool:
    from chezsoi.journeys.imports.loading import foreseen

    if asked.is_yes:
        return True
    if not sys.stdin.isatty():
        return False
    _print(foreseen(prepared), err=True)
    return typer.confirm("Load the good rows?", err=True)


def _load(asked: Asked, prepared: Prepared) -> Outcome:
    from chezsoi.files import actions as files
    from chezsoi.journeys.imports import loading, reading

    arrival = _with_source(asked, prepared.arrival)
    with asked.path.open("rb") as content:
        batch = files.open_batch(
            actor=arrival.actor,
            can=reading.RIGHTS[arrival.kind],
            source=_source(arrival),
            content=content,
            file_name=asked.path.name,
            as_of_on=prepared.as_of_on,
        )
    outcome = loading.load(replace(prepared, arrival=arrival), batch=batch, tick=_progress(prepared.total))
    typer.echo(f"Loaded. To take it back: chezsoi import undo {batch.reference}", err=True)
    return outcome


def _with_source(asked: Asked, arrival: Arrival) -> Arrival:
    """Register the service and its source when this is their first file."""
    from chezsoi.files import actions as files
    from chezsoi.journeys.imports.reading import RIGHTS
    from chezsoi.territories.actions import register_organisation

    organisation = arrival.organisation or register_organisation(
        actor=arrival.actor,
        key=_builtin(asked.territory),
        name=f"Fichiers reçus – {asked.territory.name}"[:150],
        kind="other",
        territories=[asked.territory],
    )
    actor = arrival.actor
    if actor.organisation_id != organisation.pk:
        actor = replace(actor, organisation_id=organisation.pk)
    source = files.ensure_source(
        actor=actor,
        can=RIGHTS[arrival.kind],
        territory=asked.territory,
        organisation=organisation,
        kind=arrival.kind,
        key=asked.source_key,
    )
    return replace(arrival, actor=actor, organisation=organisation, source=source)


def _source(arrival: Arrival) -> Source:
    assert arrival.source is not None  # noqa: S101  it was just made sure of
    return arrival.source


def _progress(total: int) -> Callable[[int], None]:
    """Say on the error output each tenth that is done."""
    said = 0

    def tick(done: int) -> None:
        nonlocal said
        tenth = 10 * done // total
        if tenth > said:
            said = tenth
            typer.echo(f"{done} / {total}", err=True)

    return tick


def _say_columns_left_out(prepared: Prepared) -> None:
    if prepared.columns.unknown:
        typer.echo(f"Columns not recognised, left out: {', '.join(prepared.columns.unknown)}.", err=True)


def _end(asked: Asked, outcome: Outcome, code: int) -> NoReturn:
    if asked.is_json:
        typer.echo(json.dumps(outcome.as_json(), ensure_ascii=False))
    else:
        _print(outcome, err=False)
    raise typer.Exit(code)


def _print(outcome: Outcome, *, err: bool) -> None:
    said = outcome.as_json()
    for name in ("households", "persons", "homes"):
        counts = ", ".join(f"{count} {word.replace('_', ' ')}" for word, count in said[name].items())
        typer.echo(f"{name}: {counts}", err=err)
    for error in said["errors"]:
        where = ", ".join(str(part) for part in (error["line"], error["column"]) if part is not None)
        typer.echo(f"{where}: {error['message']}" if where else error["message"], err=err)
    for pair in said["possible_duplicates"]:
        typer.echo(f"{pair['a']} ? {pair['b']}: {' ; '.join(pair['reasons'])}", err=err)
    for code in said["unknown_codes"]:
        typer.echo(f"{code['column']}: {code['value']} ?", err=err)


def _undo(reference: str, email: str | None) -> None:
    from chezsoi.files.actions import BatchNotInState
    from chezsoi.files.changes import ImportHasConsequences
    from chezsoi.files.choices import SourceKind
    from chezsoi.journeys.imports import loading, reading

    batch = _batch(reference)
    can = reading.RIGHTS[SourceKind(batch.source.kind)]
    actor = actor_as(email, territory=batch.source.territory, right=can, organisation=batch.source.organisation)
    try:
        loading.undo(actor=actor, batch=batch)
    except BatchNotInState:
        refuse("This import is not loaded, or was undone already. Nothing was changed.", NOTHING)
    except ImportHasConsequences as since:
        refuse(f"What this import wrote was used or changed since ({since}). Nothing was changed.", NOTHING)
    typer.echo("Undone: everything is as it was before this import.")


def _batch(reference: str) -> ImportBatch:
    from django.core.exceptions import ValidationError

    from chezsoi.files.models import ImportBatch
    from chezsoi.journeys.imports import queries
    from chezsoi.territories.access import ANONYMOUS

    try:
        return queries.batch_by_reference(reference, actor=ANONYMOUS)
    except (ImportBatch.DoesNotExist, ValidationError):
        refuse(f"No import has the reference {reference}. Nothing was changed.")
