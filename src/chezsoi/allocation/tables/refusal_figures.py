"""Refusals counted, as components show them: who said no, why, what the second looks said, and lines of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from chezsoi.allocation import queries
from chezsoi.allocation.queries.refusal_figures import LETTER, SILENCE
from chezsoi.allocation.refusal_reasons import RefusalReason
from chezsoi.ui import dates, typography
from chezsoi.ui.shapes import Cell, Column, Figure, Row, Table

WITHOUT_REASON = {
    LETTER: gettext_lazy("said no to the letter, which asks no reason"),
    SILENCE: gettext_lazy("no answer in time to the letter"),
}
CSV_HEADER = ("territory", "reach", "from", "until", "refuser", "reason", "value", "suppressed")
ALL, PROPOSED, REFUSED = "all", "proposed", "refused"


def figures(counts: queries.RefusalCounts, *, period: str) -> list[Figure]:
    """Show how many proposals were made, and how many refused."""
    share = _share(counts.refused, counts.proposals)
    detail = "" if share == "–" else _("%(share)s of the proposals made") % {"share": share}
    behind = _("those behind the first of a home included")
    return [
        Figure(
            label=pgettext("proposals", "Made"),
            value=_count(counts.proposals),
            unit=_("proposals"),
            period=period,
            detail=behind,
        ),
        Figure(
            label=pgettext("proposals", "Refused"),
            value=_count(counts.refused),
            unit=_("proposals"),
            period=period,
            detail=detail,
        ),
    ]


def sides(counts: queries.RefusalCounts) -> Table:
    """Lay out who said no."""
    rows = [
        (str(capfirst(each.side.label)), _count(each.refused), _share(each.refused, counts.proposals))
        for each in counts.sides
    ]
    return _table(_("Who said no"), (_("Proposals refused"), _("Of the proposals made")), rows)


def reasons(counts: queries.RefusalCounts) -> list[tuple[str, str, Table]]:
    """Lay out why, for each party that refused some: its name, how many, the table; none where all is hidden."""
    return [
        (
            str(capfirst(each.side.label)),
            ngettext("%(count)s proposal", "%(count)s proposals", each.refused) % {"count": each.refused},
            _table(
                _("Why"),
                (_("Proposals refused"), _("Of those it refused")),
                [
                    (str(capfirst(_named(reason))), _count(count), _share(count, each.refused))
                    for reason, count in each.reasons
                ],
            ),
        )
        for each in counts.sides
        if each.refused and any(count is not None for _reason, count in each.reasons)
    ]


def second_looks(counts: queries.RefusalCounts) -> Table | None:
    """Lay out what other eyes said of the refusals that need some; nothing when there was none."""
    rows = [
        (
            str(capfirst(each.side.label)),
            *(typography.number(count) for count in (each.awaits, each.holds, each.set_aside)),
        )
        for each in counts.second_looks
        if each.awaits or each.holds or each.set_aside
    ]
    labels = _("Awaits a look"), _("Holds"), _("Set aside: the proposal went on")
    return _table(_("Who said no"), labels, rows) if rows else None


def period(asked: queries.RefusalsAsked) -> str:
    """Say the days that are counted, the last one included."""
    last = asked.end - timedelta(days=1)
    if (asked.start.month, asked.start.day, last.month, last.day, last.year) == (1, 1, 12, 31, asked.start.year):
        return str(last.year)
    return _("from %(first)s to %(last)s") % {"first": dates.full(asked.start), "last": dates.full(last)}


def lines(asked: queries.RefusalsAsked, counts: queries.RefusalCounts) -> Iterator[tuple[str, ...]]:
    """Give the lines of the file, one a cell, in codes: what is hidden is empty and says so."""
    reach = "own" if asked.is_own else "territory"
    about = (asked.territory.key, reach, asked.start.isoformat(), (asked.end - timedelta(days=1)).isoformat())
    cells: list[tuple[str, str, int | None]] = [(ALL, PROPOSED, counts.proposals), (ALL, REFUSED, counts.refused)]
    for each in counts.sides:
        cells += [(each.side.value, ALL, each.refused)]
        cells += [(each.side.value, reason, count) for reason, count in each.reasons]
    for refuser, reason, count in cells:
        yield (*about, refuser, reason, "" if count is None else str(count), "true" if count is None else "false")


def _table(caption: str, labels: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    columns = (Column(label=caption), *(Column(label=label, is_numeric=True) for label in labels))
    return Table(
        caption=caption,
        columns=columns,
        rows=[Row(cells=[Cell(text=text) for text in row]) for row in rows],
        hides_caption=True,
    )


def _named(reason: str) -> Any:
    return WITHOUT_REASON[reason] if reason in WITHOUT_REASON else RefusalReason(reason).label


def _count(value: int | None) -> str:
    return _("hidden") if value is None else typography.number(value)


def _share(part: int | None, whole: int | None) -> str:
    return "–" if part is None or not whole else typography.percent(part / whole)
