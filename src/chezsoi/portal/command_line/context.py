"""What every command that opens the database needs: Django ready, the territory, and who acts."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from chezsoi.territories.access import Actor, Can
    from chezsoi.territories.models import Organisation, Territory

USAGE = 2


def refuse(sentence: str, code: int = USAGE) -> NoReturn:
    """Stop with one sentence on the error output."""
    typer.echo(sentence, err=True)
    raise typer.Exit(code)


def start(*, is_migrated: bool = True) -> None:
    """Make Django ready and refuse a database that is not; commands that only compute never call this."""
    import django

    django.setup()
    if not is_migrated:
        return
    done, missing = _migrations()
    if not done:
        refuse("The database was never made ready. Nothing was done. Run chezsoi migrate first.", 1)
    if missing:
        refuse("The database is of another version of the program. Nothing was done. Run chezsoi migrate first.", 1)


def _migrations() -> tuple[int, int]:
    """Count the migrations of the program that the database has, and those it has not."""
    from django.db import DatabaseError, connection
    from django.db.migrations.loader import MigrationLoader

    try:
        loader = MigrationLoader(connection)
    except DatabaseError as refused:
        refuse(f"The database does not answer ({str(refused).splitlines()[0]}). Nothing was done.", 1)
    known, applied = set(loader.disk_migrations or ()), set(loader.applied_migrations or ())
    return len(known & applied), len(known - applied)


def day_said(text: str | None, *, lost: str = "Nothing was done.") -> date | None:
    """Read a day given as an option."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse(f"{text} is not a day written YYYY-MM-DD. {lost}")


def territory_named(key: str) -> Territory:
    """Give the territory a command was asked about, and set the clock to its own; or list the keys there are."""
    from django.utils import timezone

    from chezsoi.territories import queries
    from chezsoi.territories.access import ANONYMOUS
    from chezsoi.territories.models import Territory

    try:
        found = queries.territory(key, actor=ANONYMOUS)
    except Territory.DoesNotExist:
        keys = ", ".join(row.key for row in queries.every_territory(actor=ANONYMOUS))
        refuse(
            f"No territory is called {key}. Nothing was done. Territories: {keys or 'none yet, run chezsoi migrate'}."
        )
    timezone.activate(found.clock)
    return found


def actor_as(
    email: str | None,
    *,
    territory: Territory,
    right: Can,
    organisation: Organisation | None = None,
    also: Sequence[Territory] = (),
) -> Actor:
    """
    Build who acts: the account of an address in a role that carries the right, else the command line's operator.

    The operator acts in the territories named, and is recorded with the name of the operating system's user.
    """
    if email is None:
        return program(territory, *also, organisation=organisation)
    return _account_actor(email, territory, right, organisation)


def program(*territories: Territory, organisation: Organisation | None = None) -> Actor:
    """Build the command line's own operator; the trail keeps the name of the operating system's user."""
    from chezsoi.territories.access import Operator, operator

    return operator(
        Operator.COMMAND_LINE,
        label=f"command line ({getpass.getuser()})",
        territory_ids=frozenset(each.pk for each in territories),
        organisation_id=None if organisation is None else organisation.pk,
    )


def _account_actor(email: str, territory: Territory, right: Can, organisation: Organisation | None) -> Actor:
    from django.utils import timezone

    from chezsoi.territories.access import ANONYMOUS, actor_for, assignments_of
    from chezsoi.territories.models import User
    from chezsoi.territories.queries import account

    today = timezone.localdate()
    try:
        user = account(email, actor=ANONYMOUS)
    except User.DoesNotExist:
        refuse(f"No account has the address {email}. Nothing was done.")
    for assignment in assignments_of(user, on=today):
        actor = actor_for(assignment, on=today, purpose="command_line")
        here = territory.pk in actor.territory_ids
        same = organisation is None or actor.organisation_id == organisation.pk
        if here and same and actor.may(right):
            return actor
    refuse(f"{email} holds no role that may do this in {territory.name}. Nothing was done.", 1)
