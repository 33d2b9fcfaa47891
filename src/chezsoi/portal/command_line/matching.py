"""Match two files of households and dwellings; check a result. Neither opens the database nor starts the site."""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer

from chezsoi.portal.command_line.context import refuse

if TYPE_CHECKING:
    from chezsoi.engines.matchcheck.constrained import Report
    from chezsoi.engines.matching.assignment.instance import Instance
    from chezsoi.engines.matching.constrained.outcome import Outcome

TenantsFile = Annotated[
    Path, typer.Argument(metavar="TENANTS.csv", help="Who would exchange: as HOUSEHOLDS.csv, and dwelling.")
]
HouseholdsFile = Annotated[Path, typer.Argument(metavar="HOUSEHOLDS.csv", help="Who waits.")]
DwellingsFile = Annotated[Path, typer.Argument(metavar="DWELLINGS.csv", help="What is offered.")]
CapacityFile = Annotated[
    Path | None, typer.Option("--support-capacity", help="What support teams can take: sector,intensity,capacity.")
]
FloorFile = Annotated[Path | None, typer.Option("--group-floor", help="The least to house of a group: group,minimum.")]


EXCHANGE_FOUND = {
    "prices": "The result is valid. That no exchange is better is proved by prices.",
    "search": "The result is valid. That no exchange is better is the word of the solver, asked again.",
    "nothing": "Nothing contradicts the result. That no exchange is better was not verified in time.",
}


def match(
    households: HouseholdsFile,
    dwellings: DwellingsFile,
    out: Annotated[Path, typer.Option(help="Where to write the result, as JSON.")],
    support_capacity: CapacityFile = None,
    group_floor: FloorFile = None,
) -> None:
    """Propose homes to the households ranked first, explain every other, and write the proof beside."""
    from chezsoi.engines.matching.assignment.instance import read_instance
    from chezsoi.engines.matching.assignment.matching import match as match_instance
    from chezsoi.engines.matching.assignment.result import as_mapping
    from chezsoi.engines.matching.assignment.table import UnusableTable

    started = perf_counter()
    try:
        instance = read_instance(content_of(households), content_of(dwellings))
    except UnusableTable as unusable:
        refuse(f"{unusable} Nothing was matched.", 1)
    if support_capacity or group_floor:
        _match_under_constraints(instance, support_capacity, group_floor, out=out, started=started)
        return
    result = match_instance(instance)
    text = json.dumps(as_mapping(result, seconds=perf_counter() - started), ensure_ascii=False)
    write(out, text + "\n")
    typer.echo(
        f"{len(result.proposed)} households proposed, {len(result.not_proposed)} not; "
        f"{result.feasible_pairs} feasible pairs, mismatch {result.total_mismatch}. Written to {out}."
    )


def _match_under_constraints(
    instance: Instance, support_capacity: Path | None, group_floor: Path | None, *, out: Path, started: float
) -> None:
    from chezsoi.engines.matching.assignment.table import UnusableTable
    from chezsoi.engines.matching.constrained.outcome import match_under_constraints
    from chezsoi.engines.matching.constrained.reading import read_caseloads, read_floors
    from chezsoi.engines.matching.constrained.result import as_mapping
    from chezsoi.engines.matching.constrained.who import FloorOutOfReach

    try:
        outcome = match_under_constraints(
            instance,
            caseloads=read_caseloads(content_of(support_capacity)) if support_capacity else (),
            floors=read_floors(content_of(group_floor), instance) if group_floor else (),
        )
    except UnusableTable as unusable:
        refuse(f"{unusable} Nothing was matched.", 1)
    except FloorOutOfReach as out_of_reach:
        refuse(f"{str(out_of_reach).rstrip('.')}: {_no_result(out)}.", 1)
    said = as_mapping(outcome, seconds=perf_counter() - started)
    write(out, json.dumps(said, ensure_ascii=False) + "\n")
    undecided, gap = len(outcome.selection.undecided), outcome.placed.gap
    typer.echo(
        f"{len(said['proposed'])} households proposed, {len(said['not_proposed'])} not; "
        f"{said['feasible_pairs']} feasible pairs, mismatch {said['total_mismatch']}, at least {outcome.placed.bound} "
        f"(gap {gap}); {undecided} households not decided in time. Written to {out}.{_unexplained(outcome)}"
    )


def _unexplained(outcome: Outcome) -> str:
    many = len(outcome.explanations.not_computed)
    return f" {many} of those not proposed have no explanation: it would have taken too long." if many else ""


def _no_result(out: Path) -> str:
    """Leave no result where one was asked for: an older one would be taken for it."""
    if not out.is_file():
        return "nothing was matched"
    try:
        out.unlink()
    except OSError:
        return f"nothing was matched, and {out} is an older result that could not be removed"
    return f"nothing was matched, and the older result at {out} was removed"


