"""Register organisations, open accounts, give and end roles, disable accounts."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from chezsoi.portal.command_line.context import day_said, program, refuse, start, territory_named

if TYPE_CHECKING:
    from django.core.exceptions import ValidationError

    from chezsoi.territories.access import Role
    from chezsoi.territories.models import Organisation, RoleAssignment, Territory, User

organisation = typer.Typer(no_args_is_help=True, help="The bodies whose people work here.")
account = typer.Typer(no_args_is_help=True, help="Who may sign in, and in which roles.")

NOTHING = 1
WEAK = {
    "password_too_short": "has fewer than {min_length} characters",
    "password_too_common": "is among the most common",
    "password_too_similar": "is too close to the name or the address",
    "password_too_regular": "repeats itself or follows the keyboard",
}

Mail = Annotated[str, typer.Argument(help="Mail address of the account.")]
RoleKey = Annotated[str, typer.Option("--role", help="Key of the role, for example siao_officer.")]
ServiceKey = Annotated[str, typer.Option("--organisation", help="Key of the organisation.")]
Where = Annotated[
    str | None, typer.Option("--territory", help="Key of the territory; not needed when the organisation has one.")
]


@organisation.callback()
def _organisations() -> None:
    """Say which bodies have people who work here."""


@organisation.command()
def add(
    key: Annotated[str, typer.Argument(help="A short key, for example siao-57; it never changes.")],
    name: Annotated[str, typer.Option(help="Name people read.")],
    kind: Annotated[str, typer.Option(help="What it is, for example siao; an unknown kind lists them all.")],
    territory: Annotated[list[str], typer.Option(help="Key of a territory it works in; once for each.")],
) -> None:
    """Register an organisation and the territories it works in."""
    start()
    from django.core.exceptions import ValidationError

    from chezsoi.territories import actions
    from chezsoi.territories.choices import OrganisationKind
    from chezsoi.territories.models import Organisation

    places = [territory_named(each) for each in territory]
    try:
        Organisation(key=key, name=name.strip(), kind=kind).clean_fields()
    except ValidationError as wrong:
        kinds = ", ".join(OrganisationKind.values)
        _refuse_fields(
            wrong,
            key=f"{key} is not a key: use letters, digits, - and _, at most 50.",
            name="A name takes 1 to 150 characters.",
            kind=f"No kind of organisation is called {kind}; the kinds are {kinds}.",
        )
    if _organisation(key) is not None:
        refuse(f"An organisation has the key {key} already. Nothing was done.", NOTHING)
    made = actions.register_organisation(
        actor=program(*places), key=key, name=name.strip(), kind=kind, territories=places
    )
    typer.echo(f"{made.name} ({made.key}) works in {', '.join(place.name for place in places)}.")


@account.callback()
def _accounts() -> None:
    """Say who may sign in, and in which roles."""


@account.command("open")
def open_(  # noqa: PLR0917  typer reads its options from the signature
    email: Mail,
    name: Annotated[str, typer.Option(help="Name people read.")],
    role: RoleKey,
    organisation: ServiceKey,
    territory: Where = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password on the standard input instead of asking twice.")
    ] = False,
) -> None:
    """Open an account with its first role, from today; the password is asked twice."""
    start()
    from django.db import transaction
    from django.utils import timezone

    from chezsoi.territories import actions

    service = organisation_named(organisation)
    place = _place(_role_named(role), service, territory)
    person = _person(email, name.strip())
    if _account(person.email) is not None:
        refuse(f"{person.email} has an account already. Nothing was done; chezsoi account role gives a role.", NOTHING)
    password = _password(person, is_piped=password_stdin)
    actor = program(*([place] if place else []))
    with transaction.atomic():
        made = actions.open_account(actor=actor, email=person.email, full_name=person.full_name, password=password)
        actions.give_role(
            actor=actor, user=made, role=role, organisation=service, territory=place, starts_on=timezone.localdate()
        )
    typer.echo(f"{made.email} may sign in as {role} of {service.name}{_in(place)}.")


@account.command("role")
def give(
    email: Mail,
    role: RoleKey,
    organisation: ServiceKey,
    territory: Where = None,
    until: Annotated[
        str | None, typer.Option(help="First day the role no longer holds, YYYY-MM-DD; ends a role held already.")
    ] = None,
) -> None:
    """Give an account one more role, from today, or end one it holds."""
    start()
    from django.utils import timezone

    from chezsoi.territories import actions

    today = timezone.localdate()
    service = organisation_named(organisation)
    place = _place(_role_named(role), service, territory)
    user = _account_named(email)
    ends_on = day_said(until)
    actor, held = program(*([place] if place else [])), _held(user, role, service, place)
    said = f"{user.email}: {role} of {service.name}{_in(place)}"
    if held is not None and ends_on is None:
        refuse(f"{user.email} holds this role there already. Nothing was done; add --until to end it.", NOTHING)
    if ends_on is not None and (ends_on < today or ends_on <= (held.starts_on if held else today)):
        refuse("A role ends today at the earliest, and after the day it starts. Nothing was done; give a later day.")
    if held is not None and ends_on is not None:
        actions.end_role(actor=actor, assignment=held, ends_on=ends_on)
    else:
        actions.give_role(
            actor=actor, user=user, role=role, organisation=service, territory=place, starts_on=today, ends_on=ends_on
        )
    typer.echo(f"{said}, until {ends_on} (excluded)." if ends_on else f"{said}, from {today}.")


@account.command()
def disable(
    email: Mail,
    reason: Annotated[str, typer.Option(help="Why; it stays in the trail, so name nobody's private life.")],
) -> None:
    """Disable an account: it no longer signs in, and its open pages close at their next request."""
    start()
    from chezsoi.territories import actions

    user = _account_named(email)
    if not reason.strip():
        refuse("Say why with --reason. Nothing was done.")
    if not user.is_active:
        refuse(f"{user.email} is disabled already. Nothing was done.", NOTHING)
    actions.disable_account(actor=program(), user=user, reason=reason.strip())
    typer.echo(f"{user.email} may no longer sign in; what was done under it stays in the trail.")


def _organisation(key: str) -> Organisation | None:
    from chezsoi.territories import queries
    from chezsoi.territories.access import ANONYMOUS

    return queries.every_organisation(actor=ANONYMOUS).filter(key=key).first()


def organisation_named(key: str) -> Organisation:
    from chezsoi.territories import queries
    from chezsoi.territories.access import ANONYMOUS

    found = _organisation(key)
    if found is None:
        keys = ", ".join(each.key for each in queries.every_organisation(actor=ANONYMOUS))
        known = keys or "none yet, run chezsoi organisation add"
        refuse(f"No organisation is called {key}. Nothing was done. Organisations: {known}.")
    return found


def _role_named(key: str) -> Role:
    from chezsoi.territories.access import roles

    if key not in roles():
        refuse(f"No role is called {key}. Nothing was done. Roles: {', '.join(sorted(roles()))}.")
    return roles()[key]


def _place(role: Role, service: Organisation, key: str | None) -> Territory | None:
    """Find where a role will hold: the nation for a national one, else one of the organisation's territories."""
    from chezsoi.territories.access import Scope

    here = {place.key: place for place in service.territories.order_by("key")}
    if role.scope is Scope.NATIONAL:
        if key is not None:
            refuse(f"{role.key} holds for the whole nation. Nothing was done; leave --territory out.")
        return None
    if key is None and len(here) == 1:
        return next(iter(here.values()))
    if key not in here:
        asked = f"does not work in {key}" if key else "works in several territories"
        refuse(f"{service.name} {asked}. Nothing was done; choose --territory among: {', '.join(here) or 'none'}.")
    return here[key]


