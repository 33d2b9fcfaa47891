"""The audit of rounds as components show it: a chart and a table by dimension, and lines of a file."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from chezsoi.allocation import queries
from chezsoi.allocation.choices import GROUPS, Dimension
from chezsoi.engines.matching import Interval
from chezsoi.ui import charts, typography
from chezsoi.ui.shapes import Cell, Column, Figure, Kind, Row, Table, Tag

# Six signs at most, for a phone: the table under the chart has the whole names.
SHORT = {
    "under_25": "< 25",
    "25_to_39": "25–39",
    "40_to_59": "40–59",
    "60_and_over": "60 +",
    "one_adult": pgettext_lazy("short", "1 adult"),
    "one_adult_with_children": pgettext_lazy("short", "1 + ch."),
    "several_adults": pgettext_lazy("short", "2 or +"),
    "several_adults_with_children": pgettext_lazy("short", "2 + ch."),
    "street": pgettext_lazy("short", "street"),
    "shelter": pgettext_lazy("short", "shelt."),
    "institution": pgettext_lazy("short", "inst."),
    "third": pgettext_lazy("short", "others"),
    "adapted": pgettext_lazy("short", "supp."),
    "own": pgettext_lazy("short", "home"),
    "eviction": pgettext_lazy("short", "evict."),
    "unknown": pgettext_lazy("short", "n/k"),
}
ORDER = list(GROUPS)
CSV_HEADER = (
    "dimension", "group", "eligible", "proposed", "housed", "proposed_share", "share_low", "share_high", "ratio",
    "ratio_low", "ratio_high", "wait_p50_months", "wait_p50_low", "wait_p50_high", "wait_p90_months", "wait_p90_low",
    "wait_p90_high",
)  # fmt: skip


def figures(audit: queries.Audit, *, period: str) -> list[Figure]:
    """Show how many were eligible, proposed and housed, each household once; a total under the threshold is hidden."""
    count = ngettext("in %(count)s round", "in %(count)s rounds", audit.rounds) % {"count": audit.rounds}
    named = (
        (_("Eligible"), audit.eligible),
        (_("Proposed"), audit.proposed),
        (pgettext("households", "Housed"), audit.housed),
    )
    return [
        Figure(label=label, value=_total(value, audit.threshold), unit=_("households"), period=period, detail=count)
        for label, value in named
    ]


def in_order(rows: Sequence[queries.AuditedGroup]) -> list[queries.AuditedGroup]:
    """Put groups in their usual order, the young first; communes by name."""
    return sorted(rows, key=lambda row: (ORDER.index(row.group) if row.group in ORDER else -1, row.group))


def groups(dimension: Dimension, rows: Sequence[queries.AuditedGroup]) -> Table:
    """Lay one dimension out."""
    columns = (
        Column(label=_("Group")),
        Column(label=_("Eligible"), is_numeric=True),
        Column(label=_("Proposed"), is_numeric=True),
        Column(label=pgettext("households", "Housed"), is_numeric=True),
        Column(label=_("Share proposed"), is_numeric=True),
        Column(label=_("Beside the others"), is_numeric=True),
        Column(label=_("Half had waited"), is_numeric=True),
        Column(label=_("Nine in ten had waited"), is_numeric=True),
    )
    return Table(
        caption=str(dimension.label), columns=columns, rows=[_group(row) for row in in_order(rows)], hides_caption=True
    )


def chart(dimension: Dimension, rows: Sequence[queries.AuditedGroup]) -> charts.Chart | None:
    """Draw the share proposed in each group with what chance allows; None with one group, or too many names."""
    known = [row for row in in_order(rows) if row.proposed_share is not None]
    if dimension is Dimension.COMMUNE or len(known) < 2:
        return None
    return charts.Chart(
        key=f"fairness-{dimension.value}",
        label=str(dimension.label),
        finding=_finding(known),
        kind=charts.Kind.BARS,
        axis=_("Group"),
        series=[charts.Series(label=_("Share proposed"), points=[_point(row) for row in in_order(rows)])],
        is_share=True,
    )


def lines(audit: queries.Audit) -> Iterator[tuple[str, ...]]:
    """Give the lines of the file: what is hidden, or cannot be said, is empty."""
    for dimension, rows in audit.dimensions.items():
        for row in in_order(rows):
            counts = (row.eligible, row.proposed, row.housed)
            bounds = (row.proposed_share, row.ratio, row.median_wait, row.ninth_decile_wait)
            cells = [_plain(count) for count in counts]
            cells += [_plain(part) for each in bounds for part in _parts(each)]
            yield (dimension.value, row.group, *cells)


def _group(row: queries.AuditedGroup) -> Row:
    tags = (Tag(label=_("differs"), kind=Kind.ACT),) if row.differs else ()
    return Row(
        cells=(
            Cell(text=str(capfirst(_named(row.group)))),
            *(Cell(text=_("hidden") if value is None else str(value)) for value in _counts(row)),
            Cell(text=_share(row.proposed_share), detail=_between(row.proposed_share, _percent)),
            Cell(text=_times(row.ratio), tags=tags, detail=_between(row.ratio, _number)),
            Cell(text=_wait(row.median_wait), detail=_between(row.median_wait, _months)),
            Cell(text=_wait(row.ninth_decile_wait), detail=_between(row.ninth_decile_wait, _months)),
        )
    )


def _counts(row: queries.AuditedGroup) -> tuple[int | None, ...]:
    return row.eligible, row.proposed, row.housed


def _named(group: str) -> str:
    return str(GROUPS.get(group, group))


def _point(row: queries.AuditedGroup) -> charts.Point:
    label = str(SHORT.get(row.group) or _named(row.group))
    share = row.proposed_share
    if share is None:
        return charts.Point(label=label, value=None, gap=_("hidden"))
    return charts.Point(label=label, value=_decimal(share.value), low=_decimal(share.low), high=_decimal(share.high))


def _finding(known: Sequence[queries.AuditedGroup]) -> str:
    apart = [_named(row.group) for row in known if row.differs]
    if not apart:
        return _("No group was proposed homes more or less often than chance allows.")
    return _("More or less often than chance allows: %(groups)s.") % {"groups": ", ".join(apart)}


def _share(interval: Interval | None) -> str:
    return "–" if interval is None else _percent(interval.value)


def _times(interval: Interval | None) -> str:
    if interval is None:
        return "–"
    return _("nobody else") if interval.value == math.inf else _("× %(number)s") % {"number": _number(interval.value)}


def _wait(interval: Interval | None) -> str:
    if interval is None:
        return "–"
    months = round(interval.value)
    return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}


def _between(interval: Interval | None, written: Any) -> str:
    if interval is None:
        return ""
    if (interval.low, interval.high) == (0, math.inf):
        return _("too few to say")
    low = written(interval.low)
    if interval.high == math.inf:
        return _("%(low)s or more") % {"low": low}
    return _("%(low)s to %(high)s") % {"low": low, "high": written(interval.high)}


def _percent(value: float) -> str:
    return typography.percent(_decimal(value))


def _number(value: float) -> str:
    return typography.number(_decimal(value), 1)


def _months(value: float) -> str:
    return str(round(value))


def _decimal(value: float) -> Decimal:
    return Decimal(value).quantize(Decimal("0.0001"))


def _parts(interval: Interval | None) -> tuple[float | None, ...]:
    if interval is None:
        return None, None, None
    return tuple(None if part == math.inf else round(part, 4) for part in (interval.value, interval.low, interval.high))


def _plain(value: float | None) -> str:
    return "" if value is None else str(value)


def _total(value: int, threshold: int | None) -> str:
    if threshold is not None and value < threshold:
        return _("fewer than %(count)s") % {"count": threshold}
    return typography.number(value)
