"""Nothing is named after nothing: no `utils`, no `SomethingError`; exceptions are facts."""

import ast
from pathlib import PurePosixPath

import pytest

from tests.architecture import source
from tests.architecture.source import Module, module

NAMES_OF_NOTHING = {
    *("utils", "util", "helpers", "common", "core", "services", "managers", "mixins", "signals", "base", "misc"),
    *("exceptions", "tools"),
}
# Django looks for a database backend under this name and no other.
NAMED_BY_DJANGO = {"config/sqlite/base.py"}


def names_of_nothing(place: str) -> set[str]:
    return set() if place in NAMED_BY_DJANGO else set(PurePosixPath(place).with_suffix("").parts) & NAMES_OF_NOTHING


def errors(given: Module) -> list[str]:
    """List the exceptions that are named after failing rather than after the fact."""
    return [
        given.says(node, node.name)
        for node in source.nodes(given.tree)
        if isinstance(node, ast.ClassDef) and node.name.endswith("Error")
    ]


def test_no_module_is_named_after_nothing():
    assert [given.place for given in source.modules() if names_of_nothing(given.place)] == []


def test_exceptions_are_named_as_facts():
    assert [error for given in source.modules() for error in errors(given)] == []


@pytest.mark.parametrize("place", ["people/utils.py", "core/models.py", "people/signals/links.py"])
def test_a_name_of_nothing_is_seen(place):
    assert names_of_nothing(place)


def test_an_error_is_seen():
    assert len(errors(module("class LeaseError(Exception): ..."))) == 1
    assert errors(module("class HomeAlreadyLet(Exception): ...")) == []
