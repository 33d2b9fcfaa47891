"""Reminders by mail, by hand: the worker sends them by itself."""

from __future__ import annotations

from datetime import date

import typer

from chezsoi.portal.command_line.context import day_said, refuse, start

app = typer.Typer(no_args_is_help=True, help="Mails that tell what waits: counts and a link.")


@app.callback()
def digest() -> None:
    """Tell by mail what waits, without naming anybody."""


@app.command("send")
def send(
    on: str | None = typer.Option(None, "--on", metavar="DATE", help="The day (YYYY-MM-DD); today by default."),
) -> None:
    """Send the mails of a day now, whatever the hour; those already sent are not sent again."""
    start()
    from django.utils import timezone

    from chezsoi.portal import digests

    day: date = day_said(on, lost="No mail was sent.") or timezone.localdate()
    if day > timezone.localdate():
        refuse(f"{day} has not come yet. No mail was sent.", 1)
    sent = digests.send(now=timezone.now(), on=day)
    mails = "1 mail" if sent == 1 else f"{sent} mails"
    typer.echo(f"{mails} sent for {day}; nobody is written to twice." if sent else f"No mail to send for {day}.")
