"""
A test database migrated and filled once a run: every process copies it, and copies it again once a test emptied it.

Twenty seconds a process become one; a test that commits pays a copy of the file, not a second load of the reference
data. PostgreSQL copies a template database for each process; there, few tests commit, and they load the data again.
"""

import fcntl
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from chezsoi.territories import reference


@dataclass(frozen=True)
class Prepared:
    """The prepared database of one run, known to every process of it by a folder they share."""

    folder: Path

    @property
    def file(self) -> Path:
        """Give the copy of an SQLite database; on PostgreSQL, what stands for the template."""
        return self.folder / "prepared.sqlite3"

    @property
    def template(self) -> str:
        """Name the template database of PostgreSQL."""
        return "prepared_" + "".join(c for c in self.folder.name.lower() if c.isalnum())

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep the other processes waiting: one prepares, the others find it prepared."""
        with (self.folder / "prepared.lock").open("w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def is_ready(self) -> bool:
        return self.file.exists()

    def is_a_file(self) -> bool:
        """Say whether Django is to keep the file it finds where its own would be."""
        return self.is_ready() and connection.vendor == "sqlite"

    def put_in_place(self) -> None:
        """Let Django find the database already made, before it makes its own."""
        test = connection.settings_dict["TEST"]
        if connection.vendor == "sqlite":
            shutil.copyfile(self.file, str(test["NAME"]))
        else:
            test["TEMPLATE"] = self.template

    def keep(self) -> None:
        """Keep what this process just made, for the others."""
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self.file.with_suffix(".made"))) as copy:
                connection.connection.backup(copy)
            self.file.with_suffix(".made").rename(self.file)
        else:
            made = connection.settings_dict["NAME"]
            connection.close()
            with connection._nodb_cursor() as server:
                server.execute(f'CREATE DATABASE "{self.template}" TEMPLATE "{made}"')
            self.file.touch()

    def restore(self) -> None:
        """Bring the database of this process back to what it was."""
        if connection.vendor != "sqlite":
            reference.load()
            return
        connection.ensure_connection()
        with closing(sqlite3.connect(self.file)) as kept:
            kept.backup(connection.connection)
