"""
A process where the program is loaded once, and which forks for each command it is asked to run, and may kill.

It reads one JSON request a line and answers with one JSON line. A fork costs milliseconds where a start costs a second:
the instant of a kill falls inside the work, not inside the loading of Python.
"""

import contextlib
import gc
import importlib
import io
import json
import os
import pkgutil
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path

import django

import chezsoi

STARTING_IT = {"chezsoi.config.asgi", "chezsoi.config.wsgi", "chezsoi.__main__"}


def main() -> None:
    """Answer requests until the input ends."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "chezsoi.config.settings"
    django.setup()
    import tests.drills.settled  # noqa: F401

    load_the_program()
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


def load_the_program() -> None:
    """Import every module of the program, migrations included, so that no fork does it again."""
    for module in pkgutil.walk_packages(chezsoi.__path__, "chezsoi."):
        if module.name not in STARTING_IT:
            importlib.import_module(module.name)
    gc.freeze()


def answer(request: dict) -> dict:
    """Run one request in a fork, kill it after `kill_after` seconds, and say how it ended."""
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder, "said")
        started = time.monotonic()
        child = os.fork()
        if child == 0:
            _work(request, said)
        _lead_a_group(child)
        status, was_killed = _wait(child, request.get("kill_after"), started)
        return {
            "code": os.waitstatus_to_exitcode(status),
            "killed": was_killed,
            "seconds": time.monotonic() - started,
            "said": said.read_text(encoding="utf-8") if said.exists() else "",
        }


def _lead_a_group(child: int) -> None:
    """Give the child a group of its own, from either side of the fork: whoever comes first spares the kill a race."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.setpgid(child, child)


def _wait(child: int, kill_after: float | None, started: float) -> tuple[int, bool]:
    while kill_after is not None:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status, False
        if time.monotonic() - started >= kill_after:
            os.killpg(child, signal.SIGKILL)
            return os.waitpid(child, 0)[1], True
        time.sleep(0.0005)
    return os.waitpid(child, 0)[1], False


def _work(request: dict, said: Path) -> None:
    """Be the program, at work on another data folder and another database, in a group of one's own."""
    _lead_a_group(os.getpid())
    code = 1
    try:
        with said.open("w", encoding="utf-8") as out:
            sys.stdout = sys.stderr = out
            sys.stdin = io.StringIO(request.get("stdin", ""))
            code = _do(request)
            out.flush()
    except BaseException:
        said.write_text(traceback.format_exc(), encoding="utf-8")
    finally:
        os._exit(code)


def _do(request: dict) -> int:
    from django.conf import settings
    from django.db import connection, connections

    from tests.drills import inspection, settled

    _move_to(Path(request["data_dir"]), request["database"])
    if "argv" in request:
        code = _run(request["argv"])
    else:
        do = getattr(settled if request["do"] == "settle" else inspection, request["do"])
        print(json.dumps(do(**request.get("with", {}))))
        code = 0
    connections.close_all()
    assert connection.settings_dict["NAME"] == request["database"]
    assert str(settings.DATA_DIR) == request["data_dir"]
    return code


def _run(argv: list[str]) -> int:
    import resource

    import typer

    from chezsoi.portal.command_line import app

    if argv[0] == "without-programs":
        os.environ["PATH"] = os.environ["PG_BIN"] = argv.pop(0)
    if argv[0].startswith("--largest-file="):
        limit = int(argv.pop(0).partition("=")[2])
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        found = app(argv, standalone_mode=False)
    except typer.Exit as ended:
        return int(ended.exit_code)
    except SystemExit as ended:
        return int(ended.code or 0)
    return int(found or 0)


def _move_to(data_dir: Path, database: str) -> None:
    from django.conf import settings
    from django.db import connections

    from chezsoi.config import environment
    from chezsoi.fields import encrypted

    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    there = environment.read({"CHEZSOI_DATA_DIR": str(data_dir)}, root=data_dir)
    settings.DATA_DIR = data_dir
    settings.MEDIA_ROOT = data_dir / "uploads"
    settings.SECRET_KEY, settings.ENCRYPTION_KEY = there.secret("secret_key"), there.secret("encryption_key")
    encrypted._key.cache_clear()
    connections["default"].settings_dict["NAME"] = database


if __name__ == "__main__":
    main()
