"""
The facts a round is drawn on, frozen as text and read back the same.

Canonical JSON of the engine's own dataclasses: the same facts give the same bytes, so that their digest can be shown
before the draw and checked after it.
"""

from __future__ import annotations

import json
import types
import typing
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from hashlib import sha256
from operator import attrgetter
from typing import Any

from chezsoi.engines.matching import Home, Household, Reason, Rules, Source
from chezsoi.engines.matching.joint import NO_COMPANY, Company


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """
    The day on which some facts of a household, or of a home, were said or seen.

    `fields` are those of the engine's record; one of several is named after a dot, as `labels.dalo`.
    """

    ref: str
    day: date
    fields: tuple[str, ...]


def by_day(ref: str, told: Iterable[tuple[str, date | None]], *, on: date) -> tuple[Dated, ...]:
    """Gather under each day the facts that have it, the earliest first; never a day after `on`."""
    found: dict[date, list[str]] = defaultdict(list)
    for name, day in told:
        if day is not None and day <= on:
            found[day].append(name)
    return tuple(Dated(ref=ref, day=day, fields=tuple(names)) for day, names in sorted(found.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """
    Everything a shortlist depends on, except the grid and chance; and the days of its facts, which decide nothing.

    `days` is None when they were not kept; a fact that has none there bears no date.
    """

    on: date
    home: Home
    rules: Rules
    households: tuple[Household, ...]
    days: tuple[Dated, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Everyone who waits on a day, as a joint round freezes them once for all its homes."""

    on: date
    households: tuple[Household, ...]
    company: Company = NO_COMPANY
    days: tuple[Dated, ...] | None = None


def freeze(facts: object) -> str:
    """Write facts as text, the same for the same facts."""
    return json.dumps(plain(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def thaw(text: str) -> Frozen:
    """Read back what `freeze` wrote."""
    facts: Frozen = _reader(Frozen)(json.loads(text))
    return facts


def thaw_waiting(text: str) -> Waiting:
    """Read back who waited, as `freeze` wrote them."""
    waiting: Waiting = _reader(Waiting)(json.loads(text))
    return waiting


def digest(text: str) -> str:
    """Give the SHA-256 of a text, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def plain(value: Any) -> Any:
    """Turn an engine's result into what JSON holds; a reason that many households share is written once."""
    return _plain(value, {})


Shared = dict[int, Any]
Write = Callable[[Any, Shared], Any]


def _plain(value: Any, shared: Shared) -> Any:
    kind: Any = type(value)
    write = _writer(kind)
    return value if write is None else write(value, shared)


_AS_IT_IS = frozenset({str, int, bool, types.NoneType})


@cache
def _writer(kind: Any) -> Write | None:
    """
    Make, once a type, what writes its values: a round writes a hundred facts of each of thousands of households.

    Households share reasons, and reasons their few sources: the very same one is written once, never two equal ones,
    since 350 and 350.00 are equal and not written alike.
    """
    if is_dataclass(kind):
        write = _writer_of_fields(tuple(field.name for field in fields(kind)))
        return _once(write) if kind in {Reason, Source} else write
    if issubclass(kind, frozenset):
        return lambda values, shared: sorted(values)
    if issubclass(kind, tuple):
        return lambda values, shared: [_plain(each, shared) for each in values]
    return (lambda value, shared: str(value)) if issubclass(kind, Decimal | date) else None


def _writer_of_fields(names: tuple[str, ...]) -> Write:
    read = attrgetter(*names)

    def write(value: Any, shared: Shared) -> dict[str, Any]:
        parts = zip(names, read(value), strict=True)
        return {name: part if type(part) in _AS_IT_IS else _plain(part, shared) for name, part in parts}

    return write


def _once(write: Write) -> Write:
    """Write an object once a call: what is written holds it, so that no other takes its identity meanwhile."""

    def written(value: Any, shared: Shared) -> Any:
        known = shared.get(id(value))
        if known is None:
            known = shared[id(value)] = write(value, shared)
        return known

    return written


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """Make, once a type, what reads its values back."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is types.UnionType:
        read = _reader(next(option for option in inner if option is not types.NoneType))
        if read is _same:
            return read
        return lambda value: None if value is None else read(value)
    if origin is tuple:
        each = _reader(inner[0])
        return tuple if each is _same else lambda values: tuple(map(each, values))
    if hasattr(kind, "__dataclass_fields__"):
        hints = typing.get_type_hints(kind)
        return _reader_of_fields(kind, {field.name: _reader(hints[field.name]) for field in fields(kind)})
    return _scalar(origin or kind)


def _reader_of_fields(kind: Any, readers: dict[str, Callable[[Any], Any]]) -> Callable[[Any], Any]:
    as_they_are = [name for name, read in readers.items() if read is _same]
    others = [(name, read) for name, read in readers.items() if read is not _same]

    def read_fields(value: dict[str, Any]) -> Any:
        # A fact that a round frozen before it existed does not hold has its default.
        found = {name: value[name] for name in as_they_are if name in value}
        for name, read in others:
            if name in value:
                found[name] = read(value[name])
        return kind(**found)

    return read_fields


def _scalar(kind: Any) -> Callable[[Any], Any]:
    if kind is date:
        return _day
    return _same if kind in {str, int, bool} else kind


_day = lru_cache(maxsize=4096)(date.fromisoformat)
"""A draw names few days, each many times."""


def _same(value: Any) -> Any:
    return value
