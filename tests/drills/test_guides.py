"""Each command of the guides of those who keep the machine, run in order; the site, started as its unit starts it."""

import os
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.drills.world import Installation, World
from tests.harness.drills import ROOT

GUIDES = [ROOT / "docs" / "how-to" / name for name in ("run-on-a-server.md", "back-up-and-restore.md")]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
PASSWORD = "a long and quiet sentence"
ASKS_A_PASSPHRASE = ("--keys", "export organisation", "import organisation")
STARTS_WITHIN = 30

pytestmark = pytest.mark.slow


def commands(guide: Path) -> list[str]:
    """List the commands of `chezsoi` that a guide tells to run, units included."""
    found = []
    for _language, block in FENCE.findall(guide.read_text(encoding="utf-8")):
        for line in block.splitlines():
            said = re.sub(r"^(?:[A-Z_]+=\S+ )+", "", line.removeprefix("ExecStartPre=").removeprefix("ExecStart="))
            words = shlex.split(said, comments=True)
            if len(words) > 1 and words[0].rpartition("/")[2] == "chezsoi":
                found.append(shlex.join(words[1:]))
    return [each for each in found if each.split()[0] not in {"worker", "run"}]


class Reader:
    """Somebody who follows a guide, with folders of their own in place of those it names."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.folder, self.here = world, folder, world.migrated()
        self.secret = folder / "passphrase"
        self.secret.write_text(PASSWORD, encoding="utf-8")

    def follow(self, command: str) -> None:
        for named in ("/srv/backups", "/media/apart"):
            command = command.replace(named, f"{self.folder}{named}")
        command = re.sub(r"\S*/chezsoi-\d+T\d+Z\.backup", lambda _named: str(self._last_backup()), command)
        command = command.replace("siao-57.takeout", f"{self.folder}/siao-57.takeout")
        argv = shlex.split(command)
        if any(asked in command for asked in ASKS_A_PASSPHRASE):
            argv += ["--passphrase-file", str(self.secret)]
        if command.startswith("account open"):
            argv.append("--password-stdin")
        done = self._where(argv).run(*argv, stdin=f"{PASSWORD}\n")
        assert done.code == 0, f"{command}: {done.said}"

    def _where(self, argv: list[str]) -> Installation:
        if argv[0] == "restore" and "--replace" not in argv:
            return self.world.empty()
        return self.world.migrated() if argv[0] == "import" else self.here

    def _last_backup(self) -> Path:
        return max((self.folder / "srv" / "backups").glob("*.backup"))


def test_every_command_of_the_guides_does_what_it_says(world, tmp_path):
    reader = Reader(world, tmp_path)

    followed = [command for guide in GUIDES for command in commands(guide)]
    for command in followed:
        reader.follow(command)

    verbs = {command.split()[0] for command in followed}
    assert verbs >= {"migrate", "organisation", "account", "trail", "backup", "restore", "export", "import"}


def test_the_site_starts_as_its_unit_starts_it(world, tmp_path):
    unit = GUIDES[0].read_text(encoding="utf-8")
    named = next(line for line in unit.splitlines() if "/granian " in line).partition("/granian ")[2]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    installation = world.migrated()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CHEZSOI_")}
    environment |= {
        "CHEZSOI_MODE": "server",
        "CHEZSOI_HOSTS": "lda.example.fr",
        "CHEZSOI_DATA_DIR": str(installation.data_dir),
        "CHEZSOI_DATABASE_URL": installation.url,
        "PYTHONPATH": str(ROOT / "src"),
    }
    collected = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(collected, cwd=ROOT, env=environment, check=True)
    command = [sys.executable, "-m", "granian", *shlex.split(named.replace("8000", str(port)))]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        assert "<h1" in first_page(port)
    finally:
        server.terminate()
        server.wait()


def first_page(port: int) -> str:
    """Ask for the first page as the web server in front does, until it is there."""
    headers = {"Host": "lda.example.fr", "X-Forwarded-Proto": "https"}
    asked = urllib.request.Request(f"http://127.0.0.1:{port}/", headers=headers)
    deadline = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            with urllib.request.urlopen(asked, timeout=5) as answer:  # noqa: S310
                return answer.read().decode()
        except urllib.error.HTTPError:
            raise
        except OSError:
            assert time.monotonic() < deadline, "the site did not start"
            time.sleep(0.2)


def test_the_units_of_the_guide_run_what_is_installed():
    unit = GUIDES[0].read_text(encoding="utf-8")
    programs = set(re.findall(r"/opt/chezsoi/\.venv/bin/(\w+)", unit))

    assert programs == {"chezsoi", "granian", "python"}
    assert all((Path(sys.executable).parent / name).exists() for name in programs)
