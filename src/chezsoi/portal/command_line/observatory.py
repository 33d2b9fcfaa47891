"""Print the indicators; write down the totals they are divided by."""

from __future__ import annotations

import csv
import sys
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import typer

from chezsoi.law.disclosure import Audience
from chezsoi.portal.command_line.context import actor_as, refuse, start, territory_named

report = typer.Typer(no_args_is_help=True, help="Say what the records say.")
total = typer.Typer(no_args_is_help=True, help="Totals that come from elsewhere.")


class Format(StrEnum):
    """How a report is printed."""

    CSV = "csv"


@report.callback()
def _report() -> None:
    """Say what the records say."""


@report.command()
def indicators(
    territory: Annotated[
        list[str],
        typer.Option(help="Key of the territory, for example metz. Given again: territories that one SIAO serves."),
    ],
    year: Annotated[int, typer.Option(min=2000, max=2100, help="Calendar year.")],
    format: Annotated[Format, typer.Option(help="How to print.")] = Format.CSV,
    audience: Annotated[Audience, typer.Option(help="Who will read it: it sets the threshold.")] = Audience.PUBLIC,
    as_email: Annotated[str | None, typer.Option("--as", help="Address of the account that asks.")] = None,
) -> None:
    """
    Print the indicators of a territory for a year; small cells are hidden from the audience asked for.

    Of several territories, each is printed, then their union, where nobody is counted twice: nice+casa is not a sum.
    """
    start()
    from django.utils import timezone

    from chezsoi.observatory import queries
    from chezsoi.territories.access import Can, NotAllowed

    places = [territory_named(key) for key in dict.fromkeys(territory)]
    named = ", ".join(place.name for place in places)
    actor = actor_as(as_email, territory=places[0], right=Can.SEE_INDICATORS, also=places[1:])
    asked: dict[str, Any] = {"year": year, "audience": audience, "on": timezone.localdate(), "actor": actor}
    try:
        shown = [figure for place in places for figure in queries.figures(place, **asked)]
        if len(places) > 1:
            shown += [each.union for each in queries.shared(places, **asked)]
    except NotAllowed:
        refuse(f"This account may not read {audience.value} figures in {named}. Nothing was printed.", 1)
    except queries.NoCommonSiao:
        refuse(f"No SIAO serves {named} together: ask for each of them alone. Nothing was printed.")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(queries.CSV_HEADER)
    writer.writerows(figure.as_csv() for figure in shown)


@total.command("social-allocations")
def social_allocations(  # noqa: PLR0917  typer reads its options from the signature
    value: Annotated[int, typer.Argument(min=0, help="All social allocations of the year.")],
    territory: Annotated[str, typer.Option(help="Key of the territory.")],
    year: Annotated[int, typer.Option(min=2000, max=2100, help="Calendar year.")],
    source: Annotated[str, typer.Option(help="Where the total comes from.")],
    dated_on: Annotated[str, typer.Option(help="Day it was published, YYYY-MM-DD.")],
    as_email: Annotated[str | None, typer.Option("--as", help="Address of the account that writes it.")] = None,
) -> None:
    """Write down the total a share is divided by."""
    start()
    from chezsoi.observatory import actions
    from chezsoi.territories.access import Can

    where = territory_named(territory)
    try:
        day = date.fromisoformat(dated_on)
    except ValueError:
        refuse(f"{dated_on} is not a day written YYYY-MM-DD. Nothing was recorded.")
    actor = actor_as(as_email, territory=where, right=Can.RECORD_TOTAL)
    try:
        actions.record_total(actor=actor, territory=where, year=year, value=value, source=source, dated_on=day)
    except actions.TotalWithoutSource:
        refuse("A total needs its source. Nothing was recorded; add --source.")
    typer.echo(f"{where.name}, {year}: {value} social allocations, {source}, {day}.")
