"""Decisions followed until their end, as components show them: households stand under the letter of the room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chezsoi.allocation import queries, wording
from chezsoi.allocation.choices import WITHOUT_END, Standing
from chezsoi.allocation.models import Decision
from chezsoi.allocation.tables import decided
from chezsoi.homes import wording as homes
from chezsoi.homes.choices import OfferState
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.orders import Order
from chezsoi.law.stalls import decisions_late_since
from chezsoi.ui import dates
from chezsoi.ui.shapes import By, Cell, Column, Kind, Link, Row, Table, Tag

KINDS = {
    Standing.TO_CLOSE: Kind.ACT,
    Standing.TO_OFFER: Kind.ACT,
    Standing.OFF: Kind.STOP,
    Standing.ANSWER: Kind.WAIT,
    Standing.LEASE: Kind.ACT,
    Standing.BEHIND: Kind.WAIT,
    Standing.SIGNED: Kind.HOME,
}
ACTS = {
    Standing.TO_CLOSE: gettext_lazy("Close the sitting"),
    Standing.TO_OFFER: gettext_lazy("Offer the home"),
    Standing.OFF: gettext_lazy("End the search"),
    Standing.ANSWER: gettext_lazy("Write the answer"),
    Standing.LEASE: gettext_lazy("Sign the lease"),
}


def decisions(rows: Iterable[Decision], *, on: date, actor: Actor, order: Order | None = None) -> Table:
    """Lay decisions out, each with the one press that moves it, for who may."""
    columns = (
        Column(label=_("Home"), sort="home"),
        Column(label=_("Household")),
        Column(label=_("Decided on"), sort="decided", by=By.DAYS),
        Column(label=_("Where it stands"), sort="standing", by=By.STEPS),
        Column(label=_("Days since"), is_numeric=True),
        Column(label=_("To do")),
    )
    also = (Column(label=_("What presses"), sort="pressing", by=By.DAYS),)
    return Table(
        caption=_("Decisions"),
        columns=columns,
        rows=[_decision(row, on, actor) for row in rows],
        hides_caption=True,
        order=order,
        also=also,
        part="decisions-list",
    )


def exported(rows: Iterable[Decision], *, on: date) -> tuple[list[str], Iterator[list[Any]]]:
    """Give the columns and the lines of the decisions taken away: letters, nobody's file."""
    columns = [
        _("Commission"), _("Sitting"), _("Home"), _("Household"), _("Decision"), _("Rank"), _("Decided on"),
        _("Where it stands"), _("Days since"), _("Late"),
    ]  # fmt: skip
    lines = (
        [
            row.item.sitting.commission.name,
            row.sitting.held_on,
            home_of(row),
            wording.letter(row.candidacy.rank),
            row.get_kind_display(),
            row.rank,
            row.decided_on,
            standing_of(row).label,
            days_since(row, on),
            _("yes") if is_late(row, on) else _("no"),
        ]
        for row in rows
    )
    return columns, lines


def act_of(row: Decision, *, actor: Actor) -> Link | None:
    """Give the press that moves a decision on, for who may; the lease is signed with who manages the home."""
    standing = standing_of(row)
    if standing not in queries.MOVED_BY or not actor.may(queries.MOVED_BY[standing]):
        return None
    return Link(label=str(ACTS[standing]), url=moved_at(row))


def moved_at(row: Decision) -> str:
    """Give where the act that moves a decision on stands."""
    match standing_of(row):
        case Standing.ANSWER:
            return reverse("allocation:answer", args=[row.letter.pk])
        case Standing.LEASE:
            return reverse("journeys:sign-lease", args=[row.candidacy_id])
        case Standing.OFF:
            return reverse("allocation:round", args=[row.candidacy.round_id])
    return f"{reverse('allocation:sitting', args=[row.item.sitting_id])}#candidate{row.candidacy_id}"


def standing_of(row: Decision) -> Standing:
    """Read where a decision stands, as its query found."""
    return Standing(row.standing)  # type: ignore[attr-defined]


def days_since(row: Decision, on: date) -> int:
    """Count the days since a decision."""
    return (on - row.decided_on).days


def is_late(row: Decision, on: date) -> bool:
    """Tell whether a decision should have had an end."""
    return standing_of(row) in WITHOUT_END and row.decided_on <= decisions_late_since(on)


def home_of(row: Decision) -> str:
    """Name the home; once it is let, without its address."""
    offer = row.candidacy.offer
    return homes.named(offer.dwelling, "" if offer.state == OfferState.LET else offer.dwelling.address)


def household_of(row: Decision) -> str:
    """Name the household as the room did."""
    return _("Household %(letter)s") % {"letter": wording.letter(row.candidacy.rank)}


def how_many(count: int) -> str:
    """Say how many decisions are listed."""
    return ngettext("%(count)s decision", "%(count)s decisions", count) % {"count": count}


def _decision(row: Decision, on: date, actor: Actor) -> Row:
    standing, act = standing_of(row), act_of(row, actor=actor)
    tags = [Tag(label=str(standing.label), kind=KINDS.get(standing, Kind.NEUTRAL))]
    if is_late(row, on):
        tags.append(Tag(label=_("late"), kind=Kind.ACT))
    return Row(
        cells=(
            Cell(
                text=home_of(row),
                url=f"{reverse('allocation:sitting', args=[row.item.sitting_id])}#item{row.item_id}",
                detail=row.item.sitting.commission.name,
            ),
            Cell(text=household_of(row)),
            Cell(text=dates.full(row.decided_on), detail=decided(row).label),
            Cell(tags=tuple(tags), detail=_until(row, standing)),
            Cell(text=str(days_since(row, on))),
            Cell(text=act.label, url=act.url) if act else Cell(text="–"),
        )
    )


def _until(row: Decision, standing: Standing) -> str:
    if standing is not Standing.ANSWER:
        return ""
    return _("answer due on %(day)s") % {"day": dates.full(row.letter.answer_due_on)}
