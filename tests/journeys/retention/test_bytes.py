"""
After a purge, not one byte of what was erased is left in the folder of data.

A whole installation: what is known of a household is written with canaries in every field that says something of
people, in clear as people type it; the encrypted ones are looked for as they were sealed.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.harness.drills import ROOT, database_kind

pytestmark = [pytest.mark.slow]
NAME = "retention_bytes"


def run(folder: Path, *command: str, url: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CHEZSOI_")}
    environment |= {"CHEZSOI_DATA_DIR": str(folder), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    environment |= {"CHEZSOI_DATABASE_URL": url} if url else {}
    environment |= {"DJANGO_SETTINGS_MODULE": "chezsoi.config.settings", "CHEZSOI_DEMO": "0"}
    done = subprocess.run(
        [sys.executable, *command], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def holding(folder: Path, canaries: list[str], *, but: str = "") -> dict[str, list[str]]:
    """Give the canaries found in each file of a folder."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and (not but or but not in path.parts):
            content = path.read_bytes()
            hits = [canary for canary in canaries if canary.encode() in content]
            if hits:
                found[str(path.relative_to(folder))] = hits
    return found


@pytest.mark.skipif(
    database_kind() == "postgresql" and "PYTEST_XDIST_WORKER" in os.environ,
    reason="on PostgreSQL it must be alone on the server: run it with -n 0",
)
def test_no_byte_is_left(tmp_path):
    url, data = _database(tmp_path)
    run(tmp_path, "-m", "chezsoi.config.entry", "migrate", url=url)
    canaries = json.loads(run(tmp_path, "-m", "tests.journeys.retention.canaries", url=url))
    assert len(canaries) > 60
    _write_out(url)
    before = holding(data, canaries)
    unseen = set(canaries) - {canary for hits in before.values() for canary in hits}
    assert unseen == set()
    assert len(list((tmp_path / "uploads").iterdir())) > 0

    day = "2031-01-01"
    said = json.loads(run(tmp_path, "-m", "chezsoi.config.entry", "purge", "--apply", "--on", day, "--json", url=url))

    assert said["files_rewritten"] is True
    assert [each["households"] for each in said["territories"] if each["households"]] == [2]
    _write_out(url)
    assert holding(data, canaries, but="pg_wal") == {}
    assert holding(tmp_path, canaries) == {}
    assert list((tmp_path / "uploads").iterdir()) == []
    assert "The trail is whole" in run(tmp_path, "-m", "chezsoi.config.entry", "trail", "verify", url=url)


def _database(folder: Path) -> tuple[str, Path]:
    """Give the address of the database of the installation, and the folder that holds its bytes."""
    if database_kind() != "postgresql":
        return "", folder
    import psycopg

    server = os.environ["CHEZSOI_DATABASE_URL"]
    host = parse_qs(urlsplit(server).query)["host"][0]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {NAME}")
        connection.execute(f"CREATE DATABASE {NAME}")
    return server.replace("/postgres?", f"/{NAME}?"), Path(host) / "data"


def _write_out(url: str) -> None:
    """Have PostgreSQL write to its files what it still holds in memory; SQLite always has."""
    if url:
        import psycopg

        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CHECKPOINT")
