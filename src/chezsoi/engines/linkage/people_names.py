"""Compare the names of two people: surname with surname, given name with given name, or crosswise."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from chezsoi.engines.linkage.identity import Identity
from chezsoi.engines.linkage.name_comparison import Closeness, closeness
from chezsoi.engines.linkage.reasons import Reason, ReasonCode
from chezsoi.engines.linkage.spelling import normalise_name
from chezsoi.engines.linkage.weights import WEIGHTS


class Agreement(Enum):
    """What the names allow to be concluded."""

    FULL = "full"
    NEAR = "near"
    GIVEN_NAME_ONLY = "given_name_only"
    SURNAME_ONLY = "surname_only"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Spelled:
    """The names of one record, normalised once."""

    surnames: tuple[str, ...]
    given: tuple[str, ...]
    aliases: tuple[str, ...]
    parts: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", tuple(sorted(" ".join(self.surnames + self.given).split())))

    @property
    def is_complete(self) -> bool:
        return bool(self.surnames and self.given)


@dataclass(frozen=True, slots=True)
class NameComparison:
    """An agreement with the reasons for it."""

    agreement: Agreement
    reasons: tuple[Reason, ...] = ()

    @property
    def weight(self) -> float:
        return sum(reason.weight for reason in self.reasons)


DISAGREEMENT = NameComparison(Agreement.NONE)

_CODES = {
    Closeness.VARIANT: ReasonCode.NAMES_ARE_VARIANTS,
    Closeness.IN_PART: ReasonCode.SAME_NAME_IN_PART,
    Closeness.ONE_LETTER: ReasonCode.NAMES_ONE_LETTER_APART,
    Closeness.SOUND: ReasonCode.NAMES_SOUND_ALIKE,
    Closeness.LOOK: ReasonCode.NAMES_LOOK_ALIKE,
}
_SURNAME_CODES = _CODES | {
    Closeness.SAME: ReasonCode.SAME_SURNAME,
    Closeness.START: ReasonCode.SURNAME_IS_THE_START_OF,
    Closeness.DIFFERENT: ReasonCode.DIFFERENT_SURNAMES,
}
_GIVEN_CODES = _CODES | {
    Closeness.SAME: ReasonCode.SAME_GIVEN_NAME,
    Closeness.START: ReasonCode.GIVEN_NAME_IS_THE_START_OF,
}
_FIRM = frozenset(
    {
        ReasonCode.SAME_GIVEN_NAME,
        ReasonCode.NAMES_ARE_VARIANTS,
        ReasonCode.KNOWN_UNDER_ANOTHER_NAME,
    }
)


def spelled(identity: Identity) -> Spelled:
    """Normalise the names of a record; empty ones go."""
    return _spelled(identity.names, identity.given_names, identity.aliases)


@lru_cache(maxsize=16_384)
def _spelled(names: tuple[str, ...], given_names: tuple[str, ...], aliases: tuple[str, ...]) -> Spelled:
    return Spelled(_written(names), _written(given_names), _written(aliases))


def compare_names(left: Spelled, right: Spelled) -> NameComparison:
    """
    Find the best way of laying two sets of names side by side.

    Two different given names are two people, whatever else agrees: twins, couples, brothers and sisters share
    everything else. Only an alias says otherwise.
    """
    if left.parts and left.parts == right.parts:
        return _whole_names(left, right)
    if left.is_complete and right.is_complete:
        return max(_straight(left, right), _crosswise(left, right), key=_strength)
    return _one_name_unknown(left, right)


def _strength(comparison: NameComparison) -> tuple[bool, float]:
    return comparison.agreement is not Agreement.NONE, comparison.weight


def _written(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, map(normalise_name, names)))


def _whole_names(left: Spelled, right: Spelled) -> NameComparison:
    if not left.is_complete and len(left.parts) < 2:
        return _one_name_unknown(left, right)
    same_places = sorted(" ".join(left.given).split()) == sorted(" ".join(right.given).split())
    code = ReasonCode.SAME_NAMES if same_places or not left.given or not right.given else ReasonCode.NAMES_SWAPPED
    return NameComparison(Agreement.FULL, (_reason(code, _full(left), _full(right)),))


def _straight(left: Spelled, right: Spelled) -> NameComparison:
    given = _given(left, right)
    if given is None:
        return DISAGREEMENT
    surname = _surname(left, right)
    if surname.code is ReasonCode.SAME_SURNAME and given.code is ReasonCode.SAME_GIVEN_NAME:
        return NameComparison(Agreement.FULL, (_reason(ReasonCode.SAME_NAMES, _full(left), _full(right)),))
    return NameComparison(Agreement.FULL if given.code in _FIRM else Agreement.NEAR, (surname, given))


def _crosswise(left: Spelled, right: Spelled) -> NameComparison:
    one = _best(left.surnames, right.given[:1], _SURNAME_CODES)
    if one is None or one.code is ReasonCode.DIFFERENT_SURNAMES:
        return DISAGREEMENT
    other = _best(left.given[:1], right.surnames, _GIVEN_CODES)
    if other is None:
        return DISAGREEMENT
    if one.code is ReasonCode.SAME_SURNAME and other.code is ReasonCode.SAME_GIVEN_NAME:
        return NameComparison(Agreement.FULL, (_reason(ReasonCode.NAMES_SWAPPED, _full(left), _full(right)),))
    firm = one.code in _FIRM | {ReasonCode.SAME_SURNAME} and other.code in _FIRM
    return NameComparison(Agreement.FULL if firm else Agreement.NEAR, (one, other))


def _one_name_unknown(left: Spelled, right: Spelled) -> NameComparison:
    unknown = _reason(ReasonCode.NAME_UNKNOWN, _full(left), _full(right))
    found = []
    for ours, theirs, agreement in (
        (left.given[:1], right.given[:1], Agreement.GIVEN_NAME_ONLY),
        (left.surnames, right.given[:1], Agreement.GIVEN_NAME_ONLY),
        (left.given[:1], right.surnames, Agreement.GIVEN_NAME_ONLY),
        (left.surnames, right.surnames, Agreement.SURNAME_ONLY),
    ):
        reason = _best(ours, theirs, _GIVEN_CODES if agreement is Agreement.GIVEN_NAME_ONLY else _SURNAME_CODES)
        if reason is not None and reason.code in (ReasonCode.SAME_GIVEN_NAME, ReasonCode.SAME_SURNAME):
            found.append(NameComparison(agreement, (reason, unknown)))
    return found[0] if found else DISAGREEMENT


def _given(left: Spelled, right: Spelled) -> Reason | None:
    direct = _best(left.given[:1], right.given[:1], _GIVEN_CODES)
    if direct is not None and direct.code is ReasonCode.SAME_GIVEN_NAME:
        return _unless_the_next_differ(left, right, direct)
    whole = _best((" ".join(left.given),), (" ".join(right.given),), _GIVEN_CODES)
    candidates = [direct, whole, _known_as(left, right)]
    return max((reason for reason in candidates if reason), key=lambda reason: reason.weight, default=None)


def _unless_the_next_differ(left: Spelled, right: Spelled, same: Reason) -> Reason:
    """In some families every son's first given name is Mohamed: the second is the one used."""
    ours, theirs = " ".join(left.given[1:]), " ".join(right.given[1:])
    if not ours or not theirs or closeness(ours, theirs) is not Closeness.DIFFERENT:
        return same
    return _reason(ReasonCode.SAME_NAME_IN_PART, " ".join(left.given), " ".join(right.given))


