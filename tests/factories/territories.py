"""Organisations, accounts, roles, and the actors they make."""

from datetime import date, timedelta
from itertools import count

from django.utils import timezone

from chezsoi.kernel.actor import Actor as AnyActor
from chezsoi.territories.access import Actor, Operator, actor_for, operator
from chezsoi.territories.choices import OrganisationKind
from chezsoi.territories.models import Organisation, RoleAssignment, Territory, User

_numbers = count(1)

LONG_AGO = timedelta(days=400)
KINDS = {
    "siao_officer": OrganisationKind.SIAO,
    "hotline_agent": OrganisationKind.SIAO,
    "coordinator": OrganisationKind.AUTHORITY,
    "reservation_agent": OrganisationKind.STATE,
    "social_landlord_agent": OrganisationKind.SOCIAL_LANDLORD,
    "rental_manager": OrganisationKind.RENTAL_AGENCY,
    "health_worker": OrganisationKind.HEALTH,
    "national_analyst": OrganisationKind.NATIONAL,
}


def territory(key: str = "metz") -> Territory:
    """Give a territory of the reference data."""
    return Territory.objects.get(key=key)


def organisation(
    *territories: Territory, kind: str = OrganisationKind.ASSOCIATION, name: str = "", key: str = ""
) -> Organisation:
    """Make an organisation at work in some territories (Metz when none is named)."""
    number = next(_numbers)
    made = Organisation.objects.create(key=key or f"service-{number}", name=name or f"Service {number}", kind=kind)
    made.territories.set(territories or [territory()])
    return made


def user(email: str = "", full_name: str = "Sophie Hoffmann", *, password: str = "", **traits: object) -> User:
    """Make an account; nobody can sign in with it unless a password is given."""
    made = User(email=email or f"account-{next(_numbers)}@example.org", full_name=full_name, **traits)
    made.set_password(password or None)
    made.save()
    return made


def assignment(
    role: str,
    *,
    territory: Territory | None = None,
    organisation: Organisation | None = None,
    user: User | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> RoleAssignment:
    """Give a role to an account: a new one, in a new organisation of a kind that suits it, unless they are named."""
    place = territory or _territory_of(organisation)
    return RoleAssignment.objects.create(
        role=role,
        territory=place,
        organisation=organisation or _organisation(place, kind=KINDS.get(role, OrganisationKind.ASSOCIATION)),
        user=user or _user(),
        starts_on=starts_on or timezone.localdate() - LONG_AGO,
        ends_on=ends_on,
    )


def actor(
    role: str,
    *,
    territory: Territory | None = None,
    organisation: Organisation | None = None,
    user: User | None = None,
    on: date | None = None,
) -> Actor:
    """Make somebody at work in a role, as the middleware would build them."""
    held = assignment(role, territory=territory, organisation=organisation, user=user)
    return actor_for(held, on=on or timezone.localdate())


def program(
    *territories: Territory, kind: Operator = Operator.DEMONSTRATION, organisation: Organisation | None = None
) -> Actor:
    """Make the actor of a program."""
    places = territories or [territory()]
    return operator(
        kind,
        label="program",
        territory_ids=frozenset(place.pk for place in places),
        organisation_id=organisation.pk if organisation else None,
    )


def account_of(actor: AnyActor) -> User:
    """Give the account behind an actor, to sign it in."""
    return User.objects.get(pk=actor.user_id)


def organisation_of(actor: AnyActor) -> Organisation:
    """Give the organisation an actor works for."""
    return Organisation.objects.get(pk=actor.organisation_id)


_organisation = organisation
_user = user


def _territory_of(made: Organisation | None) -> Territory:
    return made.territories.order_by("key").first() if made else territory()
