"""Which rows refer to which: the foreign keys of every app, read from the models themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.fields.reverse_related import ManyToOneRel


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A foreign key that points to a model. `own` is the key by which a plain many-to-many belongs to its model."""

    model: type[models.Model]
    column: str
    target: type[models.Model]
    owner: type[models.Model] | None = None
    owner_column: str = ""

    @property
    def is_own_link(self) -> bool:
        """Tell whether the referring rows are links that the target itself declares, and that vanish with it."""
        return self.owner is self.target and self.column == self.owner_column

    def rows(self, keys: list[Any]) -> models.QuerySet[Any]:
        """Find the rows that refer to some keys."""
        return self.model._base_manager.filter(**{f"{self.column}__in": keys})

    def foreign_rows(self, keys: list[Any], created: Mapping[type[models.Model], set[Any]]) -> set[Any]:
        """Find the keys of the referring rows that are not among those `created`, nor links of those."""
        if self.owner is None:
            return set(self.rows(keys).values_list("pk", flat=True)) - created.get(self.model, set())
        owned = created.get(self.owner, set())
        pairs = self.rows(keys).values_list("pk", self.owner_column)
        return {pk for pk, owner in pairs if owner not in owned}


def references_to(model: type[models.Model]) -> tuple[Reference, ...]:
    """List the foreign keys of all models that point to one."""
    found = []
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel):
            found.append(_reference(relation.related_model, relation.field.attname, model))
    return tuple(found)


def _reference(referring: Any, column: str, target: type[models.Model]) -> Reference:
    owner = referring._meta.auto_created or None
    if owner is None:
        return Reference(model=referring, column=column, target=target)
    link = next(each for each in owner._meta.local_many_to_many if each.remote_field.through is referring)
    source = referring._meta.get_field(link.m2m_field_name()).attname
    return Reference(model=referring, column=column, target=target, owner=owner, owner_column=source)
