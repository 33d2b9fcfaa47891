"""
Put a backup in place of an empty installation, or of one whose owner said to replace it.

Everything is read and checked beside first. Then come the uploads, the keys if they were given, and the database last,
in one transaction: a restore that is killed is run again.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction

from chezsoi.files.backups import keys, making, manifest, opening, postgres, rows
from chezsoi.files.backups.manifest import Form, Manifest
from chezsoi.files.backups.opening import BackupDamaged, OpenBackup
from chezsoi.territories.models import Organisation, User

BUSY_SECONDS = 20


class InstanceNotEmpty(Exception):
    """There are accounts or organisations here already."""


class AnotherKey(Exception):
    """The backup was written under another encryption key than the one here."""


class AnotherDatabase(Exception):
    """A copy of one kind of database cannot be put in the other kind; the message names both."""


class AnotherVersion(Exception):
    """A dump of rows is put back by the version that made it; the message names that version."""


def restore(
    backup: OpenBackup, *, given: dict[str, str] | None = None, is_replacing: bool = False, without_key: bool = False
) -> None:
    """
    Put a backup in place of what is here.

    :raises InstanceNotEmpty: unless told to replace.
    :raises AnotherKey: if its encrypted fields could not be read here, unless told to do without.
    :raises BackupDamaged: if it does not say what was written; nothing was changed.
    """
    if not is_replacing and not is_empty():
        raise InstanceNotEmpty
    key = manifest.fingerprint(given["encryption_key"]) if given else manifest.fingerprint()
    if key != backup.manifest.key and not without_key:
        raise AnotherKey
    _refuse_other_database(backup.manifest)
    with _workshop() as folder:
        _stage(backup, folder)
        _put_uploads(backup, folder)
        if given:
            keys.install(given)
        _put_database(backup, folder)
    _drop_other_uploads(backup)


def is_empty() -> bool:
    """Tell whether nobody works here yet: no account, no organisation."""
    try:
        with transaction.atomic():
            return not (User.objects.exists() or Organisation.objects.exists())
    except DatabaseError:
        return True


def differences(said: Manifest) -> list[str]:
    """Name the tables whose rows are not those of a backup."""
    found = rows.digests(rows.here())
    return sorted(name for name in {*found, *said.tables} if found.get(name) != said.tables.get(name))


def _refuse_other_database(said: Manifest) -> None:
    wanted = {Form.SQLITE: "sqlite", Form.PG_DUMP: "postgresql"}.get(said.form)
    if wanted not in {None, connection.vendor}:
        raise AnotherDatabase(f"{wanted} {connection.vendor}")


@contextmanager
def _workshop() -> Iterator[Path]:
    folder = Path(settings.DATA_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    making.discard_unfinished(folder)
    workshop = Path(tempfile.mkdtemp(prefix=making.UNFINISHED, dir=folder))
    try:
        yield workshop
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _stage(backup: OpenBackup, folder: Path) -> None:
    """Take everything out beside what is here, and check it."""
    for number, name in enumerate(backup.uploads):
        backup.extract(name, folder / f"upload-{number}")
    if backup.manifest.form is Form.ROWS:
        opening.check_rows(backup, folder)
        return
    backup.extract(making.DATABASE[backup.manifest.form], folder / "database")
    if backup.manifest.form is Form.SQLITE:
        opening.check_sqlite(folder / "database", backup.manifest)


def _put_uploads(backup: OpenBackup, folder: Path) -> None:
    for number, name in enumerate(backup.uploads):
        target = _upload(name)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.replace(folder / f"upload-{number}", target)


def _drop_other_uploads(backup: OpenBackup) -> None:
    """Remove the uploads that no row of the restored database knows."""
    known = {_upload(name) for name in backup.uploads}
    for path in list(making.uploads()):
        if path not in known:
            path.unlink()


def _upload(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name.removeprefix("uploads/")


def _put_database(backup: OpenBackup, folder: Path) -> None:
    if backup.manifest.form is Form.SQLITE:
        _put_sqlite(folder / "database")
    elif backup.manifest.form is Form.PG_DUMP:
        connection.close()
        postgres.restore(folder / "database", folder=folder)
    else:
        _put_rows(backup)


def _put_sqlite(copy: Path) -> None:
    """Copy the pages over those of the database, in one transaction of SQLite's own."""
    target = str(connection.settings_dict["NAME"])
    connection.close()
    Path(target).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (
        closing(sqlite3.connect(copy)) as source,
        closing(sqlite3.connect(target, timeout=BUSY_SECONDS)) as database,
    ):
        database.execute("PRAGMA synchronous=FULL")
        source.backup(database)
    Path(target).chmod(0o600)


def _put_rows(backup: OpenBackup) -> None:
    call_command("migrate", interactive=False, verbosity=0)
    if rows.migrations() != backup.manifest.migrations:
        raise AnotherVersion(backup.manifest.version)
    tables = rows.tables()
    emptied = connection.ops.sql_flush(no_style(), [table.name for table in tables], reset_sequences=False)
    with transaction.atomic(), connection.cursor() as cursor:
        for sql in emptied:
            cursor.execute(sql)
        for table in tables:
            rows.insert(table, backup.rows(table), cursor)
        for sql in connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables]):
            cursor.execute(sql)
        for table in tables:
            found = rows.digest(table.rows(rows.here()))
            if found != backup.manifest.tables[table.name]:
                raise BackupDamaged(table.name)
