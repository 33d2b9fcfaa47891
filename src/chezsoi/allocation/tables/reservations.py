"""Reservation agreements, the flow of a year and the turns of a vacancy, in tables and in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chezsoi.allocation import queries
from chezsoi.allocation.choices import TurnState
from chezsoi.allocation.models import ReservationAgreement, Turn
from chezsoi.allocation.queries.reservations import LANDLORD_LAST, NO_AGREEMENT
from chezsoi.homes.choices import ReservationHolder
from chezsoi.law.parameters import Status, Value
from chezsoi.law.reservations import (
    answer_days_on,
    municipality_share_on,
    prefect_share_on,
    priority_share_on,
    state_staff_share_on,
)
from chezsoi.ui import dates
from chezsoi.ui.shapes import Cell, Column, Kind, Row, Table, Tag
from chezsoi.ui.typography import number, percent

TURN_KINDS = {
    TurnState.RUNNING: Kind.WAIT,
    TurnState.PROPOSED: Kind.ACT,
    TurnState.OWN: Kind.INFO,
    TurnState.HANDED_BACK: Kind.NEUTRAL,
    TurnState.LAPSED: Kind.NEUTRAL,
    TurnState.FRUITLESS: Kind.NEUTRAL,
    TurnState.TAKEN_BACK: Kind.NEUTRAL,
}


def flow(found: queries.LandlordFlow) -> Table:
    """Lay out what each holder was given of a landlord's vacancies, its share and what became of them."""
    columns = (
        Column(label=_("Reservation holder")),
        Column(label=_("Share agreed"), is_numeric=True),
        Column(label=_("Vacancies due"), is_numeric=True),
        Column(label=_("Given"), is_numeric=True),
        Column(label=_("Proposed"), is_numeric=True),
        Column(label=_("Allocated"), is_numeric=True),
        Column(label=_("Priority households"), is_numeric=True),
    )
    caption = _("Flow of %(landlord)s") % {"landlord": found.landlord.name}
    rows = [_holder(line) for line in found.holders]
    return Table(caption=caption, columns=columns, rows=rows, hides_caption=True)


def exported(found: Iterable[queries.LandlordFlow]) -> tuple[list[str], Iterator[list[Any]]]:
    """Give the columns and the lines of the flow taken away: counts, nobody's file."""
    columns = [
        _("Social landlord"), _("Reservation holder"), _("Kind"), _("Commune"), _("Share agreed"),
        _("Vacancies of the year"), _("Vacancies due"), _("Given"), _("Handed back"), _("Last day passed"),
        _("Proposed"), _("Allocated"), _("Allocated to priority households"),
    ]  # fmt: skip
    return columns, (_written(each.landlord.name, line) for each in found for line in each.holders)


def law(day: date) -> Table:
    """Lay out the figures the law gives, each with its source and whether it was read in the text."""
    shares = (
        (_("Prefect, at most"), prefect_share_on(day)),
        (_("of which for State staff"), state_staff_share_on(day)),
        (_("Municipalities, usually about"), municipality_share_on(day)),
        (_("Priority households, least share of a holder's allocations"), priority_share_on(day)),
    )
    days = answer_days_on(day)
    waits = ngettext("%(days)s day", "%(days)s days", int(days.number)) % {"days": int(days.number)}
    columns = (Column(label=_("Rule")), Column(label=_("Figure"), is_numeric=True), Column(label=_("Source")))
    rows = [_figure(str(label), percent(value.number), value) for label, value in shares]
    rows.append(_figure(_("To answer, when an agreement says nothing"), waits, days))
    return Table(caption=_("What the law says"), columns=columns, rows=rows, hides_caption=True)


def share(agreement: ReservationAgreement) -> str:
    """Write the share of an agreement as it was agreed."""
    return percent(agreement.share, _decimals(agreement.share))


def place(agreement: ReservationAgreement) -> str:
    """Say where an agreement holds."""
    return agreement.commune.name if agreement.commune else _("the whole territory")


