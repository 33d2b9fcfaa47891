"""What can be read of territories and of the people who work there."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from chezsoi.kernel.actor import Actor
from chezsoi.territories.choices import CodeKind
from chezsoi.territories.models import Commune, Organisation, Territory, User
from chezsoi.territories.reference import plain


def territory(key: str, *, actor: Actor) -> Territory:
    """Give a territory by its key: the list of territories is public."""
    return Territory.objects.get(key=key)


def every_territory(*, actor: Actor) -> QuerySet[Territory]:
    """List every territory of the plan: public."""
    return Territory.objects.order_by("key")


def territories_of(*, actor: Actor) -> QuerySet[Territory]:
    """List the territories where the actor's role holds."""
    return Territory.objects.filter(pk__in=actor.territory_ids).order_by("name")


def communes_of(territory: Territory, *, actor: Actor) -> QuerySet[Commune]:
    """List the communes of a territory, once each even when its members overlap."""
    held = Q(pk__in=())
    fields = {
        CodeKind.SIREN: "epci_siren",
        CodeKind.DEPARTEMENT: "departement_code",
        CodeKind.COMMUNE: "code",
    }
    for member in territory.members.order_by("code"):
        held |= Q(**{fields[CodeKind(member.code_kind)]: member.code})
    return Commune.objects.filter(held).order_by("name")


def overlapping(territories: QuerySet[Territory], *, actor: Actor) -> list[tuple[Territory, Territory]]:
    """List the pairs of territories that share a commune: their figures are never added."""
    rows = list(territories.order_by("key"))
    codes = [set(communes_of(row, actor=actor).values_list("code", flat=True)) for row in rows]
    return [(rows[i], rows[j]) for i in range(len(rows)) for j in range(i + 1, len(rows)) if codes[i] & codes[j]]


def find_commune(name: str, *, near: Territory, actor: Actor) -> Commune | None:
    """
    Find the commune a service means by a name or a code: in the territory first, then its département, then France.

    A name that several communes bear within one of these circles is nobody's: None. A former commune leads to
    the one it lies in today.
    """
    wanted = name.strip()
    if not wanted:
        return None
    if found := Commune.objects.filter(Q(code=wanted.upper()) | Q(former__code=wanted.upper())).first():
        return found
    searched = plain(wanted)
    for named in (Q(search_name=searched), Q(former__search_name=searched)):
        same_name = Commune.objects.filter(named).distinct()
        for circle in (
            same_name.filter(pk__in=communes_of(near, actor=actor).values("pk")),
            same_name.filter(departement_code=near.departement_code),
            same_name,
        ):
            if found_here := list(circle.order_by("code")[:2]):
                return found_here[0] if len(found_here) == 1 else None
    return None


def organisations_in(territory: Territory, *, actor: Actor) -> QuerySet[Organisation]:
    """List the organisations at work in a territory."""
    return territory.organisations.filter(is_active=True).order_by("name")


def every_organisation(*, actor: Actor) -> QuerySet[Organisation]:
    """List every organisation."""
    return Organisation.objects.order_by("key")


def own_organisation(*, actor: Actor) -> Organisation:
    """Give the organisation an actor works for."""
    return Organisation.objects.get(pk=actor.organisation_id or 0)


def demonstration_accounts(*, actor: Actor) -> QuerySet[User]:
    """List the demonstration accounts, with their roles."""
    return User.objects.filter(is_demo=True, is_active=True).prefetch_related("roles__organisation").order_by("pk")


def account(email: str, *, actor: Actor) -> User:
    """Give an account by its mail address."""
    return User.objects.get(email__iexact=email)
