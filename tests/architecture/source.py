"""The house as the rules see it: its modules, its functions, its views, its models, its templates."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "chezsoi"
ROOMS = {
    "models",
    "choices",
    "queries",
    "actions",
    "forms",
    "tables",
    "letters",
    "tasks",
    "views",
    "urls",
    "migrations",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """A Python file of the house and its syntax; `place` is its path inside the package."""

    place: str
    tree: ast.Module

    @property
    def app(self) -> str:
        return self.place.partition("/")[0]

    @property
    def room(self) -> str:
        """
        The room of an app that the file belongs to: `people/actions/links.py` is in `actions`.

        A package of use-cases has rooms of its own: `journeys/imports/queries.py` is in `queries`.
        """
        inside = self.place.removesuffix(".py").split("/")[1:]
        return next((part for part in inside if part in ROOMS), "".join(inside[:1]))

    def says(self, node: ast.AST, what: str) -> str:
        return f"{self.place}:{node.lineno} {what}"


def module(snippet: str, place: str = "people/views.py") -> Module:
    """Read a snippet as if it were that file."""
    return Module(place, ast.parse(snippet))


@cache
def python(folder: str) -> tuple[Path, ...]:
    """List the Python files of a folder of the repository."""
    return tuple(sorted((ROOT / folder).rglob("*.py")))


@cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def syntax(path: Path) -> ast.Module:
    """Read a Python file: the rules are many, and each reads them all."""
    return ast.parse(text(path))


@cache
def nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """List every node of a file, in the order of `ast.walk`."""
    return tuple(ast.walk(tree))


@cache
def modules() -> tuple[Module, ...]:
    """Read every Python file of the package."""
    return tuple(Module(path.relative_to(SRC).as_posix(), syntax(path)) for path in python("src/chezsoi"))


def public_functions(given: Module) -> Iterator[Function]:
    """List the functions that other modules may call."""
    for node in given.tree.body:
        if isinstance(node, Function) and not node.name.startswith("_"):
            yield node


def calls(given: Module) -> Iterator[ast.Call]:
    return (node for node in nodes(given.tree) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    """Name what is called, as written: `Person.objects.create`, `open`."""
    return written(call.func)


def written(node: ast.expr) -> str:
    """Write an expression as `ast.unparse` does; a dotted name, which most are, at once."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
        return f"{written(node.value)}.{node.attr}"
    return ast.unparse(node)


def views(patterns: list | None = None, prefix: str = "/") -> Iterator[tuple[str, object]]:
    """List every address of the site with the view that answers it."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        where = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, where)
        elif isinstance(pattern, URLPattern):
            yield where, pattern.callback


def models() -> list[type[Model]]:
    """List the models of the house."""
    return [model for model in apps.get_models() if model.__module__.startswith("chezsoi.")]


def templates() -> dict[str, str]:
    """Give the text of every template by the name Django knows it by."""
    found = {}
    for path in sorted(SRC.glob("*/templates/**/*")):
        if path.is_file():
            inside = path.relative_to(SRC)
            found["/".join(inside.parts[2:])] = text(path)
    return found


@cache
def repository() -> tuple[Path, ...]:
    """List the files of the repository that are, or are about to be, committed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file())
