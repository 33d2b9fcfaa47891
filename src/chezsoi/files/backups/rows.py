"""
The rows of every table, written so that both databases say the same, and digested one by one.

The digest of a table is the sum of the digests of its rows: two databases list their rows in different orders.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.backends.utils import CursorWrapper
from django.db.migrations.recorder import MigrationRecorder

WHOLE = 1 << 256
BATCH = 500
Select = Callable[[str], Iterable[Sequence[Any]]]
WRITTEN: dict[str, Callable[[Any], Any]] = {
    "UUIDField": lambda value: uuid.UUID(str(value)).hex,
    "JSONField": lambda value: json.loads(value) if isinstance(value, str | bytes) else value,
    "BooleanField": bool,
    "DecimalField": lambda value: f"{Decimal(str(value)).normalize():f}",
}


@dataclass(frozen=True, slots=True)
class Table:
    """One table and its columns, in a fixed order."""

    model: type[models.Model]

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def fields(self) -> list[models.Field[Any, Any]]:
        return sorted(self.model._meta.concrete_fields, key=lambda field: str(field.column))

    def rows(self, select: Select) -> Iterator[list[Any]]:
        """Give every row, each value as plain JSON."""
        columns = ", ".join(f'"{field.column}"' for field in self.fields)
        kinds = [_kind(field) for field in self.fields]
        for row in select(f'SELECT {columns} FROM "{self.name}"'):  # noqa: S608  names of the program's own tables
            yield [_plain(kind, value) for kind, value in zip(kinds, row, strict=True)]


def tables() -> list[Table]:
    """List every table of the program, by name."""
    found = {model._meta.db_table: Table(model) for model in apps.get_models(include_auto_created=True)}
    return [found[name] for name in sorted(found) if not found[name].model._meta.proxy]


def digests(select: Select) -> dict[str, dict[str, Any]]:
    """Count and digest the rows of every table."""
    return {table.name: digest(table.rows(select)) for table in tables()}


def digest(rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """Count rows and sum their digests."""
    count = total = 0
    for row in rows:
        count += 1
        total = (total + int.from_bytes(hashlib.sha256(line(row)).digest(), "big")) % WHOLE
    return {"rows": count, "digest": f"{total:064x}"}


def line(row: Sequence[Any]) -> bytes:
    """Write a row as the bytes that are digested, and kept by a dump of rows."""
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def here() -> Select:
    """Select in the program's own database, without ever holding a whole table."""

    def select(sql: str) -> Iterator[Sequence[Any]]:
        with connection.chunked_cursor() as cursor:
            cursor.execute(sql)
            while found := cursor.fetchmany(BATCH):
                yield from found

    return select


def in_file(database: sqlite3.Connection) -> Select:
    """Select in an SQLite file opened apart."""
    return database.execute


def insert(table: Table, rows: Iterable[Sequence[Any]], cursor: CursorWrapper) -> None:
    """Write plain rows into a table of the program's own database."""
    fields = table.fields
    kinds = [_kind(field) for field in fields]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    sql = f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'  # noqa: S608  names of the program's own tables
    waiting = []
    for row in rows:
        waiting.append([_stored(kind, value) for kind, value in zip(kinds, row, strict=True)])
        if len(waiting) == BATCH:
            cursor.executemany(sql, waiting)
            waiting = []
    if waiting:
        cursor.executemany(sql, waiting)


def migrations() -> list[str]:
    """Name the migrations applied here; empty where there is no table yet."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _kind(field: models.Field[Any, Any]) -> str:
    target = getattr(field, "target_field", field)
    return str(target.get_internal_type())


def _plain(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind in WRITTEN:
        return WRITTEN[kind](value)
    if isinstance(value, datetime):
        known = value if value.tzinfo else value.replace(tzinfo=UTC)
        return known.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return value


def _stored(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind == "DateTimeField":
        return connection.ops.adapt_datetimefield_value(datetime.fromisoformat(value))
    if kind == "DateField":
        return connection.ops.adapt_datefield_value(date.fromisoformat(value))
    if kind == "DecimalField":
        return str(value)
    if kind == "UUIDField":
        return uuid.UUID(value) if connection.features.has_native_uuid_field else value
    if kind == "JSONField":
        return connection.ops.adapt_json_value(value, json.JSONEncoder)
    return value
