"""
Measure the benefits engine against the usual ways of asking OpenFisca, side by side: `python -m benchmarks.benefits`.

Writes benchmarks/results/benefits.json and .md. Rivals: OpenFisca called household by household, as its documentation
does, and the whole computation again for each pair. Figures are of this process alone, in one run.
"""

from __future__ import annotations

import json
import platform
import resource
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from benchmarks.processors import processor
from chezsoi.engines.benefits import (
    Home,
    Household,
    Person,
    Place,
    Resource,
    ResourceKind,
    Role,
    Tenure,
    engine_version,
    estimate,
    estimates,
    means_of,
    openfisca,
)

RESULTS = Path(__file__).parent / "results"
DAY = date(2026, 10, 1)
PLACE = Place(commune="63113", zone=2)
MANY, SAMPLE = 10_000, 20
TARGETS = {"a pair, warm": 0.05, "10,000 pairs": 1.0, "10,000 households from nothing": 25.0}


def households(count: int) -> list[Household]:
    """Invent households: alone, a parent and a child, a couple and two; a wage, AAH or nothing, RSA asked by most."""
    return [_household(index) for index in range(count)]


def homes(count: int) -> list[Home]:
    """Invent homes of every tenure."""
    tenures = tuple(Tenure)
    return [
        Home(place=PLACE, rent_per_month=Decimal(250 + index % 400), tenure=tenures[index % len(tenures)])
        for index in range(count)
    ]


