"""The rules on the home itself: may it be let, is it large enough, is it what the household needs and wished."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from chezsoi.engines.matching.homes import Home
from chezsoi.engines.matching.households import Household, Sharing
from chezsoi.engines.matching.rules import BY_HOUSEHOLD, Rules, SizeTable, Source
from chezsoi.engines.matching.verdicts import Reason, RuleCode, Value, Verdict, Whom

_ANY_SIZE = Source(reference="no need in rooms is set", status=BY_HOUSEHOLD.status)


def home_is_offerable(household: Household, home: Home, rules: Rules) -> Reason:
    """Refuse a home whose energy class may no longer be let; ask the landlord for a missing certificate."""
    floor = rules.worst_energy_class_overseas if home.is_overseas else rules.worst_energy_class
    verdict = Verdict.PASS
    if floor.worst_class is not None:
        verdict = _known_or_ask(None if home.energy_rating is None else home.energy_rating <= floor.worst_class)
    return _reason(
        RuleCode.HOME_IS_OFFERABLE, verdict, home.energy_rating, floor.worst_class, floor.source, Whom.LANDLORD
    )


def surface_is_enough(household: Household, home: Home, rules: Rules) -> Reason:
    """Compare the surface with the least one for so many persons."""
    code, table = RuleCode.SURFACE_IS_ENOUGH_FOR_SIZE, rules.minimum_surfaces_m2
    verdict, whom, least = _enough_for_size(home.surface_m2, household.persons, table)
    return _reason(code, verdict, home.surface_m2, least, table.source, whom)


def rooms_fit_need(household: Household, home: Home, rules: Rules) -> Reason:
    """Compare the rooms with the fewest in which so many persons can live."""
    code, table = RuleCode.ROOMS_FIT_NEED, rules.minimum_rooms
    if table is None:
        return _reason(code, Verdict.PASS, home.rooms, None, _ANY_SIZE)
    rooms = None if home.rooms is None else Decimal(home.rooms)
    verdict, whom, least = _enough_for_size(rooms, household.persons, table)
    return _reason(code, verdict, home.rooms, least, table.source, whom)


def rooms_fit_wish(household: Household, home: Home, rules: Rules) -> Reason:
    """Compare the rooms with those asked for; an open end accepts everything, and a room in a shared home is one."""
    code, wish = RuleCode.ROOMS_FIT_WISH, (household.rooms_min, household.rooms_max)
    if home.shared_home is not None:
        return replace(_reason(code, Verdict.PASS, home.rooms, wish, BY_HOUSEHOLD), applies=False)
    if wish == (None, None):
        return _reason(code, Verdict.PASS, home.rooms, wish, BY_HOUSEHOLD)
    fits = None if home.rooms is None else _within(home.rooms, *wish)
    return _reason(code, _known_or_ask(fits), home.rooms, wish, BY_HOUSEHOLD, Whom.LANDLORD)


def commune_is_wished(household: Household, home: Home, rules: Rules) -> Reason:
    """Check that the home lies where the household wishes to live; no wish accepts everywhere."""
    wished = not household.wished_communes or home.commune in household.wished_communes
    return _reason(
        RuleCode.COMMUNE_IS_WISHED, _known_or_ask(wished), home.commune, household.wished_communes, BY_HOUSEHOLD
    )


def outlay_is_bearable(household: Household, home: Home, rules: Rules) -> Reason:
    """Compare rent and charges with what the household says it can pay; a rent above it alone already fails."""
    code, limit = RuleCode.OUTLAY_IS_BEARABLE, household.max_outlay_per_month
    rent, charges = home.rent_per_month, home.charges_per_month
    known = None if rent is None else rent + (charges or 0)
    if limit is None:
        return _reason(code, Verdict.ASK, known, None, BY_HOUSEHOLD, Whom.HOUSEHOLD)
    if known is not None and known > limit:
        return _reason(code, Verdict.FAIL, known, limit, BY_HOUSEHOLD)
    verdict = Verdict.ASK if rent is None or charges is None else Verdict.PASS
    return _reason(code, verdict, known, limit, BY_HOUSEHOLD, Whom.LANDLORD)


def wheelchair(household: Household, home: Home, rules: Rules) -> Reason:
    """Check that a person in a wheelchair can live there."""
    return _need(RuleCode.WHEELCHAIR, household.needs_wheelchair, home.wheelchair)


def lift_or_ground(household: Household, home: Home, rules: Rules) -> Reason:
    """Check that a household that cannot climb stairs has a lift, or the ground floor."""
    at_ground = None if home.floor is None else home.floor <= 0
    meets = True if home.has_lift or at_ground else None if home.has_lift is None or at_ground is None else False
    return _need(RuleCode.LIFT_OR_GROUND, household.needs_lift_or_ground, meets)


def home_not_already_refused(household: Household, home: Home, rules: Rules) -> Reason:
    """Keep from proposing again the very home the household has refused; nothing else follows from a refusal."""
    code, refused = RuleCode.HOME_NOT_ALREADY_REFUSED_BY_HOUSEHOLD, home.ref in household.excluded_homes
    return _reason(code, _known_or_ask(not refused), refused, False, BY_HOUSEHOLD)


def sharing_is_wished(household: Household, home: Home, rules: Rules) -> Reason:
    """Propose a room in a shared home to those who wish to share, and a home of one's own to those who do not only."""
    is_shared = home.shared_home is not None
    unwished = Sharing.OWN if is_shared else Sharing.ONLY
    code, wished = RuleCode.SHARING_IS_WISHED, household.sharing is not unwished
    return _reason(code, _known_or_ask(wished), is_shared, household.sharing, BY_HOUSEHOLD)


def _reason(  # noqa: PLR0917  one argument a field
    code: RuleCode, verdict: Verdict, value: Value, threshold: Value, source: Source, whom: Whom | None = None
) -> Reason:
    asked = whom if verdict is Verdict.ASK else None
    return Reason(rule=code, verdict=verdict, value=value, threshold=threshold, source=source, whom=asked)


def _known_or_ask(holds: bool | None) -> Verdict:
    if holds is None:
        return Verdict.ASK
    return Verdict.PASS if holds else Verdict.FAIL


def _need(code: RuleCode, needs: bool | None, meets: bool | None) -> Reason:
    if meets or needs is False:
        return _reason(code, Verdict.PASS, meets, needs, BY_HOUSEHOLD)
    if needs is None:
        return _reason(code, Verdict.ASK, meets, None, BY_HOUSEHOLD, Whom.HOUSEHOLD)
    return _reason(code, _known_or_ask(meets), meets, True, BY_HOUSEHOLD, Whom.LANDLORD)


def _within(rooms: int, least: int | None, most: int | None) -> bool:
    return (least is None or rooms >= least) and (most is None or rooms <= most)


def _enough_for_size(
    offered: Decimal | None, persons: int | None, table: SizeTable
) -> tuple[Verdict, Whom, Decimal | None]:
    least = None if persons is None else table.least_for(persons)
    if offered is None:
        return Verdict.ASK, Whom.LANDLORD, least
    if least is not None:
        return _known_or_ask(offered >= least), Whom.HOUSEHOLD, least
    if offered >= max(table.values):
        return Verdict.PASS, Whom.HOUSEHOLD, max(table.values)
    if offered < min(table.values):
        return Verdict.FAIL, Whom.HOUSEHOLD, min(table.values)
    return Verdict.ASK, Whom.HOUSEHOLD, None
