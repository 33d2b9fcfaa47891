"""End the files whose time is over: say what would go, or erase it to the byte."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chezsoi.portal.command_line.context import actor_as, day_said, program, refuse, start, territory_named

if TYPE_CHECKING:
    from chezsoi.journeys.retention.models import PurgeRun
    from chezsoi.journeys.retention.queries import Forecast
    from chezsoi.kernel.actor import Actor
    from chezsoi.territories.models import Territory

LOST = "Nothing was erased."


def purge(  # noqa: PLR0917  typer reads its options from the signature
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count what would be erased; change nothing.")] = False,
    apply: Annotated[bool, typer.Option("--apply", help="Erase. Nothing brings it back.")] = False,
    territory: Annotated[str | None, typer.Option(help="Key of a territory; all of them unless told.")] = None,
    on: Annotated[str | None, typer.Option(help="Day of the rules, YYYY-MM-DD; today unless told.")] = None,
    as_email: Annotated[str | None, typer.Option("--as", help="Address of the account that purges.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Erase the files nobody had news of for the legal time, everywhere, and the traces past theirs."""
    if dry_run == apply:
        refuse(f"Say either --dry-run or --apply. {LOST}")
    start()
    day = day_said(on, lost=LOST)
    places, actor = _who(territory, as_email)
    said = _apply(places, _checked(day), actor, is_quiet=as_json) if apply else _dry_run(places, day or _today(), actor)
    if as_json:
        typer.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    for line in _lines(said):
        typer.echo(line)


def _who(key: str | None, email: str | None) -> tuple[Sequence[Territory], Actor]:
    from chezsoi.territories import queries
    from chezsoi.territories.access import ANONYMOUS, Can

    if key is not None:
        place = territory_named(key)
        return [place], actor_as(email, territory=place, right=Can.PURGE_FILES)
    places = list(queries.every_territory(actor=ANONYMOUS))
    if email is None:
        return places, program(*places)
    if not places:
        refuse(f"There is no territory yet. {LOST} Run chezsoi migrate.")
    actor = _in_any(email)
    return [place for place in places if place.pk in actor.territory_ids], actor


def _in_any(email: str) -> Actor:
    from django.utils import timezone

    from chezsoi.territories.access import ANONYMOUS, Can, actor_for, assignments_of
    from chezsoi.territories.models import User
    from chezsoi.territories.queries import account

    try:
        user = account(email, actor=ANONYMOUS)
    except User.DoesNotExist:
        refuse(f"No account has the address {email}. {LOST}")
    today = timezone.localdate()
    held = [actor_for(each, on=today, purpose="command_line") for each in assignments_of(user, on=today)]
    able = [actor for actor in held if actor.may(Can.PURGE_FILES)]
    if not able:
        refuse(f"{email} holds no role that may purge files. {LOST}", 1)
    return able[0]


def _checked(day: date | None) -> date:
    """Refuse a day to come on a server: what is erased before its time cannot be given back."""
    from django.conf import settings

    if day is not None and day > _today() and settings.ENVIRONMENT.is_server:
        refuse(f"{day} has not come yet: files are never erased before their time. {LOST}", 1)
    return day or _today()


def _today() -> date:
    from django.utils import timezone

    return timezone.localdate()


def _dry_run(places: Sequence[Territory], day: date, actor: Actor) -> dict[str, Any]:
    from chezsoi.journeys.retention import queries
    from chezsoi.territories.queries import accounts_past_their_time

    found = [queries.forecast(place, on=day, actor=actor) for place in places]
    return {
        "on": day.isoformat(),
        "applied": False,
        "territories": [_forecast(each) for each in found],
        "accounts": accounts_past_their_time(on=day, actor=actor).count(),
    }


def _apply(places: Sequence[Territory], day: date, actor: Actor, *, is_quiet: bool) -> dict[str, Any]:
    from chezsoi.journeys.retention import actions

    def tick(done: int) -> None:
        if not is_quiet and done % 100 == 0:
            typer.echo(f"{done} files erased", err=True)

    runs = [actions.purge(actor=actor, territory=place, on=day, tick=tick) for place in places]
    others = actions.purge_house(actor=actor, on=day)
    is_whole = actions.scrub(actor=actor)
    return {
        "on": day.isoformat(),
        "applied": True,
        "territories": [_run(each) for each in runs],
        "other_records": others,
        "files_rewritten": is_whole,
    }


def _forecast(found: Forecast) -> dict[str, Any]:
    return {
        "territory": found.territory.key,
        "households": found.due,
        "this_month": found.due_this_month,
        "held": found.held,
        "homes": found.homes,
        "last_contact_up_to": found.last_day_kept.isoformat(),
    }


def _run(run: PurgeRun) -> dict[str, Any]:
    return {
        "territory": run.territory.key,
        "households": run.households,
        "persons": run.persons,
        "records": run.rows,
        "held": run.held,
        "homes": run.homes,
    }


def _lines(said: dict[str, Any]) -> list[str]:
    lines = []
    for each in said["territories"]:
        kept = ", ".join(f"{count} {hold.replace('_', ' ')}" for hold, count in each["held"].items())
        if not said["applied"] and not (each["households"] or each["this_month"] or kept or each["homes"]):
            continue
        what = f"{each['territory']}: {each['households']} files {'erased' if said['applied'] else 'to erase'}"
        what += "" if said["applied"] else f", {each['this_month']} by the end of the month"
        lines.append(f"{what}; kept: {kept or 'none'}; owners and addresses of homes: {each['homes']}")
    if not said["applied"]:
        if said["accounts"]:
            lines.append(f"accounts: {said['accounts']} to forget")
        return [*lines, f"Nothing was erased. Rules of {said['on']}; to erase: chezsoi purge --apply"]
    whole = "The files of the database were written anew." if said["files_rewritten"] else _NOT_WHOLE
    return [*lines, f"{said['other_records']} other records and copies past their time erased.", whole]


_NOT_WHOLE = "The database was being read: its files may still hold erased bytes. Run chezsoi purge --apply again."
