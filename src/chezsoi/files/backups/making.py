"""Make a backup: the database as of one instant, the uploads, and the manifest, in one file that is whole or absent."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connection, transaction

from chezsoi.files.backups import manifest, postgres, rows
from chezsoi.files.backups.manifest import Form, Manifest

SUFFIX = ".backup"
UNFINISHED = ".unfinished-"
PIECE = 1 << 20
STAMP = "%Y%m%dT%H%M%SZ"
DATABASE = {Form.SQLITE: "database.sqlite3", Form.PG_DUMP: "database.dump"}
Members = dict[str, dict[str, Any]]


def make(folder: Path, *, at: datetime) -> Path:
    """
    Write a backup into a folder and give its path.

    :raises OSError: if it cannot be written; nothing of it is left.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    discard_unfinished(folder)
    target = _free_name(folder, at)
    workshop = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=folder))
    try:
        packed = workshop / "packed"
        with open(packed, "xb", opener=_private) as file:
            _pack(file, workshop, at)
            file.flush()
            os.fsync(file.fileno())
        packed.rename(target)
        sync_folder(folder)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return target


def rotate(folder: Path, *, keep_days: int, at: datetime) -> list[Path]:
    """Remove the backups of a folder older than some days, by the instant in their names; give those removed."""
    limit = at - timedelta(days=keep_days)
    old = [path for path in sorted(folder.glob(f"chezsoi-*{SUFFIX}")) if (_made_at(path) or at) < limit]
    for path in old:
        path.unlink()
    return old


def discard_unfinished(folder: Path) -> None:
    """Remove what a backup or a restore that was killed left behind."""
    for leftover in folder.glob(f"{UNFINISHED}*"):
        shutil.rmtree(leftover, ignore_errors=True)


def sync_folder(folder: Path) -> None:
    """Make the names of a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _pack(file: BinaryIO, workshop: Path, at: datetime) -> None:
    members: Members = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        form, tables = _pack_database(archive, members, workshop)
        for path in uploads():
            name = f"uploads/{path.relative_to(settings.MEDIA_ROOT).as_posix()}"
            with _member(archive, members, name, zipfile.ZIP_STORED) as write, path.open("rb") as content:
                _copy(content, write)
        said = Manifest(
            form=form,
            made_at=at.astimezone(UTC).isoformat(),
            version=manifest.program_version(),
            migrations=rows.migrations(),
            tables=tables,
            members=members,
            key=manifest.fingerprint(),
        )
        archive.writestr(manifest.NAME, said.to_json())


def uploads() -> Iterator[Path]:
    """List the files kept; a clear copy lent to somebody is not one."""
    folder = Path(settings.MEDIA_ROOT)
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and not path.name.startswith("open-"):
            yield path


def _pack_database(archive: zipfile.ZipFile, members: Members, workshop: Path) -> tuple[Form, Members]:
    if connection.vendor == "sqlite":
        return Form.SQLITE, _pack_sqlite(archive, members, workshop)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        if postgres.program("pg_dump") is None:
            return Form.ROWS, _pack_rows(archive, members)
        postgres.dump(workshop / "dump", snapshot=cursor.fetchone()[0])
        _pack_file(archive, members, DATABASE[Form.PG_DUMP], workshop / "dump")
        return Form.PG_DUMP, rows.digests(rows.here())


def _pack_sqlite(archive: zipfile.ZipFile, members: Members, workshop: Path) -> Members:
    copy = workshop / "copy"
    connection.ensure_connection()
    with closing(sqlite3.connect(copy, detect_types=sqlite3.PARSE_DECLTYPES)) as database:
        copy.chmod(0o600)
        connection.connection.backup(database)
        database.execute("PRAGMA journal_mode=DELETE")
        tables = rows.digests(rows.in_file(database))
    _pack_file(archive, members, DATABASE[Form.SQLITE], copy)
    return tables


def _pack_rows(archive: zipfile.ZipFile, members: Members) -> Members:
    tables = {}
    for table in rows.tables():
        with _member(archive, members, f"rows/{table.name}.jsonl") as write:
            tables[table.name] = rows.digest(_written(table.rows(rows.here()), write))
    return tables


def _written(found: Iterator[list[Any]], write: _Writer) -> Iterator[list[Any]]:
    for row in found:
        write.write(rows.line(row) + b"\n")
        yield row


def _pack_file(archive: zipfile.ZipFile, members: Members, name: str, path: Path) -> None:
    with _member(archive, members, name) as write, path.open("rb") as content:
        _copy(content, write)
    path.unlink()


class _Writer:
    """Write a member, counting and digesting what goes by."""

    def __init__(self, target: Any) -> None:
        self._target, self._digest, self.size = target, hashlib.sha256(), 0

    def write(self, piece: bytes) -> None:
        self._target.write(piece)
        self._digest.update(piece)
        self.size += len(piece)

    def said(self) -> dict[str, Any]:
        return {"bytes": self.size, "sha256": self._digest.hexdigest()}


@contextmanager
def _member(
    archive: zipfile.ZipFile, members: Members, name: str, compression: int = zipfile.ZIP_DEFLATED
) -> Iterator[_Writer]:
    described = zipfile.ZipInfo(name)
    described.compress_type = compression
    with archive.open(described, "w", force_zip64=True) as target:
        writer = _Writer(target)
        yield writer
    members[name] = writer.said()


def _copy(content: BinaryIO, write: _Writer) -> None:
    while piece := content.read(PIECE):
        write.write(piece)


def _free_name(folder: Path, at: datetime) -> Path:
    stamp = at.astimezone(UTC)
    while (path := folder / f"chezsoi-{stamp:{STAMP}}{SUFFIX}").exists():
        stamp += timedelta(seconds=1)
    return path


def _made_at(path: Path) -> datetime | None:
    try:
        return datetime.strptime(path.name[len("chezsoi-") : -len(SUFFIX)], STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
