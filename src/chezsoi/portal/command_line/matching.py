"""Match two files of households and dwellings; check a result. Neither opens the database nor starts the site."""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from chezsoi.portal.command_line.context import refuse

HouseholdsFile = Annotated[Path, typer.Argument(metavar="HOUSEHOLDS.csv", help="Who waits.")]
DwellingsFile = Annotated[Path, typer.Argument(metavar="DWELLINGS.csv", help="What is offered.")]


def match(
    households: HouseholdsFile,
    dwellings: DwellingsFile,
    out: Annotated[Path, typer.Option(help="Where to write the result, as JSON.")],
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
    result = match_instance(instance)
    text = json.dumps(as_mapping(result, seconds=perf_counter() - started), ensure_ascii=False)
    write(out, text + "\n")
    typer.echo(
        f"{len(result.proposed)} households proposed, {len(result.not_proposed)} not; "
        f"{result.feasible_pairs} feasible pairs, mismatch {result.total_mismatch}. Written to {out}."
    )


def match_check(
    households: HouseholdsFile,
    dwellings: DwellingsFile,
    result: Annotated[Path, typer.Argument(metavar="RESULT.json", help="What chezsoi match wrote.")],
) -> None:
    """Check a result from its files alone: feasible, the best set, the least mismatch, every explanation true."""
    from chezsoi.engines.matchcheck import ResultRejected, check

    try:
        check(content_of(households), content_of(dwellings), content_of(result))
    except ResultRejected as rejected:
        refuse(f"{rejected} The result is not valid.", 1)
    typer.echo("The result is valid.")


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
