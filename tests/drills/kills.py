"""
Kill an operation at random points of its length, look at what is left, then run it again.

After each kill the database is whole, the operation is whole or absent, and once run again the rows are those of a run
that was never killed.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.drills.world import Installation, World

PAST_THE_END = 1.05
TRIES = 4
EVEN_WHEN_ABSENT = ("trail_", "files_", "territories_", "django_", "journeys_")


@dataclass(frozen=True, kw_only=True)
class Operation:
    """
    What is killed: where it starts, the command, and how to tell whether it was done, not done, or half done.

    `counts_tries` names the models that hold a row for each try: two tries leave more of them than one.
    """

    name: str
    start: Callable[[World], Installation]
    argv: Callable[[Installation], list[object]]
    judge: Callable[[Installation, "Unkilled"], str]
    may_say_done: bool = False
    counts_tries: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Unkilled:
    """What the operation does when it is left alone."""

    before: dict[str, Any]
    after: dict[str, Any]
    seconds: float
    columns: dict[str, list[str]]
    facts: dict[str, Any]
    schema: list[str]


@dataclass
class Tally:
    """What a campaign found."""

    operation: str
    seed: int
    points: int
    runs: int = 0
    killed: int = 0
    states: Counter = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        counted = {state: self.states[state] for state in ("absent", "whole", "half")}
        return {
            "points": self.points,
            "runs": self.runs,
            "killed": self.killed,
            **counted,
            "broken": len(self.broken),
            "seed": self.seed,
        }


def campaign(world: World, operation: Operation, *, points: int, seed: int) -> Tally:
    """
    Kill an operation at that many points, drawn from a seed.

    A run that ended before its instant killed nothing: it is judged all the same, says how long the work lasts on a
    machine that others use too, and is drawn again, a bounded number of times.
    """
    print(f"{operation.name}: {points} kill points, seed {seed}")
    chance = random.Random(seed)  # noqa: S311  the draw must be the same again
    start = operation.start(world)
    unkilled = _left_alone(world, operation, start)
    tally = Tally(operation.name, seed, points)
    longest = unkilled.seconds * PAST_THE_END
    while tally.killed < points and tally.runs < points * TRIES:
        instant = chance.uniform(0, longest)
        made = world.copy(start)
        ended = made.run(*operation.argv(made), kill_after=instant)
        tally.runs += 1
        tally.killed += ended.killed
        if not ended.killed:
            longest = min(longest, ended.seconds)
        tally.broken += [f"killed at {instant:.4f} s: {fault}" for fault in _left(made, operation, unkilled, tally)]
        made.drop()
    start.drop()
    print(tally.figures())
    return tally


def content(installation: Installation) -> dict[str, Any]:
    """Give the rows that an operation writes as a whole: neither the trail, nor the slip that a file was received."""
    rows = installation.rows(without_reference=True)
    return {name: said for name, said in rows.items() if not name.startswith(EVEN_WHEN_ABSENT)}


def counts(rows: dict[str, Any]) -> dict[str, int]:
    return {name: said["rows"] for name, said in rows.items()}


def whole_or_absent(installation: Installation, unkilled: Unkilled) -> str:
    """Judge by the rows: those of before, as many as after, or something between."""
    found = content(installation)
    if found == unkilled.before:
        return "absent"
    return "whole" if counts(found) == counts(unkilled.after) else "half"


def _left(made: Installation, operation: Operation, unkilled: Unkilled, tally: Tally) -> list[str]:
    """Say what is wrong with what was left, then run the operation again and compare."""
    faults = list(made.faults())
    state = operation.judge(made, unkilled)
    tally.states[state] += 1
    if state == "half":
        faults.append("left half done")
    again = made.run(*operation.argv(made))
    if again.code and not (operation.may_say_done and state == "whole"):
        faults.append(f"could not be run again: {again.said.strip()[-300:]}")
    if made.ask("schema") != unkilled.schema:
        faults.append("another schema than a run that was not killed")
    found = made.ask("facts", columns=unkilled.columns)
    faults += [
        f"{name} differs from a run that was not killed" for name in found if found[name] != unkilled.facts[name]
    ]
    return faults + made.faults()


def _left_alone(world: World, operation: Operation, start: Installation) -> Unkilled:
    """Run it twice without a kill; the columns on which both runs agree are those compared afterwards."""
    before = content(start)
    runs = [world.copy(start) for _ in range(2)]
    ended = [run.run(*operation.argv(run)) for run in runs]
    assert [each.code for each in ended] == [0, 0], ended[0].said
    first, second = (run.ask("facts") for run in runs)
    columns = {
        model: [name for name in said if said[name] == second[model][name]]
        for model, said in first.items()
        if not model.startswith(("trail.", "files.", "sessions.", *operation.counts_tries))
    }
    assert "birth_name" in columns["people.Person"]
    unkilled = Unkilled(
        before=before,
        after=content(runs[0]),
        seconds=max(each.seconds for each in ended),
        columns=columns,
        facts=runs[0].ask("facts", columns=columns),
        schema=runs[0].ask("schema"),
    )
    for run in runs:
        run.drop()
    return unkilled


def write_file(path: Path, rows: int) -> Path:
    """Write a file of people: one woman a row, with a telephone and a request."""
    lines = ["Numéro de dossier;Nom de naissance;Prénom;Date de naissance;Téléphone;Situation"]
    for number in range(rows):
        day = f"{1 + number % 28:02}/{1 + number % 12:02}/{1950 + number % 50}"
        lines.append(f"D{number:05};NOM{number};Prénom{number};{day};06{number:08};rue")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
