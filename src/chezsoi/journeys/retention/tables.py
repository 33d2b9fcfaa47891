"""The counts of the data protection officer: files past their time, and the last purges. Never a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from chezsoi.journeys.retention.choices import Hold
from chezsoi.journeys.retention.models import ArchiveJustification, PurgeRun
from chezsoi.journeys.retention.queries import Forecast, Term
from chezsoi.ui import dates
from chezsoi.ui.shapes import Cell, Column, Entry, Fact, Row, Table, Tag


def forecasts(found: Iterable[Forecast]) -> Table:
    """Lay out what a purge would do in each territory."""
    return Table(
        caption=_("Files past their time"),
        hides_caption=True,
        columns=(
            Column(label=_("Territory")),
            Column(label=_("To erase today"), is_numeric=True),
            Column(label=_("By the end of the month"), is_numeric=True),
            Column(label=_("Kept although past their time")),
            Column(label=_("Homes: owner and address to erase"), is_numeric=True),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=each.territory.name, detail=_("last contact up to %s") % dates.full(each.last_day_kept)),
                    Cell(text=str(each.due), is_strong=True),
                    Cell(text=str(each.due_this_month)),
                    Cell(text=_held(each.held)),
                    Cell(text=str(each.homes)),
                )
            )
            for each in found
        ),
    )


def runs(rows: Iterable[PurgeRun]) -> Table:
    """Lay out the last purges."""
    return Table(
        caption=_("Last purges"),
        hides_caption=True,
        columns=(
            Column(label=_("When")),
            Column(label=_("Territory")),
            Column(label=_("Households"), is_numeric=True),
            Column(label=_("Persons"), is_numeric=True),
            Column(label=_("Records"), is_numeric=True),
            Column(label=_("Kept")),
            Column(label=_("Homes"), is_numeric=True),
        ),
        rows=tuple(_run(run) for run in rows),
    )


def term(found: Term) -> tuple[Fact, ...]:
    """Say when a file ends and what keeps it."""
    kept = ", ".join(str(hold.label) for hold in found.holds)
    return (
        Fact(label=_("Last contact"), value=dates.full(found.last_contact_on)),
        Fact(label=_("Term"), value=dates.full(found.due_on), is_strong=True),
        Fact(label=_("What keeps it beyond"), value=kept or _("nothing")),
    )


def justifications(rows: Iterable[ArchiveJustification]) -> tuple[Entry, ...]:
    """List why a file is kept."""
    return tuple(
        Entry(
            when=row.written_on,
            title=row.get_ground_display(),
            detail=row.reason,
            tag=Tag(label=_("withdrawn") if row.withdrawn_on else _("until %s") % dates.full(row.until_on)),
        )
        for row in rows
    )


def _run(run: PurgeRun) -> Row:
    when = date_format(timezone.localtime(run.started_at), "SHORT_DATETIME_FORMAT")
    tags = () if run.finished_at else (Tag(label=_("cut short: run it again"), kind="warning"),)
    return Row(
        cells=(
            Cell(text=when, tags=tags),
            Cell(text=run.territory.name),
            Cell(text=str(run.households), is_strong=True),
            Cell(text=str(run.persons)),
            Cell(text=str(run.rows)),
            Cell(text=_held(run.held)),
            Cell(text=str(run.homes)),
        )
    )


def _held(held: Mapping[str, int]) -> str:
    return ", ".join(f"{Hold(code).label} {count}" for code, count in held.items()) or _("none")
