"""Every rule on one pair, always all of them, always in the same order."""

from __future__ import annotations

from collections.abc import Callable

from chezsoi.engines.matching import home_rules, social_rules
from chezsoi.engines.matching.homes import Home
from chezsoi.engines.matching.households import Household
from chezsoi.engines.matching.rules import Rules
from chezsoi.engines.matching.verdicts import Reason

_RULES: tuple[Callable[[Household, Home, Rules], Reason], ...] = (
    home_rules.home_is_offerable,
    home_rules.surface_is_enough,
    home_rules.rooms_fit_need,
    home_rules.rooms_fit_wish,
    home_rules.commune_is_wished,
    home_rules.outlay_is_bearable,
    home_rules.wheelchair,
    home_rules.lift_or_ground,
    social_rules.needs_a_request_number,
    social_rules.regular_stay,
    social_rules.income_ceiling,
    home_rules.home_not_already_refused,
    home_rules.sharing_is_wished,
)


def reasons(household: Household, home: Home, rules: Rules) -> tuple[Reason, ...]:
    """
    Apply every rule to a household and a home.

    Parameters
    ----------
    household : Household
        What is known of the household; None is unknown.
    home : Home
        The home on offer; None is not told by the landlord.
    rules : Rules
        The law of the day and place, read by the caller; each value carries its source.

    Returns
    -------
    tuple of Reason
        One per `RuleCode`, in that order, whatever the verdicts: the first failure hides no other. A vector without
        a failure says the home may be proposed, not that it is awarded: the commission decides.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from chezsoi.engines.matching import EnergyFloor, HomeKind, SizeTable, Source, Status
    >>> decree = Source(reference="decree of 18 August 2023", status=Status.VERIFIED)
    >>> code = Source(reference="CCH L441-1", status=Status.TO_BE_CONFIRMED)
    >>> rules = Rules(
    ...     minimum_surfaces_m2=SizeTable(values=(Decimal(9), Decimal(16)), source=code),
    ...     worst_energy_class=EnergyFloor(worst_class="F", source=decree),
    ...     worst_energy_class_overseas=EnergyFloor(worst_class=None, source=decree),
    ...     request_number=code,
    ...     regular_stay=code,
    ... )
    >>> home = Home(ref="T2", kind=HomeKind.PRIVATE, commune="57463", rooms=2, energy_rating="G")
    >>> first = reasons(Household(ref="a"), home, rules)[0]
    >>> first.rule.value, first.verdict.value, first.value, first.threshold, first.source.reference
    ('home_is_offerable', 'fail', 'G', 'F', 'decree of 18 August 2023')
    """
    return tuple(rule(household, home, rules) for rule in _RULES)
