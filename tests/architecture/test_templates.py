"""Rule 9: no template without a reader; each page fills its title and its one h1 (the harness checks those served)."""

import ast
import re

import pytest

from tests.architecture import source

FROM_TEMPLATES = re.compile(r"""\{%\s*(?:extends|include)\s+["']([^"'#]+)""")
LAYOUTS = {"ui/layout.html", "ui/bare.html"}
DJANGO_ASKS_FOR = re.compile(r"^(?:django/forms/|registration/|ui/widgets/)|^(?:404|500|403|400|403_csrf)\.html$")
BLOCK = re.compile(r"\{%\s*block\s+(\w+)")


def named_in_python(tree: ast.Module) -> set[str]:
    """List the templates that a module names, whatever part of them it asks for."""
    strings = (node.value for node in source.nodes(tree) if isinstance(node, ast.Constant))
    return {value.partition("#")[0] for value in strings if isinstance(value, str) and "/" in value}


def named_in_template(text: str) -> set[str]:
    return set(FROM_TEMPLATES.findall(text))


def unread(templates: dict[str, str], python: list[ast.Module]) -> set[str]:
    """List the templates that nothing names; a template that names itself is not read for that."""
    named = set().union(*(named_in_python(tree) for tree in python))
    for name, text in templates.items():
        named |= named_in_template(text) - {name}
    return {name for name in templates if name not in named and not DJANGO_ASKS_FOR.search(name)}


def extended(text: str) -> str | None:
    match = re.match(r"""\s*\{%\s*extends\s+["']([^"']+)""", text)
    return match[1] if match else None


def unfilled(text: str) -> set[str]:
    """List the blocks that a page leaves empty though every page fills them."""
    return {"title", "heading"} - set(BLOCK.findall(text))


def test_every_template_is_read():
    python = [given.tree for given in source.modules()]

    assert unread(source.templates(), python) == set()


def test_every_working_page_fills_its_title_and_its_heading():
    pages = {name: text for name, text in source.templates().items() if extended(text) in LAYOUTS}

    assert {name: unfilled(text) for name, text in pages.items() if unfilled(text)} == {}


def test_every_page_stands_on_a_layout_that_exists():
    parents = {extended(text) for text in source.templates().values()} - {None}

    assert parents <= set(source.templates())


def test_a_template_that_nothing_names_is_seen():
    templates = {
        "a/page.html": "{% extends 'a/layout.html' %}",
        "a/layout.html": "",
        "a/lost.html": "{% include 'a/lost.html' %}",
    }

    assert unread(templates, [ast.parse("page(request, 'a/page.html#zone')")]) == {"a/lost.html"}


@pytest.mark.parametrize(
    ("text", "blocks"),
    [("{% block title %}{% block heading %}", set()), ("{% block title %}", {"heading"}), ("", {"title", "heading"})],
)
def test_an_unfilled_block_is_seen(text, blocks):
    assert unfilled(text) == blocks
