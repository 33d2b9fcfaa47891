"""How figures are shown: never alone, never below the threshold of who reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from chezsoi.law.disclosure import Audience
from chezsoi.observatory import queries
from chezsoi.observatory.choices import OF_THE_SIAO, SHARES, Indicator, Qualifier
from chezsoi.observatory.wording import DEFINITIONS
from chezsoi.territories import contours
from chezsoi.ui import charts, dates, typography
from chezsoi.ui.maps import Map, Place
from chezsoi.ui.shapes import Cell, Column, Fact, Figure, Row, Table

MOST_NAMED = 3

Report = tuple[tuple[str, ...], list[tuple[str, ...]]]
"""The columns of a report, and its lines."""


def card(figure: queries.Figure, *, with_rows: bool) -> Figure:
    """Show one figure with its unit, period, denominator and the ways to open it."""
    address = [figure.territory.key, figure.year, figure.indicator.value]
    return Figure(
        label=capfirst(str(figure.indicator.label)),
        value=value_of(figure),
        unit=unit_of(figure),
        period=str(figure.year),
        detail=detail_of(figure),
        rows_url=reverse("observatory:rows", args=address) if with_rows else "",
        definition_url=reverse("observatory:definition", args=[figure.indicator.value]),
    )


def value_of(figure: queries.Figure) -> str:
    """Write a value, or say why there is none."""
    if figure.is_suppressed and (_is_share(figure) or figure.together_with):
        return _("hidden")  # a union is hidden with one of its parts, however many it counts
    if figure.is_suppressed:
        return _("fewer than %(count)s") % {"count": figure.threshold}
    if figure.value is None:
        return _("unavailable")
    if figure.indicator is Indicator.ORIENTED_GROWTH:
        return f"{'+' if figure.value > 0 else ''}{typography.percent(figure.value, 0)}"
    if _is_share(figure):
        return typography.percent(figure.value, 1)
    return typography.number(figure.value.quantize(Decimal(1)))


def unit_of(figure: queries.Figure) -> str:
    """Name what is counted, in the number of the value; a share has no unit."""
    shown = int((figure.threshold if figure.is_suppressed else figure.value) or 0)
    match figure.indicator:
        case Indicator.ATTRIBUTION_HOMELESS:
            return npgettext("unit", "lease", "leases", shown)
        case Indicator.DIRECT_ACCESS_HOUSEHOLDS | Indicator.ORIENTED | Indicator.ACCESS:
            return npgettext("unit", "household", "households", shown)
    return ""


def detail_of(figure: queries.Figure) -> str:
    """Say what a figure is divided by, or what is missing."""
    if figure.is_suppressed:
        return _("hidden to protect the people in it")
    if figure.indicator in OF_THE_SIAO:
        return _made_of_orientations(figure)
    if figure.qualifier is Qualifier.SHARE_UNAVAILABLE:
        return ngettext(
            "%(count)s homeless household; the total of all allocations is missing",
            "%(count)s homeless households; the total of all allocations is missing",
            figure.numerator or 0,
        ) % {"count": figure.numerator}
    if figure.total is not None:
        return _("%(count)s of %(total)s allocations; %(source)s, %(day)s") % {
            "count": figure.numerator,
            "total": figure.denominator,
            "source": figure.total.source,
            "day": dates.full(figure.total.dated_on),
        }
    return _("counted from the leases, definition %(version)s") % {"version": figure.version}


def _made_of_orientations(figure: queries.Figure) -> str:
    counts = {"count": figure.numerator, "total": figure.denominator}
    if figure.qualifier is Qualifier.NOTHING_COUNTED:
        return str(Qualifier.NOTHING_COUNTED.label)
    if figure.denominator is None:
        return _("counted from the orientations and the leases, definition %(version)s") % {"version": figure.version}
    if figure.indicator is Indicator.ORIENTED_GROWTH:
        return _("%(count)s households, against %(total)s the year before") % counts
    if figure.indicator is Indicator.WITHOUT_WORKER:
        return _("%(count)s of %(total)s people") % counts
    return _("%(count)s of %(total)s households") % counts


def chart(series: Sequence[queries.Figure], *, on: date) -> charts.Chart:
    """Draw one indicator over the years; a hidden year is a gap with its word, never a zero."""
    series = tuple(_since_the_first(series))
    last = series[-1]
    address = reverse("observatory:public-csv", args=[last.territory.key, last.year])
    label = str(last.indicator.label)
    return charts.Chart(
        key=last.indicator.value.replace(".", "-"),
        label=label,
        finding=finding_of(series, on=on),
        kind=charts.Kind.BARS,
        axis=_("Year"),
        series=[charts.Series(label=label, points=[_point(figure, on) for figure in series])],
        unit="" if _is_share(last) else str(DEFINITIONS[last.indicator].unit),
        is_share=_is_share(last),
        csv_url=f"{address}?years",
    )


def finding_of(series: Sequence[queries.Figure], *, on: date) -> str:
    """Say what the last years that can be read show, and what cannot be read."""
    label = capfirst(str(series[-1].indicator.label))
    known = [figure for figure in series if figure.value is not None]
    parts = []
    if not known:
        parts.append(_("%(label)s: no year can be shown.") % {"label": label})
    elif len(known) == 1:
        words = {"label": label, "value": value_of(known[0]), "year": known[0].year}
        parts.append(_("%(label)s: %(value)s in %(year)s.") % words)
    else:
        before, last = known[-2:]
        words = {"label": label, "value": value_of(last), "year": last.year}
        words |= {"before": value_of(before), "year_before": before.year}
        parts.append(_("%(label)s: %(value)s in %(year)s, against %(before)s in %(year_before)s.") % words)
    if known and known[-1].year == on.year:
        parts.append(_("The year %(year)s is not over.") % {"year": on.year})
    hidden = [str(figure.year) for figure in series if figure.is_suppressed]
    if hidden and known:
        parts.append(_("Hidden to protect the people in it: %(years)s.") % {"years": ", ".join(hidden)})
    return " ".join(parts)


def _since_the_first(series: Sequence[queries.Figure]) -> Iterator[queries.Figure]:
    """Take the value from the years before anything was counted: their zero says that nothing was recorded yet."""
    has_begun = False
    for figure in series:
        has_begun = has_begun or figure.is_suppressed or bool(figure.numerator) or figure is series[-1]
        yield figure if has_begun else replace(figure, value=None)


def _point(figure: queries.Figure, on: date) -> charts.Point:
    is_running = figure.year >= on.year
    return charts.Point(
        label=str(figure.year),
        value=figure.value,
        mark=charts.Mark.PARTIAL if is_running else charts.Mark.OBSERVED,
        gap=_gap(figure),
        said=value_of(figure),
        note=_("period not over") if is_running else "",
    )


def _gap(figure: queries.Figure) -> str:
    if figure.is_suppressed and not _is_share(figure):
        return f"<{typography.NO_BREAK}{figure.threshold}"
    return _("hidden") if figure.is_suppressed else "–"


def on_map(found: queries.ByCommune) -> Map:
    """Place one indicator on the communes of its territory."""
    total = found.total
    where = reverse(
        "observatory:public-communes" if total.audience is Audience.PUBLIC else "observatory:communes",
        args=[total.territory.key, total.year],
    )
    return Map(
        key="by-commune",
        finding=_finding_by_commune(found),
        unit=_("social leases signed by homeless households, by commune of the home"),
        axis=_("Commune"),
        places=[_place(row) for row in found.rows],
        borders=contours.borders_of({row.commune.code for row in found.rows if row.commune}),
        elsewhere="" if found.hidden else _("none"),
        hidden=_("hidden to protect the people in it, or none"),
        csv_url=where,
        csv_label=_("Values by commune as CSV"),
    )


def _place(row: queries.CommuneValue) -> Place:
    if row.commune is None:
        said = _("hidden") if row.value is None else ""
        return Place(key="", label=_("Elsewhere, not known, or files erased since"), value=row.value, said=said)
    return Place(key=row.commune.code, label=row.commune.name, value=row.value, population=row.commune.population or 0)


def _finding_by_commune(found: queries.ByCommune) -> str:
    shown = sorted(
        ((row.value, row.commune.name) for row in found.rows if row.commune and row.value),
        key=lambda held: (-held[0], held[1]),
    )
    words: dict[str, object] = {"territory": found.total.territory.name, "year": found.total.year}
    if not shown:
        return _("%(territory)s, %(year)s: no commune to show.") % words
    named = ", ".join(f"{name} ({typography.number(value)})" for value, name in shown[:MOST_NAMED])
    return _("%(territory)s, %(year)s: %(named)s first.") % {**words, "named": named}


def figures(shown: Iterable[queries.Figure]) -> Table:
    """Lay figures out as a table."""
    return Table(
        caption=_("The same figures as a table"),
        columns=(
            Column(label=_("Indicator")),
            Column(label=_("Period")),
            Column(label=_("Numerator"), is_numeric=True),
            Column(label=_("Denominator"), is_numeric=True),
            Column(label=_("Value"), is_numeric=True),
        ),
        rows=tuple(_figure_row(figure) for figure in shown),
    )


def rows(shown: Iterable[queries.FigureRow], *, indicator: Indicator) -> Table:
    """List what a figure counts: leases or, of the SIAO's, the whole with which of it is counted."""
    if indicator not in OF_THE_SIAO:
        columns = (Column(label=_("Household")), Column(label=_("Signed on")), Column(label=_("Stock")))
        return Table(
            caption=_("Leases counted"), columns=columns, rows=tuple(Row(cells=_row_cells(row)) for row in shown)
        )
    return Table(
        caption=_("Who is counted"),
        columns=(
            Column(label=_("Household or person")),
            Column(label=_("On")),
            Column(label=_("As")),
            Column(label=_("In the number")),
        ),
        rows=tuple(Row(cells=(*_row_cells(row), Cell(text=_yes_no(row.is_above)))) for row in shown),
    )


