"""Copy the whole installation to one file, check such a file, and come back from it."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from chezsoi.portal.command_line.context import program, refuse, start

if TYPE_CHECKING:
    from chezsoi.files.backups.opening import OpenBackup

NOTHING = 1
WITHOUT_KEYS = (
    "The keys are not in it. Without encryption_key the telephones, the request numbers and people's words in this "
    "backup are lost: keep it elsewhere, with --keys FILE."
)

Passphrase = Annotated[
    Path | None, typer.Option(help="File whose first line is the passphrase of the keys; else it is asked.")
]


def backup(
    directory: Annotated[Path, typer.Argument(help="The folder that receives the backup, better on another disk.")],
    keep_days: Annotated[int, typer.Option(min=1, help="Backups of the folder older than this are removed.")] = 35,
    verify: Annotated[bool, typer.Option("--verify", help="Read the backup again to its end, row by row.")] = False,
    keys: Annotated[
        Path | None, typer.Option(help="Also write the two keys, sealed by a passphrase, to this file; keep it apart.")
    ] = None,
    passphrase_file: Passphrase = None,
) -> None:
    """Copy the database and the uploads, as of this instant, to one new file of a folder; work goes on meanwhile."""
    start()
    from django.utils import timezone

    from chezsoi import trail
    from chezsoi.files.backups import keys as kept_keys
    from chezsoi.files.backups import making, opening

    now = timezone.now()
    with _said_if_it_fails("No backup was made, and nothing half-written is left."):
        if keys is not None:
            kept_keys.keep(keys, passphrase_said(passphrase_file, is_new=True))
        path = making.make(directory, at=now)
        with opening.opened(path) as made:
            if verify:
                _check(made, directory)
            said = f"{made.manifest.row_count} rows, {len(made.uploads)} uploads"
        removed = making.rotate(directory, keep_days=keep_days, at=now)
    trail.record(program(), "files.backup.made", detail={"file": path.name, "removed": len(removed)})
    typer.echo(f"{path} ({said}{', verified' if verify else ''}; {len(removed)} old backups removed).")
    typer.echo(f"Keys: {keys}" if keys else WITHOUT_KEYS, err=keys is None)


def restore(  # noqa: PLR0917  typer reads its options from the signature
    file: Annotated[Path, typer.Argument(help="The backup.")],
    verify: Annotated[bool, typer.Option("--verify", help="Check the file to its end, and restore nothing.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Replace what is here, which is then lost.")] = False,
    keys: Annotated[Path | None, typer.Option(help="The file of keys that goes with the backup.")] = None,
    passphrase_file: Passphrase = None,
    without_keys: Annotated[
        bool, typer.Option("--without-keys", help="The keys are lost: restore all but the encrypted fields.")
    ] = False,
) -> None:
    """Put a backup in place of an empty installation; stop the service first, and start it after."""
    start(is_migrated=False)
    from django.conf import settings

    from chezsoi.files.backups import opening

    with _said_if_it_fails("Nothing was restored."), opening.opened(file) as opened:
        said = f"{opened.manifest.row_count} rows, {len(opened.uploads)} uploads, made {opened.manifest.made_at}"
        if verify:
            _check(opened, Path(settings.DATA_DIR))
            typer.echo(f"{file.name} is whole: {said}.")
            return
        given = _keys(keys, passphrase_file)
        _restore(opened, given=given, is_replacing=replace, without_key=without_keys)
        _say_end(opened, said)


def _restore(opened: OpenBackup, *, given: dict[str, str] | None, is_replacing: bool, without_key: bool) -> None:
    from chezsoi.files.backups import restoring

    try:
        restoring.restore(opened, given=given, is_replacing=is_replacing, without_key=without_key)
    except restoring.InstanceNotEmpty:
        refuse("People work here already. Nothing was changed; --replace puts the backup in place of it all.", NOTHING)
    except restoring.AnotherKey:
        refuse(
            "This backup was written under another encryption key: its telephones, request numbers and people's words "
            "could not be read. Nothing was changed; give its keys with --keys, or, if they are lost, --without-keys.",
            NOTHING,
        )
    except restoring.AnotherDatabase as other:
        made, here = str(other).split()
        refuse(f"This is a backup of {made} and the database here is {here}. Nothing was changed.", NOTHING)
    except restoring.AnotherVersion as other:
        refuse(f"This backup was made by version {other}: install that one, restore, then upgrade.", NOTHING)


def _say_end(opened: OpenBackup, said: str) -> None:
    from chezsoi import trail
    from chezsoi.files.backups import restoring, rows

    if rows.migrations() != opened.manifest.migrations:
        typer.echo(f"Restored: {said}. It is older than this version: run chezsoi migrate before starting.")
        return
    different = restoring.differences(opened.manifest)
    if different:
        refuse(f"Restored, but these tables do not hold the rows of the backup: {', '.join(different)}.", NOTHING)
    trail.record(program(), "files.backup.restored", detail={"made_at": opened.manifest.made_at})
    typer.echo(f"Restored, every row verified: {said}.")


def _check(opened: OpenBackup, folder: Path) -> None:
    import tempfile

    from chezsoi.files.backups import making, opening

    opened.check()
    with tempfile.TemporaryDirectory(prefix=making.UNFINISHED, dir=folder) as workshop:
        opening.check_rows(opened, Path(workshop))


def _keys(path: Path | None, passphrase_file: Path | None) -> dict[str, str] | None:
    from chezsoi.files import sealing
    from chezsoi.files.backups import keys

    if path is None:
        return None
    try:
        return keys.read(path, passphrase_said(passphrase_file, is_new=False))
    except sealing.NotSealed:
        refuse(f"{path} is not a file of keys. Nothing was changed; give the one chezsoi backup --keys wrote.")
    except sealing.WrongPassphrase:
        refuse(f"This passphrase does not open {path}, or the file was altered. Nothing was changed.")


def passphrase_said(path: Path | None, *, is_new: bool) -> str:
    """Read a passphrase, long enough when it is a new one."""
    from chezsoi.files.sealing import LEAST_CHARACTERS

    if path is not None:
        said = path.read_text(encoding="utf-8").partition("\n")[0].strip()
    elif sys.stdin.isatty():
        said = typer.prompt("Passphrase", hide_input=True, confirmation_prompt=is_new, err=True)
    else:
        refuse("A passphrase is needed. Nothing was done; give --passphrase-file.")
    if is_new and len(said) < LEAST_CHARACTERS:
        refuse(f"A passphrase has {LEAST_CHARACTERS} characters at least. Nothing was done; choose a longer one.")
    return str(said)


@contextmanager
def _said_if_it_fails(lost: str) -> Iterator[None]:
    """Turn what the disk or the database refuses into one sentence."""
    from django.db import DatabaseError

    from chezsoi.files.backups.opening import BackupDamaged, NotABackup
    from chezsoi.files.backups.postgres import PostgresRefused

    try:
        yield
    except NotABackup:
        _fail(f"This file is not a backup of this program. {lost}")
    except BackupDamaged as damaged:
        _fail(f"This backup is damaged: {damaged} is not as it was written. {lost} Take another one.")
    except PostgresRefused as refused:
        _fail(f"PostgreSQL refused ({refused}). {lost}")
    except (sqlite3.Error, DatabaseError) as refused:
        _fail(f"The database refused ({str(refused).splitlines()[0]}). {lost}")
    except OSError as refused:
        _fail(f"The disk refused ({refused.strerror or refused}). {lost}")


def _fail(sentence: str) -> NoReturn:
    refuse(sentence, NOTHING)
