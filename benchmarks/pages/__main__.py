"""
How long the list, the search and a household's page take on many people: `python -m benchmarks.pages [PERSONS]`.

The database named by the environment is filled once and kept: give it a data directory of its own. Adds a section for
that database to benchmarks/results/pages.json and writes pages.md from every section there.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

RESULTS = Path(__file__).parents[1] / "results"
SEARCHES, RIVAL_SEARCHES, LOOKS, SEED = 1_100, 110, 40, 20_261_125


def main(persons: int) -> None:
    """Fill, measure, write."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chezsoi.config.settings")
    import django

    django.setup()
    from django.db import connection

    from benchmarks.pages.built import build

    building = build(persons)
    section = {
        "persons": persons,
        "cpus": os.cpu_count(),
        "shared machine, load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "seconds to build": {name: round(seconds) for name, seconds in building.items()},
        **_searches(),
        "pages": _pages(),
    }
    path = RESULTS / "pages.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    known[connection.vendor] = section
    path.write_text(json.dumps(known, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (RESULTS / "pages.md").write_text(_written(known), encoding="utf-8")


def _searches() -> dict[str, object]:
    from django.utils import timezone
    from tests.people import noise

    from benchmarks.pages.built import reader
    from chezsoi.people import queries
    from chezsoi.people.models import HouseholdMember, Person, Phone

    actor, today = reader("siao_officer", "bench-1"), timezone.localdate()
    phones = {phone.person_id: phone.number for phone in Phone.objects.order_by("pk")[:3_000]}
    hidden = set(HouseholdMember.objects.filter(household__is_protected=True).values_list("person", flat=True))
    people = [
        noise.Somebody(
            pk=row.pk, given=row.given_names, family=row.birth_name, year=row.birth_date.year,
            phone=phones.get(row.pk, ""),
        )
        for row in Person.objects.order_by("pk").iterator()
        if row.pk not in hidden
    ]  # fmt: skip
    searches = noise.typed(people, count=SEARCHES, seed=SEED)
    measured = {}
    for label, find in {
        "chezsoi": lambda text: [each.person_pk for each in queries.search(text, actor=actor, on=today, most=5).found],
        **_rivals(),
    }.items():
        timed = Timed(find)
        few = searches if label == "chezsoi" else searches[:RIVAL_SEARCHES]
        measured[label] = {"recall at 5": noise.recall_at_five(few, timed), "milliseconds": timed.milliseconds()}
    return {"search": measured, "searches": len(searches), "searches of rivals": RIVAL_SEARCHES}


def _rivals() -> dict[str, Callable[[str], list[int]]]:
    """What most casework tools do: every word typed, somewhere in the names; on PostgreSQL, similarity of trigrams."""
    from django.db import connection
    from django.db.models import Q

    from chezsoi.people.models import Person

    def contains(text: str) -> list[int]:
        held = Q()
        for word in text.split():
            held &= Q(birth_name__icontains=word) | Q(given_names__icontains=word)
        return list(Person.objects.filter(held).order_by("sort_name").values_list("pk", flat=True)[:5])

    def trigrams(text: str) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM people_person WHERE sort_name %% %s ORDER BY similarity(sort_name, %s) DESC LIMIT 5",
                [text.casefold(), text.casefold()],
            )
            return [row[0] for row in cursor.fetchall()]

    rivals = {"icontains over the names": contains}
    if connection.vendor == "postgresql" and _has_trigrams():
        rivals["pg_trgm, GIN index"] = trigrams
    return rivals


def _has_trigrams() -> bool:
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute("CREATE INDEX IF NOT EXISTS bench_trgm ON people_person USING gin (sort_name gin_trgm_ops)")
    except DatabaseError:
        return False
    return True


def _pages() -> dict[str, dict[str, float]]:
    """Ask for whole pages through every middleware, as an office that sees the territory and as one service."""
    from django.test import Client

    from benchmarks.pages.built import reader
    from chezsoi.people.models import CircleMembership, Household
    from chezsoi.territories.models import Organisation, User

    office = reader("siao_officer", "bench-1")
    service = Organisation.objects.get(key="bench-0")
    outreach = reader("outreach_worker", "bench-0")
    opened = list(Household.objects.filter(is_protected=False).values_list("pk", flat=True)[:2_000])
    own = list(CircleMembership.objects.filter(organisation=service).values_list("household", flat=True)[:2_000])
    chance = Random(SEED)  # noqa: S311
    measured = {}
    for who, actor, households in (("office", office, opened), ("one service", outreach, own)):
        client = Client(headers={"host": "localhost"})
        client.force_login(User.objects.get(pk=actor.user_id))
        for label, address in _addresses(chance, households).items():
            timed = Timed(lambda path, asked=client: asked.get(path).status_code)
            answers = {timed(address()) for _look in range(LOOKS)}
            if answers != {200}:
                raise SystemExit(f"{label} answered {answers}")
            measured[f"{label}, {who}"] = {
                **timed.milliseconds(),
                "queries": _asked_by(client, address()),
                "load": round(os.getloadavg()[0], 1),
            }
    return measured


def _asked_by(client: Client, address: str) -> int:
    """Count the questions that a page asks of the database."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def _addresses(chance: Random, households: Sequence[int]) -> dict[str, Callable[[], str]]:
    def narrowed() -> str:
        family = chance.choice(["street", "shelter", "third", "own"])
        return chance.choice([
            f"/people/?family={family}", "/people/?homeless_months=12", "/people/?unseen_days=60", "/people/?who=alone",
            "/people/?who=children&unseen_days=30", "/people/?order=contact", f"/people/?family={family}&who=children",
        ])  # fmt: skip

    return {
        "the list": lambda: "/people/",
        "the list, further": lambda: f"/people/?after={chance.choice(households)}",
        "the list, narrowed": narrowed,
        "a search": lambda: f"/search/?q={chance.choice(['ndiaye', 'martin jean', 'bernar julien', 'diallo 1987'])}",
        "a household": lambda: f"/people/{chance.choice(households)}/",
    }


class Timed:
    """A function, and how long each of its calls took."""

    def __init__(self, asked: Callable[[str], object]) -> None:
        self.asked = asked
        self.seconds: list[float] = []

    def __call__(self, text: str) -> object:
        started = perf_counter()
        answer = self.asked(text)
        self.seconds.append(perf_counter() - started)
        return answer

    def milliseconds(self) -> dict[str, float]:
        """Give the median and the 95th percentile."""
        cuts = quantiles(self.seconds, n=100)
        return {"p50": round(cuts[49] * 1000, 1), "p95": round(cuts[94] * 1000, 1)}


def _written(sections: dict[str, dict[str, object]]) -> str:
    lines = [
        "# Pages on many people",
        "",
        f"Measured on {date.today().isoformat()} by `python -m benchmarks.pages`, in process, through every",  # noqa: DTZ011
        "middleware; times in milliseconds. The searches are damaged names from a seed (tests/people/noise.py).",
    ]
    for vendor, section in sections.items():
        lines += _section(vendor, section)
    return "\n".join(lines) + "\n"


def _section(vendor: str, section: dict[str, object]) -> list[str]:
    search, pages = section["search"], section["pages"]
    lines: list[str] = []
    lines += [
        "",
        f"## {vendor}: {section['persons']} people",
        "",
        f"{section['cpus']} processors shared with other work (load {section['shared machine, load']}), "
        f"Python {section['python']}. Building: {section['seconds to build'] or 'done before'}.",
        "",
        f"| Search ({section['searches']} damaged searches; rivals {section['searches of rivals']}) "
        "| found in the first five | p50 | p95 |",
        "|---|---:|---:|---:|",
    ]
    for label, measure in search.items():  # type: ignore[attr-defined]
        found, took = measure["recall at 5"]["all"], measure["milliseconds"]
        lines.append(f"| {label} | {found:.1%} | {took['p50']} | {took['p95']} |")
    lines += ["", "| How the search was damaged | found in the first five |", "|---|---:|"]
    ours = search["chezsoi"]["recall at 5"]  # type: ignore[index]
    lines += [f"| {damage} | {found:.1%} |" for damage, found in ours.items() if damage != "all"]
    lines += ["", "| Page | p50 | p95 | queries | load |", "|---|---:|---:|---:|---:|"]
    lines += [
        f"| {label} | {took['p50']} | {took['p95']} | {took['queries']} | {took['load']} |"
        for label, took in pages.items()  # type: ignore[attr-defined]
    ]
    return lines


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