def _row_cells(row: queries.FigureRow) -> tuple[Cell, ...]:
    return (
        Cell(text=row.household.reference if row.household else row.pseudonym, is_strong=True),
        Cell(text=dates.full(row.on)),
        Cell(text=row.said),
    )


def shared(found: Sequence[queries.Shared]) -> Table:
    """Lay out each indicator in each territory, those known in several, and the union: never a sum."""
    places = [figure.territory.name for figure in found[0].apart]
    return Table(
        caption=_("Each territory, and their union"),
        columns=(
            Column(label=_("Indicator")),
            *(Column(label=name, is_numeric=True) for name in places),
            Column(label=_("Known in several"), is_numeric=True),
            Column(label=_("Union, each once"), is_numeric=True),
        ),
        rows=tuple(_shared_row(row) for row in found),
    )


def _shared_row(row: queries.Shared) -> Row:
    several = row.in_several if row.indicator not in SHARES else None
    return Row(
        cells=(
            Cell(
                text=capfirst(str(row.indicator.label)),
                url=reverse("observatory:definition", args=[row.indicator.value]),
                detail=row.indicator.value,
            ),
            *(Cell(text=value_of(figure), detail=_made_of(figure)) for figure in row.apart),
            Cell(text="–" if several is None else typography.number(several)),
            Cell(text=value_of(row.union), detail=_made_of(row.union), is_strong=True),
        )
    )


