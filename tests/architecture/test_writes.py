"""Rule 2: only actions and migrations write; the trail and the files do so through their own functions."""

import ast
from pathlib import PurePosixPath

import pytest

from tests.architecture import source
from tests.architecture.source import Module, module

WRITERS = ("trail/", "files/", "territories/reference.py", "territories/datasets.py")
READS_WITH_A_CURSOR = "fields/questions.py"  # made of a queryset alone
ALWAYS = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "cursor", "raw"}
WITHOUT_POSITION = {"save", "update", "delete"}


def writes(given: Module) -> list[str]:
    """
    List the calls that look like the ORM writing.

    A dictionary's `update(…)` and a workbook's `save(path)` take their first argument by position; the ORM's do not.
    """
    return [given.says(call, source.called(call)) for call in source.calls(given) if _writes(call)]


def may_write(given: Module) -> bool:
    rooms = PurePosixPath(given.place).with_suffix("").parts
    return bool({"actions", "migrations"} & set(rooms)) or given.place.startswith((*WRITERS, READS_WITH_A_CURSOR))


def _writes(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    name = call.func.attr.removeprefix("a") if call.func.attr.startswith(("asave", "acreate")) else call.func.attr
    if name in ALWAYS:
        return True
    return name in WITHOUT_POSITION and not call.args and (name != "update" or bool(call.keywords))


def test_only_actions_and_migrations_write():
    written = [write for given in source.modules() if not may_write(given) for write in writes(given)]

    assert written == []


@pytest.mark.parametrize(
    "snippet",
    [
        "person.save()",
        "person.save(update_fields=['name'])",
        "Person.objects.create(name='A')",
        "Person.objects.filter(pk=1).update(name='A')",
        "Person.objects.all().delete()",
        "Person.objects.bulk_create(rows)",
        "Person.objects.get_or_create(name='A')",
        "connection.cursor()",
        "await person.asave()",
    ],
)
def test_a_write_is_seen(snippet):
    text = f"async def f():\n    {snippet}" if "await" in snippet else snippet

    assert len(writes(module(text))) == 1


@pytest.mark.parametrize(
    "snippet", ["known.update({'a': 1})", "workbook.save(path)", "digest.update(text)", "create()"]
)
def test_what_only_looks_like_one_is_not(snippet):
    assert writes(module(snippet)) == []


@pytest.mark.parametrize(
    ("place", "allowed"),
    [
        ("people/actions.py", True),
        ("people/actions/links.py", True),
        ("people/migrations/0001_initial.py", True),
        ("journeys/takeout/actions.py", True),
        ("journeys/takeout/codes.py", False),
        ("trail/recording.py", True),
        ("people/views.py", False),
        ("people/queries.py", False),
        ("people/models/persons.py", False),
    ],
)
def test_the_rooms_of_writing_are_few(place, allowed):
    assert may_write(module("", place)) is allowed
