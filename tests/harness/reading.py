"""Reading a page writes nothing but the trail."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.core.handlers.base import BaseHandler
from django.db import connections

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_WRITE = re.compile(
    r"""\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE(?:\s+ONLY)?|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?
    |(?:CREATE|ALTER|DROP)\s+\w+)\s+["']?(?P<table>\w+)""",
    re.IGNORECASE | re.VERBOSE,
)


class ReadingWrote(Exception):
    """A page that was only read changed something other than the trail."""


def table_written(sql: str) -> str | None:
    """
    Name the table a statement changes; None when it changes none.

    >>> table_written('UPDATE "people_person" SET "name" = %s'), table_written("SELECT 1")
    ('people_person', None)
    """
    match = _WRITE.match(sql)
    return match["table"] if match else None


@contextmanager
def nothing_but_the_trail() -> Iterator[None]:
    """Refuse every write outside the tables of `trail`, on every database, while the context lasts."""
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(_refuse_writes))
        yield


@contextmanager
def reading_never_writes() -> Iterator[None]:
    """Hold every GET, HEAD or OPTIONS request served in this process to that rule."""
    answer = BaseHandler.get_response

    def held(handler: BaseHandler, request: Any) -> Any:
        if request.method not in SAFE_METHODS:
            return answer(handler, request)
        with nothing_but_the_trail():
            return answer(handler, request)

    BaseHandler.get_response = held
    try:
        yield
    finally:
        BaseHandler.get_response = answer


def _refuse_writes(execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
    table = table_written(str(sql))
    if table is not None and not table.startswith("trail_"):
        raise ReadingWrote(str(sql)[:200])
    return execute(sql, params, many, context)