def _made_of(figure: queries.Figure) -> str:
    return detail_of(figure) if figure.indicator in SHARES and figure.value is not None else ""


def _figure_row(figure: queries.Figure) -> Row:
    return Row(
        cells=(
            Cell(
                text=capfirst(str(figure.indicator.label)),
                url=reverse("observatory:definition", args=[figure.indicator.value]),
                detail=figure.indicator.value,
            ),
            Cell(text=str(figure.year)),
            Cell(text=_count(figure.numerator)),
            Cell(text=_count(figure.denominator)),
            Cell(text=value_of(figure)),
        )
    )


def _count(number: int | None) -> str:
    return "–" if number is None else typography.number(number)


def _is_share(figure: queries.Figure) -> bool:
    return figure.indicator in SHARES


def by_list(found: Iterable[queries.Attribution]) -> Report:
    """Write one line for each list a household housed in the year stood on, as an office that keeps a list counts."""
    columns = (
        _("household (pseudonym of the year)"), _("list"), _("on the list since"), _("who says so"),
        _("lease signed on"), _("commune of the home"), _("reservation"), _("homeless before"),
    )  # fmt: skip
    lines: list[tuple[str, ...]] = [
        (
            row.pseudonym, listed.pool, listed.since.isoformat(), listed.issuer, row.signed_on.isoformat(),
            row.commune, row.reservation_holder, _yes_no(row.is_homeless),
        )
        for row in found
        for listed in row.lists
    ]  # fmt: skip
    return columns, lines


def by_request(found: Iterable[queries.Attribution]) -> Report:
    """Write one line for each social lease of the year, as counts made from the national request do."""
    columns = (
        _("household (pseudonym of the year)"), _("lease signed on"), _("commune of the home"), _("reservation"),
        _("homeless before"), _("grounds of priority"), _("lists"),
    )  # fmt: skip
    lines: list[tuple[str, ...]] = [
        (
            row.pseudonym, row.signed_on.isoformat(), row.commune, row.reservation_holder,
            _yes_no(row.is_homeless), " ".join(row.grounds), " ".join(listed.pool for listed in row.lists),
        )
        for row in found
    ]  # fmt: skip
    return columns, lines


REPORTS: dict[str, Callable[[Iterable[queries.Attribution]], Report]] = {"syplo": by_list, "sne": by_request}


def both_ways(found: Sequence[queries.Attribution]) -> tuple[Fact, ...]:
    """Say how many attributions each report tells, the labelled ones among them."""
    listed = sum(bool(row.lists) for row in found)
    homeless = sum(bool(row.lists) and row.is_homeless for row in found)
    return (
        Fact(label=_("Social leases of the year, in the report by request"), value=str(len(found)), is_strong=True),
        Fact(label=_("On a priority list, in both reports"), value=str(listed)),
        Fact(label=_("On a priority list and homeless before, in both reports"), value=str(homeless)),
    )


def _yes_no(fact: bool) -> str:
    return _("yes") if fact else _("no")