def why(turn: Turn | queries.NextTurn) -> str:
    """Say in a sentence why a turn is whose it is."""
    facts: Mapping[str, Any] = turn.facts
    holder = turn.holder.name
    if facts["rule"] == NO_AGREEMENT:
        return _("No agreement of %(year)s covers this home: the law gives its turn to the prefect.") % {
            "year": facts["year"]
        }
    if facts["rule"] == LANDLORD_LAST:
        return _("Every holder with a share here was asked: the home is the landlord's own.")
    vacancies = int(facts["vacancies"])
    said = ngettext(
        "%(holder)s has %(share)s of the flow: %(due)s of the %(vacancies)s vacancy of the year so far, and was "
        "given %(given)s. Nobody is owed more.",
        "%(holder)s has %(share)s of the flow: %(due)s of the %(vacancies)s vacancies of the year so far, and was "
        "given %(given)s. Nobody is owed more.",
        vacancies,
    )
    share = Decimal(facts["share"])
    return said % {
        "holder": holder,
        "share": percent(share, _decimals(share)),
        "due": number(share * vacancies, 1),
        "vacancies": vacancies,
        "given": facts["turned_over"],
    }


def state(turn: Turn, *, on: date) -> Tag:
    """Say where a turn stands."""
    if turn.is_late_on(on):
        return Tag(label=_("last day passed, to be noted"), kind=Kind.STOP)
    return Tag(label=capfirst(str(turn.get_state_display())), kind=TURN_KINDS[TurnState(turn.state)])


def _holder(line: queries.HolderFlow) -> Row:
    priority = "–"
    if line.priority_share is not None:
        priority = f"{percent(line.priority_share)} ({line.priority})"
    ended = [
        ngettext("%(count)s handed back", "%(count)s handed back", line.handed_back) % {"count": line.handed_back},
        ngettext("%(count)s lapsed", "%(count)s lapsed", line.lapsed) % {"count": line.lapsed},
    ]
    detail = ", ".join(said for said, count in zip(ended, (line.handed_back, line.lapsed), strict=True) if count)
    is_own = line.kind == ReservationHolder.LANDLORD
    kind = ReservationHolder(line.kind).label
    where = line.commune.name if line.commune else ""
    return Row(
        cells=(
            Cell(
                text=_("The landlord itself") if is_own else line.holder.name,
                detail=" · ".join(str(part) for part in ("" if is_own else kind, where) if part),
            ),
            Cell(text="–" if line.share is None else percent(line.share, _decimals(line.share))),
            Cell(text="–" if line.target is None else number(line.target, 1)),
            Cell(text=str(line.offered), detail=detail),
            Cell(text="–" if is_own else str(line.proposed)),
            Cell(text=str(line.allocated)),
            Cell(text=priority),
        )
    )


def _written(landlord: str, line: queries.HolderFlow) -> list[Any]:
    return [
        landlord,
        line.holder.name,
        ReservationHolder(line.kind).label,
        line.commune.name if line.commune else "",
        "" if line.share is None else line.share,
        line.vacancies,
        "" if line.target is None else line.target.quantize(Decimal("0.01")),
        line.offered,
        line.handed_back,
        line.lapsed,
        line.proposed,
        line.allocated,
        line.priority,
    ]


def _decimals(share: Decimal) -> int:
    """Write 12,5 % as it was agreed, and 20 % without a zero."""
    return max(0, -int((share * 100).normalize().as_tuple().exponent))


def _figure(label: str, figure: str, value: Value) -> Row:
    unsure = () if value.status is Status.VERIFIED else (Tag(label=_("to be confirmed"), kind=Kind.WAIT),)
    return Row(cells=(Cell(text=label), Cell(text=figure), Cell(text=value.reference, tags=unsure)))


def to_turn_over(offers: Iterable[Any]) -> Table:
    """List the vacant homes that nobody was asked for yet."""
    columns = (Column(label=_("Home")), Column(label=_("Available on"), is_code=True))
    rows = [
        Row(
            cells=(
                Cell(
                    text=offer.dwelling.address or offer.dwelling.reference,
                    url=reverse("allocation:turns", args=[offer.pk]),
                    detail=offer.dwelling.commune.name if offer.dwelling.commune else "",
                ),
                Cell(text=dates.full(offer.available_on) if offer.available_on else _("not known")),
            )
        )
        for offer in offers
    ]
    return Table(caption=_("Vacant homes to turn over"), columns=columns, rows=rows, hides_caption=True)
