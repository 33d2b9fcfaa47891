"""What an actor may know of the files that came in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from chezsoi.files.choices import BatchState, SourceKind
from chezsoi.files.models import Draft, ImportBatch, Source, Submission
from chezsoi.kernel.actor import Actor

KEPT = timedelta(days=14)
"""A draft waits this long after its last save."""


def sources(*, actor: Actor, kind: SourceKind | None = None) -> QuerySet[Source]:
    """List the sources of the actor's own organisation, by name; a program sees those of its territories."""
    rows = Source.objects.filter(_own(actor, ""))
    return (rows.filter(kind=kind) if kind else rows).order_by("name", "pk")


def batches(*, actor: Actor) -> QuerySet[ImportBatch]:
    """List the imports of the actor's own organisation, the latest first."""
    return ImportBatch.objects.filter(_own(actor, "source__")).select_related("source").order_by("-opened_at", "-pk")


def get_batch(reference: UUID | str, *, actor: Actor) -> ImportBatch:
    """
    Find an import by its reference.

    :raises ImportBatch.DoesNotExist: also when it is another organisation's.
    """
    return batches(actor=actor).get(reference=reference)


def last_loaded(source: Source, *, actor: Actor) -> ImportBatch | None:
    """Find the last import of a source that was loaded and not undone."""
    return batches(actor=actor).filter(source=source, state=BatchState.LOADED).order_by("-finished_at", "-pk").first()


def same_file_loaded(source: Source, *, sha256: str, actor: Actor) -> ImportBatch | None:
    """Find an earlier import of the very same bytes."""
    return batches(actor=actor).filter(source=source, state=BatchState.LOADED, sha256=sha256).first()


def newest_as_of(source: Source, *, actor: Actor) -> date | None:
    """Give the most recent date of the files loaded from a source."""
    loaded = batches(actor=actor).filter(source=source, state=BatchState.LOADED)
    return loaded.order_by("-as_of_on").values_list("as_of_on", flat=True).first()


def remembered_columns(source: Source, *, actor: Actor) -> dict[str, str]:
    """Give the field confirmed for each header of a source, as `columns.match_columns` takes them."""
    visible = sources(actor=actor).filter(pk=source.pk)
    return dict(visible.order_by().exclude(columns=None).values_list("columns__header", "columns__field_key"))


def drafts(*, actor: Actor, now: datetime) -> QuerySet[Draft]:
    """List what the actor's account typed and did not send, the latest first."""
    return Draft.objects.filter(account_id=actor.user_id, saved_at__gte=now - KEPT).order_by("-saved_at", "-pk")


def settled(references: Iterable[UUID], *, actor: Actor) -> list[UUID]:
    """Name, of some forms, those that were received or discarded."""
    received = Submission.objects.filter(account_id=actor.user_id, reference__in=list(references))
    return list(received.order_by("pk").values_list("reference", flat=True))


def _own(actor: Actor, prefix: str) -> Q:
    here = Q(**{f"{prefix}territory_id__in": actor.territory_ids})
    return here if actor.is_operator else here & Q(**{f"{prefix}organisation_id": actor.organisation_id})
