"""What became of what commissions decided: each decision that gave a home is followed until it has an end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from chezsoi.allocation.choices import GIVES_THE_HOME, HOLDING, WITHOUT_END, CandidacyState, SittingState, Standing
from chezsoi.allocation.models import Candidacy, Commission, Decision, Refusal, Sitting
from chezsoi.allocation.models.refusals import off_the_list
from chezsoi.fields.ordering import Orders, by_rank
from chezsoi.homes.choices import OfferState
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.orders import Order
from chezsoi.law.stalls import decisions_late_since
from chezsoi.territories.access import Can

HOME = "candidacy__offer__dwelling"
FOLLOWED_ORDERS = Orders(
    "pressing",
    {
        "pressing": [F("has_end"), F("decided_on")],
        "home": [F(f"{HOME}__commune__search_name"), F(f"{HOME}__address"), F("candidacy__rank")],
        "decided": [F("decided_on"), F("candidacy__rank")],
        "standing": [by_rank("standing", Standing.values), F("decided_on")],
    },
)
MOVED_BY = {
    Standing.TO_CLOSE: Can.RECORD_DECISION,
    Standing.TO_OFFER: Can.RECORD_DECISION,
    Standing.OFF: Can.RUN_ROUND,
    Standing.ANSWER: Can.RECORD_ANSWER,
    Standing.LEASE: Can.SIGN_LEASE,
}
"""Which right moves a decision on; where it waits behind another household, nobody has to."""
OF_CANDIDACY = {
    CandidacyState.OFFERED: Standing.ANSWER,
    CandidacyState.ACCEPTED: Standing.LEASE,
    CandidacyState.HOUSED: Standing.SIGNED,
    CandidacyState.REFUSED: Standing.REFUSED,
    CandidacyState.SILENT: Standing.SILENT,
    CandidacyState.LOST: Standing.LOST,
    CandidacyState.WITHDRAWN: Standing.WITHDRAWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """Which decisions are read: of a commission, of a sitting; those without an end, unless said otherwise."""

    commission: int | None = None
    sitting: int | None = None
    standings: tuple[str, ...] = WITHOUT_END
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """How many decisions of a commission have no end yet, and how many of them are late."""

    commission: Commission
    under_way: int
    late: int


def decisions_followed(
    wanted: Followed | None = None, *, actor: Actor, on: date, order: Order | None = None
) -> QuerySet[Decision]:
    """List decisions with their `standing`: those without an end first, the oldest first."""
    asked = wanted or Followed()
    rows = _standing(Decision.objects.filter(_visible(actor)), on).filter(standing__in=asked.standings)
    if asked.commission is not None:
        rows = rows.filter(item__sitting__commission=asked.commission)
    if asked.sitting is not None:
        rows = rows.filter(Q(taken_at=asked.sitting) | Q(taken_at=None, item__sitting=asked.sitting))
    if asked.is_late:
        rows = rows.filter(standing__in=WITHOUT_END, decided_on__lte=decisions_late_since(on))
    return FOLLOWED_ORDERS.put(_told(rows), order)


def decisions_to_move(*, actor: Actor, on: date) -> QuerySet[Decision]:
    """List the late decisions that this very actor can move on, the oldest first."""
    moved = [standing for standing, right in MOVED_BY.items() if actor.may(right)]
    rows = Decision.objects.filter(
        candidacy__in=Candidacy.objects.visible_to(actor), decided_on__lte=decisions_late_since(on)
    )
    return _told(_standing(rows, on).filter(standing__in=moved)).order_by("decided_on", "pk")


def follow_ups(*, actor: Actor, on: date) -> tuple[FollowUp, ...]:
    """Count, commission by commission, the decisions without an end."""
    late = Count("pk", filter=Q(decided_on__lte=decisions_late_since(on)))
    rows = _standing(Decision.objects.filter(_visible(actor)), on).filter(standing__in=WITHOUT_END)
    counted = rows.order_by().values("item__sitting__commission").annotate(open=Count("pk"), late=late)
    found = {row["item__sitting__commission"]: (row["open"], row["late"]) for row in counted}
    seen = Commission.objects.visible_to(actor).order_by("name", "pk")
    counts = ((each, *found.get(each.pk, (0, 0))) for each in seen)
    return tuple(FollowUp(commission=each, under_way=count, late=late) for each, count, late in counts)


def sittings_followed(commission: int, *, actor: Actor) -> QuerySet[Sitting]:
    """List the sittings of a commission that are open or over, the newest first."""
    rows = Sitting.objects.filter(commission__in=Commission.objects.visible_to(actor), commission=commission)
    return rows.exclude(state=SittingState.PREPARED).order_by("-held_on", "-pk")


def _visible(actor: Actor) -> Q:
    commissions = Commission.objects.visible_to(actor)
    return Q(item__sitting__commission__in=commissions, candidacy__in=Candidacy.objects.visible_to(actor))


def _standing(rows: QuerySet[Decision], on: date) -> QuerySet[Any]:
    """Say of each decision where it stands that day, in the database."""
    offer = Candidacy.objects.filter(offer=OuterRef("candidacy__offer"))
    holding = offer.filter(state__in=HOLDING)
    before = Candidacy.objects.filter(
        decision__item=OuterRef("item"), decision__rank__lt=OuterRef("rank"), state=CandidacyState.DECIDED
    )
    off = Refusal.objects.filter(off_the_list(on), candidacy__offer=OuterRef("candidacy__offer"))
    cases = [When(~Q(kind__in=GIVES_THE_HOME), then=Value(Standing.NOT_GIVEN.value))]
    cases += [When(candidacy__state=state, then=Value(each.value)) for state, each in OF_CANDIDACY.items()]
    cases += [
        When(Exists(holding) | Exists(before), then=Value(Standing.BEHIND.value)),
        When(~Q(candidacy__offer__state=OfferState.OPEN) | Exists(off), then=Value(Standing.OFF.value)),
        When(~Q(item__sitting__state=SittingState.CLOSED), then=Value(Standing.TO_CLOSE.value)),
    ]
    standing = Case(*cases, default=Value(Standing.TO_OFFER.value), output_field=CharField())
    return rows.annotate(standing=standing).annotate(
        has_end=Case(When(standing__in=WITHOUT_END, then=Value(0)), default=Value(1))
    )


def _told(rows: QuerySet[Any]) -> QuerySet[Decision]:
    return rows.select_related(
        "taken_at", "item__sitting__commission__organisation", "item__sitting__commission__territory",
        "item__round", "candidacy__household", "candidacy__offer__dwelling__commune", "letter",
    )  # fmt: skip
