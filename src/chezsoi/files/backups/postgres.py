"""PostgreSQL's own programs, where they are installed: found in `PG_BIN` or on the path, and recent enough."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from django.db import connection

WHAT_FAILED = re.compile(r"(?:error|ERROR|FATAL): +(.*)")


class PostgresRefused(Exception):
    """A program of PostgreSQL stopped; the message is its own."""


def program(name: str) -> Path | None:
    """Find a program at least as recent as the server; None when there is none."""
    found = shutil.which(name, path=os.environ.get("PG_BIN")) or shutil.which(name)
    if found is None:
        return None
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    major = re.search(r"(\d+)\.?", said)
    is_recent = major is not None and int(major[1]) >= _server_major()
    return Path(found) if is_recent else None


def dump(target: Path, *, snapshot: str) -> None:
    """Dump the database as one exported snapshot sees it."""
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={target}")


def restore(source: Path, *, folder: Path) -> None:
    """
    Put a dump in place of what the database holds, in one transaction.

    The script is written whole before it is run: cut in the middle, a script read as it comes would be committed short.
    """
    script, start = folder / "database.sql", folder / "start.sql"
    _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(source), is_connected=False)
    start.write_text("SET lock_timeout = '20s'; DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n", encoding="ascii")
    files = [f"--file={start}", f"--file={script}"]
    _run(
        "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null", *files
    )


def _run(name: str, *arguments: str, is_connected: bool = True) -> None:
    found = program(name)
    if found is None:
        raise PostgresRefused(f"no {name} as recent as the server was found; name its folder in PG_BIN")
    command = [str(found), *arguments, *(["--no-password"] if is_connected else [])]
    done = subprocess.run(command, env=_environment(), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        said = WHAT_FAILED.search(done.stderr)
        raise PostgresRefused(f"{name}: {said[1] if said else f'exit {done.returncode}'}")


def _environment() -> dict[str, str]:
    """Say where the database is, the password where no list of processes shows it."""
    wanted = connection.settings_dict
    named = {
        "PGDATABASE": wanted["NAME"],
        "PGUSER": wanted["USER"],
        "PGPASSWORD": wanted["PASSWORD"],
        "PGHOST": wanted["HOST"],
        "PGPORT": wanted["PORT"],
    }
    options = {f"PG{key.upper()}": str(value) for key, value in wanted["OPTIONS"].items() if key.startswith("ssl")}
    return {**os.environ, **options, **{key: str(value) for key, value in named.items() if value}}


def _server_major() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000
