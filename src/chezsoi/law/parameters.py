"""The dated parameters of the law: a value, the days it is in force, and the text that says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml


class UnknownParameter(LookupError):
    """No file describes a parameter of that code."""


class NoValueInForce(LookupError):
    """The parameter has no value on that day, for that scope."""


class ScopeNeeded(LookupError):
    """Several values are in force that day: say for which scope."""


class NotANumber(TypeError):
    """The value is a word (a class, a range), not a number."""


class Status(StrEnum):
    """Whether the value was read in a text, or still has to be."""

    VERIFIED = "verified"
    TO_BE_CONFIRMED = "to_be_confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value of a parameter, with its period (both days included; None is open), its scope and its source."""

    code: str
    value: Decimal | str
    unit: str
    valid_from: date | None
    valid_to: date | None
    scope: str
    reference: str
    link: str | None
    status: Status
    applies_to: str = ""
    to_confirm: str = ""
    source: str = ""
    why_no_link: str = ""

    def is_in_force_on(self, day: date) -> bool:
        """Tell whether the day lies in the value's period."""
        has_begun = self.valid_from is None or self.valid_from <= day
        return has_begun and (self.valid_to is None or day <= self.valid_to)

    @property
    def number(self) -> Decimal:
        """
        Give the value as a number.

        Raises
        ------
        NotANumber
            If it is a word.
        """
        if isinstance(self.value, str):
            raise NotANumber(f"{self.code}: {self.value}")
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter as its file describes it, values sorted by scope, then by day."""

    code: str
    description: str
    unit: str
    last_value_still_valid_on: date | None
    values: tuple[Value, ...]


_FOLDER = Path(__file__).with_name("parameters")
_CODE = re.compile(r"(?P<subject>[a-z0-9_]+)\.(?P<name>[a-z0-9_]+(?:\.[a-z0-9_]+)*)")

# A value written for a wide scope also answers for the places inside it; Mayotte is one of the drom.
_WIDER_SCOPES = {"metropole": frozenset({"all_except_mayotte", "metropole+drom_except_mayotte"})}


def parameter(code: str, *, on: date, scope: str | None = None) -> Value:
    """
    Read the value of a parameter in force on a day.

    Parameters
    ----------
    code : str
        Subject and name, as `rsa.base`.
    on : date
        Day of the event the rule applies to (signature, writ, allocation), never the day of reading.
    scope : str, optional
        Place or case the value is wanted for, as `metropole`. Needed only when several are in force that day;
        a value whose scope is `all` answers for every scope.

    Returns
    -------
    Value
        The value in the unit it names, the text it comes from, and whether that text was read. Not legal advice:
        a value `to_be_confirmed` must be shown as such.

    Raises
    ------
    UnknownParameter
        If no file has that code.
    NoValueInForce
        If none of its values covers the day, for that scope.
    ScopeNeeded
        If several do and no scope was given.

    Examples
    --------
    >>> found = parameter("decency.dpe_min", scope="metropole", on=date(2028, 1, 1))
    >>> found.value, found.unit, found.valid_to, found.status.value
    ('E', 'class', datetime.date(2033, 12, 31), 'verified')
    """
    found = tuple(value for value in series(code, scope=scope) if value.is_in_force_on(on))
    exact = tuple(value for value in found if value.scope == scope) or found
    if not exact:
        raise NoValueInForce(f"{code} has no value on {on.isoformat()}{f' for {scope}' if scope else ''}")
    if len(exact) > 1:
        raise ScopeNeeded(f"{code} on {on.isoformat()}: {', '.join(value.scope for value in exact)}")
    return exact[0]


def series(code: str, *, scope: str | None = None) -> tuple[Value, ...]:
    """
    List the values of a parameter over time, those of one scope or all of them.

    Raises
    ------
    UnknownParameter
        If no file has that code.

    Examples
    --------
    >>> [value.valid_to.isoformat() for value in series("eviction.winter_break")[:2]]
    ['2019-03-31', '2020-07-10']
    """
    return tuple(value for value in load(code).values if scope is None or _answers_for(value.scope, scope))


@cache
def codes() -> tuple[str, ...]:
    """List the codes of all parameters, sorted."""
    return tuple(sorted(f"{path.parent.name}.{path.stem}" for path in _FOLDER.glob("*/*.yaml")))


@cache
def load(code: str) -> Parameter:
    """
    Read the whole file of a parameter, once.

    Raises
    ------
    UnknownParameter
        If no file has that code.
    """
    match = _CODE.fullmatch(code)
    if match is None:
        raise UnknownParameter(code)
    try:
        content = read_yaml(_FOLDER / match["subject"] / f"{match['name']}.yaml")
    except FileNotFoundError as absent:
        raise UnknownParameter(code) from absent
    values = tuple(_value(code, content["unit"], entry) for entry in content["values"])
    return Parameter(
        code=code,
        description=content["description"],
        unit=content["unit"],
        last_value_still_valid_on=content["last_value_still_valid_on"],
        values=values,
    )


def read_yaml(path: Path) -> Any:
    """Read a file of the law: numbers become exact decimals, days become dates."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_ExactLoader)  # noqa: S506  a subclass of SafeLoader


# The same loader written in C reads ten times as fast; not every machine has it.
SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _ExactLoader(SafeLoader):  # type: ignore[misc]  # one of two classes
    """The safe loader, without binary floats."""


def _decimal(_loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(node.value)


_ExactLoader.add_constructor("tag:yaml.org,2002:float", _decimal)
_ExactLoader.add_constructor("tag:yaml.org,2002:int", _decimal)


def _value(code: str, unit: str, entry: dict[str, Any]) -> Value:
    return Value(code=code, **{"unit": unit, **entry, "status": Status(entry["status"])})


def _answers_for(scope: str, wanted: str) -> bool:
    return scope in {"all", wanted} or scope in _WIDER_SCOPES.get(wanted, ())
