"""The page that says what a draft of a grid would change, before a colleague publishes it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from chezsoi import trail
from chezsoi.allocation import queries as allocation
from chezsoi.allocation.choices import GROUPS, Dimension
from chezsoi.allocation.tables import grids as tables
from chezsoi.engines import matching
from chezsoi.homes import wording as homes
from chezsoi.homes.models import Offer
from chezsoi.journeys import impacts
from chezsoi.people import queries as people
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui import typography
from chezsoi.ui.responses import page
from chezsoi.ui.shapes import Cell, Column, Figure, Kind, Row, Table, Tag

MOST_MOVES = 20
ORDER = list(GROUPS)


@allow(Can.RUN_ROUND)
@require_safe
def grid_impact(request: Request, draft_id: int) -> HttpResponse:
    draft = allocation.grid_draft(draft_id, actor=request.actor)
    found = impacts.preview(draft, on=timezone.localdate(), actor=request.actor)
    trail.record(request.actor, "allocation.grid.previewed", draft, detail={"waiting": found.waiting})
    context = {
        "draft": draft,
        "before": found.before,
        "waiting": found.waiting,
        "findings": tables.findings(found.exclusions),
        "impact": found.impact,
        "is_own": draft.changed_by == request.actor.user_id,
    }
    if found.impact is not None:
        seen = _seen(found.impact, request)
        context |= {
            "figures": _figures(found.impact),
            "changes": _changes(found.impact, seen),
            "homes": _homes(found.impact, found.offers),
            "left_out": len(found.impact.homes_left_out),
            "groups": [
                (capfirst(dimension.label), _groups(dimension, rows)) for dimension, rows in found.groups.items()
            ],
        }
    return page(request, "journeys/grid_impact.html", context)


def _seen(impact: matching.Impact, request: Request) -> frozenset[str]:
    """Tell which of the households that enter or leave the reader may see the file of."""
    return people.references_seen([*impact.enters, *impact.leaves], actor=request.actor, on=timezone.localdate())


def _figures(impact: matching.Impact) -> list[Figure]:
    count = len(impact.homes)
    compared = ngettext("of %(count)s home compared", "of %(count)s homes compared", count) % {"count": count}
    first = _("of the first %(count)s ranks") % {"count": impact.top}
    everyone = _("of %(count)s who wait") % {"count": typography.number(len(impact.moves))}
    households = _("households")
    counted = (
        (pgettext("first ranks", "Enter"), len(impact.enters), households, first),
        (pgettext("first ranks", "Leave"), len(impact.leaves), households, first),
        (_("Homes proposed to others"), impact.homes_changed, "", compared),
        (_("Change rank"), impact.moved, households, everyone),
    )
    return [
        Figure(label=label, value=typography.number(value), unit=unit, period=_("today"), detail=detail)
        for label, value, unit, detail in counted
    ]


def _changes(impact: matching.Impact, seen: frozenset[str]) -> Table:
    """Lay out who enters and leaves the first ranks: by file number where the reader may see the file."""
    moves = {move.ref: move for move in impact.moves}
    tags = {"enters": Tag(label=_("enters"), kind=Kind.HOME), "leaves": Tag(label=_("leaves"), kind=Kind.ACT)}
    rows = [
        _change(moves[ref], tags[what], is_seen=ref in seen)
        for what, refs in (("enters", impact.enters), ("leaves", impact.leaves))
        for ref in refs[:MOST_MOVES]
    ]
    columns = (
        Column(label=_("Household")),
        Column(label=_("Rank before"), is_numeric=True),
        Column(label=_("Rank after"), is_numeric=True),
        Column(label=_("Points"), is_numeric=True),
    )
    return Table(caption=_("Who enters and leaves"), columns=columns, rows=rows, hides_caption=True)


def _change(move: matching.Move, tag: Tag, *, is_seen: bool) -> Row:
    return Row(
        cells=(
            Cell(text=move.ref if is_seen else _("a file you may not see"), tags=(tag,), is_strong=is_seen),
            Cell(text=str(move.rank_before)),
            Cell(text=str(move.rank_after)),
            Cell(text=f"{move.points_before} → {move.points_after}"),
        )
    )


def _homes(impact: matching.Impact, offers: dict[str, Offer]) -> Table:
    """Lay out the homes that would be proposed to others: how many, never who."""
    columns = (Column(label=_("Home")), Column(label=_("Proposed to others"), is_numeric=True))
    rows = [
        Row(
            cells=(
                Cell(text=homes.title(offers[each.home].dwelling), is_strong=True),
                Cell(text=_("%(count)s of %(size)s") % {"count": _new(each), "size": len(each.after)}),
            )
        )
        for each in impact.homes
        if each.changes
    ]
    return Table(caption=_("Homes proposed to others"), columns=columns, rows=rows, hides_caption=True)


def _new(home: matching.HomeImpact) -> int:
    return len(set(home.after) - set(home.before))


def _groups(dimension: Dimension, rows: Iterable[matching.GroupImpact]) -> Table:
    columns = (
        Column(label=_("Group")),
        Column(label=_("Wait"), is_numeric=True),
        Column(label=_("Among the first, before"), is_numeric=True),
        Column(label=_("After"), is_numeric=True),
        Column(label=_("Ranks gained on average"), is_numeric=True),
    )
    lines = [
        Row(
            cells=(
                Cell(text=str(capfirst(GROUPS[each.group]))),
                Cell(text=str(each.waiting)),
                Cell(text=str(each.top_before)),
                Cell(text=str(each.top_after)),
                Cell(text=_signed(each.mean_rise)),
            )
        )
        for each in sorted(rows, key=lambda each: ORDER.index(each.group))
    ]
    return Table(caption=str(dimension.label), columns=columns, rows=lines, hides_caption=True)


def _signed(value: float) -> str:
    written = typography.number(Decimal(value), 1)
    return f"+{written}" if value > 0 else written
