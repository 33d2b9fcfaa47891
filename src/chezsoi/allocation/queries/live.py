"""What a room looks at now: the home before it and whether anything changed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F
from django.utils.crypto import salted_hmac

from chezsoi.allocation.choices import SittingState
from chezsoi.allocation.models import Candidacy, Sitting, SittingItem
from chezsoi.allocation.queries.sittings import Item, agenda_rows, shown_item
from chezsoi.kernel.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The homes of the day and the one before the room, at its place; none before it, 0, unless they are in session."""

    agenda: tuple[SittingItem, ...]
    item: Item | None = None
    place: int = 0


def item_before_the_room(sitting: Sitting, *, actor: Actor) -> SittingItem | None:
    """Give the home before the room, without its candidates."""
    return _current(sitting, list(agenda_rows(sitting, actor=actor)))


def before_the_room(sitting: Sitting, *, actor: Actor) -> Before:
    """Give the home the secretary put before the room; until then, the first that is not decided."""
    rows = list(agenda_rows(sitting, actor=actor))
    row = _current(sitting, rows)
    if row is None:
        return Before(agenda=tuple(rows))
    return Before(agenda=tuple(rows), item=shown_item(row, actor=actor), place=rows.index(row) + 1)


def mark(sitting: Sitting, *, actor: Actor) -> str:
    """
    Sign what a page of the room shows an actor: the same until something of it changes.

    Whoever holds a mark was shown what it stands for, which the trail kept: asking again with it is no new reading.
    """
    rows = list(agenda_rows(sitting, actor=actor))
    row = _current(sitting, rows)
    facts: list[object] = [sitting.pk, sitting.state, [each.pk for each in rows], row and row.pk, actor.user_id]
    if row is not None:
        lines = Candidacy.objects.visible_to(actor).filter(round=row.round_id).order_by("pk")
        facts += [
            sitting.commission.quorum,
            list(lines.values_list("pk", "state", "decision")),
            list(row.voting().order_by("pk").values_list("member", flat=True)),
        ]
    return salted_hmac("allocation.room", repr(facts)).hexdigest()[:32]


def _current(sitting: Sitting, rows: list[SittingItem]) -> SittingItem | None:
    if sitting.state != SittingState.OPEN:
        return None
    chosen = next((row for row in rows if row.pk == sitting.current_item_id), None)
    if chosen is not None or not rows:
        return chosen
    waits = Candidacy.objects.filter(round__in=[row.round_id for row in rows], decision=None)
    undecided = set(waits.order_by().values_list(F("round_id"), flat=True))
    return next((row for row in rows if row.round_id in undecided), rows[-1])
