"""Questions that the ORM writes once and the database answers each time they are asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Question:
    """
    What a queryset asks, written in SQL: for one that every page asks, writing it costs more than the answer.

    It is made of a queryset alone, so it only reads. Everything the queryset was narrowed to is part of it: whoever
    keeps one keeps it for the same actor, the same day, and no longer than what it says of the time holds. The answers
    are the database's own words and numbers, no field having read them.
    """

    sql: str
    given: tuple[Any, ...]

    @classmethod
    def of(cls, rows: QuerySet[Any]) -> Question:
        """Write what a queryset asks; where no row can be, nothing is left to ask."""
        try:
            return cls(*rows.query.sql_with_params())
        except EmptyResultSet:
            return cls("", ())

    def answers(self) -> list[tuple[Any, ...]]:
        """Ask it."""
        if not self.sql:
            return []
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.given)
            return list(cursor.fetchall())
