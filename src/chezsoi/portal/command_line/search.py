"""Keep what the search looks up equal to what is on file."""

from __future__ import annotations

import typer

from chezsoi.portal.command_line.context import program, start

app = typer.Typer(no_args_is_help=True, help="Keep what the search looks up.")


@app.command()
def rebuild() -> None:
    """File everybody again under the words that find them; run it after a restore or a change of spelling rules."""
    start()
    from chezsoi.people import actions
    from chezsoi.territories import queries
    from chezsoi.territories.access import ANONYMOUS

    done = actions.rebuild_search(actor=program(*queries.every_territory(actor=ANONYMOUS)))
    typer.echo(
        f"{done.persons} people read. Words added: {done.added}; taken away: {done.removed}; "
        f"forgotten because nobody bears them: {done.words_forgotten}."
    )
