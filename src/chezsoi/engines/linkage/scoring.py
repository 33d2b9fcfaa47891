"""Weigh two records: the sum of what each sign says, and the rules no sum may overrule."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from chezsoi.engines.linkage.births import compare_births, is_a_generation_apart
from chezsoi.engines.linkage.identity import Identity
from chezsoi.engines.linkage.people_names import Agreement, NameComparison, Spelled, compare_names, spelled
from chezsoi.engines.linkage.reasons import Reason, ReasonCode
from chezsoi.engines.linkage.weights import LIKELY_FROM, POSSIBLE_FROM, WEIGHTS


class Band(StrEnum):
    """What a match asks of a reader: a look before writing, or a question."""

    LIKELY = "likely"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """
    Two records, `a` before `b`, that may be one person; reasons strongest first, those against included.

    It is a question for a human, NOT a decision: nothing may be joined, refused or ranked on it alone.
    """

    a: str
    b: str
    weight: float
    band: Band
    reasons: tuple[Reason, ...]


_WHOLE_NAMES = frozenset({ReasonCode.SAME_NAMES, ReasonCode.NAMES_SWAPPED, ReasonCode.NAMES_ARE_VARIANTS})


def score(left: Identity, right: Identity) -> Match | None:
    """
    Weigh the likeness of two records.

    Parameters
    ----------
    left, right
        Two records; the answer is the same in either order.

    Returns
    -------
    Match or None
        None below `POSSIBLE_FROM` bits, for members of one file, and where a rule forbids: two given names, a
        generation apart, nearly the same given name with another date of birth or sex, no name.

    Notes
    -----
    Weights are those of Fellegi and Sunter, "A theory for record linkage", JASA 64 (1969), log2(m/u), with the
    frequencies of `weights.FREQUENCIES`: stated, not trained. The weight is NOT a probability.

    Examples
    --------
    >>> from chezsoi.kernel.dates import PartialDate
    >>> one = Identity(key="57-12", names=("N'Diaye",), given_names=("Koffi",), birth=PartialDate(2004, 8, 29))
    >>> two = Identity(key="57-90", names=("Koffi",), given_names=("NDIAYE",), birth=PartialDate(2004, 8, 29))
    >>> match = score(two, one)
    >>> match.a, match.b, match.band.value, [reason.code.value for reason in match.reasons]
    ('57-12', '57-90', 'likely', ['same_birth_date', 'names_swapped'])
    """
    if left.key > right.key:
        left, right = right, left
    return score_spelled(left, spelled(left), right, spelled(right))


def score_spelled(left: Identity, left_names: Spelled, right: Identity, right_names: Spelled) -> Match | None:
    """Weigh two records, in the order of their keys, whose names were normalised before."""
    if _never_compared(left, right):
        return None
    names = compare_names(left_names, right_names)
    if names.agreement is Agreement.NONE:
        return None
    reasons = names.reasons + _birth(left, right) + _contacts(left, right) + _circumstances(left, right)
    weight = round(sum(reason.weight for reason in reasons), 1)
    codes = frozenset(reason.code for reason in reasons)
    if weight < POSSIBLE_FROM or _two_people(names, codes) or not _enough_is_known(left, right, codes):
        return None
    return Match(
        a=left.key,
        b=right.key,
        weight=weight,
        band=_band(weight, names.agreement, is_thin(left) or is_thin(right)),
        reasons=tuple(sorted(reasons, key=lambda reason: (-abs(reason.weight), reason.code))),
    )


def is_thin(identity: Identity) -> bool:
    """Tell whether a record has neither date of birth, telephone nor request number."""
    return not (identity.birth.is_known or identity.phones or identity.request_number)


def _never_compared(left: Identity, right: Identity) -> bool:
    if left.key == right.key or (left.household and left.household == right.household):
        return True
    return is_a_generation_apart(left.birth, right.birth)


def _two_people(names: NameComparison, codes: frozenset[ReasonCode]) -> bool:
    """Brothers, sisters, twins and couples: what is near but not the same in a given name is then another name."""
    if names.agreement is Agreement.NEAR:
        return ReasonCode.DIFFERENT_BIRTH_DATES in codes or ReasonCode.DIFFERENT_SEX in codes
    if names.agreement is Agreement.SURNAME_ONLY:
        return ReasonCode.SAME_BIRTH_DATE not in codes
    return False


def _enough_is_known(left: Identity, right: Identity, codes: frozenset[ReasonCode]) -> bool:
    if not (is_thin(left) or is_thin(right)):
        return True
    return bool(_WHOLE_NAMES & codes) and ReasonCode.SAME_SITUATION_SINCE_SAME_DAY in codes


def _band(weight: float, agreement: Agreement, thin: bool) -> Band:
    """A near given name is never likely: twins called Amina and Yamina share even the household's request number."""
    return Band.LIKELY if weight >= LIKELY_FROM and agreement is Agreement.FULL and not thin else Band.POSSIBLE


def _birth(left: Identity, right: Identity) -> tuple[Reason, ...]:
    return (_reason(compare_births(left.birth, right.birth), str(left.birth), str(right.birth)),)


def _contacts(left: Identity, right: Identity) -> tuple[Reason, ...]:
    reasons = []
    if left.phones and right.phones:
        shared = sorted(set(left.phones) & set(right.phones))
        code = ReasonCode.SAME_PHONE if shared else ReasonCode.DIFFERENT_PHONES
        reasons.append(_reason(code, *((shared[0], shared[0]) if shared else (left.phones[0], right.phones[0]))))
    if left.request_number and right.request_number:
        same = left.request_number == right.request_number
        code = ReasonCode.SAME_REQUEST_NUMBER if same else ReasonCode.DIFFERENT_REQUEST_NUMBERS
        reasons.append(_reason(code, left.request_number, right.request_number))
    return tuple(reasons)


def _circumstances(left: Identity, right: Identity) -> tuple[Reason, ...]:
    reasons = []
    if left.situation_since and left.situation_since == right.situation_since:
        same = left.situation and left.situation == right.situation
        code = ReasonCode.SAME_SITUATION_SINCE_SAME_DAY if same else ReasonCode.SITUATIONS_BEGAN_THE_SAME_DAY
        reasons.append(_reason(code, left.situation_since.isoformat(), right.situation_since.isoformat()))
    if left.commune and left.commune == right.commune:
        reasons.append(_reason(ReasonCode.SAME_COMMUNE, left.commune, right.commune))
    if left.sex and right.sex and left.sex != right.sex:
        reasons.append(_reason(ReasonCode.DIFFERENT_SEX, left.sex, right.sex))
    return tuple(reasons)


def _reason(code: ReasonCode, left: str, right: str) -> Reason:
    return Reason(code=code, weight=WEIGHTS[code], left=left, right=right)
