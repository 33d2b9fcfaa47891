"""How the work of the SIAO is listed: a household as the reader may name it, what was decided, where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from chezsoi.kernel.orders import Order
from chezsoi.people.queries import Card
from chezsoi.siao.choices import Gap, OrientationState, StepKind
from chezsoi.siao.models import Orientation, SiaoTeam
from chezsoi.ui import dates
from chezsoi.ui.shapes import By, Cell, Column, Kind, Row, Table, Tag

Cards = Mapping[int, Card]


def orientations(rows: Iterable[Any], cards: Cards, *, sees_asked: bool, order: Order | None = None) -> Table:
    """List orientations: whom, what they asked for those who may read it, where, since when, where it stands."""
    columns = [
        Column(label=_("Household"), sort="file"),
        Column(label=_("Oriented to"), sort="destination", by=By.STEPS),
        Column(label=_("Decided on"), sort="decided", by=By.DAYS),
        Column(label=_("Team")),
        Column(label=_("State"), sort="state", by=By.STEPS),
    ]
    if sees_asked:
        columns.insert(1, Column(label=_("Asks for")))
    return Table(
        caption=_("Orientations"),
        hides_caption=True,
        columns=columns,
        rows=[_row(row, cards[row.household_id], sees_asked=sees_asked) for row in rows],
        order=order,
        part="orientations-list",
    )


def state(row: Any) -> Tag:
    """Say where an orientation stands: what came of it, else what the household answers."""
    if row.state == OrientationState.WITHDRAWN:
        return Tag(label=str(OrientationState.WITHDRAWN.label), kind=Kind.NEUTRAL)
    if row.outcome is None and row.leased_on is not None:
        return Tag(label=_("lease signed on %(day)s") % {"day": dates.full(row.leased_on)}, kind=Kind.HOME)
    said = row.outcome or row.answer
    if said is None:
        return Tag(label=_("answer awaited"), kind=Kind.WAIT)
    kind = Kind.HOME if said == StepKind.ENTERED else Kind.WAIT if row.state == OrientationState.OPEN else Kind.NEUTRAL
    return Tag(label=str(StepKind(said).label), kind=kind)


def teams(rows: Iterable[SiaoTeam]) -> Table:
    """List teams, what each does, and how many households of its list the reader may know of."""
    return Table(
        caption=_("Teams"),
        hides_caption=True,
        columns=(
            Column(label=_("Team")),
            Column(label=_("What it does")),
            Column(label=_("Households"), is_numeric=True),
        ),
        rows=[
            Row(
                cells=(
                    Cell(text=team.name, url=reverse("siao:team", args=[team.pk]), detail=team.organisation.name),
                    Cell(text=team.get_kind_display()),
                    Cell(text=str(team.households)),  # type: ignore[attr-defined]
                )
            )
            for team in rows
        ],
    )


def caseload(rows: Iterable[Any], cards: Cards, latest: Mapping[int, Any]) -> Table:
    """List the households of a team's list: since when, and where their last orientation stands."""
    return Table(
        caption=_("Households on the list"),
        hides_caption=True,
        columns=(
            Column(label=_("Household")),
            Column(label=_("On the list since")),
            Column(label=_("Last orientation")),
            Column(label=_("State")),
        ),
        rows=[
            Row(
                cells=(
                    _name(cards[row.household_id]),
                    Cell(text=dates.full(row.starts_on)),
                    *_last(latest.get(row.household_id)),
                )
            )
            for row in rows
        ],
    )


def without_support(rows: Iterable[Any], cards: Cards) -> Table:
    """List households and what support each is without; never how much they wish, which is theirs to say."""
    return Table(
        caption=_("Households without the support they wish"),
        hides_caption=True,
        columns=(
            Column(label=_("Household")),
            Column(label=_("People"), is_numeric=True),
            Column(label=_("Since")),
            Column(label=_("What is missing")),
        ),
        rows=[
            Row(
                cells=(
                    _name(cards[row.pk]),
                    Cell(text=str(cards[row.pk].size)),
                    Cell(text=dates.full(row.wished_on or row.created_on)),
                    Cell(
                        tags=(
                            Tag(label=str(Gap(row.gap).label), kind=Kind.ACT if row.gap == Gap.NOBODY else Kind.WAIT),
                        )
                    ),
                )
            )
            for row in rows
        ],
    )


def _row(row: Any, card: Card, *, sees_asked: bool) -> Row:
    cells = [
        _name(card),
        Cell(text=capfirst(row.get_destination_display()), detail=_why(row) if sees_asked else ""),
        Cell(text=dates.full(row.decided_on)),
        Cell(text=row.team.name if row.team else "–"),
        Cell(tags=(state(row),)),
    ]
    if sees_asked:
        cells.insert(1, Cell(text=capfirst(row.get_asked_display())))
    return Row(cells=cells)


def _why(row: Orientation) -> str:
    return str(row.get_why_elsewhere_display()) if row.why_elsewhere else ""


def _name(card: Card) -> Cell:
    url = reverse("siao:household", args=[card.pk])
    return Cell(text=card.name, url=url, detail=card.reference if card.reference != card.name else "", is_strong=True)


def _last(row: Any) -> Sequence[Cell]:
    if row is None:
        return (Cell(text=_("none yet")), Cell())
    said = _("%(where)s, %(day)s") % {
        "where": capfirst(row.get_destination_display()),
        "day": dates.full(row.decided_on),
    }
    return (Cell(text=said), Cell(tags=(state(row),)))
