"""How figures are shown: never alone, never below the threshold of who reads them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from chezsoi.observatory import queries
from chezsoi.observatory.choices import Indicator, Qualifier
from chezsoi.ui import dates, typography
from chezsoi.ui.shapes import Cell, Column, Figure, Row, Table


def card(figure: queries.Figure, *, with_rows: bool) -> Figure:
    """Show one figure with its unit, period, denominator and the ways to open it."""
    address = [figure.territory.key, figure.year, figure.indicator.value]
    return Figure(
        label=str(figure.indicator.label).capitalize(),
        value=value_of(figure),
        unit=unit_of(figure),
        period=str(figure.year),
        detail=detail_of(figure),
        rows_url=reverse("observatory:rows", args=address) if with_rows else "",
        definition_url=reverse("observatory:definition", args=[figure.indicator.value]),
    )


def value_of(figure: queries.Figure) -> str:
    """Write a value, or say why there is none."""
    if figure.is_suppressed:
        return _("hidden") if _is_share(figure) else _("fewer than %(count)s") % {"count": figure.threshold}
    if figure.value is None:
        return _("unavailable")
    if _is_share(figure):
        return typography.percent(figure.value, 1)
    return typography.number(figure.value.quantize(Decimal(1)))


def unit_of(figure: queries.Figure) -> str:
    """Name what is counted, in the number of the value; a share has no unit."""
    shown = int((figure.threshold if figure.is_suppressed else figure.value) or 0)
    match figure.indicator:
        case Indicator.ATTRIBUTION_HOMELESS:
            return npgettext("unit", "lease", "leases", shown)
        case Indicator.DIRECT_ACCESS_HOUSEHOLDS:
            return npgettext("unit", "household", "households", shown)
    return ""


def detail_of(figure: queries.Figure) -> str:
    """Say what a figure is divided by, or what is missing."""
    if figure.is_suppressed:
        return _("hidden to protect the people in it")
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


def rows(shown: Iterable[queries.FigureRow]) -> Table:
    """List what a figure counts."""
    return Table(
        caption=_("Leases counted"),
        columns=(Column(label=_("Household")), Column(label=_("Signed on")), Column(label=_("Stock"))),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=row.household.reference if row.household else row.pseudonym, is_strong=True),
                    Cell(text=dates.full(row.signed_on)),
                    Cell(text=row.stock),
                )
            )
            for row in shown
        ),
    )


def _figure_row(figure: queries.Figure) -> Row:
    return Row(
        cells=(
            Cell(
                text=str(figure.indicator.label).capitalize(),
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
    return figure.indicator is Indicator.ATTRIBUTION_HOMELESS_SHARE
