"""Write rows and, for an import, tell its recorder of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from django.db import models

from chezsoi.files.models import Source
from chezsoi.kernel.actor import Actor
from chezsoi.people.actions.news import News
from chezsoi.people.models import Household
from chezsoi.territories.access import Can, authorize

Row = TypeVar("Row", bound=models.Model)


class Recorder(Protocol):
    """What notes each row an import writes, so that the import can be undone."""

    def created(self, obj: models.Model) -> None:
        """Note a row that did not exist."""

    def updated(self, obj: models.Model, before: dict[str, Any]) -> None:
        """Note a row that was changed, with its former values."""


class ChangedMeanwhile(Exception):
    """Somebody else changed the household's file since it was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """
    Who writes, from which source, what notes it, and what it has to tell.

    A service's file tells nothing: it changes thousands of households, which the import asks for all at once.
    """

    actor: Actor
    source: Source | None = None
    recorder: Recorder | None = None
    news: News = field(default_factory=News)

    def authorize(self, can: Can, thing: object) -> None:
        """Ask for the right or, for what a service's file says, for the right to import that service's files."""
        if self.source is None:
            authorize(self.actor, can, thing)
        else:
            authorize(self.actor, Can.IMPORT_PEOPLE, self.source)
            authorize(self.actor, Can.IMPORT_PEOPLE, thing)

    def create(self, row: Row) -> Row:
        """Add a row."""
        row.save(force_insert=True)
        self._note(row)
        return row

    def create_all(self, model: type[Row], rows: Iterable[Row]) -> list[Row]:
        """Add rows of one model."""
        added = model._default_manager.bulk_create(rows)
        for row in added:
            self._note(row)
        return added

    def change(self, row: models.Model, **values: Any) -> None:
        """Change values of a row."""
        before = {name: getattr(row, name) for name in values}
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))
        if self.recorder is not None:
            self.recorder.updated(row, before)
        if self.source is None:
            self.news.of(row, values.keys())

    def edit(self, household: Household, *, version: int | None, **values: Any) -> None:
        """
        Change a household's own values and move its version on; `version` is the one its reader saw.

        :raises ChangedMeanwhile: if the file has another version by now.
        """
        current = Household.objects.select_for_update().get(pk=household.pk).version
        if version is not None and current != version:
            raise ChangedMeanwhile(current)
        household.version = current
        self.change(household, **values, version=current + 1)

    def _note(self, row: models.Model) -> None:
        if self.recorder is not None:
            self.recorder.created(row)
        if self.source is None:
            self.news.of(row)
