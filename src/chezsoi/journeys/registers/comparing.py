"""Both counts of one period side by side, and what keeps a line from being sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from chezsoi.journeys.registers.choices import Event, Register
from chezsoi.journeys.registers.records import Records
from chezsoi.journeys.registers.sheets import SHEETS, Line
from chezsoi.tenancies.models import Lease


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocated:
    """A home allocated in the period: its lines in each sheet."""

    lease: Lease
    in_pool: tuple[Line, ...]
    in_requests: tuple[Line, ...]

    @property
    def is_homeless(self) -> bool:
        return any(line.is_homeless for line in (*self.in_pool, *self.in_requests))


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """
    The lines of both sheets, and the homes allocated, each with where it is told.

    `told` counts, in each sheet, the homes allocated to households that stood on a list and were homeless before: from
    the lines of that sheet alone. `ready` counts those of them that the sheet could send as they are.
    """

    lines: dict[Register, list[Line]]
    allocated: tuple[Allocated, ...]
    told: dict[Register, int]
    ready: dict[Register, int]

    @property
    def difference(self) -> int:
        """Give how many are told in one sheet and lost in the other: 0, since both are written from one reading."""
        return abs(self.told[Register.POOL] - self.told[Register.REQUESTS])

    @property
    def unready(self) -> list[Line]:
        """List the lines that lack something that could be filled here."""
        return [line for lines in self.lines.values() for line in lines if line.missing]


def compare(records: Records) -> Compared:
    """Write both sheets and count in each, apart, the labelled and homeless households housed."""
    lines = {register: write(records) for register, write in SHEETS.items()}
    counted = {register: [line for line in found if _counts(line)] for register, found in lines.items()}
    return Compared(
        lines=lines,
        allocated=tuple(_allocated(lines)),
        told={register: _leases(found) for register, found in counted.items()},
        ready={register: _leases(line for line in found if not line.missing) for register, found in counted.items()},
    )


def _counts(line: Line) -> bool:
    """Tell whether a line, by what it says alone, is of a labelled household that was homeless and is housed."""
    labelled = line.register is Register.POOL or bool(line.facts.get("lists"))
    return line.event is Event.HOUSED and line.is_homeless and labelled


def _leases(lines: Iterable[Line]) -> int:
    return len({line.lease.pk for line in lines if line.lease})


def _allocated(lines: dict[Register, list[Line]]) -> Iterable[Allocated]:
    leases: dict[int, Lease] = {}
    told: dict[tuple[Register, int], list[Line]] = defaultdict(list)
    for register, found in lines.items():
        for line in found:
            if line.lease:
                leases[line.lease.pk] = line.lease
                told[register, line.lease.pk].append(line)
    for lease in sorted(leases.values(), key=lambda each: (each.signed_on, each.pk), reverse=True):
        in_pool, in_requests = (told[register, lease.pk] for register in (Register.POOL, Register.REQUESTS))
        yield Allocated(lease=lease, in_pool=tuple(in_pool), in_requests=tuple(in_requests))
