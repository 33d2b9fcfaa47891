"""Read a grid written as data: every refusal names the field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date


class UnusableGrid(ValueError):
    """The grid cannot be used as written; `field` says where, `problem` says why."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem


def section(value: object, field: str, *, required: frozenset[str], optional: frozenset[str]) -> Mapping[str, object]:
    """Take a mapping that has every required key and no unknown one."""
    if not isinstance(value, Mapping):
        raise UnusableGrid(field, f"must be a set of named values, not {value!r}")
    if missing := sorted(required - value.keys()):
        raise UnusableGrid(_at(field, missing[0]), "is missing")
    if unknown := sorted(map(str, value.keys() - required - optional)):
        raise UnusableGrid(_at(field, unknown[0]), "is not a field of a grid")
    return value


def text(value: object, field: str) -> str:
    """Take a text that is not blank."""
    if not isinstance(value, str) or not value.strip():
        raise UnusableGrid(field, f"must be a text, not {value!r}")
    return value


def optional_text(value: object, field: str) -> str:
    """Take a text, or nothing at all."""
    return "" if value is None else text(value, field)


def whole(value: object, field: str, *, least: int, most: int) -> int:
    """Take a whole number between two bounds, both included."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise UnusableGrid(field, f"must be a whole number from {least} to {most}, not {value!r}")
    return value


def day(value: object, field: str) -> date:
    """Take a date written year-month-day."""
    try:
        return date.fromisoformat(text(value, field))
    except UnusableGrid:
        raise
    except ValueError as not_a_day:
        raise UnusableGrid(field, f"must be a date such as 2026-01-31, not {value!r}") from not_a_day


def items(value: object, field: str) -> tuple[tuple[str, object], ...]:
    """Take a list that is not empty, each element with the name of its place."""
    if not isinstance(value, list | tuple) or not value:
        raise UnusableGrid(field, f"must be a list with at least one element, not {value!r}")
    return tuple((f"{field}[{place}]", element) for place, element in enumerate(value))


def _at(field: str, key: str) -> str:
    return f"{field}.{key}" if field else key
