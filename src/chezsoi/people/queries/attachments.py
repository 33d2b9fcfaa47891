"""Which documents of a household an actor may know of."""

from __future__ import annotations

from django.db.models import QuerySet

from chezsoi.kernel.actor import Actor
from chezsoi.people.choices import DOCUMENT_CATEGORIES, DocumentKind
from chezsoi.people.models import Attachment, Household, households_seen_by
from chezsoi.people.queries.sight import reads, writes


def attachments(household: Household, *, actor: Actor) -> QuerySet[Attachment]:
    """List the documents whose category the actor's role reads, the last first; none outside the household's sight."""
    kinds = [kind for kind, category in DOCUMENT_CATEGORIES.items() if reads(category, actor=actor)]
    seen = households_seen_by(actor).filter(pk=household.pk)
    rows = Attachment.objects.filter(household__in=seen.values("pk"), kind__in=kinds).select_related("household")
    return rows.order_by("-attached_on", "-pk")


def attachment(pk: int, *, household: Household, actor: Actor) -> Attachment:
    """
    Find one document, removed or not.

    :raises Attachment.DoesNotExist: also when the actor's role does not read its category.
    """
    return attachments(household, actor=actor).get(pk=pk)


def kinds_to_attach(*, actor: Actor) -> list[DocumentKind]:
    """List the kinds of documents whose category the actor's role writes."""
    return [kind for kind, category in DOCUMENT_CATEGORIES.items() if writes(category, actor=actor)]
