"""
Rule 5: kernel, engines and law never ask the clock, chance or the disk; the law opens its own files.

The proof that an auditor runs by itself opens the three files it is given.
"""

import ast

import pytest

from tests.architecture import source
from tests.architecture.source import Module, module

PURE = {"kernel", "engines", "law"}
CLOCK = {"today", "now", "utcnow", "localdate", "time.time", "time.monotonic", "time.perf_counter"}
DISK = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "fromfile"}
WHO_OPENS = ("law/", "engines/matchcheck/essentials.py")
FORBIDDEN_MODULES = {"time", "secrets", "uuid", "os", "socket", "subprocess", "django"}


def impurities(given: Module) -> list[str]:
    """List the calls and imports by which a module would answer twice differently."""
    found = [given.says(call, source.called(call)) for call in source.calls(given) if _is_impure(call, given)]
    return found + [given.says(node, ast.unparse(node)) for node in source.nodes(given.tree) if _imports_impure(node)]


def _is_impure(call: ast.Call, given: Module) -> bool:
    name = source.called(call)
    last = name.rpartition(".")[2]
    if name in CLOCK or last in CLOCK:
        return True
    if last in DISK:
        return not given.place.startswith(WHO_OPENS)
    return _is_chance(name, has_seed=bool(call.args or call.keywords))


def _is_chance(name: str, *, has_seed: bool) -> bool:
    if name in {"random.Random", "Random", "default_rng"} or name.endswith("random.default_rng"):
        return not has_seed
    return name.startswith(("random.", "np.random.", "numpy.random."))


def _imports_impure(node: ast.AST) -> bool:
    if isinstance(node, ast.Import):
        return any(alias.name.partition(".")[0] in FORBIDDEN_MODULES for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        root = (node.module or "").partition(".")[0]
        by_chance = root == "random" and any(alias.name != "Random" for alias in node.names)
        return root in FORBIDDEN_MODULES or by_chance
    return False


def test_kernel_engines_and_law_answer_twice_the_same():
    found = [impurity for given in source.modules() if given.app in PURE for impurity in impurities(given)]

    assert found == []


@pytest.mark.parametrize(
    "snippet",
    [
        "date.today()",
        "datetime.datetime.now(tz)",
        "timezone.now()",
        "open('a')",
        "path.read_text()",
        "path.open()",
        "random.choice(x)",
        "random.Random()",
        "np.random.default_rng()",
        "import time",
        "from random import shuffle",
        "from django.db import models",
        "import os.path",
    ],
)
def test_an_impurity_is_seen(snippet):
    assert len(impurities(module(snippet, "engines/matching/ranking.py"))) == 1


@pytest.mark.parametrize(
    "snippet", ["random.Random(seed)", "np.random.default_rng(seed)", "import math", "day.isoformat()"]
)
def test_a_pure_call_is_not_one(snippet):
    assert impurities(module(snippet, "engines/matching/ranking.py")) == []


@pytest.mark.parametrize("place", ["law/parameters.py", "engines/matchcheck/essentials.py"])
def test_the_law_and_the_proof_run_by_itself_may_open_files(place):
    assert impurities(module("path.read_text()", place)) == []
