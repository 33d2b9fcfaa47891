"""
Measure what a person waits for who asks what a refusal, or decisions, would change: `python -m benchmarks.departures`.

A joint round of 2,000 households and 300 homes, drawn by the product in a database made for it and thrown away. Rival:
the same question answered by two whole runs, without the decisions and around them, as the product did before. Both
serve the same households at the same mismatch, or nothing is written. Writes results/departures.json and .md.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any

from benchmarks.processors import processor

if TYPE_CHECKING:
    from chezsoi.allocation.models import JointRound
    from chezsoi.engines.matching import Household
    from chezsoi.engines.matching.joint import Joint, Pins

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results"
ENTRY = [sys.executable, "-m", "chezsoi.config.entry"]
HOUSEHOLDS, HOMES, COMMUNES, TIMES, DECIDED = 2_000, 300, 20, 5, 40
WANTED = 0.3
ONE, MANY = "one home refused", f"{DECIDED} homes given to somebody else"


def main() -> None:
    """Build, measure, write."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"CHEZSOI_DATA_DIR": folder, "CHEZSOI_DEMO": "0"}
        os.environ |= {"DJANGO_SETTINGS_MODULE": "chezsoi.config.settings"}
        subprocess.run([*ENTRY, "migrate"], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603
        import django

        django.setup()
        load = os.getloadavg()[0]
        _write(measured(drawn()), load)


def drawn() -> JointRound:
    """Draw a joint round of homes of every size in twenty communes, for households that wish some of them."""
    from tests.factories import allocation, territories

    from chezsoi.allocation import actions
    from chezsoi.journeys import installation
    from chezsoi.people.models import Household as File

    installation.load_reference()
    chance, place, now = Random(1), territories.territory(), allocation.now()  # noqa: S311
    communes = _communes(place.departement_code)
    waiting = tuple(_households(chance, communes))
    File.objects.bulk_create(
        File(territory=place, reference=each.ref, created_on=allocation.today()) for each in waiting
    )
    program = territories.program(place)
    opened = actions.open_joint_round(
        actor=program,
        territory=place,
        offers=list(_offers(chance, communes)),
        snapshot=waiting,
        grid=allocation.grid(),
        on=allocation.today(),
        at=now - timedelta(hours=2),
    )
    number = allocation.public_number(now - timedelta(hours=1))
    return actions.draw_joint_round(actor=program, joint=opened, public=number, at=now)


def _communes(departement: str) -> list[str]:
    from chezsoi.territories.models import Commune

    found = Commune.objects.filter(code__startswith=departement).order_by("code")
    return list(found.values_list("pk", flat=True)[:COMMUNES])


def _households(chance: Random, communes: list[str]) -> Iterator[Household]:
    from django.utils import timezone

    from chezsoi.engines.matching import Household

    today = timezone.localdate()
    for number in range(HOUSEHOLDS):
        persons = chance.choice([1, 1, 1, 2, 3, 4, 5])
        fewest = max(1, min(persons, 4) - 1)
        yield Household(
            ref=f"B-{number:05}",
            situation=chance.choice(["street", "emergency", "own", "with_others"]),
            size=persons,
            wished_communes=tuple(chance.sample(communes, chance.choice([0, 1, 2, 4, 8]))),
            rooms_min=fewest,
            rooms_max=fewest + chance.choice([1, 2]),
            max_outlay_per_month=Decimal(chance.randrange(250, 900)),
            needs_wheelchair=chance.random() < 0.03,
            needs_lift_or_ground=chance.random() < 0.1,
            labels=frozenset(chance.sample(["dalo", "disability", "unfit_home"], chance.choice([0, 0, 1]))),
            waiting_since=today - timedelta(days=chance.randrange(3_000)),
            has_request_number=True,
            residence_is_regular=True,
        )


def _offers(chance: Random, communes: list[str]) -> Iterator[Any]:
    from tests.factories import allocation, homes

    owner = homes.owner()
    for _ in range(HOMES):
        rooms = chance.choice([1, 2, 2, 3, 4, 5])
        home = homes.dwelling(
            owner=owner,
            commune=homes.commune(chance.choice(communes)),
            rooms=rooms,
            surface_m2=Decimal(15 + 18 * rooms),
            floor=chance.randrange(5),
            has_lift=chance.random() < 0.5,
        )
        rent = Decimal(150 + 90 * rooms + chance.randrange(100))
        yield homes.offer(home, on=allocation.today(), rent_per_month=rent, charges_per_month=Decimal(30))


def measured(joint: JointRound) -> dict[str, dict[str, float]]:
    """Give the seconds of each question, asked both ways in turn."""
    from chezsoi.allocation.models.joint_draws import frozen, homes_around

    answered = dict(
        joint.answers.order_by("place").values_list("household__reference", "proposed__offer__dwelling__reference")
    )
    proposed = {ref: home for ref, home in answered.items() if home is not None}
    found: dict[str, dict[str, list[float]]] = {}
    for name, pins in _questions(answered, proposed):
        after, fast = _timed(lambda pins=pins: homes_around(joint, pins))  # type: ignore[misc]
        whole, slow = _timed(lambda pins=pins: _whole_twice(frozen(joint), frozen(joint, pins=pins)))  # type: ignore[misc]
        _check(frozen(joint, pins=pins), {ref: home for ref, (_before, home) in after.items()}, whole)
        each = found.setdefault(name, {"repaired": [], "searched again whole": []})
        each["repaired"].append(fast)
        each["searched again whole"].append(slow)
    return {
        name: {f"{way}, {cut.__name__}": round(cut(values), 3) for way, values in ways.items() for cut in (median, max)}
        for name, ways in found.items()
    }


def _questions(answered: Mapping[str, str | None], proposed: Mapping[str, str]) -> Iterator[tuple[str, Pins]]:
    """Have, in turn, one who is proposed a home say no, and homes given to households that were proposed none."""
    from chezsoi.engines.matching.joint import Pins

    outside = [ref for ref, home in answered.items() if home is None]
    pairs, chance = list(proposed.items()), Random(2)  # noqa: S311
    for _ in range(TIMES):
        ref, home = chance.choice(pairs)
        yield ONE, Pins(refused=((home, ref),))
        given = zip(chance.sample(pairs, DECIDED), chance.sample(outside, DECIDED), strict=True)
        yield MANY, Pins(held=tuple((home, other) for (_ref, home), other in given))


def _whole_twice(before: Joint, around: Joint) -> dict[str, str | None]:
    from chezsoi.engines.matching.joint import propose

    propose(before)
    return {each.ref: each.home for each in propose(around).answers}


def _check(joint: Joint, found: Mapping[str, str | None], whole: Mapping[str, str | None]) -> None:
    """Stop unless both ways serve the same households, at the same mismatch."""
    same = {ref for ref, home in found.items() if home} == {ref for ref, home in whole.items() if home}
    if not same or _missed(joint, found) != _missed(joint, whole):
        raise SystemExit("the two ways do not answer the same")


def _missed(joint: Joint, given: Mapping[str, str | None]) -> tuple[int, ...]:
    from chezsoi.engines.matching.joint import mismatch

    people, homes = {each.ref: each for each in joint.households}, {each.home.ref: each.home for each in joint.offered}
    each = [mismatch(people[ref], homes[home]) for ref, home in given.items() if home is not None]
    return sum(one.wish for one in each), sum(one.spare_rooms for one in each), sum(one.effort for one in each)


def _timed(ask: Callable[[], Any]) -> tuple[Any, float]:
    started = process_time()
    answer = ask()
    return answer, process_time() - started


def _write(found: dict[str, dict[str, float]], load: float) -> None:
    machine = f"{os.cpu_count()} processors ({processor()}), Python {platform.python_version()}, load {load:.1f} before"
    result: dict[str, Any] = {"date": date.today().isoformat(), "machine": machine, "seconds": found}  # noqa: DTZ011
    (RESULTS / "departures.json").write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    ways = list(next(iter(found.values())))
    lines = [
        "# How long one waits to know what a decision changes in a joint round",
        "",
        f"Measured on {result['date']} by `python -m benchmarks.departures`; {machine}.",
        f"A joint round of {HOUSEHOLDS:,} households and {HOMES} homes in the database of the product; what was frozen",
        f"is read back each time; {TIMES} questions of each kind, asked both ways. Wanted: {1000 * WANTED:.0f} ms.",
        "",
        "| whole ÷ repaired (median) | ratio |",
        "|---|---:|",
        *(f"| {name} | {each[ways[2]] / each[ways[0]]:.1f} |" for name, each in found.items()),
        "",
        f"| seconds of processor | {' | '.join(ways)} |",
        "|---|---:|---:|---:|---:|",
        *(f"| {name} | {' | '.join(str(each[way]) for way in ways)} |" for name, each in found.items()),
    ]
    (RESULTS / "departures.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
