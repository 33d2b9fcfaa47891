"""Leave no byte behind: what the database freed is still in its files until they are written anew."""

from __future__ import annotations

from django.apps import apps
from django.db import connection

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.territories.access import Can, authorize


def scrub(*, actor: Actor) -> bool:
    """
    Write the files of the database anew, without what was erased; tell whether all of it could be.

    SQLite: the file is rebuilt and the journal emptied. PostgreSQL: the tables, their indexes and the samples of the
    statistics are rebuilt, and the old files removed; its journal is recycled by the server in its own time. Run it
    outside a transaction; False when somebody was reading: run it again.
    """
    authorize(actor, Can.PURGE_FILES)
    is_whole = _sqlite() if connection.vendor == "sqlite" else _postgresql()
    trail.record(actor, "retention.files.scrubbed", detail={"whole": is_whole})
    return is_whole


def _sqlite() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("VACUUM")
        busy, *_pages = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _postgresql() -> bool:
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f"VACUUM (FULL, ANALYZE) {connection.ops.quote_name(table)}")
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        (is_super,) = cursor.fetchone()
        if not is_super:
            return False
        cursor.execute("VACUUM FULL pg_catalog.pg_statistic")
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT pg_switch_wal()")
        cursor.execute("CHECKPOINT")
    return True


def _tables() -> list[str]:
    return sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)})
