"""Why two records may, or may not, be one person: codes, which an interface turns into sentences."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ReasonCode(StrEnum):
    """One sign, for or against."""

    SAME_NAMES = "same_names"
    NAMES_SWAPPED = "names_swapped"
    SAME_SURNAME = "same_surname"
    SAME_GIVEN_NAME = "same_given_name"
    KNOWN_UNDER_ANOTHER_NAME = "known_under_another_name"
    NAMES_ARE_VARIANTS = "names_are_variants"
    SAME_NAME_IN_PART = "same_name_in_part"
    GIVEN_NAME_IS_THE_START_OF = "given_name_is_the_start_of"
    SURNAME_IS_THE_START_OF = "surname_is_the_start_of"
    NAMES_ONE_LETTER_APART = "names_one_letter_apart"
    NAMES_SOUND_ALIKE = "names_sound_alike"
    NAMES_LOOK_ALIKE = "names_look_alike"
    DIFFERENT_SURNAMES = "different_surnames"
    NAME_UNKNOWN = "name_unknown"
    SAME_BIRTH_DATE = "same_birth_date"
    SAME_BIRTH_MONTH = "same_birth_month"
    SAME_BIRTH_YEAR = "same_birth_year"
    SAME_FIRST_OF_JANUARY = "same_first_of_january"
    DAY_AND_MONTH_SWAPPED = "day_and_month_swapped"
    BIRTH_DATES_ONE_DIGIT_APART = "birth_dates_one_digit_apart"
    CLOSE_AGES = "close_ages"
    BIRTH_DATE_UNKNOWN = "birth_date_unknown"
    DIFFERENT_BIRTH_DATES = "different_birth_dates"
    SAME_PHONE = "same_phone"
    DIFFERENT_PHONES = "different_phones"
    SAME_REQUEST_NUMBER = "same_request_number"
    DIFFERENT_REQUEST_NUMBERS = "different_request_numbers"
    SAME_SITUATION_SINCE_SAME_DAY = "same_situation_since_same_day"
    SITUATIONS_BEGAN_THE_SAME_DAY = "situations_began_the_same_day"
    SAME_COMMUNE = "same_commune"
    DIFFERENT_SEX = "different_sex"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One sign with its weight in bits (positive: for; negative: against) and the two values compared."""

    code: ReasonCode
    weight: float
    left: str = ""
    right: str = ""


_SENTENCES = {
    ReasonCode.SAME_NAMES: "Same names: {left}.",
    ReasonCode.NAMES_SWAPPED: "Same names, surname and given name exchanged: {left} / {right}.",
    ReasonCode.SAME_SURNAME: "Same surname: {left}.",
    ReasonCode.SAME_GIVEN_NAME: "Same given name: {left}.",
    ReasonCode.KNOWN_UNDER_ANOTHER_NAME: "Known under another name: {left} / {right}.",
    ReasonCode.NAMES_ARE_VARIANTS: "Two spellings of one name: {left} / {right}.",
    ReasonCode.SAME_NAME_IN_PART: "One name holds the other: {left} / {right}.",
    ReasonCode.GIVEN_NAME_IS_THE_START_OF: "One given name is the start of the other: {left} / {right}.",
    ReasonCode.SURNAME_IS_THE_START_OF: "One surname is the start of the other: {left} / {right}.",
    ReasonCode.NAMES_ONE_LETTER_APART: "Names one letter apart: {left} / {right}.",
    ReasonCode.NAMES_SOUND_ALIKE: "Names that sound alike: {left} / {right}.",
    ReasonCode.NAMES_LOOK_ALIKE: "Names that look alike: {left} / {right}.",
    ReasonCode.DIFFERENT_SURNAMES: "Different surnames: {left} / {right}.",
    ReasonCode.NAME_UNKNOWN: "A surname or a given name is unknown in one record.",
    ReasonCode.SAME_BIRTH_DATE: "Same date of birth: {left}.",
    ReasonCode.SAME_BIRTH_MONTH: "Same month of birth: {left} / {right}.",
    ReasonCode.SAME_BIRTH_YEAR: "Same year of birth: {left} / {right}.",
    ReasonCode.SAME_FIRST_OF_JANUARY: "Both born on the same 1 January, often an administrative date: {left}.",
    ReasonCode.DAY_AND_MONTH_SWAPPED: "Dates of birth with day and month exchanged: {left} / {right}.",
    ReasonCode.BIRTH_DATES_ONE_DIGIT_APART: "Dates of birth one digit apart: {left} / {right}.",
    ReasonCode.CLOSE_AGES: "Close ages, one being a guess: {left} / {right}.",
    ReasonCode.BIRTH_DATE_UNKNOWN: "A date of birth is unknown.",
    ReasonCode.DIFFERENT_BIRTH_DATES: "Different dates of birth: {left} / {right}.",
    ReasonCode.SAME_PHONE: "Same telephone: {left}.",
    ReasonCode.DIFFERENT_PHONES: "Different telephones: {left} / {right}.",
    ReasonCode.SAME_REQUEST_NUMBER: "Same request number: {left}.",
    ReasonCode.DIFFERENT_REQUEST_NUMBERS: "Different request numbers: {left} / {right}.",
    ReasonCode.SAME_SITUATION_SINCE_SAME_DAY: "In the same situation since the same day: {left}.",
    ReasonCode.SITUATIONS_BEGAN_THE_SAME_DAY: "Their situations began the same day: {left}.",
    ReasonCode.SAME_COMMUNE: "In the same commune: {left}.",
    ReasonCode.DIFFERENT_SEX: "Different sex: {left} / {right}.",
}


def explain(reason: Reason) -> str:
    """
    Say a reason in plain English, for want of an interface that says it in the reader's language.

    >>> explain(Reason(code=ReasonCode.SAME_PHONE, weight=7.9, left="0612345678", right="0612345678"))
    'Same telephone: 0612345678.'
    """
    return _SENTENCES[reason.code].format(left=reason.left, right=reason.right)
