"""Both counts, as components show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chezsoi.journeys.registers.choices import Event, Register
from chezsoi.journeys.registers.comparing import Allocated, Compared
from chezsoi.journeys.registers.records import Period
from chezsoi.journeys.registers.sheets import Line
from chezsoi.kernel.actor import Actor
from chezsoi.people.queries import Card
from chezsoi.territories.access import Can
from chezsoi.ui import dates
from chezsoi.ui.shapes import Cell, Column, Figure, Kind, Row, Table, Tag
from chezsoi.ui.typography import number

MOST_ROWS = 200
LACKS = "manque avant envoi"
"""The last column of a sheet, in French like the others: it leaves the house."""
FIELDS: dict[str, Any] = {
    "national_number": gettext_lazy("national request number"),
    "requested_on": gettext_lazy("day the request was made"),
    "reservation": gettext_lazy("reservation holder of the home"),
}
SHEET_OF = {Register.POOL: gettext_lazy("by list (SYPLO)"), Register.REQUESTS: gettext_lazy("by request (SNE)")}


def figures(found: Compared, period: Period) -> tuple[Figure, ...]:
    """Set both counts side by side, and what one loses of the other."""
    shown = _("%(first)s – %(last)s") % {"first": dates.full(period.first), "last": dates.full(period.last)}
    counts = tuple(
        Figure(
            label=_("Told %(sheet)s") % {"sheet": SHEET_OF[register]},
            value=number(found.told[register]),
            unit=_unit(found.told[register]),
            period=shown,
            detail=_("ready to be sent: %(count)s") % {"count": number(found.ready[register])},
        )
        for register in Register
    )
    lost = Figure(
        label=_("Told in one, lost in the other"),
        value=number(found.difference),
        unit=_unit(found.difference),
        period=shown,
        detail=_("both sheets are written from one entry"),
    )
    return (*counts, lost)


def allocated(found: Compared, cards: Mapping[int, Card], *, actor: Actor) -> Table:
    """List the homes allocated, each with where it is told and why it is not elsewhere."""
    return Table(
        caption=_("Homes allocated"),
        hides_caption=True,
        columns=(
            Column(label=_("Household")),
            Column(label=_("Lease signed on")),
            Column(label=capfirst(str(SHEET_OF[Register.POOL]))),
            Column(label=capfirst(str(SHEET_OF[Register.REQUESTS]))),
            Column(label=_("Homeless before")),
        ),
        rows=[_allocated(each, cards, actor) for each in found.allocated[:MOST_ROWS]],
    )


def _allocated(each: Allocated, cards: Mapping[int, Card], actor: Actor) -> Row:
    lists = [line.facts["list"] for line in each.in_pool]
    listed = ", ".join(name.upper() for name in lists)
    return Row(
        cells=(
            _household(each.lease.household_id, cards, actor),
            Cell(text=dates.full(each.lease.signed_on)),
            _told(each.in_pool, listed) if lists else Cell(text=_("no: on no list of the prefect then")),
            _told(each.in_requests, _("lease signed")),
            Cell(text=_("yes") if each.is_homeless else _("no")),
        )
    )


def _told(lines: Sequence[Line], said: str) -> Cell:
    """Say that a home is told, and whether its line could go."""
    if any(line.missing for line in lines):
        return Cell(text=_("yes"), detail=said, tags=(Tag(label=_("not sendable yet"), kind=Kind.WAIT),))
    return Cell(text=_("yes"), detail=said)


def missing(found: Compared, cards: Mapping[int, Card], *, actor: Actor) -> Table:
    """List what keeps lines from being sent, each with where it is filled."""
    waiting: dict[tuple[int, str], list[Line]] = defaultdict(list)
    for line in found.unready:
        for column in line.missing:
            waiting[line.household, column.field or ""].append(line)
    rows = sorted(waiting.items(), key=lambda held: (held[0][1], _name(held[0][0], cards)))
    return Table(
        caption=_("What is missing before a line can be sent"),
        hides_caption=True,
        columns=(
            Column(label=_("Household")),
            Column(label=_("What is missing")),
            Column(label=_("What waits for it")),
        ),
        rows=[_missing(pk, field, lines, cards, actor) for (pk, field), lines in rows[:MOST_ROWS]],
    )


def _missing(pk: int, field: str, lines: list[Line], cards: Mapping[int, Card], actor: Actor) -> Row:
    said = capfirst(str(FIELDS.get(field, field)))
    return Row(
        cells=(
            _household(pk, cards, actor),
            Cell(text=said, url=_where(field, pk, lines[0], actor), detail=_whose(field, actor)),
            Cell(text=" · ".join(_waiting(lines))),
        )
    )


def _waiting(lines: list[Line]) -> Iterator[str]:
    for register in Register:
        told = dict.fromkeys(str(Event(line.event).label) for line in lines if line.register is register)
        if told:
            yield _("%(sheet)s: %(told)s") % {"sheet": SHEET_OF[register], "told": ", ".join(told)}


def _where(field: str, pk: int, line: Line, actor: Actor) -> str:
    """Lead to the form that fills it, for who may."""
    if field == "reservation" and line.lease and actor.may(Can.OFFER_HOME):
        return reverse("homes:terms", args=[line.lease.offer_id])
    return reverse("journeys:needs", args=[pk]) if field != "reservation" and actor.may(Can.RECORD_REQUEST) else ""


def _whose(field: str, actor: Actor) -> str:
    return _("said by who offers the home") if field == "reservation" and not actor.may(Can.OFFER_HOME) else ""


def _household(pk: int, cards: Mapping[int, Card], actor: Actor) -> Cell:
    url = reverse("portal:household", args=[pk]) if actor.may(Can.SEE_HOUSEHOLD) else ""
    held = cards.get(pk)
    return Cell(text=_name(pk, cards), url=url, detail=held.reference if held else "", is_strong=True)


def _name(pk: int, cards: Mapping[int, Card]) -> str:
    return cards[pk].name if pk in cards else ""


def _unit(count: int) -> str:
    return ngettext("home allocated", "homes allocated", count)
