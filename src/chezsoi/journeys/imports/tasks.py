"""Read a long file, and load any file, in the background: the page that asked for it may be left."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.utils import timezone, translation
from django_tasks import task

from chezsoi.files import actions as files
from chezsoi.files import queries as file_queries
from chezsoi.files.choices import BatchState, SourceKind
from chezsoi.files.models import ImportBatch
from chezsoi.files.readers import UnreadableFile
from chezsoi.files.storage import NoLongerKept
from chezsoi.journeys.imports import loading, progress, queries, reading
from chezsoi.journeys.imports.preview import foresee
from chezsoi.journeys.imports.progress import Progress
from chezsoi.territories.access import Actor, Can

logger = logging.getLogger(__name__)

EVERY = 20


@task()
def read_import(reference: str, user_id: int | None, role: str, organisation_id: int | None) -> None:
    """Read a long file and keep what loading it would do, on behalf of the account that sent it."""
    _on_behalf(_read, reference, user_id, role, organisation_id)


@task()
def load_import(reference: str, user_id: int | None, role: str, organisation_id: int | None) -> None:
    """Load a file that was previewed, on behalf of the account that asked for it."""
    _on_behalf(_load, reference, user_id, role, organisation_id)


def _on_behalf(
    work: Callable[[ImportBatch, Actor], None],
    reference: str,
    user_id: int | None,
    role: str,
    organisation_id: int | None,
) -> None:
    actor = queries.account_at_work(user_id, role, organisation_id, on=timezone.localdate(), actor=None)
    if actor is None:
        logger.warning("import %s: the role it was asked in has ended", reference)
        return
    batch = file_queries.get_batch(reference, actor=actor)
    language = queries.language_of(user_id, actor=actor) or settings.LANGUAGE_CODE
    with translation.override(language), timezone.override(batch.source.territory.clock):
        work(batch, actor)


def _read(batch: ImportBatch, actor: Actor) -> None:
    preview = foresee(batch, actor=actor, today=timezone.localdate())
    try:
        files.keep_preview(actor=actor, can=_right(batch), batch=batch, preview=preview.as_json())
    except files.BatchNotInState:
        logger.warning("import %s was stopped before it was read", batch.reference)


def _load(batch: ImportBatch, actor: Actor) -> None:
    try:
        prepared = reading.prepare_batch(batch, actor=actor, today=timezone.localdate())
        total = prepared.total
        progress.note(batch.reference, Progress(total=total))

        def tick(done: int) -> None:
            if done % EVERY == 0:
                progress.note(batch.reference, Progress(done=done, total=total))

        loading.load(prepared, batch=batch, tick=tick)
    except (UnreadableFile, reading.ColumnsUnclear) as unusable:
        _fail(batch, actor, str(unusable.sentence))
    except NoLongerKept:
        _fail(batch, actor, str(loading.FAILED))
    except files.BatchNotInState:
        logger.warning("import %s was stopped before it was loaded", batch.reference)
    finally:
        progress.forget(batch.reference)


def _fail(batch: ImportBatch, actor: Actor, sentence: str) -> None:
    batch.refresh_from_db()
    if batch.state in {BatchState.PREVIEWED, BatchState.LOADING}:
        files.fail_batch(actor=actor, can=_right(batch), batch=batch, sentence=sentence)


def _right(batch: ImportBatch) -> Can:
    return reading.RIGHTS[SourceKind(batch.source.kind)]
