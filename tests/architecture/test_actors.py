"""Rule 3: whoever reads or writes says on whose behalf: `*, actor`."""

import pytest

from tests.architecture import source
from tests.architecture.source import Module, module


def actorless(given: Module) -> list[str]:
    """List the public functions of a module that do not take `actor` by keyword alone."""
    return [
        given.says(function, function.name)
        for function in source.public_functions(given)
        if "actor" not in {argument.arg for argument in function.args.kwonlyargs}
    ]


def test_queries_and_actions_take_a_keyword_only_actor():
    found = [name for given in source.modules() if given.room in {"queries", "actions"} for name in actorless(given)]

    assert found == []


@pytest.mark.parametrize(
    "snippet",
    ["def find(pk): ...", "def find(actor): ...", "def find(actor, *, pk): ...", "async def find(pk): ..."],
)
def test_a_function_without_one_is_seen(snippet):
    assert len(actorless(module(snippet, "people/queries.py"))) == 1


@pytest.mark.parametrize(
    "snippet", ["def find(pk, *, actor): ...", "def _find(pk): ...", "class Rows:\n  def f(self): ..."]
)
def test_what_has_one_or_is_private_is_not(snippet):
    assert actorless(module(snippet, "people/queries.py")) == []
