"""The page of what an organisation takes with it, written from the table that decides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import translation

from chezsoi.journeys.takeout import belongings, left_out
from chezsoi.journeys.takeout.belongings import Table

INTRODUCTION = """\
# What an organisation takes with it

Written by `python -m tests.checks.reference --write` from the table that decides (`journeys/takeout/belongings.py`).

`chezsoi export organisation KEY FILE` writes a zip, sealed under a passphrase: scrypt (N = 65,536, r = 8, p = 1) gives
the key of AES-256-GCM, by pieces of 1 MiB, counted, the last one marked. Inside, `manifest.json` gives the format, the
version, the organisation, and for each table the number of its rows and the SHA-256 of its member; `tables/NAME.jsonl`
holds one JSON object a line.

No database number crosses. A row is named by its `code`: a word of its own where it has one (the key of an
organisation, the address of an account, the code of a commune), else its rank in its table; other rows name it by that
code. Dates and amounts are texts, instants have their time zone. What the database keeps encrypted is in clear inside
the sealed file. A text that begins like a formula is a text: it is kept as it was said, and made harmless where a
spreadsheet is written.

`chezsoi import organisation FILE` brings it into an installation that was migrated and where nobody works, whole or not
at all. Exported again from there, each member is the same to the byte.
"""


def page() -> str:
    """Write the page."""
    with translation.override(None):
        return "\n".join([INTRODUCTION, *_taken(), *_left_out()])


def _taken() -> Iterator[str]:
    for table in belongings.tables():
        yield f"## {table.label}\n\n{str(table.model._meta.verbose_name).capitalize()}: {table.said}.\n"
        yield "| column | type | meaning |\n|---|---|---|"
        for column in table.columns:
            yield f"| `{column.name}` | {_type(table, column)} | {column.verbose_name} |"
        for name, why in table.left_out.items():
            yield f"| `{name}` | not taken | {why} |"
        for name in table.made_again:
            yield f"| `{name}` | not taken | made again at the other end, under its own key |"
        yield ""


def _left_out() -> Iterator[str]:
    yield "## What stays\n\n| table | why |\n|---|---|"
    for label, why in sorted(left_out.LEFT_OUT.items()):
        yield f"| `{label}` | {why} |"
    yield ""


def _type(table: Table, column: Any) -> str:
    if column.many_to_many:
        return f"list of codes of {column.related_model._meta.label}"
    if column.is_relation:
        return f"code of {column.related_model._meta.label}"
    if column.name in table.accounts:
        return "code of territories.User"
    return str(column.get_internal_type()).removesuffix("Field").lower() + (" or null" if column.null else "")
