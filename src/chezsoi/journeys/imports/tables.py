"""What the pages of an import show: counts, rows left out, possible duplicates, words no list knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chezsoi.files.changes import Consequence
from chezsoi.files.choices import BatchState, SourceKind
from chezsoi.files.models import ImportBatch
from chezsoi.ui.shapes import Cell, Column, Entry, Fact, Kind, Row, Table, Tag

MOST_SHOWN = 100
KINDS = {
    BatchState.READING: Kind.WAIT,
    BatchState.PREVIEWED: Kind.WAIT,
    BatchState.LOADING: Kind.WAIT,
    BatchState.LOADED: Kind.HOME,
    BatchState.UNDONE: Kind.NEUTRAL,
    BatchState.FAILED: Kind.STOP,
}


def entries(batches: Iterable[ImportBatch]) -> tuple[Entry, ...]:
    """List imports, the latest first."""
    return tuple(
        Entry(
            when=batch.opened_at.date(),
            title=batch.file_name,
            detail=summary(batch),
            url=address(batch),
            tag=Tag(label=str(BatchState(batch.state).label), kind=KINDS[BatchState(batch.state)]),
        )
        for batch in batches
    )


def address(batch: ImportBatch, page: str = "import") -> str:
    """Give the address of an import's page."""
    return reverse(f"journeys:{batch.source.kind}-{page}", args=[batch.reference])


def summary(batch: ImportBatch) -> str:
    """Say in a few words what an import did."""
    if batch.state != BatchState.LOADED:
        return str(batch.source)
    what = "homes" if batch.source.kind == SourceKind.HOMES else "households"
    created = batch.counts.get(what, {}).get("created", 0)
    return ngettext("%(count)s record created", "%(count)s records created", created) % {"count": created}


def facts(counts: Mapping[str, Any], kind: str) -> tuple[Fact, ...]:
    """Give what an import counts."""
    names = {"households": _("Households"), "persons": _("People"), "homes": _("Homes")}
    shown = ("homes",) if kind == SourceKind.HOMES else ("households", "persons")
    said = [Fact(label=names[name], value=_counted(counts.get(name, {})), is_strong=True) for name in shown]
    if blocked := counts.get("homes", {}).get("not_offerable"):
        said.append(Fact(label=_("Homes the law forbids letting"), value=str(blocked)))
    if held := counts.get("held"):
        said.append(Fact(label=_("Rows kept for you to read: they look like somebody known"), value=str(held)))
    return tuple(said)


def errors(rows: Sequence[Mapping[str, Any]]) -> Table:
    """List the rows left out, with where and what to do."""
    return Table(
        caption=_("Rows left out"),
        columns=(Column(label=_("Line"), is_numeric=True), Column(label=_("Column")), Column(label=_("What to do"))),
        rows=tuple(
            Row(cells=(Cell(text=_shown(row["line"])), Cell(text=_shown(row["column"])), Cell(text=row["message"])))
            for row in rows[:MOST_SHOWN]
        ),
    )


def pairs(rows: Sequence[Mapping[str, Any]]) -> Table:
    """List the file numbers that may hold the same person, and why."""
    return Table(
        caption=_("May be the same person"),
        columns=(
            Column(label=_("File"), is_code=True),
            Column(label=_("Other file"), is_code=True),
            Column(label=_("Why")),
        ),
        rows=tuple(
            Row(cells=(Cell(text=row["a"]), Cell(text=row["b"]), Cell(text=" ; ".join(row["reasons"]))))
            for row in rows[:MOST_SHOWN]
        ),
    )


def unknown(rows: Sequence[Mapping[str, Any]]) -> Table:
    """List the words no list knows; they were kept as not known."""
    return Table(
        caption=_("Words kept as “not known”"),
        columns=(Column(label=_("Column")), Column(label=_("Word")), Column(label=_("Lines"))),
        rows=tuple(
            Row(cells=(Cell(text=row["column"]), Cell(text=row["value"]), Cell(text=_lines(row["lines"]))))
            for row in rows[:MOST_SHOWN]
        ),
    )


def consequences(found: Iterable[Consequence]) -> str:
    """Say what keeps an import from being undone."""
    from django.apps import apps

    said = [f"{apps.get_model(each.model_label)._meta.verbose_name} ({each.count})" for each in found]
    return ", ".join(said)


def _counted(counts: Mapping[str, int]) -> str:
    return _("%(created)s created, %(updated)s updated, %(unchanged)s unchanged") % {
        "created": counts.get("created", 0),
        "updated": counts.get("updated", 0),
        "unchanged": counts.get("unchanged", 0),
    }


def _lines(numbers: Sequence[int]) -> str:
    return ", ".join(str(number) for number in numbers[:10]) + (" …" if len(numbers) > 10 else "")


def _shown(value: object) -> str:
    return "" if value is None else str(value)
