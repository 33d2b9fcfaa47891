"""
The facts a round is drawn on, frozen as text and read back the same.

Canonical JSON of the engine's own dataclasses: the same facts give the same bytes, so that their digest can be shown
before the draw and checked after it.
"""

from __future__ import annotations

import json
import types
import typing
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from typing import Any

from chezsoi.engines.matching import Home, Household, Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """Everything a shortlist depends on, except the grid and chance."""

    on: date
    home: Home
    rules: Rules
    households: tuple[Household, ...]


def freeze(facts: Frozen) -> str:
    """Write facts as text, the same for the same facts."""
    return json.dumps(_plain(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def thaw(text: str) -> Frozen:
    """Read back what `freeze` wrote."""
    facts: Frozen = _read(json.loads(text), Frozen)
    return facts


def digest(text: str) -> str:
    """Give the SHA-256 of a text, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def plain(value: Any) -> Any:
    """Turn an engine's result into what JSON holds."""
    return _plain(value)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal | date):
        return str(value)
    return value


def _read(value: Any, kind: Any) -> Any:
    if value is None:
        return None
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is types.UnionType:
        return _read(value, next(option for option in inner if option is not types.NoneType))
    if origin is tuple:
        return tuple(_read(each, inner[0]) for each in value)
    if hasattr(kind, "__dataclass_fields__"):
        return kind(**{name: _read(value[name], hint) for name, hint in _hints(kind).items()})
    return _scalar(value, origin or kind)


def _scalar(value: Any, kind: Any) -> Any:
    if kind is date:
        return date.fromisoformat(value)
    return value if kind in {str, int, bool} else kind(value)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
