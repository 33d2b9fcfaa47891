"""The scoring grid: data that a territory votes and publishes, checked when it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chezsoi.engines.matching import reading
from chezsoi.engines.matching.households import FACTS
from chezsoi.engines.matching.housing_first import Finding, lint
from chezsoi.engines.matching.reading import UnusableGrid

MOST_POINTS = 10_000


class GridBreaksHousingFirst(UnusableGrid):
    """The grid sets a precondition, punishes a refusal, or counts who people are; `findings` says where."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings[0].field, f"{findings[0].kind}: {findings[0].text}")
        self.findings = findings


class GridNamesItsOwnFacts(UnusableGrid):
    """The grid declares facts of its own; the closed list alone may earn points, so that no condition is written."""

    def __init__(self) -> None:
        super().__init__("local_facts", "a grid counts only the facts of the published list; take its own facts out")


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """
    Points earned when, in at least one of `any_of`, every fact holds.

    Absence of a fact cannot be written: learning one more fact never lowers a score.
    """

    rubric: str
    code: str
    label: str
    points: int
    any_of: tuple[frozenset[str], ...]
    proof: str = ""
    legal_basis: str = ""

    def ticked_by(self, codes: frozenset[str]) -> frozenset[str] | None:
        """Give the first alternative that holds; None when none does."""
        return next((alternative for alternative in self.any_of if alternative <= codes), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seniority:
    """Points for each whole month of waiting, up to a maximum."""

    points_per_month: int
    max_points: int

    def points_for(self, months: int) -> int:
        """Count the points of so many months."""
        return min(months * self.points_per_month, self.max_points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A version of a scoring grid, in the order it was published."""

    code: str
    version: int
    title: str
    source: str
    valid_from: date
    criteria: tuple[Criterion, ...]
    seniority: Seniority | None

    @property
    def counts_waiting(self) -> bool:
        """Tell whether waiting earns points; it then breaks no tie."""
        return self.seniority is not None

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, object]) -> Grid:
        """
        Read a grid from plain data (as JSON gives it).

        Raises
        ------
        GridBreaksHousingFirst
            If `lint` finds a precondition, a penalty or a sensitive criterion; checked before anything else.
        GridNamesItsOwnFacts
            If it declares facts beside those of the closed list, `FACTS`.
        UnusableGrid
            If a field is missing, unknown, repeated, or not of its kind; `field` names it.

        Examples
        --------
        >>> criterion = {"code": "dalo", "label": "DALO", "points": 150, "any_of": [["dalo"]]}
        >>> plain = {"code": "g", "version": 1, "title": "G", "source": "EPCI", "valid_from": "2026-01-01"}
        >>> Grid.from_mapping(plain | {"rubrics": [{"code": "rights", "criteria": [criterion]}]}).criteria[0].points
        150
        """
        if findings := lint(mapping):
            raise GridBreaksHousingFirst(findings)
        if "local_facts" in mapping:
            raise GridNamesItsOwnFacts
        plain = reading.section(mapping, "", required=_GRID, optional=_GRID_MAY)
        criteria = _criteria(plain["rubrics"])
        return cls(
            code=reading.text(plain["code"], "code"),
            version=reading.whole(plain["version"], "version", least=1, most=10_000),
            title=reading.text(plain["title"], "title"),
            source=reading.text(plain["source"], "source"),
            valid_from=reading.day(plain["valid_from"], "valid_from"),
            criteria=criteria,
            seniority=_seniority(plain.get("seniority")),
        )


_GRID = frozenset({"code", "version", "title", "source", "valid_from", "rubrics"})
_GRID_MAY = frozenset({"seniority", "territory"})
_RUBRIC = frozenset({"code", "criteria"})
_RUBRIC_MAY = frozenset({"label"})
_CRITERION = frozenset({"code", "label", "points", "any_of"})
_CRITERION_MAY = frozenset({"proof", "legal_basis"})
_SENIORITY = frozenset({"points_per_month", "max_points"})


def _criteria(value: object) -> tuple[Criterion, ...]:
    criteria: list[Criterion] = []
    rubrics: set[str] = set()
    for field, rubric in reading.items(value, "rubrics"):
        plain = reading.section(rubric, field, required=_RUBRIC, optional=_RUBRIC_MAY)
        code = _new(reading.text(plain["code"], f"{field}.code"), rubrics, f"{field}.code")
        criteria += [_criterion(code, one, at) for at, one in reading.items(plain["criteria"], f"{field}.criteria")]
    seen: set[str] = set()
    for criterion in criteria:
        _new(criterion.code, seen, "rubrics")
    return tuple(criteria)


def _criterion(rubric: str, value: object, field: str) -> Criterion:
    plain = reading.section(value, field, required=_CRITERION, optional=_CRITERION_MAY)
    return Criterion(
        rubric=rubric,
        code=reading.text(plain["code"], f"{field}.code"),
        label=reading.text(plain["label"], f"{field}.label"),
        points=reading.whole(plain["points"], f"{field}.points", least=0, most=MOST_POINTS),
        any_of=tuple(_alternative(one, at) for at, one in reading.items(plain["any_of"], f"{field}.any_of")),
        proof=reading.optional_text(plain.get("proof"), f"{field}.proof"),
        legal_basis=reading.optional_text(plain.get("legal_basis"), f"{field}.legal_basis"),
    )


def _alternative(value: object, field: str) -> frozenset[str]:
    facts = frozenset(reading.text(fact, at) for at, fact in reading.items(value, field))
    if strange := sorted(facts - FACTS):
        raise UnusableGrid(field, f"{strange[0]!r} is not a fact of the published list")
    return facts


def _seniority(value: object) -> Seniority | None:
    if value is None:
        return None
    plain = reading.section(value, "seniority", required=_SENIORITY, optional=frozenset())
    return Seniority(
        points_per_month=reading.whole(
            plain["points_per_month"], "seniority.points_per_month", least=0, most=MOST_POINTS
        ),
        max_points=reading.whole(plain["max_points"], "seniority.max_points", least=0, most=MOST_POINTS),
    )


def _new(code: str, seen: set[str], field: str) -> str:
    if code in seen:
        raise UnusableGrid(field, f"{code!r} appears twice")
    seen.add(code)
    return code
