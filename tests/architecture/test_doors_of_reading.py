"""Rule 4: views and forms, and whatever else faces a user, never say `.objects`: they ask a query."""

import ast

import pytest

from tests.architecture import source
from tests.architecture.source import Module, module

FACING_USERS = {"views", "forms", "tables", "letters", "api", "imports", "tasks", "command_line", "commands"}
MANAGERS = {"objects", "_default_manager", "_base_manager"}


def reaches(given: Module) -> list[str]:
    """List where a module reaches for rows by itself."""
    return [
        given.says(node, ast.unparse(node))
        for node in source.nodes(given.tree)
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS
    ]


def test_views_and_forms_never_reach_for_rows():
    found = [reach for given in source.modules() if given.room in FACING_USERS for reach in reaches(given)]

    assert found == []


@pytest.mark.parametrize("snippet", ["Person.objects.all()", "x = people.Person._default_manager"])
def test_a_reach_is_seen(snippet):
    assert len(reaches(module(snippet))) == 1


def test_a_query_is_not_one():
    assert reaches(module("queries.people(actor=request.actor)")) == []
