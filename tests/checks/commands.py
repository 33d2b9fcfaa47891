"""The page of the commands, written from what `chezsoi --help` is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from chezsoi.portal.command_line import app

INTRODUCTION = """\
# Commands

Written by `python -m tests.checks.reference --write` from the command line itself; `chezsoi … --help` says the same.

Every command exits with 0 when it did what it was asked, 1 when nothing was done or something is wrong, 2 when it was
not asked properly; it then says why in one sentence on the error output.
Settings are [environment variables](settings.md).

`--as` names the account that acts. Without it the actor is the built-in operator `command_line`, and the trail keeps
the name of the operating system's user.
"""


def page() -> str:
    """Write the page."""
    return "\n".join([INTRODUCTION, *(section for name, given in commands() for section in _section(name, given))])


def commands() -> Iterator[tuple[str, Any]]:
    """List every command one can run, by its full name."""
    yield from _below("chezsoi", typer.main.get_command(app))


def _below(name: str, given: Any) -> Iterator[tuple[str, Any]]:
    inner = getattr(given, "commands", None)
    if inner is None:
        yield name, given
        return
    for key, each in inner.items():
        yield from _below(f"{name} {key}", each)


def _section(name: str, given: Any) -> Iterator[str]:
    context = given.context_class(given, info_name=name)
    usage = " ".join([name, *given.collect_usage_pieces(context)])
    yield f"## {name}\n\n{_one_line(given.help)}\n\n```\n{usage}\n```\n"
    rows = [record for each in given.params if (record := each.get_help_record(context))]
    if rows:
        yield "| argument or option | meaning |\n|---|---|"
        yield from (f"| `{_cell(option)}` | {_cell(meaning)} |" for option, meaning in rows)
        yield ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    return _one_line(text).replace("|", "\\|")