def _known_as(left: Spelled, right: Spelled) -> Reason | None:
    for mine, aliases in ((left, right.aliases), (right, left.aliases)):
        for alias in aliases:
            if mine.given[0] == alias or sorted(alias.split()) == list(mine.parts):
                return _reason(ReasonCode.KNOWN_UNDER_ANOTHER_NAME, _answers_to(left), _answers_to(right))
    if set(left.aliases) & set(right.aliases):
        return _reason(ReasonCode.KNOWN_UNDER_ANOTHER_NAME, _answers_to(left), _answers_to(right))
    return None


def _surname(left: Spelled, right: Spelled) -> Reason:
    best = _best(left.surnames, right.surnames, _SURNAME_CODES)
    assert best is not None  # noqa: S101  both are complete and every closeness of surnames has a code
    return best


def _best(left: tuple[str, ...], right: tuple[str, ...], codes: dict[Closeness, ReasonCode]) -> Reason | None:
    reasons = [
        _reason(codes[level], ours, theirs)
        for ours in left
        for theirs in right
        if (level := closeness(ours, theirs)) in codes
    ]
    if len(reasons) < 2:
        return reasons[0] if reasons else None
    return max(reasons, key=lambda reason: (reason.weight, reason.left, reason.right))


def _reason(code: ReasonCode, left: str, right: str) -> Reason:
    return Reason(code=code, weight=WEIGHTS[code], left=left, right=right)


def _full(names: Spelled) -> str:
    return " ".join(("/".join(names.surnames), " ".join(names.given))).strip()


def _answers_to(names: Spelled) -> str:
    return " / ".join((_full(names), *names.aliases))
