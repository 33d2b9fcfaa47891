"""Which fields of the household's and of the home's record each rule reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from chezsoi.engines.matching.verdicts import RuleCode

_PERSONS = ("size", "adults", "children")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldsRead:
    """
    The fields of `Household` and of `Home` a rule may look at; a side it never looks at is empty.

    It says where a value is read, neither what it is nor on which day it was said.

    >>> FIELDS_READ[RuleCode.OUTLAY_IS_BEARABLE].home
    ('rent_per_month', 'charges_per_month')
    """

    household: tuple[str, ...]
    home: tuple[str, ...]


FIELDS_READ: Mapping[RuleCode, FieldsRead] = MappingProxyType(
    {
        RuleCode.HOME_IS_OFFERABLE: FieldsRead(household=(), home=("energy_rating", "is_overseas")),
        RuleCode.SURFACE_IS_ENOUGH_FOR_SIZE: FieldsRead(household=_PERSONS, home=("surface_m2",)),
        RuleCode.ROOMS_FIT_NEED: FieldsRead(household=_PERSONS, home=("rooms",)),
        RuleCode.ROOMS_FIT_WISH: FieldsRead(household=("rooms_min", "rooms_max"), home=("rooms", "shared_home")),
        RuleCode.COMMUNE_IS_WISHED: FieldsRead(household=("wished_communes",), home=("commune",)),
        RuleCode.OUTLAY_IS_BEARABLE: FieldsRead(
            household=("max_outlay_per_month",), home=("rent_per_month", "charges_per_month")
        ),
        RuleCode.WHEELCHAIR: FieldsRead(household=("needs_wheelchair",), home=("wheelchair",)),
        RuleCode.LIFT_OR_GROUND: FieldsRead(household=("needs_lift_or_ground",), home=("floor", "has_lift")),
        RuleCode.SOCIAL_HOUSING_NEEDS_A_REQUEST_NUMBER: FieldsRead(household=("has_request_number",), home=("kind",)),
        RuleCode.REGULAR_STAY: FieldsRead(household=("residence_is_regular",), home=("kind",)),
        RuleCode.INCOME_CEILING: FieldsRead(
            household=("annual_reference_income", *_PERSONS, "labels"), home=("kind", "funding")
        ),
        RuleCode.HOME_NOT_ALREADY_REFUSED_BY_HOUSEHOLD: FieldsRead(household=("excluded_homes",), home=("ref",)),
        RuleCode.SHARING_IS_WISHED: FieldsRead(household=("sharing",), home=("shared_home",)),
    }
)
