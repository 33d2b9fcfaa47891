"""The by-name list: narrowed, put in order, and read a page at a time whatever its length."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from chezsoi.kernel.actor import Actor
from chezsoi.kernel.dates import PartialDate, add_months
from chezsoi.kernel.orders import Order
from chezsoi.people.choices import FAMILIES, HOMELESS, MemberRole, Who
from chezsoi.people.models import (
    CircleMembership,
    Household,
    HouseholdMember,
    ResidentialSituation,
    SavedView,
    households_seen_by,
)
from chezsoi.people.models.runs import BY_NAME, cut, in_order, page, whole
from chezsoi.people.queries.search import numbered, search
from chezsoi.people.queries.sight import sight
from chezsoi.people.queries.together import followed_by
from chezsoi.territories.access import Can

MOST_COUNTED, MOST_COUNTED_NARROWED = 10_000, 1_000
FEW = 1_000
"""So many of a territory are put in order by themselves; where more answer, the first of the order are never far."""

ME = "me"
"""Who follows, when it is whoever reads: a view that colleagues share then shows each of them their own."""

MOST_BY_NAME = 50
MOST_EXPORTED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the list is narrowed to; what stays empty narrows nothing."""

    text: str = ""
    family: str = ""
    homeless_months: int | None = None
    unseen_days: int | None = None
    who: str = ""
    followed: str = ""
    order: Order = BY_NAME

    @property
    def narrows(self) -> bool:
        return bool(self.text.strip() or self.has_filters)

    @property
    def has_filters(self) -> bool:
        return any((self.family, self.homeless_months, self.unseen_days, self.who, self.followed))


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """
    A page of the list: its households, and the household from which the page before and the page after begin.

    `count` stops counting at a bound; `is_more` says that there are more.
    """

    households: Sequence[Household]
    count: int
    is_more: bool = False
    before: int | None = None
    after: int | None = None


def listing(wanted: Wanted, *, actor: Actor, on: date, after: int | None = None, before: int | None = None) -> Listing:
    """
    List the households that exist for an actor, by their lead, nameless ones last; closed files are left out.

    A text lists those who answer to it, best first, closed files too when they are named by their number. A filter
    that says more than the role reads on a card narrows nothing.
    """
    if wanted.text.strip():
        return _by_name(wanted, actor, on)
    bound = MOST_COUNTED_NARROWED if wanted.narrows else MOST_COUNTED
    rows, order = _narrowed(wanted, actor, on), _order(wanted, actor)
    short = _short(rows, order, actor)
    if short is not None:
        count, (keys, has_before, has_after) = len(short), cut(short, after=after, before=before)
        held = Household.objects.in_bulk(keys)
        found = [held[pk] for pk in keys]
    else:
        count = bound + 1 if bound <= FEW else rows.order_by()[: bound + 1].count()
        rows = _narrowed(wanted, actor, on, is_read_in_order=True)
        members, has_before, has_after = page(rows, order, after=after, before=before)
        found = [row.household for row in members]
    return Listing(
        households=found,
        count=min(count, bound),
        is_more=count > bound,
        before=found[0].pk if has_before and found else None,
        after=found[-1].pk if has_after and found else None,
    )


def exported(wanted: Wanted, *, actor: Actor, on: date) -> list[Household]:
    """Give every household of a list, in its order, up to ten thousand."""
    if wanted.text.strip():
        return list(_by_name(wanted, actor, on).households)
    rows = _narrowed(wanted, actor, on)
    runs = in_order(rows, _order(wanted, actor))
    return [row.household for run in runs for row in run[:MOST_EXPORTED]][:MOST_EXPORTED]


def references_seen(references: Collection[str], *, actor: Actor, on: date) -> frozenset[str]:
    """Keep, of some file numbers, those whose file the actor may see."""
    rows = Household.objects.visible_to(actor, on=on).filter(reference__in=references)
    return frozenset(rows.values_list("reference", flat=True))


def orders(*, actor: Actor) -> tuple[str, ...]:
    """Name the orders of the list; a role that does not read the last contact is not told it by a rank."""
    return ("name", "contact", "known") if sight(actor=actor).household else ("name", "known")


def saved_views(*, actor: Actor) -> QuerySet[SavedView]:
    """List the views an actor saved, and those that colleagues share."""
    return SavedView.objects.visible_to(actor).order_by("is_shared", "name", "pk")


def own_view(pk: int, *, actor: Actor) -> SavedView:
    """
    Find a view that the actor saved.

    :raises SavedView.DoesNotExist: also when it is somebody else's.
    """
    return SavedView.objects.visible_to(actor).get(pk=pk, user=actor.user_id)


def _by_name(wanted: Wanted, actor: Actor, on: date) -> Listing:
    answer = search(wanted.text, actor=actor, on=on, most=MOST_BY_NAME)
    pks = list(dict.fromkeys([*numbered(wanted.text, actor=actor), *(found.card.pk for found in answer.found)]))
    narrowed = Household.objects.filter(pk__in=pks).visible_to(actor, on=on)
    if wanted.has_filters:
        narrowed = narrowed.filter(pk__in=_narrowed(wanted, actor, on).filter(household__in=pks).values("household"))
    found = {household.pk: household for household in narrowed}
    return Listing(households=[found[pk] for pk in pks if pk in found], count=len(found))


