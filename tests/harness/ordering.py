"""A queryset that does not say its order comes in a random one, so that no test passes by luck."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models.expressions import OrderBy
from django.db.models.functions import Random
from django.db.models.sql.compiler import SQLCompiler


@contextmanager
def random_order_where_none_is_given() -> Iterator[None]:
    """Shuffle in the database what a query leaves unordered, while the context lasts."""
    stated, combined = SQLCompiler._order_by_pairs, SQLCompiler.get_combinator_sql
    unions = []

    def stated_or_random(compiler: SQLCompiler) -> Iterator[tuple[OrderBy, bool]]:
        pairs = list(stated(compiler))
        if not pairs and not unions and _may_be_shuffled(compiler):
            pairs = [(OrderBy(Random()), False)]
        yield from pairs

    def parts_left_alone(compiler: SQLCompiler, *arguments: Any) -> Any:
        unions.append(compiler)
        try:
            return combined(compiler, *arguments)
        finally:
            unions.pop()

    SQLCompiler._order_by_pairs, SQLCompiler.get_combinator_sql = stated_or_random, parts_left_alone
    try:
        yield
    finally:
        SQLCompiler._order_by_pairs, SQLCompiler.get_combinator_sql = stated, combined


def _may_be_shuffled(compiler: SQLCompiler) -> bool:
    query = compiler.query
    one_row_or_set = query.combinator or query.distinct or query.group_by is not None or query.is_empty()
    selects = type(compiler).__name__ == "SQLCompiler"  # PostgreSQL brings its own class of that name
    return selects and not one_row_or_set and not query.subquery and not _aggregates(query)


def _aggregates(query) -> bool:
    return any(annotation.contains_aggregate for annotation in query.annotations.values())
