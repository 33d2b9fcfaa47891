"""
What of the rooms that must be proved whole the tests run: `-p tests.harness.measured`, then this module says it.

Each process leaves what it marked in `.measured/`; `python -m tests.harness.measured` turns the marks into the arcs of
`coverage`, which knows what a module holds, and asks for all of it.
"""

import ast
import json
import os
import shutil
import sys
from collections.abc import Iterable
from fnmatch import fnmatch
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

import coverage
from coverage.parser import AstArcAnalyzer, PythonParser

from tests.harness.probes import HITS, Ran, Went, probed

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "src" / "chezsoi"
MARKS = ROOT / ".measured"
MEASURED = (
    *("*/kernel/*", "*/law/*", "*/actions.py", "*/actions/*"),
    *("*/queries.py", "*/queries/*", "*/access.py", "*/access/*"),
)
Arc = tuple[int, int]
BEFORE = -1
"""Where an arc comes from when it says no more than that a line was reached."""


def is_measured(path: str) -> bool:
    """
    Tell whether all of a file must run.

    >>> is_measured("src/chezsoi/homes/queries.py"), is_measured("src/chezsoi/homes/views.py")
    (True, False)
    """
    return path.endswith(".py") and any(fnmatch(path, pattern) for pattern in MEASURED)


class Loader(SourceFileLoader):
    """Load a module with its probes; what is compiled is not kept beside what the house compiles."""

    __module__ = SourceFileLoader.__module__  # whoever asks a module what it holds finds nothing of the tests
    marks: dict[str, bytearray] = {}

    def get_code(self, fullname: str) -> CodeType:
        made = probed(self.get_data(self.path), self.path)
        self.marks.setdefault(self.path, bytearray(len(made.meanings)))
        return compile(made.tree, self.path, "exec", dont_inherit=True)

    def exec_module(self, module: ModuleType) -> None:
        code = self.get_code(module.__name__)
        setattr(module, HITS, self.marks[self.path])
        exec(code, module.__dict__)  # noqa: S102  what importing is


class Finder(MetaPathFinder):
    """Find the modules of the house that are measured."""

    def find_spec(self, name: str, path: object = None, target: ModuleType | None = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target) if name.startswith("chezsoi.") else None
        if spec is None or spec.origin is None or not is_measured(spec.origin):
            return None
        spec.loader = Loader(name, spec.origin)
        return spec


def pytest_addoption() -> None:
    """Measure from the first import on: of the hooks, this one alone comes before Django's."""
    sys.meta_path.insert(0, Finder())


def pytest_sessionfinish() -> None:
    """Leave the marks of this process to the report."""
    MARKS.mkdir(exist_ok=True)
    ran = {path: [number for number, mark in enumerate(marks) if mark] for path, marks in Loader.marks.items()}
    (MARKS / f"{os.getpid()}.json").write_text(json.dumps(ran), encoding="ascii")


def main(arguments: list[str]) -> int:
    """Forget what was marked (`--forget`), or report it: 1 when something measured never ran."""
    if arguments == ["--forget"]:
        shutil.rmtree(MARKS, ignore_errors=True)
        return 0
    return 0 if report(files(), read(MARKS)) == 100 else 1


def files() -> list[str]:
    """List every file that is measured."""
    return sorted(str(path) for path in HOUSE.rglob("*.py") if is_measured(str(path)))


def read(folder: Path) -> dict[str, set[int]]:
    """Gather the marks of every process."""
    gathered: dict[str, set[int]] = {}
    for left in folder.glob("*.json"):
        for path, marks in json.loads(left.read_text("ascii")).items():
            gathered.setdefault(path, set()).update(marks)
    return gathered


def report(paths: Iterable[str], marks: dict[str, set[int]]) -> float:
    """Print what never ran; give the share that did."""
    measure = coverage.Coverage(data_file=None)
    excluded, data = measure.config.exclude_list, measure.get_data()
    ran = {path: arcs(Path(path).read_text("utf-8"), path, marks.get(path, set()), excluded) for path in paths}
    data.add_arcs(ran)
    data.touch_files(ran)
    return measure.report(skip_covered=True, show_missing=True)


def arcs(source: str, path: str, marks: set[int], excluded: Iterable[str]) -> set[Arc]:
    """Say as the arcs of `coverage` what the marks of a file mean."""
    parser = PythonParser(text=source, filename=path, exclude="|".join(f"(?:{regex})" for regex in excluded))
    parser.parse_source()
    meanings = probed(source, path).meanings
    analyzer = AstArcAnalyzer(path, ast.parse(source), parser.raw_statements, parser.multiline_map)
    possible = parser.arcs()
    said = (meaning for number in marks for meaning in meanings[number])
    return {arc for meaning in said for arc in _arcs(meaning, analyzer, possible)}


def _arcs(meaning: Ran | Went, analyzer: AstArcAnalyzer, possible: set[Arc]) -> set[Arc]:
    if isinstance(meaning, Ran):
        return {(BEFORE, meaning.line)}
    start = analyzer.line_for_node(meaning.decided)
    exits = {arc for arc in possible if arc[0] == start}
    lines = (analyzer.line_for_node(statement) for statement in meaning.body)
    into = {(start, line) for line in lines if line in analyzer.statements and (start, line) in exits}
    into = {min(into, key=lambda arc: arc[1])} if into else exits
    return into if meaning.inside else exits - into


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
