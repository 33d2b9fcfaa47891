"""What each rule looks at: households alike in it are alike in the verdict, so that a rule is applied once a kind."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import numpy as np
from numpy.typing import NDArray

from chezsoi.engines.matching import home_rules, social_rules
from chezsoi.engines.matching.homes import Home
from chezsoi.engines.matching.households import Household
from chezsoi.engines.matching.rules import Rules
from chezsoi.engines.matching.verdicts import Reason, RuleCode, Verdict

Look = Callable[[Household], Hashable]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """
    A rule, and all it looks at of a household and of a home: alike in these, alike in the verdict.

    `before` one home, under one law, it looks at less: an amount counts only as far as it passes what it is compared
    with. Its reason tells more than its verdict: an amount is told `as_written`, and 350 is not 350.00.
    `more_is_enough` is the number of a household, alone looked at, of which more never fails where less does not.
    """

    code: RuleCode
    judge: Callable[[Household, Home, Rules], Reason]
    of_household: Look
    of_home: Callable[[Home], Hashable]
    before: Callable[[Home, Rules], Look] | None = None
    as_written: Look | None = None
    more_is_enough: Callable[[Household], Decimal | None] | None = None


def refused(households: Sequence[Household], home: Home, rules: Rules) -> NDArray[np.bool_]:
    """
    Tell which households a rule refuses for one home, each rule applied once to each kind of households.

    The verdicts are those of `reasons` by construction; a property test holds the two equal.
    """
    found = np.zeros(len(households), dtype=np.bool_)
    for sight in SIGHTS:
        kinds = list(map(sight.before(home, rules) if sight.before else sight.of_household, households))
        one_of = dict(zip(kinds, households, strict=True))
        fails = {kind: sight.judge(one, home, rules).verdict is Verdict.FAIL for kind, one in one_of.items()}
        if any(fails.values()):
            found |= np.fromiter(map(fails.__getitem__, kinds), np.bool_, len(kinds))
    return found


def examiner(home: Home, rules: Rules) -> Callable[[Household], tuple[Reason, ...]]:
    """Give what answers `reasons` of one household after the other: those alike share the very same reason."""
    known: list[tuple[Sight, Look, dict[Hashable, Reason]]] = [
        (sight, sight.as_written or sight.of_household, {}) for sight in SIGHTS
    ]

    def vector(household: Household) -> tuple[Reason, ...]:
        said = []
        for sight, look, reasons in known:
            reason = reasons.get(kind := look(household))
            if reason is None:
                reason = reasons[kind] = sight.judge(household, home, rules)
            said.append(reason)
        return tuple(said)

    return vector


def _commune(home: Home, rules: Rules) -> Look:
    return lambda household: not household.wished_communes or home.commune in household.wished_communes


def _outlay(home: Home, rules: Rules) -> Look:
    least = None if home.rent_per_month is None else home.rent_per_month + (home.charges_per_month or 0)

    def look(household: Household) -> Hashable:
        limit = household.max_outlay_per_month
        return None if limit is None else least is not None and least > limit

    return look


def _income(home: Home, rules: Rules) -> Look:
    ceilings = rules.ceilings_for(home.funding)

    @cache
    def compared_with(persons: int) -> list[Decimal]:
        return sorted(ceilings.for_category(persons + more) for more in (0, 1)) if ceilings is not None else []

    def look(household: Household) -> Hashable:
        income, persons = household.annual_reference_income, household.persons
        if income is None or persons is None:
            return None
        passed = bisect_left(compared_with(persons), income)
        return persons, household.adults, household.children, "disability" in household.labels, passed

    return look


SIGHTS = (
    Sight(
        code=RuleCode.HOME_IS_OFFERABLE,
        judge=home_rules.home_is_offerable,
        of_household=lambda household: None,
        of_home=lambda home: (home.is_overseas, home.energy_rating),
    ),
    Sight(
        code=RuleCode.SURFACE_IS_ENOUGH_FOR_SIZE,
        judge=home_rules.surface_is_enough,
        of_household=lambda household: household.persons,
        of_home=lambda home: home.surface_m2,
    ),
    Sight(
        code=RuleCode.ROOMS_FIT_NEED,
        judge=home_rules.rooms_fit_need,
        of_household=lambda household: household.persons,
        of_home=lambda home: home.rooms,
    ),
    Sight(
        code=RuleCode.ROOMS_FIT_WISH,
        judge=home_rules.rooms_fit_wish,
        of_household=lambda household: (household.rooms_min, household.rooms_max),
        of_home=lambda home: (home.rooms, home.shared_home is not None),
    ),
    Sight(
        code=RuleCode.COMMUNE_IS_WISHED,
        judge=home_rules.commune_is_wished,
        of_household=lambda household: household.wished_communes,
        of_home=lambda home: home.commune,
        before=_commune,
    ),
    Sight(
        code=RuleCode.OUTLAY_IS_BEARABLE,
        judge=home_rules.outlay_is_bearable,
        of_household=lambda household: household.max_outlay_per_month,
        of_home=lambda home: (home.rent_per_month, home.charges_per_month),
        before=_outlay,
        as_written=lambda household: str(household.max_outlay_per_month),
        more_is_enough=lambda household: household.max_outlay_per_month,
    ),
    Sight(
        code=RuleCode.WHEELCHAIR,
        judge=home_rules.wheelchair,
        of_household=lambda household: household.needs_wheelchair,
        of_home=lambda home: home.wheelchair,
    ),
    Sight(
        code=RuleCode.LIFT_OR_GROUND,
        judge=home_rules.lift_or_ground,
        of_household=lambda household: household.needs_lift_or_ground,
        of_home=lambda home: (home.floor, home.has_lift),
    ),
    Sight(
        code=RuleCode.SOCIAL_HOUSING_NEEDS_A_REQUEST_NUMBER,
        judge=social_rules.needs_a_request_number,
        of_household=lambda household: household.has_request_number,
        of_home=lambda home: home.kind,
    ),
    Sight(
        code=RuleCode.REGULAR_STAY,
        judge=social_rules.regular_stay,
        of_household=lambda household: household.residence_is_regular,
        of_home=lambda home: home.kind,
    ),
    Sight(
        code=RuleCode.INCOME_CEILING,
        judge=social_rules.income_ceiling,
        of_household=lambda household: (
            household.annual_reference_income,
            household.persons,
            household.adults,
            household.children,
            "disability" in household.labels,
        ),
        of_home=lambda home: (home.kind, home.funding),
        before=_income,
        as_written=lambda household: (
            str(household.annual_reference_income),
            household.persons,
            household.adults,
            household.children,
            "disability" in household.labels,
        ),
    ),
    Sight(
        code=RuleCode.HOME_NOT_ALREADY_REFUSED_BY_HOUSEHOLD,
        judge=home_rules.home_not_already_refused,
        of_household=lambda household: household.excluded_homes,
        of_home=lambda home: home.ref,
    ),
    Sight(
        code=RuleCode.SHARING_IS_WISHED,
        judge=home_rules.sharing_is_wished,
        of_household=lambda household: household.sharing,
        of_home=lambda home: home.shared_home is not None,
    ),
)
