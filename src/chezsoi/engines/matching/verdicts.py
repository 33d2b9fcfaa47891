"""What one rule says of one household and one home."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from chezsoi.engines.matching.rules import Source

Scalar = str | int | bool | Decimal | None
Value = Scalar | tuple[Scalar, ...]


class Verdict(StrEnum):
    """Pass, fail, or a fact is missing and somebody is to be asked: never a silent refusal."""

    PASS = "pass"  # noqa: S105  a verdict, not a password
    FAIL = "fail"
    ASK = "ask"


class Whom(StrEnum):
    """Who can supply the missing fact."""

    HOUSEHOLD = "household"
    LANDLORD = "landlord"
    TERRITORY = "territory"


class RuleCode(StrEnum):
    """Every rule, in the order of the vector of reasons."""

    HOME_IS_OFFERABLE = "home_is_offerable"
    SURFACE_IS_ENOUGH_FOR_SIZE = "surface_is_enough_for_size"
    ROOMS_FIT_NEED = "rooms_fit_need"
    ROOMS_FIT_WISH = "rooms_fit_wish"
    COMMUNE_IS_WISHED = "commune_is_wished"
    OUTLAY_IS_BEARABLE = "outlay_is_bearable"
    WHEELCHAIR = "wheelchair"
    LIFT_OR_GROUND = "lift_or_ground"
    SOCIAL_HOUSING_NEEDS_A_REQUEST_NUMBER = "social_housing_needs_a_request_number"
    REGULAR_STAY = "regular_stay"
    INCOME_CEILING = "income_ceiling"
    HOME_NOT_ALREADY_REFUSED_BY_HOUSEHOLD = "home_not_already_refused_by_household"
    SHARING_IS_WISHED = "sharing_is_wished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """
    One rule applied to one pair: what was seen, against what, from which source.

    `whom` is who to ask, set exactly when the verdict is ASK. `applies` is False for a rule that is not about such
    a home (the rules of social housing on a private one); it then passes.
    """

    rule: RuleCode
    verdict: Verdict
    value: Value
    threshold: Value
    source: Source
    whom: Whom | None = None
    applies: bool = True

    def __post_init__(self) -> None:
        if (self.verdict is Verdict.ASK) != (self.whom is not None):
            raise ValueError(f"{self.rule}: somebody is to be asked exactly when a fact is missing")
