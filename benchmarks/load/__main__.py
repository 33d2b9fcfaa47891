"""
Two hundred people at work at once on two hundred thousand files: `python -m benchmarks.load [USERS] [SECONDS]`.

The database named by the environment is the one `python -m benchmarks.pages` fills. The server is the one the guide
runs; then, in the same run, the same pages are asked of Django's own threaded server, and a bare view of the same
database of the guide's server. Writes benchmarks/results/load.json and load.md.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import monotonic, sleep
from typing import Any

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "benchmarks" / "results"
PORT, SEED, WARM_UP = 8_213, 20_261_129, 30
THINK = (10.0, 50.0)
MIX = {"day": 2, "list": 3, "search": 2, "household": 3, "situation": 1}
OFFICE_SHARE = 0.25
GUIDE = "the server of the guide"
SERVERS = {
    GUIDE: "granian, 2 workers of 4 threads",
    "Django’s own threaded server": "manage.py runserver",
    "a bare view on the guide’s server": "fifty names of the same database, no session, no rights, no layout",
}


def main(users: int, seconds: int) -> None:
    """Sign everybody in, then ask each server in turn."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chezsoi.config.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from chezsoi.people.models import Person

    call_command("collectstatic", interactive=False, verbosity=0)
    people = _signed_in(users)
    guide, own, bare = SERVERS
    measured = {
        guide: _asked(_granian("chezsoi.config.wsgi:application"), people, MIX, seconds),
        own: _asked(_own(), people, MIX, seconds),
        bare: _asked(_granian("benchmarks.load.floor:application"), people, {"floor": 1}, seconds),
    }
    result = {
        "date": date.today().isoformat(),  # noqa: DTZ011
        "persons": Person.objects.count(),
        "users": users,
        "seconds": seconds,
        "think time, seconds": list(THINK),
        "mix": MIX,
        "database": connection.vendor,
        "cpus": os.cpu_count(),
        "python": platform.python_version(),
        "servers": measured,
    }
    (RESULTS / "load.json").write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (RESULTS / "load.md").write_text(_written(result), encoding="utf-8")


def _signed_in(users: int) -> list[dict[str, Any]]:
    """Give each user an account, a role, a session, and files they may open: a quarter sees the whole territory."""
    from django.conf import settings
    from django.test import Client

    from benchmarks.pages.built import SERVICES, reader
    from chezsoi.people.models import CircleMembership, Household
    from chezsoi.territories.models import Organisation, User

    chance = Random(SEED)  # noqa: S311
    everybody = list(Household.objects.filter(is_protected=False).order_by("pk").values_list("pk", flat=True)[:20_000])
    people = []
    for rank in range(users):
        service = f"bench-{rank % SERVICES}"
        sees_all = rank < users * OFFICE_SHARE
        actor = reader("siao_officer" if sees_all else "outreach_worker", service, rank=rank)
        own = CircleMembership.objects.filter(
            organisation=Organisation.objects.get(key=service), household__is_protected=False
        )
        client = Client()
        client.force_login(User.objects.get(pk=actor.user_id))
        name = settings.SESSION_COOKIE_NAME
        pool = everybody if sees_all else list(own.order_by("pk").values_list("household", flat=True)[:500])
        people.append({"cookies": {name: client.cookies[name].value}, "households": chance.sample(pool, 40)})
    return people


def _granian(application: str) -> list[str]:
    """Write the command of docs/how-to/run-on-a-server.md."""
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(PORT)]
    return [*web, "--workers", "2", "--blocking-threads", "4", "--no-ws", "--log-level", "warning", application]


def _own() -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), "runserver", "--noreload", f"127.0.0.1:{PORT}"]


