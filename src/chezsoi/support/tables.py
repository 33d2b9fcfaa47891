"""How support is listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from chezsoi.kernel.orders import Order
from chezsoi.support.choices import MeasureState
from chezsoi.support.models import SupportMeasure
from chezsoi.support.queries import Places
from chezsoi.ui import dates
from chezsoi.ui.shapes import By, Cell, Column, Kind, Row, Table, Tag

KINDS = {MeasureState.RUNNING: Kind.HOME, MeasureState.OFFERED: Kind.WAIT}


def measures(rows: Iterable[SupportMeasure], *, order: Order | None = None) -> Table:
    """List support measures: whose file, which scheme, how intense, by whom, since when."""
    return Table(
        caption=_("Support measures"),
        columns=(
            Column(label=_("File"), sort="file"),
            Column(label=_("Scheme")),
            Column(label=_("Intensity"), sort="intensity", by=By.NUMBERS),
            Column(label=_("By")),
            Column(label=_("Opened on"), sort="opened", by=By.DAYS),
            Column(label=_("State"), sort="state", by=By.STEPS),
        ),
        rows=tuple(_row(measure) for measure in rows),
        order=order,
        part="measures-list",
    )


def exported(rows: Iterable[SupportMeasure]) -> tuple[list[str], Iterator[list[Any]]]:
    """Give the columns and the lines of a list taken away."""
    columns = [_("File"), _("Scheme"), _("Intensity"), _("By"), _("Opened on"), _("State")]
    return columns, (_written(measure) for measure in rows)


def places(found: Iterable[Places]) -> Table:
    """List what teams can follow, by intensity: places, followed now, free."""
    return Table(
        caption=_("Places of the teams"),
        columns=(
            Column(label=_("Intensity")),
            Column(label=_("Places"), is_numeric=True),
            Column(label=_("Followed now"), is_numeric=True),
            Column(label=_("Free"), is_numeric=True),
            Column(label=_("Said on"), is_code=True),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=capfirst(str(each.intensity.label)), is_strong=True),
                    Cell(text=str(each.places)),
                    Cell(text=str(each.running)),
                    Cell(text=str(each.free)),
                    Cell(text=dates.full(each.stated_on)),
                )
            )
            for each in found
        ),
        hides_caption=True,
    )


def _written(measure: SupportMeasure) -> list[Any]:
    return [
        measure.household.reference,
        measure.get_scheme_display(),
        measure.intensity_label,
        measure.organisation.name if measure.organisation else "",
        measure.opened_on,
        measure.get_state_display(),
    ]


def _row(measure: SupportMeasure) -> Row:
    state = MeasureState(measure.state)
    return Row(
        cells=(
            Cell(text=measure.household.reference, is_strong=True),
            Cell(text=measure.get_scheme_display()),
            Cell(text=measure.intensity_label),
            Cell(text=measure.organisation.name if measure.organisation else _("to be named")),
            Cell(text=dates.full(measure.opened_on)),
            Cell(tags=(Tag(label=str(state.label), kind=KINDS.get(state, Kind.NEUTRAL)),)),
        )
    )
