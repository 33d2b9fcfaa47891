"""Tell, once an act is committed, whose facts it changed: what rests on them, above, is then asked for anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import models, transaction
from django.utils.module_loading import import_string

from chezsoi.people.models import Household, HouseholdMember, Person, ResourceStatement


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """
    The households and the people of whom one act changed what their means rest on, told together after the commit.

    Who is told is named by the settings, as a foreign key up the stack would be: this app does not know them. That they
    fail is in the log and undoes nothing.
    """

    households: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)

    def of(self, row: models.Model, values: Collection[str] = ()) -> None:
        """Note a row that was added, or of which some values changed."""
        if isinstance(row, HouseholdMember):
            self.note(households=[row.household_id])
        elif isinstance(row, ResourceStatement):
            self.note(people=[row.person_id])
        elif isinstance(row, Person) and "birth_date" in values:
            self.note(people=[row.pk])
        elif isinstance(row, Household) and "stated_size" in values:
            self.note(households=[row.pk])

    def note(self, *, households: Iterable[int] = (), people: Iterable[int] = ()) -> None:
        """Note whom it is about; it is told once, whatever is noted until the commit."""
        is_first = not self.households and not self.people
        self.households.update(households)
        self.people.update(people)
        if is_first:
            transaction.on_commit(self._tell, robust=True)

    def _tell(self) -> None:
        households, people = frozenset(self.households), frozenset(self.people)
        self.households.clear()
        self.people.clear()
        import_string(settings.HOUSEHOLDS_CHANGED)(households=households, people=people)
