"""
What may be done with a file that comes in.

The caller names the right (`Can.IMPORT_PEOPLE` or `Can.IMPORT_HOMES`), because it knows what the file holds.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from chezsoi.files import changes, storage
from chezsoi.files.choices import BatchState, SourceKind
from chezsoi.files.columns import normalise
from chezsoi.files.models import BatchChange, ColumnMemory, ImportBatch, Source
from chezsoi.kernel.actor import Actor
from chezsoi.law.retention import IMPORT
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import Organisation, Territory
from chezsoi.trail import recording as trail

UNDO_WINDOW = timedelta(days=30)


class BatchNotInState(Exception):
    """The import has gone further, or was stopped, since it was looked at."""


def ensure_source(
    *,
    actor: Actor,
    can: Can,
    territory: Territory,
    organisation: Organisation,
    kind: SourceKind,
    key: str,
    name: str = "",
) -> Source:
    """Find the source of that key in the organisation and territory, or open it."""
    wanted = Source(territory=territory, organisation=organisation, kind=kind, key=key, name=name or key)
    authorize(actor, can, wanted)
    source, is_new = Source.objects.get_or_create(
        territory=territory, organisation=organisation, kind=kind, key=key, defaults={"name": wanted.name}
    )
    if is_new:
        trail.record(actor, "files.source.opened", source)
    return source


def open_batch(
    *,
    actor: Actor,
    can: Can,
    source: Source,
    content: BinaryIO,
    file_name: str,
    as_of_on: date,
    is_long: bool = False,
) -> ImportBatch:
    """
    Keep the file that was sent, encrypted, and open its import; nothing is loaded yet.

    A long file waits until it was read in the background; see `keep_preview`.

    :raises UnreadableFile: if the file is larger than a file may be.
    """
    authorize(actor, can, source)
    kept = storage.keep(content)
    try:
        with transaction.atomic():
            batch = ImportBatch.objects.create(
                source=source,
                file_name=file_name[-255:].replace("\0", ""),
                stored_name=kept.stored_name,
                sha256=kept.sha256,
                size_bytes=kept.size_bytes,
                as_of_on=as_of_on,
                state=BatchState.READING if is_long else BatchState.PREVIEWED,
                opened_by_id=actor.user_id,
                opened_at=timezone.now(),
            )
            _leave_trail(actor, "files.import.opened", batch)
    except BaseException:
        storage.discard(kept.stored_name)
        raise
    return batch


def keep_preview(*, actor: Actor, can: Can, batch: ImportBatch, preview: Mapping[str, Any]) -> ImportBatch:
    """
    Keep what loading a long file would do, read in the background, until it is loaded.

    :raises BatchNotInState: if it was stopped meanwhile.
    """
    return _move(actor, can, batch, BatchState.READING, BatchState.PREVIEWED, preview=dict(preview))


def read_again(*, actor: Actor, can: Can, batch: ImportBatch) -> ImportBatch:
    """
    Have a long file read again in the background, since what was kept of it is no longer true.

    :raises BatchNotInState: if it is being read or loaded, or has ended.
    """
    return _move(actor, can, batch, BatchState.PREVIEWED, BatchState.READING, preview={})


def start_batch(*, actor: Actor, can: Can, batch: ImportBatch, total: int) -> ImportBatch:
    """
    Begin to load: from here on nobody else may load this import.

    :raises BatchNotInState: if it is already being loaded, or was.
    """
    values = {"total": total, "preview": {}, "started_at": timezone.now()}
    return _move(actor, can, batch, BatchState.PREVIEWED, BatchState.LOADING, **values)


def note_progress(*, actor: Actor, can: Can, batch: ImportBatch, done: int) -> None:
    """Say how many rows are done; it leaves no trail."""
    authorize(actor, can, batch)
    ImportBatch.objects.filter(pk=batch.pk, state=BatchState.LOADING).update(done=done)
    batch.done = done


def close_batch(
    *,
    actor: Actor,
    can: Can,
    batch: ImportBatch,
    counts: Mapping[str, Any],
    errors: Sequence[Mapping[str, Any]],
    unknown_codes: Sequence[Any],
) -> ImportBatch:
    """
    End a load, with what it counted and the rows it left out.

    :raises BatchNotInState: if it is not being loaded.
    """
    return _move(
        actor,
        can,
        batch,
        BatchState.LOADING,
        BatchState.LOADED,
        counts=dict(counts),
        errors=[dict(error) for error in errors],
        unknown_codes=list(unknown_codes),
        done=batch.total,
        finished_at=timezone.now(),
    )


def fail_batch(*, actor: Actor, can: Can, batch: ImportBatch, sentence: str) -> ImportBatch:
    """
    Stop an import, with the sentence shown to its sender; rows it had begun to write are put back, the kept copy goes.

    :raises BatchNotInState: if it was loaded, undone or stopped before.
    :raises ImportHasConsequences: if rows it had begun to write were used or changed since.
    """
    authorize(actor, can, batch)
    if batch.state not in {BatchState.READING, BatchState.PREVIEWED, BatchState.LOADING}:
        raise BatchNotInState(batch.state)
    with transaction.atomic():
        changes.undo(batch)
        values = {"failure": sentence, "preview": {}, "finished_at": timezone.now()}
        failed = _move(actor, can, batch, BatchState(batch.state), BatchState.FAILED, **values)
    _forget_copy(failed)
    return failed


def undo_batch(*, actor: Actor, can: Can, batch: ImportBatch) -> ImportBatch:
    """
    Put back every row as it was before an import.

    :raises BatchNotInState: if it was not loaded, or was undone already, or what undoing takes was erased in time.
    :raises ImportHasConsequences: if what it wrote was used or changed since; nothing is undone.
    """
    authorize(actor, can, batch)
    if batch.forgotten_at is not None:
        raise BatchNotInState(batch.state)
    with transaction.atomic():
        changes.undo(batch)
        undone = _move(actor, can, batch, BatchState.LOADED, BatchState.UNDONE)
    _forget_copy(undone)
    return undone


def remember_columns(*, actor: Actor, can: Can, source: Source, columns: Mapping[str, str]) -> None:
    """Remember, for the next files of a source, the field confirmed for each header; an empty field leaves it out."""
    authorize(actor, can, source)
    rows = {normalise(header)[:200]: key for header, key in columns.items()}
    with transaction.atomic():
        ColumnMemory.objects.bulk_create(
            [ColumnMemory(source=source, header=header, field_key=key) for header, key in rows.items() if header],
            update_conflicts=True,
            unique_fields=["source", "header"],
            update_fields=["field_key"],
        )
        trail.record(actor, "files.columns.remembered", source, detail={"fields": sorted(set(rows.values()))})


def forget_past_batches(*, actor: Actor, can: Can, now: datetime) -> int:
    """Remove the copies, errors and previous values of imports whose time to be undone is over; count them."""
    authorize(actor, can)
    past = ImportBatch.objects.filter(
        opened_at__lt=now - UNDO_WINDOW, forgotten_at=None, source__territory_id__in=actor.territory_ids
    )
    forgotten = list(past.order_by("pk"))
    for batch in forgotten:
        with transaction.atomic():
            BatchChange.objects.filter(batch=batch).delete()
            ImportBatch.objects.filter(pk=batch.pk).update(preview={}, errors=[], unknown_codes=[], forgotten_at=now)
            _leave_trail(actor, "files.import.forgotten", batch)
            _forget_copy(batch)
    return len(forgotten)


def drop_old_batches(*, actor: Actor, can: Can, on: date) -> int:
    """Erase the lines of the imports past their time, with the rows they kept for a human; count them."""
    authorize(actor, can)
    last_day = IMPORT.last_day_kept(on=on)
    rows = ImportBatch.objects.filter(source__territory_id__in=actor.territory_ids)
    old = list(rows.exclude(forgotten_at=None).filter(opened_at__date__lte=last_day).order_by("pk"))
    for batch in old:
        with transaction.atomic():
            _leave_trail(actor, "files.import.erased", batch)
            batch.delete()
    return len(old)


def sweep_copies(*, actor: Actor, can: Can, kept: Collection[str], now: datetime) -> int:
    """Remove the copies that no record names any more, except those of the last day; count them."""
    authorize(actor, can)
    named = {*kept, *ImportBatch.objects.exclude(stored_name="").order_by("pk").values_list("stored_name", flat=True)}
    return storage.sweep(named, before=now - timedelta(days=1))


def _move(actor: Actor, can: Can, batch: ImportBatch, start: BatchState, end: BatchState, **values: Any) -> ImportBatch:
    """Change the state of an import, if nobody did so first."""
    authorize(actor, can, batch)
    with transaction.atomic():
        moved = ImportBatch.objects.filter(pk=batch.pk, state=start).update(state=end, **values)
        if not moved:
            raise BatchNotInState(end)
        _leave_trail(actor, f"files.import.{end}", batch, counts=values.get("counts", {}))
    batch.refresh_from_db()
    return batch


def _leave_trail(actor: Actor, verb: str, batch: ImportBatch, **detail: Any) -> None:
    trail.record(actor, verb, batch, detail={"source": batch.source_id, "sha256": batch.sha256, **detail})


def _forget_copy(batch: ImportBatch) -> None:
    transaction.on_commit(partial(storage.discard, batch.stored_name))
    ImportBatch.objects.filter(pk=batch.pk).update(stored_name="")
    batch.stored_name = ""
