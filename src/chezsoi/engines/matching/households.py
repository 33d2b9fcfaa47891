"""The household as the engine sees it, and the closed list of facts that may earn points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

ROUGH = frozenset({"street", "makeshift", "squat", "camp", "shanty_town", "vehicle"})
ACCOMMODATED = frozenset({"emergency", "hotel", "chrs", "stabilisation", "asylum"})
INSTITUTION = frozenset({"health_stay", "prison", "child_care"})
SITUATIONS = ROUGH | ACCOMMODATED | INSTITUTION | {"with_others", "supported", "own", "own_eviction", "unknown"}

MINOR_CHILD = "minor_child"
LABELS = frozenset(
    {
        "dalo",
        "disability",
        "therapeutic_flat",
        "hardship",
        "temporary_home",
        "back_to_work",
        "unfit_home",
        "violence",
        "prostitution_exit",
        "trafficking",
        "overcrowded",
        "without_home",
        "eviction_without_rehousing",
        "care_leaver",
        "effort_above_half",
    }
)
FACTS = SITUATIONS | LABELS | {MINOR_CHILD}


class Sharing(StrEnum):
    """Whether a household wishes to live with others: a wish, never a duty; without a word, a home of its own."""

    OWN = "own"
    ALSO = "also"
    ONLY = "only"


class UnknownSituation(ValueError):
    """The residential situation is none of the codes the house uses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """
    What is known of a household that waits for a home; None says unknown, never "no".

    `wished_communes` goes best first, empty for anywhere. `max_outlay_per_month` is the rent and charges, in euros,
    the household can pay (*quittance max*). `annual_reference_income` is the one the law lets apply (year N-2, or a
    later one after a fall of 10 %). `excluded_homes` are homes it has itself refused: not proposed again to it, and
    nothing else follows.
    """

    ref: str
    situation: str = "unknown"
    size: int | None = None
    adults: int | None = None
    children: int | None = None
    wished_communes: tuple[str, ...] = ()
    rooms_min: int | None = None
    rooms_max: int | None = None
    max_outlay_per_month: Decimal | None = None
    needs_wheelchair: bool | None = None
    needs_lift_or_ground: bool | None = None
    labels: frozenset[str] = frozenset()
    waiting_since: date | None = None
    has_request_number: bool | None = None
    residence_is_regular: bool | None = None
    annual_reference_income: Decimal | None = None
    excluded_homes: frozenset[str] = frozenset()
    sharing: Sharing = Sharing.OWN

    def __post_init__(self) -> None:
        if self.situation not in SITUATIONS:
            raise UnknownSituation(self.situation)

    @property
    def persons(self) -> int | None:
        """Count the persons to house: the stated size, else adults and children when both are known."""
        if self.size is not None or self.adults is None or self.children is None:
            return self.size
        return self.adults + self.children


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a scoring grid may look at: codes that hold, and the first day of waiting."""

    codes: frozenset[str]
    waiting_since: date | None = None


def facts_of(household: Household) -> Facts:
    """
    Gather the facts a grid may count: recognised labels, the residential situation, a child in the household.

    Examples
    --------
    >>> sorted(facts_of(Household(ref="a", situation="street", children=1, labels=frozenset({"dalo"}))).codes)
    ['dalo', 'minor_child', 'street']
    """
    child = {MINOR_CHILD} if household.children else set()
    return Facts(
        codes=frozenset(household.labels | {household.situation} | child),
        waiting_since=household.waiting_since,
    )
