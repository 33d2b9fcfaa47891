"""Take an organisation's records away, sealed under a passphrase, and bring them into an empty installation."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chezsoi.portal.command_line.accounts import organisation_named
from chezsoi.portal.command_line.backup import Passphrase, passphrase_said
from chezsoi.portal.command_line.context import actor_as, program, refuse, start

if TYPE_CHECKING:
    from chezsoi.kernel.actor import Actor
    from chezsoi.territories.models import Organisation

app = typer.Typer(no_args_is_help=True, help="Take records away.")

NOTHING = 1
NOT_EXPORTED, NOT_IMPORTED = "Nothing was written.", "Nothing was brought in."


@app.callback()
def _exports() -> None:
    """Take records away."""


@app.command("organisation")
def export_organisation(
    reference: Annotated[str, typer.Argument(help="Key of the organisation.")],
    file: Annotated[Path, typer.Argument(help="The file to write; it must not exist.")],
    as_email: Annotated[str | None, typer.Option("--as", help="Address of the account that asks.")] = None,
    passphrase_file: Passphrase = None,
) -> None:
    """Write all that belongs to an organisation, in clear inside a file sealed under a passphrase."""
    start()
    from chezsoi.territories.access import NotAllowed

    organisation = organisation_named(reference)
    actor = _actor(as_email, organisation)
    if file.exists():
        refuse(f"{file} exists already. {NOT_EXPORTED} Choose another name.")
    passphrase = passphrase_said(passphrase_file, is_new=True)
    try:
        rows = _write(file, passphrase, actor, organisation)
    except NotAllowed:
        refuse(f"This account may not take out the records of {organisation.name}. {NOT_EXPORTED}", NOTHING)
    except OSError as refused:
        refuse(f"The disk refused ({refused.strerror or refused}). {NOT_EXPORTED}", NOTHING)
    typer.echo(f"{file}: {rows} rows of {organisation.name}. Without its passphrase nobody can read it again.")


def import_organisation(
    file: Annotated[Path, typer.Argument(help="The file that chezsoi export organisation wrote.")],
    passphrase_file: Passphrase = None,
) -> None:
    """Bring an organisation's records into an installation that was migrated and where nobody works yet."""
    start()
    from django.db import DatabaseError
    from django.utils import timezone

    from chezsoi.files import sealing
    from chezsoi.journeys.takeout import actions

    passphrase = passphrase_said(passphrase_file, is_new=False)
    try:
        with file.open("rb") as sealed, tempfile.TemporaryFile() as clear:
            sealing.unseal(sealed, clear, passphrase)
            loaded = actions.import_organisation(actor=program(), source=clear, on=timezone.localdate())
    except (sealing.NotSealed, sealing.WrongPassphrase) as closed:
        why = "is not a sealed file" if isinstance(closed, sealing.NotSealed) else "does not open with this passphrase"
        refuse(f"{file} {why}, or was altered. {NOT_IMPORTED}", NOTHING)
    except actions.InstallationInUse:
        refuse(f"People work here already: a takeout is brought into an empty installation. {NOT_IMPORTED}", NOTHING)
    except actions.NotATakeout as other:
        refuse(f"{file} is not what this version writes: {other} differs. {NOT_IMPORTED}", NOTHING)
    except actions.RowRefused as where:
        refuse(f"A row cannot be brought in ({where}). {NOT_IMPORTED}", NOTHING)
    except (OSError, DatabaseError) as refused:
        refuse(f"The machine refused ({str(refused).splitlines()[0]}). {NOT_IMPORTED}", NOTHING)
    typer.echo(f"{sum(loaded.values())} rows brought in. Each account now needs a new password.")


def _actor(email: str | None, organisation: Organisation) -> Actor:
    """Build who takes the records out: an account of the organisation that may, else the command line's operator."""
    from chezsoi.territories.access import Can

    places = list(organisation.territories.order_by("key"))
    if email is None:
        return program(*places, organisation=organisation)
    if not places:
        refuse(f"{organisation.name} works nowhere. {NOT_EXPORTED}", NOTHING)
    return actor_as(email, territory=places[0], right=Can.EXPORT_ORGANISATION, organisation=organisation)


def _write(file: Path, passphrase: str, actor: Actor, organisation: Organisation) -> int:
    """Write the file whole or not at all, mode 0600."""
    from django.utils import timezone

    from chezsoi.files import sealing
    from chezsoi.journeys.takeout import actions

    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".takeout-")
    try:
        with os.fdopen(handle, "wb") as target:
            with sealing.sealed(target, passphrase) as clear:
                said = actions.export_organisation(
                    actor=actor, organisation=organisation, target=clear, on=timezone.localdate()
                )
            target.flush()
            os.fsync(target.fileno())
        Path(name).rename(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return sum(table["rows"] for table in said["tables"].values())
