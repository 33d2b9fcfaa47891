"""`chezsoi`: the one console command. Each sub-command says what it will do before it does it."""

from __future__ import annotations

import typer

from chezsoi.portal.command_line import (
    accounts,
    backup,
    benefits,
    digest,
    imports,
    matching,
    observatory,
    purge,
    search,
    server,
    takeout,
    trail,
)

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
app.command("run")(server.run)
app.command("migrate")(server.migrate)
app.command("demo")(server.demo)
app.command("worker")(server.worker)
app.command("purge")(purge.purge)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("match")(matching.match)
app.command("match-exchange")(matching.match_exchange)
app.command("match-check")(matching.match_check)
app.command("benefits")(benefits.benefits)
app.add_typer(accounts.organisation, name="organisation")
app.add_typer(accounts.account, name="account")
app.add_typer(imports.app, name="import")
imports.app.command("organisation")(takeout.import_organisation)
app.add_typer(takeout.app, name="export")
app.add_typer(observatory.report, name="report")
app.add_typer(observatory.total, name="total")
app.add_typer(digest.app, name="digest")
app.add_typer(search.app, name="search")
app.add_typer(trail.app, name="trail")


@app.callback()
def chezsoi() -> None:
    """Run a Logement d'abord territory: import its files, match, decide, house, and say what was done."""
