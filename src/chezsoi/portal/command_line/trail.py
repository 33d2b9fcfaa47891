"""Seal the trail, write its anchor down, and find what was touched since."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chezsoi.portal.command_line.context import refuse, start

app = typer.Typer(no_args_is_help=True, help="Seal and verify who did what, and who looked.")

SENTENCES = {
    "edited": "entry {entry} of batch {batch} was edited",
    "deleted_or_moved": "entry {entry} of batch {batch} was deleted, or moved to another batch",
    "added_or_moved": "entry {entry} was added to batch {batch} after it was sealed, or moved there",
    "erased_too_soon": "the entries of batch {batch} were erased before their time, or while older ones were kept",
    "seal_rewritten": "the seal of batch {batch} was rewritten",
    "missing_seal": "the seal of batch {batch} is missing",
    "anchor_differs": "batch {batch} is not the one the anchor was taken from",
    "anchor_ahead": "the anchor is of batch {batch}, which is no longer there: sealed batches were removed",
}


@app.command()
def seal(
    anchor: Annotated[Path | None, typer.Option(help="Where to write the anchor; default: the data directory.")] = None,
) -> None:
    """Seal the entries not sealed yet and write the anchor; keep a copy of the anchor away from this machine."""
    start()
    from chezsoi.trail import seals

    sealed = seals.seal()
    if sealed is None:
        refuse("The trail is empty: nothing to seal.", 1)
    path = anchor or _default_anchor()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(sealed.to_json() + "\n", encoding="utf-8")
    typer.echo(f"Sealed up to batch {sealed.number}. Anchor: {path}")


@app.command()
def verify(
    anchor: Annotated[
        Path | None, typer.Option(help="The anchor to verify against; default: the last exported.")
    ] = None,
) -> None:
    """Say whether the trail is whole; exit 1 and name each edited, deleted or reordered row when it is not."""
    start()
    from chezsoi.trail import seals

    path = anchor or _default_anchor()
    found = seals.verify(_read_anchor(path) if anchor or path.exists() else None)
    for breach in found:
        typer.echo(SENTENCES[breach.fact].format(entry=breach.entry, batch=breach.batch))
    if found:
        raise typer.Exit(1)
    typer.echo("The trail is whole." if path.exists() else "The trail is whole; no anchor was exported yet.")


def _read_anchor(path: Path):  # type: ignore[no-untyped-def]
    from chezsoi.trail.seals import Anchor

    try:
        return Anchor.from_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        refuse(f"{path} is not an anchor of the trail. Nothing was verified; give the file `chezsoi trail seal` wrote.")


def _default_anchor() -> Path:
    from django.conf import settings

    return Path(settings.DATA_DIR) / "trail-anchor.json"
