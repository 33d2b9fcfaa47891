"""What can be read of living with others: a household's own words, and who would share a home in a joint round."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from chezsoi.allocation.models import CompanyWish, JointAnswer, JointRound, Round, SharingWish
from chezsoi.homes.choices import OfferState
from chezsoi.homes.models import Dwelling, Offer
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household, households_seen_by
from chezsoi.territories.access import Can


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharers:
    """A shared home of a joint round: its rooms, whom the reader may see proposed one, how many live there."""

    home: Dwelling
    rooms: tuple[Round, ...]
    proposed: tuple[JointAnswer, ...]
    proposed_in_all: int
    living: int


def sharing_wishes(household: Household, *, actor: Actor) -> QuerySet[SharingWish]:
    """List what a household said of living with others, the last word first."""
    rows = SharingWish.objects.filter(household__in=households_seen_by(actor), household=household)
    return rows.order_by("-stated_on", "-pk")


def company_wishes(household: Household, *, actor: Actor) -> QuerySet[CompanyWish]:
    """List with whom a household itself wishes to live, or would not; what others said of it is not for its page."""
    rows = CompanyWish.objects.filter(household__in=households_seen_by(actor), household=household)
    return rows.select_related("household", "other").order_by("-stated_on", "-pk")


def company_wish(pk: int, *, household: Household, actor: Actor) -> CompanyWish:
    """Give one wish of company of a household the actor may see."""
    return company_wishes(household, actor=actor).get(pk=pk)


def sharers(joint: JointRound, *, actor: Actor) -> tuple[Sharers, ...]:
    """List the shared homes of a joint round that an actor may see, with those proposed a room."""
    rows = Round.objects.visible_to(actor).filter(joint=joint, offer__dwelling__shared_home__isnull=False)
    by_home: dict[Dwelling, list[Round]] = defaultdict(list)
    for row in rows.select_related("offer__dwelling__shared_home__commune").order_by("pk"):
        home: Dwelling = row.offer.dwelling.shared_home  # type: ignore[assignment]  # filtered just above
        by_home[home].append(row)
    return tuple(_sharers(joint, home, tuple(rooms), actor) for home, rooms in by_home.items())


def roommates_of(answer: JointAnswer, *, actor: Actor) -> int:
    """Count with how many other households one would live: those proposed the other rooms, and who lives there."""
    if answer.proposed is None or not actor.may(Can.SEE_SHORTLIST):
        return 0
    home = answer.proposed.offer.dwelling.shared_home
    rows = JointAnswer.objects.filter(joint=answer.joint_id, proposed__offer__dwelling__shared_home=home)
    return rows.exclude(pk=answer.pk).count() + _living(home)


def _living(home: Dwelling | None) -> int:
    return Offer.objects.filter(dwelling__shared_home=home, state=OfferState.LET).count()


def _sharers(joint: JointRound, home: Dwelling, rooms: tuple[Round, ...], actor: Actor) -> Sharers:
    proposed = JointAnswer.objects.filter(joint=joint, proposed__offer__dwelling__shared_home=home)
    seen = JointAnswer.objects.visible_to(actor).filter(pk__in=proposed.values("pk"))
    return Sharers(
        home=home,
        rooms=rooms,
        proposed=tuple(seen.select_related("household", "proposed__offer__dwelling").order_by("place")),
        proposed_in_all=proposed.count(),
        living=_living(home),
    )