def _person(email: str, name: str) -> User:
    from django.core.exceptions import ValidationError

    from chezsoi.territories.models import User

    person = User(email=email.strip().lower(), full_name=name)
    try:
        person.clean_fields(exclude={"password"})
    except ValidationError as wrong:
        _refuse_fields(wrong, email=f"{email} is not a mail address.", full_name="A name takes 1 to 150 characters.")
    return person


def _account(email: str) -> User | None:
    from chezsoi.territories.access import ANONYMOUS
    from chezsoi.territories.models import User
    from chezsoi.territories.queries import account as find

    try:
        return find(email.strip(), actor=ANONYMOUS)
    except User.DoesNotExist:
        return None


def _account_named(email: str) -> User:
    return _account(email) or refuse(f"No account has the address {email}. Nothing was done.")


def _held(user: User, role: str, service: Organisation, place: Territory | None) -> RoleAssignment | None:
    from django.utils import timezone

    return user.roles.in_force_on(timezone.localdate()).filter(role=role, organisation=service, territory=place).first()


def _password(person: User, *, is_piped: bool) -> str:
    """Read a password, and refuse one that is too easily guessed."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    if is_piped:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    try:
        validate_password(password, user=person)
    except ValidationError as weak:
        refuse(f"This password {' and '.join(_weaknesses(weak))}. No account was opened; choose another.")
    return str(password)


def _weaknesses(weak: ValidationError) -> list[str]:
    found: list[Any] = weak.error_list
    return [WEAK.get(each.code, "is not accepted").format(**(each.params or {})) for each in found]


def _refuse_fields(wrong: ValidationError, **sentences: str) -> NoReturn:
    """Say the first thing that is wrong."""
    field = next(iter(wrong.message_dict))
    refuse(f"{sentences[field]} Nothing was done.")


def _in(place: Territory | None) -> str:
    return f", {place.name}" if place else ""
