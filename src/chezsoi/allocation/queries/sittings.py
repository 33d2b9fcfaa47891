"""What can be read of commissions and their sittings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from chezsoi.allocation.choices import SittingState
from chezsoi.allocation.models import (
    Adjournment,
    Attendance,
    Commission,
    CommissionMember,
    Recusal,
    Sitting,
    SittingItem,
)
from chezsoi.allocation.queries.candidates import Line, candidates
from chezsoi.fields.ordering import Orders
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.orders import Order
from chezsoi.territories.models import RoleAssignment, User

MEMBER_ROLE = "commission_member"
SITTING_ORDERS = Orders("-held", {"held": [F("held_on")], "homes": [F("homes")]})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One home on the table: its candidates, who left it, and whether the quorum is met."""

    item: SittingItem
    lines: tuple[Line, ...]
    recusals: tuple[Recusal, ...]
    voting: int
    quorum: int

    @property
    def is_quorate(self) -> bool:
        return self.voting >= self.quorum

    @property
    def is_decided(self) -> bool:
        return all(line.decision for line in self.lines)

    def voters_at(self, sitting: Sitting) -> int:
        """Count who could vote when a sitting decided, the fewest if some left; who is there now before it decides."""
        taken = [line.decision for line in self.lines if line.decision and line.decision.sitting == sitting]
        return min((each.voters for each in taken if each.voters is not None), default=self.voting)


def commissions(*, actor: Actor) -> QuerySet[Commission]:
    """List the commissions whose table the actor may see."""
    return Commission.objects.visible_to(actor).select_related("organisation", "territory").order_by("name", "pk")


def commission(pk: int, *, actor: Actor) -> Commission:
    """Give one commission."""
    return commissions(actor=actor).get(pk=pk)


def commissions_seated(*, on: date, actor: Actor) -> QuerySet[Commission]:
    """List the commissions the actor may see, each with its `seated`: who sits on a day."""
    members = _by_vote(CommissionMember.objects.in_force_on(on))
    return commissions(actor=actor).prefetch_related(Prefetch("members", queryset=members, to_attr="seated"))


def seats(commission: Commission, *, actor: Actor) -> QuerySet[CommissionMember]:
    """List everybody who sits, sat or will sit in a commission."""
    return _by_vote(commission.members.select_related("user"))


def seats_to_end(commission: Commission, *, on: date, actor: Actor) -> QuerySet[CommissionMember]:
    """List the seats of a commission that are not over on a day."""
    return _by_vote(commission.members.filter(Q(ends_on=None) | Q(ends_on__gt=on)))


def accounts_to_seat(commission: Commission, *, on: date, actor: Actor) -> QuerySet[User]:
    """List the accounts that hold the role of a member in the territory of a commission."""
    held = RoleAssignment.objects.in_force_on(on).filter(role=MEMBER_ROLE, territory_id=commission.territory_id)
    return User.objects.filter(pk__in=held.values("user_id")).order_by("full_name", "pk")


def sittings(*, actor: Actor, order: Order | None = None) -> QuerySet[Sitting]:
    """List the sittings the actor may see, the newest first, with the number of homes on their table."""
    return SITTING_ORDERS.put(_sittings(actor).annotate(homes=Count("items")), order)


def sittings_to_come(*, actor: Actor) -> QuerySet[Sitting]:
    """List the sittings whose agenda may still grow, the next first."""
    return _sittings(actor).exclude(state=SittingState.CLOSED).order_by("held_on", "pk")


def sitting(pk: int, *, actor: Actor) -> Sitting:
    """Give one sitting."""
    return _sittings(actor).get(pk=pk)


def item(pk: int, *, actor: Actor) -> SittingItem:
    """Give one home on a table."""
    return _items(actor).get(pk=pk)


def seated(sitting: Sitting, *, actor: Actor) -> QuerySet[CommissionMember]:
    """List who sits in the commission on the day of a sitting, those with a vote first, marked when present."""
    held = sitting.commission.members.in_force_on(sitting.held_on)
    present = Attendance.objects.filter(sitting=sitting, member=OuterRef("pk"))
    return _by_vote(held.annotate(is_present=Exists(present), left_at=Subquery(present.values("left_at")[:1])))


def later_sittings(sitting: Sitting, *, actor: Actor) -> QuerySet[Sitting]:
    """List the sittings of the same commission still to be held after one."""
    return sittings_to_come(actor=actor).filter(commission=sitting.commission_id, held_on__gt=sitting.held_on)


def adjourned(sitting: Sitting, *, actor: Actor) -> tuple[tuple[Adjournment, Item], ...]:
    """Give what was carried from a sitting to a later one, with the decisions this sitting took on it before."""
    rows = Adjournment.objects.filter(sitting=sitting, item__in=_items(actor)).order_by("pk")
    homes = {each.pk: each for each in _items(actor).filter(pk__in=rows.values("item"))}
    return tuple((row, _item(homes[row.item_id], actor=actor)) for row in rows)


def agenda(sitting: Sitting, *, actor: Actor, before_the_room: bool = False) -> tuple[Item, ...]:
    """Give the homes on the table of a sitting, in their order; `before_the_room`, as anybody there may read them."""
    rows = agenda_rows(sitting, actor=actor)
    return tuple(_item(row, actor=actor, before_the_room=before_the_room) for row in rows)


def agenda_rows(sitting: Sitting, *, actor: Actor) -> QuerySet[SittingItem]:
    """List the homes on the table of a sitting, in their order, without their candidates."""
    return _items(actor).filter(sitting=sitting).order_by("pk")


def shown_item(row: SittingItem, *, actor: Actor) -> Item:
    """Give a home as anybody in the room may read it."""
    return _item(row, actor=actor, before_the_room=True)


def _item(row: SittingItem, *, actor: Actor, before_the_room: bool = False) -> Item:
    return Item(
        item=row,
        lines=candidates(row.round, actor=actor, before_the_room=before_the_room),
        recusals=tuple(row.recusals.select_related("member").order_by("pk")),
        voting=quorum(row, actor=actor),
        quorum=row.sitting.commission.quorum,
    )


def quorum(item: SittingItem, *, actor: Actor) -> int:
    """Count the members with a vote who are present for a home and have not left it."""
    return item.voting().count()


def _by_vote(members: QuerySet[CommissionMember]) -> QuerySet[CommissionMember]:
    return members.order_by("-has_vote", "name", "pk")


def _sittings(actor: Actor) -> QuerySet[Sitting]:
    rows = Sitting.objects.filter(commission__in=Commission.objects.visible_to(actor))
    return rows.select_related("commission__organisation", "commission__territory")


def _items(actor: Actor) -> QuerySet[SittingItem]:
    rows = SittingItem.objects.filter(sitting__commission__in=Commission.objects.visible_to(actor))
    return rows.select_related(
        "sitting__commission__territory", "round__grid", "round__offer__dwelling__commune",
        "round__offer__dwelling__territory",
    )  # fmt: skip
