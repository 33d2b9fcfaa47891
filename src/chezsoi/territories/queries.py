"""What can be read of territories and of the people who work there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from chezsoi.kernel.actor import Actor
from chezsoi.law.retention import ACCOUNT
from chezsoi.territories import datasets
from chezsoi.territories.access import Can, roles
from chezsoi.territories.choices import CodeKind, Digest, LinkPurpose, OrganisationKind
from chezsoi.territories.models import (
    AccountLink,
    CalendarLink,
    Commune,
    Habits,
    Organisation,
    Reminder,
    RoleAssignment,
    Session,
    Territory,
    User,
    digest_of,
)
from chezsoi.territories.reference import plain

FactorKind = Authenticator.Type


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


def intercommunal_bodies(territory: Territory, *, actor: Actor) -> dict[str, str]:
    """Name the intercommunal bodies that have a commune in a territory, by their SIREN."""
    here = communes_of(territory, actor=actor).exclude(epci_siren="").values_list("epci_siren", flat=True)
    named = {
        row["siren"]: row["name"] for row in datasets.read("intercommunal-bodies", directory=settings.REFERENCE_DIR)
    }
    return {
        siren: named.get(siren, siren) for siren in sorted(set(here.order_by()), key=lambda one: named.get(one, one))
    }


def overlapping(territories: QuerySet[Territory], *, actor: Actor) -> list[tuple[Territory, Territory]]:
    """List the pairs of territories that share a commune: their figures are never added."""
    rows = list(territories.order_by("key"))
    codes = [set(communes_of(row, actor=actor).values_list("code", flat=True)) for row in rows]
    return [(rows[i], rows[j]) for i in range(len(rows)) for j in range(i + 1, len(rows)) if codes[i] & codes[j]]


def sharing_a_siao(territory: Territory, *, actor: Actor) -> list[Territory]:
    """List the territories that a SIAO serves together with one, itself included."""
    siaos = territory.organisations.filter(kind=OrganisationKind.SIAO)
    found = Territory.objects.filter(Q(pk=territory.pk) | Q(organisations__in=siaos))
    return list(found.distinct().order_by("key"))


def shared_siaos(*, actor: Actor) -> QuerySet[Organisation]:
    """List the SIAOs that serve several territories, the actor's role holding in every one of them."""
    elsewhere = Territory.objects.exclude(pk__in=actor.territory_ids)
    rows = Organisation.objects.filter(kind=OrganisationKind.SIAO, territories__in=actor.territory_ids)
    rows = rows.exclude(territories__in=elsewhere).annotate(places=Count("territories", distinct=True))
    return rows.filter(places__gt=1).order_by("name")


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


def partners(*, actor: Actor) -> QuerySet[Organisation]:
    """List the other organisations at work in the actor's territories."""
    here = Organisation.objects.filter(is_active=True, territories__in=actor.territory_ids)
    return here.exclude(pk=actor.organisation_id or 0).order_by("name", "pk").distinct()


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


def colleagues(*, on: date, actor: Actor) -> QuerySet[RoleAssignment]:
    """List the roles by which those of the actor's organisation open files, on a day, in the actor's territories."""
    opening = [key for key, role in roles().items() if Can.SEE_HOUSEHOLD in role.rights]
    rows = RoleAssignment.objects.in_force_on(on).filter(
        organisation_id=actor.organisation_id or 0, territory_id__in=actor.territory_ids, role__in=opening
    )
    return rows.select_related("user").order_by("user__full_name", "user_id", "pk")


def account_names(pks: Iterable[int | None], *, actor: Actor) -> dict[int, str]:
    """Name the accounts that wrote what the actor reads; an act of a program has no account."""
    written_by = {pk for pk in pks if pk}
    return dict(User.objects.filter(pk__in=written_by).values_list("pk", "full_name")) if written_by else {}


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
    return not user.is_active and user.disabled_at is None


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


def open_account(pk: int, *, actor: Actor) -> User | None:
    """Give an account that may come in; None if it may not, or no longer."""
    return User.objects.filter(pk=pk, is_active=True).first()