def _short(rows: QuerySet[HouseholdMember], order: Order, actor: Actor) -> list[int] | None:
    """
    Put a short list in order, whole; None when it is long.

    What the circles of a service hold is short: PostgreSQL reads it and sorts it, as nothing says to stop early.
    """
    if _sees_territory(actor):
        few = list(rows.order_by().values_list("pk", flat=True)[: FEW + 1])
        return whole(HouseholdMember.objects.filter(pk__in=few), order, most=FEW) if len(few) <= FEW else None
    found = whole(rows, order, most=MOST_COUNTED + 1)
    return found if len(found) <= MOST_COUNTED else None


def _narrowed(wanted: Wanted, actor: Actor, on: date, *, is_read_in_order: bool = False) -> QuerySet[HouseholdMember]:
    seen = sight(actor=actor)
    rows = HouseholdMember.objects.filter(_held(on), _open(on), _in_scope(actor, on), role=MemberRole.LEAD)
    if seen.situation and wanted.family:
        codes = [code for code, family in FAMILIES.items() if family == wanted.family]
        rows = rows.annotate(now=_situation_now(on)).filter(now__in=codes)
    if seen.household and wanted.unseen_days:
        rows = rows.filter(household__last_contact_on__lte=on - timedelta(days=wanted.unseen_days))
    lives: list[Q | Exists] = []
    if seen.situation and wanted.homeless_months:
        rows = rows.annotate(now=_situation_now(on)).filter(now__in=HOMELESS)
        lives += _homeless_since(add_months(on, -wanted.homeless_months), on)
    if wanted.who:
        lives.append(_who(Who(wanted.who), on))
    if wanted.followed and actor.may(Can.SEE_HOUSEHOLD):
        lives.append(_followed(wanted.followed, actor, on))
    return _with_names(rows.filter(*(_row_by_row(each) for each in lives) if is_read_in_order else lives))


def _with_names(rows: QuerySet[HouseholdMember]) -> QuerySet[HouseholdMember]:
    return rows.select_related("person", "household")


def _row_by_row(condition: Q | Exists) -> Q:
    """
    Have a condition checked on each row as it comes, where PostgreSQL would join whole tables before the first.

    Joining is right to count them; to read fifty in order it costs seconds.
    """
    return Q(Case(When(condition, then=Value(True)), default=Value(False)))


def _order(wanted: Wanted, actor: Actor) -> Order:
    return wanted.order if wanted.order.key in orders(actor=actor) else BY_NAME


def _in_scope(actor: Actor, on: date) -> Q:
    """Start from the circle, which is short; check a whole territory row by row, as the page is read."""
    if not _sees_territory(actor):
        return Q(household__in=households_seen_by(actor, on=on))
    return Q(Exists(households_seen_by(actor, on=on).filter(pk=OuterRef("household_id"))))


def _sees_territory(actor: Actor) -> bool:
    return getattr(actor, "scope", None) == "territory"


def _held(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))


def _open(on: date) -> Q:
    return Q(household__closed_on=None) | Q(household__closed_on__gt=on)


def _observed(on: date) -> QuerySet[ResidentialSituation]:
    return ResidentialSituation.objects.filter(person=OuterRef("person_id"), withdrawn_at=None, observed_on__lte=on)


def _situation_now(on: date) -> Subquery:
    rows = _observed(on).order_by("-observed_on", "is_derived", "-recorded_at", "-pk")
    return Subquery(rows.values("situation")[:1])


def _homeless_since(limit: date, on: date) -> tuple[Exists, Q]:
    """Keep those who were homeless by a day, and not seen in a home since."""
    by_then = _observed(on).annotate(began_on=Coalesce("since", "observed_on"))
    return (
        Exists(by_then.filter(situation__in=HOMELESS, began_on__lte=limit)),
        ~Q(Exists(_observed(on).filter(observed_on__gt=limit).exclude(situation__in=HOMELESS))),
    )


def _followed(by: str, actor: Actor, on: date) -> Exists:
    user_id = actor.user_id or 0 if by == ME else int(by)
    return Exists(followed_by(user_id, on=on, actor=actor).filter(household=OuterRef("household_id")))


def _who(who: Who, on: date) -> Q:
    if who is Who.NOBODY_NAMED:
        named = CircleMembership.objects.naming_somebody_on(on)
        return ~Q(Exists(named.filter(household=OuterRef("household_id"))))
    others = HouseholdMember.objects.filter(_held(on), household=OuterRef("household_id"))
    if who is Who.ALONE:
        return ~Q(Exists(others.exclude(role=MemberRole.LEAD))) & (
            Q(household__stated_size=None) | Q(household__stated_size__lte=1)
        )
    grown_up_born = PartialDate.of(add_months(on, -18 * 12))
    young = Q(person__birth_date="") | Q(person__birth_date__gt=grown_up_born)
    return Q(Exists(others.filter(young, role=MemberRole.CHILD)))
