"""The households that exist for an actor, by name."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from chezsoi.fields import blind_index
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.codes import UnreadablePhone, parse_phone
from chezsoi.people.choices import FAMILIES, MemberRole
from chezsoi.people.models import Household, HouseholdMember, ResidentialSituation
from chezsoi.people.queries.sight import sight
from chezsoi.territories.reference import plain


def households(*, actor: Actor, on: date, text: str = "", family: str = "") -> QuerySet[Household]:
    """
    List the households that exist for an actor, by the name of their lead, nameless ones last.

    A closed file is listed only when it is looked for.

    `text` looks for words of the name, an alias, a file number or a whole telephone number; `family` keeps those whose
    lead is now in a family of situations. Neither finds more than what the role may read on the card.
    """
    seen = sight(actor=actor)
    found = Household.objects.visible_to(actor, on=on)
    if not text.strip():
        found = found.filter(Q(closed_on=None) | Q(closed_on__gt=on))
    else:
        found = found.filter(_named(text, on) if seen.identity else _first_named(text, on))
    if family and seen.situation:
        codes = [code for code, its_family in FAMILIES.items() if its_family == family]
        found = found.annotate(situation_now=_situation_now(on)).filter(situation_now__in=codes)
    return found.annotate(
        lead_name=Coalesce(Subquery(_leads(on).values("person__sort_name")[:1]), Value("")),
        is_nameless=Case(When(lead_name="", then=1), default=0),
    ).order_by("is_nameless", "lead_name", "pk")


def household(pk: int, *, actor: Actor) -> Household:
    """
    Find a household.

    :raises Household.DoesNotExist: also when it does not exist for the actor.
    """
    return Household.objects.visible_to(actor).select_related("territory").get(pk=pk)


def _held(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))


def _members(on: date) -> QuerySet[HouseholdMember]:
    return HouseholdMember.objects.filter(_held(on), household=OuterRef("pk"))


def _leads(on: date) -> QuerySet[HouseholdMember]:
    return _members(on).filter(role=MemberRole.LEAD).order_by("pk")


def _situation_now(on: date) -> Subquery:
    lead = HouseholdMember.objects.filter(_held(on), household=OuterRef(OuterRef("pk")), role=MemberRole.LEAD)
    rows = ResidentialSituation.objects.filter(person__in=lead.values("person"), withdrawn_at=None, observed_on__lte=on)
    return Subquery(rows.order_by("-observed_on", "is_derived", "-recorded_at", "-pk").values("situation")[:1])


def _named(text: str, on: date) -> Q:
    found = Q(reference__iexact=text.strip())
    if words := plain(text).split():
        named = (Q(person__sort_name__contains=word) for word in words)
        known_as = (Q(person__aliases__plain_name__contains=word) for word in words)
        found |= Q(Exists(_members(on).filter(*named))) | Q(Exists(_members(on).filter(*known_as)))
    if number := _phone(text):
        index = blind_index(number, purpose="phone")
        found |= Q(Exists(_members(on).filter(person__phones__number_index=index)))
    return found


def _first_named(text: str, on: date) -> Q:
    return Q(Exists(_members(on).filter(person__given_names__istartswith=text.strip())))


def _phone(text: str) -> str | None:
    try:
        return parse_phone(text)
    except UnreadablePhone:
        return None
