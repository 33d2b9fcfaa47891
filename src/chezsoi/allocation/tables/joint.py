"""A joint round as components show it: each home and whom it is proposed to, and who is proposed none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chezsoi.allocation import queries, wording
from chezsoi.allocation.choices import RoundState
from chezsoi.allocation.models import JointAnswer, JointRound, Round
from chezsoi.allocation.tables import outlays as told
from chezsoi.homes import wording as homes
from chezsoi.ui import dates
from chezsoi.ui.shapes import Cell, Column, Kind, Row, Table, Tag
from chezsoi.ui.typography import ordinal

KINDS = {RoundState.COMMITTED: Kind.WAIT, RoundState.DRAWN: Kind.HOME, RoundState.CANCELLED: Kind.NEUTRAL}


def joint_rounds(rows: Iterable[JointRound]) -> Table:
    """Lay joint rounds out as a table."""
    columns = (
        Column(label=_("Candidates frozen on"), is_code=True),
        Column(label=_("Homes"), is_numeric=True),
        Column(label=_("Examined"), is_numeric=True),
        Column(label=_("State")),
    )
    lines = [
        Row(
            cells=(
                Cell(text=dates.full(row.frozen_on), url=reverse("allocation:joint", args=[row.pk])),
                Cell(text=str(row.homes)),  # type: ignore[attr-defined]
                Cell(text=str(row.examined)),
                Cell(tags=state(row)),
            )
        )
        for row in rows
    ]
    return Table(caption=_("Joint rounds"), columns=columns, rows=lines, hides_caption=True)


def state(joint: JointRound) -> tuple[Tag, ...]:
    """Say where a joint round stands."""
    return (Tag(label=str(joint.get_state_display()), kind=KINDS[RoundState(joint.state)]),)


def shared_homes(
    rows: Sequence[queries.SharedHome], *, asked: Round | None = None, outlays: told.Outlays | None = None
) -> Table:
    """Lay out the homes, each with the household it is proposed to, what it would cost it, and who comes after."""
    columns = (
        Column(label=_("Home")),
        Column(label=_("Proposed to")),
        Column(label=_("Points"), is_numeric=True),
        Column(label=_("Wish")),
        *told.columns(outlays or {}),
        Column(label=_("Then")),
    )
    lines = [_home(row, outlays or {}, is_asked=row.round == asked) for row in rows]
    return Table(caption=_("Homes and whom they are proposed to"), columns=columns, rows=lines, hides_caption=True)


def sharers(found: Sequence[queries.Sharers]) -> Table | None:
    """Lay out the shared homes: who would live together, under file numbers, and how many more; None without any."""
    columns = (
        Column(label=_("Shared home")),
        Column(label=_("Would live together")),
        Column(label=_("Rooms left"), is_numeric=True),
    )
    lines = [
        Row(
            cells=(
                Cell(text=homes.named(each.home, each.home.reference), detail=_living(each)),
                Cell(text=_together(each), is_strong=True),
                Cell(text=str(len(each.rooms) - each.proposed_in_all)),
            )
        )
        for each in found
    ]
    caption = _("Who would live together")
    return Table(caption=caption, columns=columns, rows=lines, hides_caption=True) if lines else None


def answers(rows: Iterable[JointAnswer], reader: wording.Reader) -> Table:
    """Lay out those who are proposed no home, in the published order, each with the reason in one or two sentences."""
    columns = (
        Column(label=_("Place"), is_numeric=True),
        Column(label=_("Household"), is_code=True),
        Column(label=_("Points"), is_numeric=True),
        Column(label=_("Homes that fit"), is_numeric=True),
        Column(label=_("Why")),
    )
    lines = [
        Row(
            cells=(
                Cell(text=str(row.place)),
                Cell(text=row.household.reference, is_strong=True),
                Cell(text=str(row.points)),
                Cell(text=str(row.possible)),
                Cell(text=wording.unproposed(row, reader)),
            )
        )
        for row in rows
    ]
    return Table(caption=_("Households proposed no home"), columns=columns, rows=lines, hides_caption=True)


def changes(found: Iterable[queries.Change]) -> Table:
    """Lay out what a round drawn again answers otherwise, household by household."""
    columns = (Column(label=_("Household"), is_code=True), Column(label=_("Before")), Column(label=_("After")))
    lines = [
        Row(
            cells=(
                Cell(text=each.file_number, is_strong=True),
                Cell(text=_named(each.before)),
                Cell(text=_named(each.after)),
            )
        )
        for each in found
    ]
    return Table(caption=_("What would change"), columns=columns, rows=lines, hides_caption=True)


def how_many(rows: Sequence[queries.SharedHome]) -> str:
    """Say how many homes are shared out."""
    return ngettext("%(count)s home", "%(count)s homes", len(rows)) % {"count": len(rows)}


def _living(found: queries.Sharers) -> str:
    if not found.living:
        return _("nobody lives there yet")
    return ngettext(
        "%(count)s household lives there already", "%(count)s households live there already", found.living
    ) % {"count": found.living}


def _together(found: queries.Sharers) -> str:
    named = [each.household.reference for each in found.proposed]
    others = found.proposed_in_all - len(named)
    if others:
        named.append(ngettext("%(count)s other", "%(count)s others", others) % {"count": others})
    return ", ".join(named) or _("nobody")


def _home(row: queries.SharedHome, outlays: told.Outlays, *, is_asked: bool) -> Row:
    first, after = row.lines[:1], row.lines[1:]
    held = first[0] if first else None
    return Row(
        cells=(
            Cell(
                text=homes.title(row.round.offer.dwelling),
                url=reverse("allocation:round", args=[row.round.pk]),
                detail=_compatible(row.round.compatible),
            ),
            _household(held),
            Cell(text=str(held.points) if held else "–"),
            Cell(text=ordinal(held.wish_rank) if held and held.wish_rank else "–"),
            *told.cells(held.candidacy if held else None, outlays),
            Cell(codes=[line.file_number for line in after]) if after else Cell(text="–"),
        ),
        is_current=is_asked,
    )


def _compatible(count: int) -> str:
    return ngettext("%(count)s compatible household", "%(count)s compatible households", count) % {"count": count}


def _household(line: queries.Line | None) -> Cell:
    if line is None:
        return Cell(text=_("nobody"))
    tags = (Tag(label=_("protected address"), kind=Kind.INFO),) if line.is_protected else ()
    return Cell(text=line.file_number, detail=f"{line.composition} · {line.situation}", tags=tags, is_strong=True)


def _named(row: Round | None) -> str:
    return homes.title(row.offer.dwelling) if row is not None else _("no home")
