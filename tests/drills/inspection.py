"""What is looked at after a kill: is the database whole, and what does it say?"""

import hashlib
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import connection

from chezsoi.files.backups import rows as kept
from chezsoi.trail import seals

REFERENCE = {"territories_commune", "territories_formercommune"}


def rows(*, without_reference: bool = False) -> dict[str, Any]:
    """Count and digest the rows of every table, of those that are there."""
    there = set(connection.introspection.table_names())
    there -= REFERENCE if without_reference else set()
    return {table.name: kept.digest(table.rows(kept.here())) for table in kept.tables() if table.name in there}


def faults() -> list[str]:
    """Name what is broken: pages, references, the trail."""
    found = []
    there = set(connection.introspection.table_names())
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            found += [line for (line,) in cursor.fetchall() if line != "ok"]
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.db_table in there]
    for model in models:
        columns = _columns(model)
        for field in model._meta.concrete_fields:
            if field.column in columns and field.is_relation and field.related_model._meta.db_table in there:
                found += _dangling(model, field)
    if "trail_seal" in there and "trail_entry" in there:
        found += [f"{breach.fact} {breach.batch} {breach.entry}" for breach in seals.verify()]
    return found


def facts(columns: dict[str, list[str]] | None = None) -> dict[str, Any]:
    """
    Digest what the tables say, decrypted, without regard to order.

    Without `columns`, each column apart, to see which of them two same runs agree on; with them, rows of those columns.
    """
    found: dict[str, Any] = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table in REFERENCE:
            continue
        names = [field.attname for field in model._meta.concrete_fields]
        if columns is None:
            found[model._meta.label] = {name: _digest(model, [name]) for name in names}
        elif columns.get(model._meta.label):
            found[model._meta.label] = _digest(model, columns[model._meta.label])
    return found


def files() -> dict[str, str]:
    """Digest all that a household alone explains, by the number of its file; a pair goes with either of two files."""
    from chezsoi.journeys.retention import records
    from chezsoi.people.models import Household, PossibleDuplicate

    found = {}
    for pk, reference in Household._base_manager.order_by("pk").values_list("pk", "reference"):
        held = {
            model._meta.label: list(model._base_manager.filter(pk__in=keys).order_by("pk").values_list())
            for model, keys in records.of({pk}).items()
            if model is not PossibleDuplicate
        }
        found[reference] = hashlib.sha256(repr(sorted(held.items())).encode()).hexdigest()
    return found


def migrate_back(labels: list[str]) -> None:
    """Undo the migrations of the apps named, and of those that stand on them."""
    for label in labels:
        call_command("migrate", label, "zero", interactive=False, verbosity=0)


def _columns(model: type) -> set[str]:
    """Name the columns a table has: a migration that was killed may not have added them all."""
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, model._meta.db_table)}


def _dangling(model: type, field: Any) -> list[str]:
    target = field.target_field.model._meta
    query = (
        f'SELECT COUNT(*) FROM "{model._meta.db_table}" a LEFT JOIN "{target.db_table}" b '  # noqa: S608
        f'ON a."{field.column}" = b."{field.target_field.column}" '
        f'WHERE a."{field.column}" IS NOT NULL AND b."{field.target_field.column}" IS NULL'
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        count = cursor.fetchone()[0]
    return [f"{model._meta.label}.{field.name}: {count} references lead nowhere"] if count else []


def _digest(model: type, names: list[str]) -> str:
    """Digest rows without regard to order; a number that names a row counts as its rank, for a rollback leaves gaps."""
    total, ranks = 0, [_ranks(model, name) for name in names]
    for values in model._default_manager.order_by().values_list(*names):
        said = [rank.get(value, value) for rank, value in zip(ranks, values, strict=True)]
        total += int.from_bytes(hashlib.sha256(repr(said).encode()).digest(), "big")
    return f"{total % kept.WHOLE:x}"


class _NoRanks:
    def get(self, value: Any, _default: Any) -> Any:
        return value


def _ranks(model: type, name: str) -> Any:
    named = _named(model, name)
    if named is None or named._meta.db_table in REFERENCE:
        return _NoRanks()
    numbers = named._default_manager.order_by("pk").values_list("pk", flat=True)
    return {number: rank for rank, number in enumerate(numbers)}


def _named(model: type, name: str) -> Any:
    """Give the model whose rows a column numbers: its own, one it refers to, or the accounts."""
    from chezsoi.journeys.takeout.belongings import TABLES
    from chezsoi.territories.models import User

    column = next(each for each in model._meta.concrete_fields if each.attname == name)
    if any(name in table.accounts for table in TABLES if table.label == model._meta.label):
        return User
    return column.related_model if column.is_relation else model if column.primary_key else None


def schema() -> list[str]:
    """Say what every table is made of."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
        else:
            cursor.execute(
                "SELECT table_name || '.' || column_name, data_type || is_nullable FROM information_schema.columns "
                "WHERE table_schema = 'public' UNION ALL SELECT indexname, indexdef FROM pg_indexes "
                "WHERE schemaname = 'public' UNION ALL SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
                "WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"
            )
        return [f"{name}: {said}" for name, said in cursor.fetchall()]