def match_exchange(
    tenants: TenantsFile,
    dwellings: Annotated[Path, typer.Argument(metavar="DWELLINGS.csv", help="The homes they live in.")],
    out: Annotated[Path, typer.Option(help="Where to write the result, as JSON.")],
    longest: Annotated[int, typer.Option(min=2, max=3, help="How many households may have to move together.")] = 3,
) -> None:
    """Find which tenants could exchange their homes, by two or by three: the most moves, nearest their wishes."""
    from chezsoi.engines.matching.assignment.table import UnusableTable
    from chezsoi.engines.matching.constrained.exchange import NoExchangeInTime, TooManyCycles
    from chezsoi.engines.matching.constrained.tenants import as_mapping, exchange_homes, read_tenants

    started = perf_counter()
    try:
        outcome = exchange_homes(read_tenants(content_of(tenants), content_of(dwellings)), longest=longest)
    except UnusableTable as unusable:
        refuse(f"{unusable} Nothing was matched.", 1)
    except TooManyCycles as too_many:
        refuse(f"{too_many} Take --longest 2 or parts of the territory: {_no_result(out)}.", 1)
    except NoExchangeInTime:
        refuse(f"The best exchange was not proved in time. Take parts of the territory: {_no_result(out)}.", 1)
    said = as_mapping(outcome, seconds=perf_counter() - started)
    write(out, json.dumps(said, ensure_ascii=False) + "\n")
    empty = len(said["dwellings_without_tenant"])
    passed_over = f" {empty} dwellings have no tenant in the file and were passed over." if empty else ""
    typer.echo(
        f"{said['moves']} tenants could move in {len(said['cycles'])} exchanges, {len(said['not_moved'])} not; "
        f"{said['wishes']} wishes, mismatch {said['total_mismatch']}. Written to {out}.{passed_over}"
    )


def match_check(  # noqa: PLR0917  typer reads its options from the signature
    households: HouseholdsFile,
    dwellings: DwellingsFile,
    result: Annotated[
        Path, typer.Argument(metavar="RESULT.json", help="What chezsoi match, or match-exchange, wrote.")
    ],
    support_capacity: CapacityFile = None,
    group_floor: FloorFile = None,
    exchange: Annotated[
        bool, typer.Option("--exchange", help="The files are tenants, dwellings and the result of match-exchange.")
    ] = False,
) -> None:
    """Check a result from its files alone: feasible, the best set, the least mismatch, every explanation true."""
    from chezsoi.engines.matchcheck import ResultRejected, check

    if exchange:
        if support_capacity or group_floor:
            refuse("An exchange has no support capacity and no group floor. Nothing was checked.")
        _check_exchange(households, dwellings, result)
        return
    files = content_of(households), content_of(dwellings), content_of(result)
    capacities = content_of(support_capacity) if support_capacity else None
    floors = content_of(group_floor) if group_floor else None
    try:
        if capacities is None and floors is None:
            check(*files)
            typer.echo("The result is valid.")
            return
        from chezsoi.engines.matchcheck.constrained import check_under_constraints

        report = check_under_constraints(*files, support_capacity=capacities, group_floor=floors)
    except ResultRejected as rejected:
        refuse(f"{rejected} The result is not valid.", 1)
    typer.echo(_found(report))


def _check_exchange(tenants: Path, dwellings: Path, result: Path) -> None:
    from chezsoi.engines.matchcheck import ResultRejected
    from chezsoi.engines.matchcheck.exchanges import check_exchange

    try:
        by = check_exchange(*map(content_of, (tenants, dwellings, result)))
    except ResultRejected as rejected:
        refuse(f"{rejected} The result is not valid.", 1)
    typer.echo(EXCHANGE_FOUND[by])


def _found(report: Report) -> str:
    """Say what was found right, and apart what nothing verified."""
    limits = (
        f"Mismatch at least {report.bound} by {report.bound_by} (gap {report.gap}); "
        f"left out on the word of the solver, asked again: {report.by_search}; not decided by it: {report.undecided}; "
        f"without an explanation: {report.unexplained}"
    )
    if not report.not_verified:
        return f"The result is valid. {limits}."
    return f"Nothing contradicts the result. {limits}; not verified in time: {', '.join(report.not_verified)}."


def content_of(path: Path) -> bytes:
    """Read a file given on the command line, or say in one sentence why not."""
    try:
        return path.read_bytes()
    except OSError as unreadable:
        refuse(f"{path} cannot be read ({unreadable.strerror}). Nothing was done.")


def write(path: Path, text: str) -> None:
    """Write the whole of a file or nothing of it."""
    beside = path.with_name(f"{path.name}.part")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as unwritable:
        beside.unlink(missing_ok=True)
        refuse(f"{path} cannot be written ({unwritable.strerror}). Nothing was kept.", 1)