def _household(index: int) -> Household:
    paid = [Resource(kind=ResourceKind.RSA, per_month=Decimal(0))] if index % 4 else []
    if index % 3 == 1:
        paid.append(Resource(kind=ResourceKind.SALARY_NET, per_month=Decimal(index % 1_500)))
    if index % 11 == 2:
        paid.append(Resource(kind=ResourceKind.AAH, per_month=Decimal("1041.59")))
    lead = Person(role=Role.LEAD, birth_date=date(1960 + index % 45, 3, 1), resources=tuple(paid))
    partner = Person(role=Role.PARTNER, birth_date=date(1985, 3, 1))
    children = tuple(Person(role=Role.CHILD, birth_date=date(2010 + each, 5, 1)) for each in range(index % 3))
    others = (partner, *children) if index % 3 == 2 else children
    return Household(persons=(lead, *others), place=PLACE)


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds on the clock, and seconds of one processor: what a machine left alone would take."""

    clock: float
    processor: float


def timed(work: Callable[[], Any]) -> tuple[Took, Any]:
    """Give how long a piece of work took, and what it gave."""
    clock, processor = perf_counter(), process_time()
    given = work()
    return Took(perf_counter() - clock, process_time() - processor), given


def usual(works: Iterable[Callable[[], Any]]) -> Took:
    """Give the median of several pieces of work."""
    took = [timed(work)[0] for work in works]
    return Took(median(each.clock for each in took), median(each.processor for each in took))


def naive(household: Household, home: Home) -> dict[str, float]:
    """Ask OpenFisca as its documentation does: one situation, entered and computed whole, month by month."""
    from openfisca_core.simulation_builder import SimulationBuilder

    run = SimulationBuilder().build_from_entities(openfisca.system(), _situation(household, home))
    month = f"{DAY:%Y-%m}"
    return {name: float(run.calculate(name, month)[0]) for name in ("aide_logement", "rsa")}


def _situation(household: Household, home: Home) -> dict[str, Any]:
    months = [f"{year}-{index:02d}" for year in (2024, 2025, 2026) for index in range(1, 13)]
    people, parents, children = {}, [], []
    for number, person in enumerate(household.persons):
        wage = float(sum(each.per_month for each in person.resources if each.kind is ResourceKind.SALARY_NET))
        aah = float(sum(each.per_month for each in person.resources if each.kind is ResourceKind.AAH))
        people[f"p{number}"] = {
            "date_naissance": {"ETERNITY": person.birth_date.isoformat()},
            "salaire_net": dict.fromkeys(months, wage),
            "salaire_imposable": dict.fromkeys(months, wage * 1.036),
            "aah": dict.fromkeys(months, aah),
        }
        (children if person.role is Role.CHILD else parents).append(f"p{number}")
    month = f"{DAY:%Y-%m}"
    dwelling = {
        "depcom": {month: "63113"},
        "zone_apl": {month: "zone_2"},
        "loyer": {month: float(home.rent_per_month)},
        "statut_occupation_logement": {month: "locataire_hlm"},
        "personne_de_reference": [parents[0]],
        "conjoint": parents[1:],
        "enfants": children,
    }
    return {
        "individus": people,
        "familles": {"f": {"parents": parents, "enfants": children}},
        "foyers_fiscaux": {"t": {"declarants": parents, "personnes_a_charge": children}},
        "menages": {"m": dwelling},
    }


def measure() -> dict[str, Any]:
    """Run everything once, the engine first from nothing, then warm, then the rivals on a sample."""
    people, flats = households(MANY), homes(MANY)
    built, _system = timed(openfisca.system)
    first, _one = timed(lambda: estimate(people[0], flats[0], on=DAY))
    whole, means = timed(lambda: means_of(people, on=DAY))
    pairs = list(zip(means, flats, strict=True))
    alone = usual(lambda pair=pair: estimates((pair,)) for pair in pairs[:SAMPLE])
    together = usual(lambda: estimates(pairs) for _turn in range(3))
    again = usual(lambda pair=pair: estimate(*pair, on=DAY) for pair in zip(people[:SAMPLE], flats, strict=False))
    naive(people[0], flats[0])
    one_by_one = usual(lambda pair=pair: naive(*pair) for pair in zip(people[:SAMPLE], flats, strict=False))
    nothing = Took(*(sum(values) for values in zip(astuple(built), astuple(first), astuple(whole), strict=True)))
    return {
        "took": {
            "a pair, warm": astuple(alone),
            "10,000 pairs": astuple(together),
            "10,000 households, system ready": astuple(whole),
            "10,000 households from nothing": astuple(nothing),
            "the system built": astuple(built),
            "the first household of a process": astuple(first),
            "rival: a pair computed whole again": astuple(again),
            "rival: a household asked the usual way": astuple(one_by_one),
        },
        "ratios": {
            "a pair: computed whole again / re-injected": again.processor / alone.processor,
            "10,000 pairs: each computed whole again / at once": again.processor * MANY / together.processor,
            "10,000 households: one by one the usual way / at once": one_by_one.processor * MANY / whole.processor,
        },
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> None:
    """Measure and write both files."""
    found = measure() | {
        "engine": engine_version(),
        "machine": f"2 shared cores ({processor()}), Python {platform.python_version()}, {platform.system()}",
        "load": Path("/proc/loadavg").read_text(encoding="utf-8").split()[0],
        "on": date.today().isoformat(),  # noqa: DTZ011  the day of the measure
        "commit": subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607
            capture_output=True, text=True, check=True,
        ).stdout.strip(),
    }  # fmt: skip
    (RESULTS / "benefits.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    (RESULTS / "benefits.md").write_text("\n".join(page(found)) + "\n", encoding="utf-8")


def page(found: dict[str, Any]) -> Iterator[str]:
    """Write the results, ratios first."""
    yield from ("# Benefits benchmark", "")
    yield f"Invented households. Machine: {found['machine']}, load {found['load']} on those cores during the run;"
    yield f"{found['on']}, commit {found['commit']}, {found['engine']}, {found['peak_memory_mb']:.0f} MB at most."
    yield from ("Run with `python -m benchmarks.benefits`.", "")
    yield "The rivals are measured warm, on 20 households of the same run; of 10,000, theirs is multiplied."
    yield from ("Ratios are of processor seconds.", "", "| how many times faster | ratio |", "|---|---|")
    yield from (f"| {name} | {ratio:,.0f} |" for name, ratio in found["ratios"].items())
    yield from ("", "| measured | seconds of processor | seconds on the clock | wanted at most |", "|---|---|---|---|")
    for name, (clock, spent) in found["took"].items():
        yield f"| {name} | {spent:.3f} | {clock:.3f} | {TARGETS.get(name, '')} |"


if __name__ == "__main__":
    main()
