"""Whom a forbidden rule would shut out of a home today, counted on what is known of those who wait."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from chezsoi.engines.matching.households import ACCOMMODATED, Household
from chezsoi.engines.matching.housing_first import Finding

Meets = Callable[[Household], bool | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """
    What a forbidden rule would do to those who wait.

    `excluded` are known not to meet it. Of `unproven` nothing recorded says whether they do: they would have to prove
    it, and wait meanwhile. The rest of `waiting` would pass.
    """

    finding: Finding
    excluded: int
    unproven: int
    waiting: int


def exclusions(findings: Iterable[Finding], households: Iterable[Household]) -> tuple[Exclusion, ...]:
    """
    Count, for each finding of the linter, whom its rule would shut out.

    Parameters
    ----------
    findings : iterable of Finding
        As `lint` gives them.
    households : iterable of Household
        Everyone who waits, on one day.

    Returns
    -------
    tuple of Exclusion
        One a finding, in the same order. Two rules may shut out the same household: the counts are never added. They
        say what is recorded: sobriety, care, motivation or behaviour are recorded nowhere here, so that such a rule
        leaves everybody to prove it.

    Examples
    --------
    >>> from chezsoi.engines.matching.housing_first import lint
    >>> waiting = [Household(ref="a", situation="street"), Household(ref="b", situation="chrs"), Household(ref="c")]
    >>> (found,) = exclusions(lint({"label": "Passage préalable en CHRS"}), waiting)
    >>> found.excluded, found.unproven, found.waiting
    (1, 1, 3)
    """
    everyone = tuple(households)
    return tuple(_exclusion(finding, everyone) for finding in findings)


def _exclusion(finding: Finding, everyone: tuple[Household, ...]) -> Exclusion:
    meets = _RECORDED.get(finding.rule, _nobody_can_say)
    answers = [meets(household) for household in everyone]
    return Exclusion(
        finding=finding,
        excluded=answers.count(False),
        unproven=answers.count(None),
        waiting=len(everyone),
    )


def _nobody_can_say(_household: Household) -> bool | None:
    return None


def _has_been_sheltered(household: Household) -> bool | None:
    return None if household.situation == "unknown" else household.situation in ACCOMMODATED


def _has_never_said_no(household: Household) -> bool | None:
    return not household.excluded_homes


def _was_never_evicted(household: Household) -> bool | None:
    is_evicted = household.situation == "own_eviction" or "eviction_without_rehousing" in household.labels
    return False if is_evicted else None


def _was_never_in_prison(household: Household) -> bool | None:
    return False if household.situation == "prison" else None


def _works(household: Household) -> bool | None:
    return True if "back_to_work" in household.labels else None


_RECORDED: Mapping[str, Meets] = {
    "prior_shelter": _has_been_sheltered,
    "sanction_for_refusing": _has_never_said_no,
    "limit_on_offers": _has_never_said_no,
    "eviction_history": _was_never_evicted,
    "criminal_record": _was_never_in_prison,
    "job": _works,
}
