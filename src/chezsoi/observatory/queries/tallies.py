"""
What the work of the SIAO and the ways into a home count to, year by year, each household or person once.

One household may have two files, in two territories or in one: they are one here when the household moved from one to
the other, or when the same person leads both, or two whom somebody judged to be one person. It belongs to each
territory where it has a file that counts that year, and once to their union.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from chezsoi.observatory.queries.files import Files
from chezsoi.people.choices import HOMELESS, ROUGH, Situation
from chezsoi.people.models import ResidentialSituation
from chezsoi.siao.choices import HOUSING, KINDS, DestinationKind, StepKind, WorkerBefore
from chezsoi.siao.models import Assessment, Orientation, OrientationStep
from chezsoi.tenancies.models import Lease

TALLIES_VERSION = "1"
MOVED_IN = frozenset({Situation.OWN.value, Situation.SUPPORTED.value})


class Tally(StrEnum):
    """What is counted, by the code under which the erased files are remembered."""

    MET = "siao.met"
    ORIENTED = "siao.oriented_to_housing"
    ASSESSED = "siao.assessed"
    NO_WORKER = "siao.assessed_without_worker"
    HOUSED = "access.housed"
    ORDINARY = "access.ordinary"
    ADAPTED = "access.adapted"
    FROM_STREET = "access.from_street"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One household, or person, that counts: who it is across files, in which file, on which day, as what."""

    who: str
    household_id: int
    territory_id: int
    on: date
    what: str = ""
    is_from_street: bool = False


PARTS: dict[Tally, tuple[Tally, Callable[[Unit], bool]]] = {
    Tally.NO_WORKER: (Tally.ASSESSED, lambda unit: unit.what == WorkerBefore.NO),
    Tally.ORDINARY: (Tally.HOUSED, lambda unit: unit.what == DestinationKind.ORDINARY),
    Tally.ADAPTED: (Tally.HOUSED, lambda unit: unit.what == DestinationKind.ADAPTED),
    Tally.FROM_STREET: (Tally.HOUSED, lambda unit: unit.is_from_street),
}
"""The tallies that are a part of another: of a household counted once there, its first way in says which part."""


@dataclass(frozen=True, slots=True)
class Tallies:
    """The units of some territories, by tally and year, the earliest first."""

    units: dict[tuple[Tally, int], list[Unit]]

    @classmethod
    def read(cls, territories: Iterable[int], years: Iterable[int], *, without: int | None = None) -> Tallies:
        """Read the records of some territories and years; `without` leaves the file of one household out."""
        read = _Read(territories=sorted(territories), years=sorted(years), without=without)
        counted = list(_counted(read))
        files = Files.of({unit.household_id for _tally, unit in counted})
        found: dict[tuple[Tally, int], list[Unit]] = defaultdict(list)
        for tally, unit in counted:
            known = replace(unit, who=files.same(unit.who) if unit.who else files.household(unit.household_id))
            found[tally, unit.on.year].append(known)
        entries = [(key, unit) for key, units in found.items() if key[0] is Tally.HOUSED for unit in units]
        lived = _lived_before([unit for _key, unit in entries], files)
        for year in read.years:
            found[Tally.HOUSED, year] = [
                replace(unit, is_from_street=lived[unit] in ROUGH)
                for unit in found[Tally.HOUSED, year]
                if lived[unit] in HOMELESS
            ]
        return cls({key: sorted(units, key=lambda unit: unit.on) for key, units in found.items()})

    def of(self, tally: Tally, year: int, *territories: int) -> list[Unit]:
        """Give the units of a year in a territory or, of several, in their union: each once, on its first day."""
        if tally in PARTS:
            whole, is_part = PARTS[tally]
            return [unit for unit in self.of(whole, year, *territories) if is_part(unit)]
        once: dict[str, Unit] = {}
        for unit in self.units.get((tally, year), []):
            if unit.territory_id in territories:
                once.setdefault(unit.who, unit)
        return list(once.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """Which rows are read."""

    territories: Sequence[int]
    years: Sequence[int]
    without: int | None

    def rows(self, model: Any, day: str, household: str = "household") -> Any:
        asked = {f"{day}__year__in": self.years, f"{household}__territory__in": self.territories}
        rows = model.objects.filter(**asked).exclude(**{household: self.without})
        return rows.select_related(household).order_by(day, "pk")


def _counted(read: _Read) -> Iterator[tuple[Tally, Unit]]:
    for row in read.rows(Orientation, "decided_on").filter(withdrawn_at=None):
        unit = _unit(row.household, row.decided_on, row.destination)
        yield Tally.MET, unit
        if row.destination in HOUSING:
            yield Tally.ORIENTED, unit
    for row in read.rows(Assessment, "assessed_on").filter(withdrawn_at=None):
        unit = _unit(row.household, row.assessed_on, row.worker_before)
        yield Tally.MET, unit
        if row.worker_before in {WorkerBefore.YES, WorkerBefore.NO}:
            yield Tally.ASSESSED, replace(unit, who=f"p{row.person_id}")
    yield from ((Tally.HOUSED, unit) for unit in _entries(read))


def _entries(read: _Read) -> Iterator[Unit]:
    """Give the ways into a home; of two of one day, the one that says which kind of home comes first."""
    steps = read.rows(OrientationStep, "happened_on", "orientation__household")
    entered = steps.filter(kind=StepKind.ENTERED, withdrawn_at=None, orientation__withdrawn_at=None)
    for row in entered.filter(orientation__destination__in=HOUSING):
        yield _unit(row.orientation.household, row.happened_on, KINDS[row.orientation.destination])
    for row in read.rows(Lease, "signed_on").filter(voided_at=None):
        yield _unit(row.household, row.signed_on, DestinationKind.ORDINARY)


def _unit(household: Any, on: date, what: str) -> Unit:
    return Unit(who="", household_id=household.pk, territory_id=household.territory_id, on=on, what=what)


def _lived_before(entries: Iterable[Unit], files: Files) -> dict[Unit, str]:
    """Say where the lead of each household last was before it moved in; nothing when nobody ever saw them."""
    rows: dict[int, list[ResidentialSituation]] = defaultdict(list)
    leads = {unit: files.leads.get(unit.household_id, 0) for unit in entries}
    seen = ResidentialSituation.objects.filter(person__in=set(leads.values()), withdrawn_at=None)
    for row in seen.order_by("observed_on", "recorded_at", "pk"):
        rows[row.person_id].append(row)
    return {
        unit: next((row.situation for row in reversed(rows[lead]) if _is_before(row, unit.on)), "")
        for unit, lead in leads.items()
    }


def _is_before(row: ResidentialSituation, day: date) -> bool:
    """Tell whether an observation says where somebody was before a day, and not where they moved in on it."""
    tells_of_moving_in = (row.since is not None and row.since >= day) or (
        row.observed_on == day and row.situation in MOVED_IN
    )
    return row.observed_on <= day and not tells_of_moving_in
