"""How much each sign says: the one table behind every score. docs/methods/linkage.md says where each row comes from."""

from __future__ import annotations

from collections.abc import Mapping
from math import log2
from types import MappingProxyType
from typing import NamedTuple

from chezsoi.engines.linkage.reasons import ReasonCode


class Frequency(NamedTuple):
    """How often a sign is seen between two records of one person, and between records of two people."""

    one_person: float
    two_people: float


_COMMUNITY_SURNAME = 1 / 70
_COMMUNITY_GIVEN_NAME = 1 / 35
_ADULT_BIRTH_DAYS = 20_000
_ADULT_BIRTH_YEARS = 50
_BORN_ON_1_JANUARY = 0.3

FREQUENCIES: Mapping[ReasonCode, Frequency] = MappingProxyType(
    {
        ReasonCode.SAME_NAMES: Frequency(0.80, _COMMUNITY_SURNAME * _COMMUNITY_GIVEN_NAME),
        ReasonCode.NAMES_SWAPPED: Frequency(0.80, _COMMUNITY_SURNAME * _COMMUNITY_GIVEN_NAME),
        ReasonCode.SAME_SURNAME: Frequency(0.90, _COMMUNITY_SURNAME),
        ReasonCode.SAME_GIVEN_NAME: Frequency(0.85, _COMMUNITY_GIVEN_NAME),
        ReasonCode.KNOWN_UNDER_ANOTHER_NAME: Frequency(0.10, 1 / 120),
        ReasonCode.NAMES_ARE_VARIANTS: Frequency(0.10, 1 / 200),
        ReasonCode.SAME_NAME_IN_PART: Frequency(0.05, 1 / 200),
        ReasonCode.GIVEN_NAME_IS_THE_START_OF: Frequency(0.05, 1 / 250),
        ReasonCode.SURNAME_IS_THE_START_OF: Frequency(0.05, 1 / 250),
        ReasonCode.NAMES_ONE_LETTER_APART: Frequency(0.05, 1 / 250),
        ReasonCode.NAMES_SOUND_ALIKE: Frequency(0.05, 1 / 250),
        ReasonCode.NAMES_LOOK_ALIKE: Frequency(0.03, 1 / 100),
        ReasonCode.DIFFERENT_SURNAMES: Frequency(0.04, 0.95),
        ReasonCode.NAME_UNKNOWN: Frequency(1, 1),
        ReasonCode.SAME_BIRTH_DATE: Frequency(0.85, 1 / _ADULT_BIRTH_DAYS),
        ReasonCode.SAME_BIRTH_MONTH: Frequency(0.85, 1 / 300),
        ReasonCode.SAME_BIRTH_YEAR: Frequency(0.90, 1 / _ADULT_BIRTH_YEARS),
        ReasonCode.SAME_FIRST_OF_JANUARY: Frequency(0.90, _BORN_ON_1_JANUARY / _ADULT_BIRTH_YEARS),
        ReasonCode.DAY_AND_MONTH_SWAPPED: Frequency(0.005, 1 / _ADULT_BIRTH_DAYS),
        ReasonCode.BIRTH_DATES_ONE_DIGIT_APART: Frequency(0.02, 1 / 500),
        ReasonCode.CLOSE_AGES: Frequency(0.70, 1 / 7),
        ReasonCode.BIRTH_DATE_UNKNOWN: Frequency(1, 1),
        ReasonCode.DIFFERENT_BIRTH_DATES: Frequency(0.03, 0.98),
        ReasonCode.SAME_PHONE: Frequency(0.60, 1 / 400),
        ReasonCode.DIFFERENT_PHONES: Frequency(0.40, 1),
        ReasonCode.SAME_REQUEST_NUMBER: Frequency(0.85, 1 / 20_000),
        ReasonCode.DIFFERENT_REQUEST_NUMBERS: Frequency(0.10, 1),
        ReasonCode.SAME_SITUATION_SINCE_SAME_DAY: Frequency(0.80, 1 / 200),
        ReasonCode.SITUATIONS_BEGAN_THE_SAME_DAY: Frequency(0.85, 1 / 50),
        ReasonCode.SAME_COMMUNE: Frequency(0.60, 0.30),
        ReasonCode.DIFFERENT_SEX: Frequency(0.01, 0.50),
    }
)

WEIGHTS: Mapping[ReasonCode, float] = MappingProxyType(
    {code: round(log2(seen.one_person / seen.two_people), 1) for code, seen in FREQUENCIES.items()}
)
"""Bits: one more bit doubles the odds that two records are one person (Fellegi and Sunter, 1969)."""

POSSIBLE_FROM = 18.0
"""Below, nothing is said: among 5,000 records holding 200 repeats, 18 bits leave odds of 4 to 1."""

LIKELY_FROM = 24.0
"""From here the same odds pass 250 to 1."""
