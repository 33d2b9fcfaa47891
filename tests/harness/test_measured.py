"""What the probes say ran is what the tracer of `coverage` says ran."""

import sys
from contextlib import suppress
from pathlib import Path
from types import CodeType
from typing import Any

import coverage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.harness import measured
from tests.harness.probes import HITS, probed

SOURCE = '''\
"""Every statement there is."""
from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import decimal


class Refused(Exception):
    """Words alone."""


class Held:
    size: int = 3

    @property
    def half(self) -> int:
        return self.size // 2


@contextmanager
def opened(n):
    """Give a number, and count it."""
    try:
        yield n
    finally:
        n += 1


def branches(n):
    if n == 0:
        return "none"
    elif (
        n == 1
        or n == -1
    ):
        n = 7
    else:
        n += 1
    if n == 3: n = 4
    total = [
        value for value in range(n) if value
    ]
    for value in total:
        if value == 2:
            continue
        if value == 5:
            break
    else:
        n += 2
    for value in total:
        if value > 3:
            n += 1
    while n > 9:
        n -= 3
    if n % 2:
        with opened(n) as m:
            if m > 8:
                n = m
    return n


def matches(n):
    match n:
        case 0 | 1:
            return "few"
        case int() if n > 5:
            n = 5
        case 4:
            pass
    match n:
        case 5:
            n = 6
        case _:
            n = 1
    return n


def attempts(n):
    try:
        if n > 4:
            raise Refused(n)
        n = 6 // n
    except ZeroDivisionError:
        return 0
    except (Refused, ValueError) as refused:
        if n == 6:
            raise KeyError from refused
    else:
        n += 1
    finally:
        n += 1
    return [lambda: n, Held().half]


def gives(n):
    yield from range(n)
    if n > 2:
        yield n
'''
DOORS = ("branches", "matches", "attempts", "gives")
Calls = frozenset[tuple[str, int]]
Unrun = tuple[set[int], dict[int, list[int]]]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("probes") / "sample_of_statements.py"
    file.write_text(SOURCE, encoding="utf-8")
    return str(file)


@given(calls=st.frozensets(st.tuples(st.sampled_from(DOORS), st.integers(-1, 8)), max_size=8))
def test_probes_say_what_a_tracer_says(path, calls):
    assert by_probes(path, calls) == by_tracer(path, calls)


def test_everything_may_run(path):
    everything = frozenset((door, n) for door in DOORS for n in range(-1, 9))

    assert by_probes(path, everything) == (set(), {})


def test_a_probed_module_does_what_the_module_does(path):
    plain, marked = run(compile(SOURCE, path, "exec")), run(compile(probed(SOURCE, path).tree, path, "exec"))

    assert (marked["__doc__"], marked["Refused"].__doc__) == ("Every statement there is.", "Words alone.")
    assert [marked["branches"](n) for n in range(9)] == [plain["branches"](n) for n in range(9)]
    assert vars(marked["Held"]).keys() == vars(plain["Held"]).keys()


def test_a_measured_file_that_never_ran_is_not_whole(path, capsys):
    assert measured.report([path], {}) == 0
    assert "sample_of_statements" in capsys.readouterr().out


def test_the_rooms_that_are_measured_are_there():
    found = {str(Path(path).relative_to(measured.HOUSE)) for path in measured.files()}

    assert {"kernel/dates.py", "allocation/queries/candidates.py", "territories/access.py"} <= found
    assert not [path for path in found if path.endswith("views.py") and "actions" not in path]


def run(code: CodeType, marks: bytearray | None = None) -> dict[str, Any]:
    """Run a module; give its names."""
    names: dict[str, Any] = {"__name__": "sample", HITS: bytearray(200) if marks is None else marks}
    exec(code, names)  # noqa: S102
    return names


def by_probes(path: str, calls: Calls) -> Unrun:
    made = probed(SOURCE, path)
    marks = bytearray(len(made.meanings))
    call(run(compile(made.tree, path, "exec"), marks), calls)
    ran = {number for number, mark in enumerate(marks) if mark}
    measure = coverage.Coverage(data_file=None)
    measure.get_data().add_arcs({path: measured.arcs(SOURCE, path, ran, measure.config.exclude_list)})
    return unrun(measure, path)


def by_tracer(path: str, calls: Calls) -> Unrun:
    before, measure = sys.gettrace(), coverage.Coverage(data_file=None, branch=True, source=[str(Path(path).parent)])
    measure.start()
    try:
        call(run(compile(SOURCE, path, "exec")), calls)
    finally:
        measure.stop()
        sys.settrace(before)
    return unrun(measure, path)


def call(names: dict[str, Any], calls: Calls) -> None:
    for door, number in calls:
        with suppress(KeyError):
            answer = names[door](number)
            if door == "gives":
                list(answer)


def unrun(measure: coverage.Coverage, path: str) -> Unrun:
    """Say which lines, and which outcomes of a branch, never ran."""
    found = measure._analyze(path)
    return found.missing, {line: sorted(ends) for line, ends in found.missing_branch_arcs().items()}
