"""Open a backup and check it: nothing of it is believed before it was read to its end."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from chezsoi.files.backups import manifest, rows
from chezsoi.files.backups.making import DATABASE, PIECE
from chezsoi.files.backups.manifest import Form, Manifest

LARGEST_MANIFEST = 64 << 20


class NotABackup(Exception):
    """The file is not a backup of this program."""


class BackupDamaged(Exception):
    """The file was a backup; the message names what no longer says what was written."""


class OpenBackup:
    """A backup being read."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.manifest = self._read_manifest()

    @property
    def uploads(self) -> list[str]:
        return [name for name in self.manifest.members if name.startswith("uploads/")]

    def check(self) -> None:
        """
        Read every member to its end.

        :raises BackupDamaged: if one is missing, added, altered or cut.
        """
        for name in self.manifest.members:
            with self.content(name) as content:
                while content.read(PIECE):
                    pass

    @contextmanager
    def content(self, name: str) -> Iterator[Checked]:
        """Lend the content of a member, whose end is reached only if it says what was written."""
        try:
            with self._archive.open(name) as content:
                yield Checked(name, content, self.manifest.members[name])
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError) as cut:
            raise BackupDamaged(name) from cut

    def rows(self, table: rows.Table) -> Iterator[list[Any]]:
        """Give the rows kept of a table by a dump of rows."""
        with self.content(f"rows/{table.name}.jsonl") as content:
            for line in content.lines():
                yield json.loads(line)

    def extract(self, name: str, target: Path) -> None:
        """Write a member to a file."""
        with self.content(name) as content, target.open("xb") as file:
            target.chmod(0o600)
            while piece := content.read(PIECE):
                file.write(piece)

    def _read_manifest(self) -> Manifest:
        try:
            if self._archive.getinfo(manifest.NAME).file_size > LARGEST_MANIFEST:
                raise NotABackup
            read = Manifest.from_json(self._archive.read(manifest.NAME))
        except (KeyError, ValueError, zipfile.BadZipFile) as other:
            raise NotABackup(str(other)) from other
        for name in read.members:
            if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
                raise BackupDamaged(name)
        return read


class Checked:
    """A member read piece by piece, whose digest is compared at its end."""

    def __init__(self, name: str, content: Any, said: dict[str, Any]) -> None:
        self._name, self._content, self._said, self._digest = name, content, said, hashlib.sha256()

    def read(self, size: int) -> bytes:
        piece: bytes = self._content.read(size)
        self._digest.update(piece)
        if not piece and self._digest.hexdigest() != self._said["sha256"]:
            raise BackupDamaged(self._name)
        return piece

    def lines(self) -> Iterator[bytes]:
        waiting = b""
        while piece := self.read(PIECE):
            *whole, waiting = (waiting + piece).split(b"\n")
            yield from whole


@contextmanager
def opened(path: Path) -> Iterator[OpenBackup]:
    """
    Open a backup.

    :raises NotABackup: if it is none.
    :raises OSError: if it cannot be read.
    """
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as other:
        raise NotABackup(path.name) from other
    with archive:
        yield OpenBackup(archive)


def check_rows(backup: OpenBackup, folder: Path) -> None:
    """
    Compare the rows kept with their digests, without a database of one's own; a dump of PostgreSQL is read at restore.

    :raises BackupDamaged: if a table does not hold the rows it is said to hold.
    """
    if backup.manifest.form is Form.SQLITE:
        copy = folder / "check.sqlite3"
        backup.extract(DATABASE[Form.SQLITE], copy)
        check_sqlite(copy, backup.manifest)
        copy.unlink()
    elif backup.manifest.form is Form.ROWS:
        for table in rows.tables():
            if table.name in backup.manifest.tables:
                compare(backup.manifest, table.name, rows.digest(backup.rows(table)))


def check_sqlite(copy: Path, said: Manifest) -> None:
    """Check that an SQLite file is whole and holds the rows its manifest says."""
    with closing(sqlite3.connect(copy, detect_types=sqlite3.PARSE_DECLTYPES)) as database:
        if database.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise BackupDamaged(DATABASE[Form.SQLITE])
        if said.version == manifest.program_version() and said.migrations == _migrations_in(database):
            for table in rows.tables():
                if table.name in said.tables:
                    compare(said, table.name, rows.digest(table.rows(rows.in_file(database))))


def compare(said: Manifest, table: str, found: dict[str, Any]) -> None:
    """Refuse a table that does not hold the rows it is said to hold."""
    if said.tables[table] != found:
        raise BackupDamaged(table)


def _migrations_in(database: sqlite3.Connection) -> list[str]:
    return sorted(f"{app}.{name}" for app, name in database.execute("SELECT app, name FROM django_migrations"))
