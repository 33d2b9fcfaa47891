"""The conditions the law sets on social housing, and on nothing else: a request, a regular stay, income ceilings."""

from __future__ import annotations

from chezsoi.engines.matching.homes import Home
from chezsoi.engines.matching.households import Household
from chezsoi.engines.matching.rules import Rules, Source, Status
from chezsoi.engines.matching.verdicts import Reason, RuleCode, Value, Verdict, Whom

NO_CEILINGS = Source(reference="ceilings of this funding not supplied", status=Status.TO_BE_CONFIRMED)


def needs_a_request_number(household: Household, home: Home, rules: Rules) -> Reason:
    """Ask for the national request number a social landlord needs; lacking one, a request is to be opened."""
    code, source, has = (
        RuleCode.SOCIAL_HOUSING_NEEDS_A_REQUEST_NUMBER,
        rules.request_number,
        household.has_request_number,
    )
    if not home.is_social:
        return _not_about(code, has, source)
    if has:
        return Reason(rule=code, verdict=Verdict.PASS, value=True, threshold=True, source=source)
    return Reason(rule=code, verdict=Verdict.ASK, value=has, threshold=True, source=source, whom=Whom.HOUSEHOLD)


def regular_stay(household: Household, home: Home, rules: Rules) -> Reason:
    """Check the regular stay that social housing requires; never asked for a private home."""
    code, source, regular = RuleCode.REGULAR_STAY, rules.regular_stay, household.residence_is_regular
    if not home.is_social:
        return _not_about(code, None, source)
    if regular is None:
        return Reason(rule=code, verdict=Verdict.ASK, value=None, threshold=True, source=source, whom=Whom.HOUSEHOLD)
    verdict = Verdict.PASS if regular else Verdict.FAIL
    return Reason(rule=code, verdict=verdict, value=regular, threshold=True, source=source)


def income_ceiling(household: Household, home: Home, rules: Rules) -> Reason:
    """
    Compare the reference income with the ceilings of the home's funding.

    The category depends on facts that may be missing (a disabled person, a young couple, an adult alone with
    children). Under the lowest ceiling it may have the household passes; above the highest it fails; between, ask.
    """
    code, income = RuleCode.INCOME_CEILING, household.annual_reference_income
    ceilings = rules.ceilings_for(home.funding)
    source = NO_CEILINGS if ceilings is None else ceilings.source
    if not home.is_social:
        return _not_about(code, None, source)
    if ceilings is None:
        whom = Whom.LANDLORD if home.funding is None else Whom.TERRITORY
        return Reason(rule=code, verdict=Verdict.ASK, value=income, threshold=None, source=source, whom=whom)
    if income is None or household.persons is None:
        whom = Whom.HOUSEHOLD
        return Reason(rule=code, verdict=Verdict.ASK, value=income, threshold=None, source=source, whom=whom)
    low, high = (ceilings.for_category(category) for category in ceiling_categories(household, household.persons))
    if low < income <= high:
        both = (low, high)
        return Reason(rule=code, verdict=Verdict.ASK, value=income, threshold=both, source=source, whom=Whom.HOUSEHOLD)
    verdict = Verdict.PASS if income <= low else Verdict.FAIL
    return Reason(
        rule=code, verdict=verdict, value=income, threshold=low if verdict is Verdict.PASS else high, source=source
    )


def ceiling_categories(household: Household, persons: int) -> tuple[int, int]:
    """
    Give the lowest and the highest category of ceilings the known facts allow.

    One more person's category goes to a household with a disabled person, to an adult alone with dependants, and to
    a young couple; only once. Since nobody has to declare a disability, the higher category always stays possible.

    >>> ceiling_categories(Household(ref="a"), 1), ceiling_categories(Household(ref="b", adults=1, children=1), 2)
    ((1, 2), (3, 3))
    """
    alone_with_children = household.adults == 1 and bool(household.children)
    surely_higher = alone_with_children or "disability" in household.labels
    return persons + surely_higher, persons + 1


def _not_about(code: RuleCode, value: Value, source: Source) -> Reason:
    return Reason(rule=code, verdict=Verdict.PASS, value=value, threshold=None, source=source, applies=False)
