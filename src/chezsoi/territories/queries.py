"""What can be read of territories and of the people who work there."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from chezsoi.kernel.actor import Actor
from chezsoi.territories.choices import CodeKind, LinkPurpose
from chezsoi.territories.models import AccountLink, Commune, Organisation, RoleAssignment, Session, Territory, User
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


def accounts_managed(*, actor: Actor) -> QuerySet[User]:
    """List the accounts that hold, held or will hold a role in the actor's organisation and territories."""
    return User.objects.filter(pk__in=roles_managed(actor=actor).values("user")).order_by("full_name", "pk")


def roles_managed(*, actor: Actor) -> QuerySet[RoleAssignment]:
    """List the roles, past and to come, that the actor may end: those of its organisation in its territories."""
    if not actor.may("manage_accounts"):
        return RoleAssignment.objects.none()
    here = RoleAssignment.objects.filter(organisation=actor.organisation_id, territory__in=actor.territory_ids)
    return here.select_related("organisation", "territory", "user").order_by("-starts_on", "pk")


def is_invited(user: User, *, actor: Actor) -> bool:
    """Tell whether an account was invited and neither accepted nor was disabled since."""
    links = user.links.filter(purpose=LinkPurpose.INVITATION)
    return not user.is_active and (not links.exists() or links.filter(used_at=None).exists())


def last_link(user: User, *, purpose: LinkPurpose, actor: Actor) -> AccountLink | None:
    """Give the last link made for an account."""
    return user.links.filter(purpose=purpose).order_by("-made_at", "-pk").first()


def own_account(*, actor: Actor) -> User:
    """Give the account at work."""
    return User.objects.get(pk=actor.user_id or 0)


def own_sessions(*, actor: Actor, now: datetime) -> QuerySet[Session]:
    """List the sessions an account has open, the latest first."""
    return Session.objects.filter(account_id=actor.user_id or 0, expire_date__gt=now).order_by("-opened_at")


def account_at(email: str, *, actor: Actor) -> User | None:
    """Find the open account of an address that a provider or its owner vouches for; None if there is none."""
    return User.objects.filter(email__iexact=email.strip(), is_active=True).first()
