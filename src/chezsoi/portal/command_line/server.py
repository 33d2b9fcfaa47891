"""Make the database ready, build the demonstration, serve."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Annotated

import typer

from chezsoi.portal.command_line.context import start

LOOKS_EVERY = 0.25
"""Seconds between two looks of a worker with nothing to do."""


def migrate() -> None:
    """Bring the database to this version and load the reference data; run it as often as you like."""
    start(is_migrated=False)
    from django.core.management import call_command

    from chezsoi.journeys import installation

    call_command("migrate", interactive=False, verbosity=0)
    changed = installation.load_reference()
    typer.echo(f"Database ready. Reference data: {'loaded' if changed else 'up to date'}.")


def demo(
    persons: Annotated[int, typer.Option(min=100, help="How many persons, all invented.")] = 1_200,
) -> None:
    """Build the demonstration territory with two years of history, once; every person in it is invented."""
    start()
    from chezsoi.portal import demonstration

    left_out: list[str] = []
    with typer.progressbar(length=100, label="Two years of an invented territory") as bar:
        added = demonstration.tell(
            persons=persons,
            progress=lambda done, total: bar.update(done * 100 // total - bar.pos),
            say=left_out.append,
        )
    for sentence in left_out:
        typer.echo(sentence)
    typer.echo(f"{added} persons added." if added else "The demonstration has its history already.")


def worker() -> None:
    """Run the background tasks until stopped."""
    start()
    from django.core.management import call_command

    from chezsoi.journeys import affordability, turns
    from chezsoi.journeys.retention import tasks
    from chezsoi.portal import digest_tasks

    tasks.keep_watch()
    digest_tasks.keep_reminding()
    affordability.begin()
    turns.keep_lapsing()
    call_command("db_worker", verbosity=0, interval=LOOKS_EVERY)


def run() -> None:
    """Make everything ready, then serve with the background worker until stopped (Ctrl+C)."""
    migrate()
    from django.conf import settings
    from django.core.management import call_command

    if settings.DEMO:
        _demonstrate()
    call_command("collectstatic", interactive=False, verbosity=0)
    typer.echo(f"chezsoi is at http://localhost:{settings.ENVIRONMENT.port} (Ctrl+C stops it)")
    children = [subprocess.Popen(command) for command in _commands(settings.ENVIRONMENT.port)]  # noqa: S603
    stop_all = _stopper(children)
    signal.signal(signal.SIGTERM, stop_all)
    signal.signal(signal.SIGINT, stop_all)
    while all(child.poll() is None for child in children):
        time.sleep(0.2)
    stop_all()
    sys.exit(max(_status(child.wait()) for child in children))


def _demonstrate() -> None:
    """Build the small demonstration: enough to walk the chain, and there at once."""
    from chezsoi.portal import demonstration

    is_new = demonstration.build(say=typer.echo)
    typer.echo("Demonstration built." if is_new else "The demonstration is already there.")


def _commands(port: int) -> list[list[str]]:
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    web += ["--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning"]
    chezsoi = [sys.executable, "-m", "chezsoi.config.entry", "worker"]
    return [[*web, "chezsoi.config.wsgi:application"], chezsoi]


def _stopper(children: list[subprocess.Popen[bytes]]) -> Callable[..., None]:
    def stop(_signal: int = 0, _frame: FrameType | None = None) -> None:
        for child in children:
            if child.poll() is None:
                child.terminate()

    return stop


def _status(code: int) -> int:
    """Read a child's end: stopped by us is no failure."""
    return 0 if code in {0, -signal.SIGTERM, -signal.SIGINT} else 1