def _asked(command: list[str], people: Sequence[dict[str, Any]], mix: dict[str, int], seconds: int) -> dict[str, Any]:
    plan = {
        "port": PORT,
        "people": people,
        "mix": mix,
        "seconds": seconds,
        "warm_up": WARM_UP,
        "think": THINK,
        "seed": SEED,
    }
    before = os.getloadavg()[0]
    with _serving(command):
        asking = [sys.executable, "-m", "benchmarks.load.client"]
        done = subprocess.run(  # noqa: S603
            asking, input=json.dumps(plan), capture_output=True, text=True, check=True, cwd=ROOT
        )
    heard = json.loads(done.stdout)
    return {
        "load before": round(before, 1),
        "load after": round(os.getloadavg()[0], 1),
        "a second": round(len(heard["samples"]) / seconds, 1),
        "pages": dict(_figures(heard["samples"])),
    }


@contextmanager
def _serving(command: list[str]) -> Iterator[None]:
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        _wait()
        yield
    finally:
        server.terminate()
        server.wait()


def _wait() -> None:
    until = monotonic() + 60
    while monotonic() < until:
        connection = HTTPConnection("127.0.0.1", PORT, timeout=30)
        try:
            connection.request("GET", "/", headers={"Host": "localhost"})
            connection.getresponse().read()
        except OSError:
            sleep(0.3)
        else:
            return
    raise SystemExit("the server did not answer")


def _figures(samples: Sequence[tuple[str, float, int]]) -> Iterator[tuple[str, dict[str, float]]]:
    kinds = sorted({kind for kind, _took, _status in samples})
    for kind in ["everything", *kinds]:
        took = [each for each in samples if kind in {"everything", each[0]}]
        seconds = sorted(each[1] for each in took)
        cuts = quantiles(seconds, n=100, method="inclusive") if len(seconds) > 1 else seconds * 99
        yield (
            kind,
            {
                "asked": len(took),
                "errors": sum(each[2] != -1 for each in took),
                "p50": round(median(seconds) * 1000),
                "p95": round(cuts[94] * 1000),
                "p99": round(cuts[98] * 1000),
            },
        )


def _written(result: dict[str, Any]) -> str:
    least, most = result["think time, seconds"]
    mix = ", ".join(f"{name} {weight}" for name, weight in result["mix"].items())
    lines = [
        "# Many people at once",
        "",
        f"Measured on {result['date']} by `python -m benchmarks.load` on {result['database']}, {result['persons']:,}",
        f"people on file. {result['users']} people signed in, a quarter of them an office that sees the whole",
        f"territory, each asking, then thinking {least:.0f} to {most:.0f} seconds. What they ask, by weight: {mix}.",
        "Who waits a minute gives up: an error. The target is a p95 of 500 ms.",
        f"{result['cpus']} processors, Python {result['python']}, shared by the database, the server, the process that",
        "asks and other work: the load before and after is said with each. Times in milliseconds, to the last byte.",
    ]
    for name, measure in result["servers"].items():
        lines += _section(name, measure)
    return "\n".join([*lines, "", *_ratios(result["servers"])]) + "\n"


def _section(name: str, measure: dict[str, Any]) -> list[str]:
    return [
        "",
        f"## {name[0].upper()}{name[1:]}",
        "",
        f"{SERVERS[name]}. Load {measure['load before']} before, {measure['load after']} after; "
        f"{measure['a second']} asked a second.",
        "",
        "| Page | asked | errors | p50 | p95 | p99 |",
        "|---|---:|---:|---:|---:|---:|",
        *(
            f"| {page} | {each['asked']} | {each['errors']} | {each['p50']} | {each['p95']} | {each['p99']} |"
            for page, each in measure["pages"].items()
        ),
    ]


def _ratios(servers: dict[str, Any]) -> list[str]:
    ours = servers[GUIDE]["pages"]["everything"]
    lines = ["## Beside the others", ""]
    for name, measure in servers.items():
        if name == GUIDE:
            continue
        theirs = measure["pages"]["everything"]
        lines.append(
            f"- {name}: p50 × {theirs['p50'] / ours['p50']:.2g}, p95 × {theirs['p95'] / ours['p95']:.2g} of {GUIDE}."
        )
    return lines


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    main(*given, *(200, 60)[len(given) :])