def has_second_factor(user: User, *, actor: Actor) -> bool:
    """Tell whether an account has a second factor."""
    return factors_of(user, actor=actor).exists()


def factors_of(user: User, *, actor: Actor) -> QuerySet[Authenticator]:
    """List the second factors of an account, recovery codes apart."""
    held: QuerySet[Authenticator] = Authenticator.objects.filter(user=user).exclude(type=FactorKind.RECOVERY_CODES)
    return held.order_by("created_at", "pk")


def recovery_codes_left(user: User, *, actor: Actor) -> int:
    """Count the recovery codes an account has not used."""
    kept = Authenticator.objects.filter(user=user, type=FactorKind.RECOVERY_CODES).first()
    return len(kept.wrap().get_unused_codes()) if kept else 0


def question_for_passkey(user: User, *, actor: Actor, is_new: bool) -> dict[str, Any]:
    """Give what the browser asks a passkey; the answer expected is kept in the session at hand."""
    asked = webauthn.begin_registration(user, False) if is_new else webauthn.begin_authentication(user)
    return dict(asked)


def invited_by(secret: str, *, purpose: LinkPurpose, actor: Actor) -> User | None:
    """Give the account that a living link opens; None if the link was used, replaced, is too old or never was."""
    living = AccountLink.objects.living(timezone.now()).filter(digest=digest_of(secret), purpose=purpose)
    link = living.select_related("user").first()
    return link.user if link else None


def account_to_invite(pk: int, *, actor: Actor) -> User | None:
    """Give an account that waits for its invitation; None if it is open, or was disabled."""
    user = User.objects.filter(pk=pk).first()
    return user if user is not None and is_invited(user, actor=actor) else None


def habits_of(user_id: int | None, *, actor: Actor) -> Habits:
    """Give what an account chose of its mails and its keyboard; the defaults when it never chose."""
    return Habits.objects.filter(user_id=user_id or 0).first() or Habits(user_id=user_id or 0)


def own_calendar(*, actor: Actor) -> CalendarLink | None:
    """Give the calendar link of the account at work; None if it has none."""
    return CalendarLink.objects.filter(user_id=actor.user_id or 0).first()


def owner_of_calendar(secret: str, *, actor: Actor) -> User | None:
    """Give the open account whose calendar a secret opens; None if it was revoked, replaced or never was."""
    links = CalendarLink.objects.filter(digest=digest_of(secret), user__is_active=True)
    link = links.select_related("user").first()
    return link.user if link else None


def accounts_told(*, actor: Actor) -> QuerySet[User]:
    """List, for the program that sends mails, the open accounts that wish some."""
    if not actor.is_operator:
        return User.objects.none()
    silent = Habits.objects.filter(digest=Digest.NEVER, tells_deadlines=False)
    return User.objects.filter(is_active=True).exclude(pk__in=silent.values("user")).order_by("pk")


def accounts_past_their_time(*, on: date, actor: Actor) -> QuerySet[User]:
    """
    List the accounts that may no longer be kept on a day: their last role ended, or they were closed, long before.

    One that was never given a role, or whose role has no end, waits until it is closed.
    """
    if not actor.may("purge_files"):
        return User.objects.none()
    last_day = ACCOUNT.last_day_kept(on=on)
    roles = RoleAssignment.objects.filter(user=OuterRef("pk"))
    lasting = roles.filter(Q(ends_on=None) | Q(ends_on__gt=last_day))
    closed = Q(disabled_at__date__lte=last_day) | Q(Exists(roles), ~Exists(lasting))
    return User.objects.filter(closed).exclude(email__endswith=f"@{User.NOWHERE}").order_by("pk")


def reminded(user: User, abouts: Iterable[str], *, actor: Actor) -> set[str]:
    """Tell of what, among some things, an account was written to already."""
    return set(Reminder.objects.filter(user=user, about__in=list(abouts)).values_list("about", flat=True))
