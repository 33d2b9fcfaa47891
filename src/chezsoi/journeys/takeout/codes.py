"""Rows as they cross the border: codes in place of database numbers, plain JSON in place of columns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from chezsoi.files.models import Source
from chezsoi.journeys.takeout.belongings import Table
from chezsoi.territories.models import Commune, Organisation, Territory, User

NATURAL: dict[str, Callable[[Any], str]] = {
    "territories.Territory": lambda row: row.key,
    "territories.Commune": lambda row: row.pk,
    "territories.Organisation": lambda row: row.key,
    "territories.User": lambda row: row.email,
    "files.Source": lambda row: f"{row.territory.key}/{row.organisation.key}/{row.kind}/{row.key}",
}
KNOWN_EVERYWHERE = {"territories.Territory": Territory, "territories.Commune": Commune}


class Unacceptable(Exception):
    """A value of a takeout cannot be put in its column; the message names the column."""


class Codes:
    """The code of each row, by table and database number."""

    def __init__(self) -> None:
        self._known: dict[str, dict[Any, Any]] = {}

    def learn(self, label: str, number: Any, code: Any) -> None:
        """Note the code of a row."""
        self._known.setdefault(label, {})[number] = code

    def find(self, label: str, number: Any) -> Any:
        """Give what a number, or a code, stands for; None when the row is not here."""
        if number is None:
            return None
        if label not in self._known and label in KNOWN_EVERYWHERE:
            self._learn_all(label)
        return self._known.get(label, {}).get(number)

    def every(self, label: str) -> list[Any]:
        """List what was learnt of a table."""
        return list(self._known.get(label, {}).values())

    def _learn_all(self, label: str) -> None:
        for row in KNOWN_EVERYWHERE[label]._default_manager.order_by("pk"):
            self.learn(label, row.pk, NATURAL[label](row))


class Numbers(Codes):
    """The way back: the database number of each code."""

    def _learn_all(self, label: str) -> None:
        for row in KNOWN_EVERYWHERE[label]._default_manager.order_by("pk"):
            self.learn(label, NATURAL[label](row), row.pk)


def natural_codes(codes: Codes, taken: dict[str, set[int]]) -> None:
    """Learn the codes of the rows that have a name of their own."""
    named: tuple[type[Any], ...] = (Organisation, User, Source)
    for model in named:
        label = model._meta.label
        rows: QuerySet[Any] = model._default_manager.filter(pk__in=taken[label]).order_by("pk")
        for row in rows.select_related("territory", "organisation") if model is Source else rows:
            codes.learn(label, row.pk, NATURAL[label](row))


def written(table: Table, row: Model, codes: Codes) -> dict[str, Any]:
    """Write one row, its code first."""
    said: dict[str, Any] = {"code": codes.find(table.label, row.pk)}
    for column in table.columns:
        if column.many_to_many:
            label = column.related_model._meta.label
            linked = getattr(row, column.name).order_by("pk").values_list("pk", flat=True)
            said[column.name] = sorted(code for each in linked if (code := codes.find(label, each)) is not None)
        elif column.is_relation:
            said[column.name] = codes.find(column.related_model._meta.label, getattr(row, column.attname))
        elif column.name in table.accounts:
            said[column.name] = codes.find("territories.User", getattr(row, column.name))
        else:
            said[column.name] = plain(getattr(row, column.name))
    return said


def plain(value: Any) -> Any:
    """Write a value as JSON has it: dates and amounts as texts, the rest as it is."""
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value if not isinstance(value, str) else str(value)
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def read(table: Table, said: dict[str, Any], numbers: Codes, rank: int) -> tuple[Model, dict[str, Any]]:
    """
    Make the row that a line describes, not yet saved, and give what must wait for it to be.

    :raises Unacceptable: if a column is missing, unknown or holds what it cannot.
    """
    expected = {"code", *(column.name for column in table.columns)}
    if set(said) != expected:
        raise Unacceptable(", ".join(sorted(set(said) ^ expected)))
    row, later = table.model(), {}
    for column in table.columns:
        value = said[column.name]
        if column.many_to_many:
            later[column.name] = [_number(column, each, numbers) for each in _list(column, value)]
        elif column.is_relation and column.related_model is table.model:
            later[column.name] = value
        elif column.is_relation:
            setattr(row, column.attname, _number(column, value, numbers))
        elif column.name in table.accounts:
            setattr(row, column.name, numbers.find("territories.User", value))
        else:
            setattr(row, column.name, _accepted(column, value))
    for name, make in table.made_again.items():
        setattr(row, name, make(said, rank))
    return row, later


def is_text(column: Any) -> bool:
    """Tell whether a column is written as a text: dates and amounts are."""
    return not column.get_internal_type().endswith(("IntegerField", "FloatField", "BooleanField", "AutoField"))


def _list(column: Any, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise Unacceptable(column.name)
    return value


def _number(column: Any, code: Any, numbers: Codes) -> Any:
    if code is None and getattr(column, "null", False):
        return None
    found = numbers.find(column.related_model._meta.label, code) if isinstance(code, str | int) else None
    if found is None:
        raise Unacceptable(column.name)
    return found


def _accepted(column: Any, value: Any) -> Any:
    if column.get_internal_type() == "JSONField" or type(column).__name__ == "EncryptedJSONField":
        return value
    if value is None and column.null:
        return None
    if value is None or isinstance(value, list | dict) or (is_text(column) and not isinstance(value, str)):
        raise Unacceptable(column.name)
    try:
        found = column.to_python(value)
        if found not in column.empty_values:
            column.run_validators(str(found) if column.get_internal_type() == "CharField" else found)
    except (ValidationError, ValueError, TypeError, OverflowError) as wrong:
        raise Unacceptable(column.name) from wrong
    if column.choices and found not in (*column.empty_values, *(key for key, _name in column.flatchoices)):
        raise Unacceptable(column.name)
    return found
