"""Who would be proposed which home around decisions of people: what was proposed is repaired, seldom searched again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from chezsoi.engines.matching.assignment.pairs import Pairs, packed
from chezsoi.engines.matching.assignment.pinned import Pinned, left_to_decide, solve_again
from chezsoi.engines.matching.assignment.solution import Solution
from chezsoi.engines.matching.assignment.which import HousedByNoAssignment, edges_of, proved
from chezsoi.engines.matching.assignment.who import FREE
from chezsoi.engines.matching.assignment.why_not import bars_of, thresholds
from chezsoi.engines.matching.households import Household
from chezsoi.engines.matching.joint.company import Sharers
from chezsoi.engines.matching.joint.compatible import failures
from chezsoi.engines.matching.joint.mismatch import UNKNOWN_EFFORT, Mismatch, Scale, mismatch
from chezsoi.engines.matching.joint.proposals import Joint, propose


def homes_again(joint: Joint, before: Mapping[str, str | None]) -> dict[str, str | None]:
    """
    Name the home each household would be proposed around the decisions of `joint.pins`, in the published order.

    Parameters
    ----------
    joint : Joint
        The round, with the decisions.
    before : mapping
        What was answered without these decisions: every household in the published order, and its home or None.

    Returns
    -------
    dict
        Those whom `propose` serves, at the mismatch it finds. Where homes could be given in several ways, whoever
        need not move stays.

    Raises
    ------
    UnknownPin
        If a decision is not about a home and a household of this round.
    HomeGivenTwice
        If decisions give a home to two households, or two homes to one.

    Notes
    -----
    By `assignment.pinned`. A round is searched again whole when company could count in a shared home, and when
    `before` is not the best of the rules of today.
    """
    found = repaired(joint, before)
    return {each.ref: each.home for each in propose(joint).answers} if found is None else found


def repaired(joint: Joint, before: Mapping[str, str | None]) -> dict[str, str | None] | None:
    """Do it by repair alone; None where the round must be searched again."""
    known = {each.ref: each for each in joint.households}
    if known.keys() != before.keys():
        return None
    ranked = [known[ref] for ref in before]
    pinned = joint.pins.placed(ranked, joint.offered)
    sharers = Sharers.of(joint.company, ranked, joint.offered)
    allowed = (failures(ranked, joint.offered) == 0) & ~sharers.barred
    if sharers.concern(_or_given(allowed, pinned)):
        return None
    pairs = _pairs(joint, ranked, allowed)
    solution = _proved_best(pairs, _columns(joint, before))
    if solution is None:
        return None
    home_of = solve_again(left_to_decide(pairs, pinned), solution, pinned).assignment.housing.home_of
    for row, column in pinned.given:
        home_of[row] = column
    return {
        each.ref: None if column == FREE else joint.offered[column].home.ref
        for each, column in zip(ranked, home_of.tolist(), strict=True)
    }


def _or_given(allowed: NDArray[np.bool_], pinned: Pinned) -> NDArray[np.bool_]:
    """Add the pairs that people made against a rule."""
    found = allowed.copy()
    for row, column in pinned.given:
        found[row, column] = True
    return found


def _pairs(joint: Joint, ranked: Sequence[Household], allowed: NDArray[np.bool_]) -> Pairs:
    """Measure a pair when it is asked for: nobody who stays without a home is."""
    scale = _scale(joint, len(ranked))
    missed = np.zeros(allowed.shape, dtype=np.int64)
    is_known = np.zeros(len(ranked), dtype=np.bool_)

    def measure(rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.int64]:
        for row in np.unique(rows[~is_known[rows]]).tolist():
            for column in np.flatnonzero(allowed[row]).tolist():
                missed[row, column] = scale.pack(mismatch(ranked[row], joint.offered[column].home))
        is_known[rows] = True
        return missed[rows, columns]

    return Pairs(bitmap=packed(allowed), homes=len(joint.offered), mismatch=measure)


def _scale(joint: Joint, households: int) -> Scale:
    """Choose units no pair passes: none that the rules allow takes more than all that can be paid."""
    most = Mismatch(
        wish=0, spare_rooms=max((each.home.rooms or 0 for each in joint.offered), default=0), effort=UNKNOWN_EFFORT
    )
    return Scale.over([most], pairs=min(households, len(joint.offered)))


def _columns(joint: Joint, before: Mapping[str, str | None]) -> NDArray[np.intp]:
    columns = {each.home.ref: column for column, each in enumerate(joint.offered)}
    return np.array([FREE if home is None else columns.get(home, FREE) for home in before.values()], dtype=np.intp)


def _proved_best(pairs: Pairs, home_of: NDArray[np.intp]) -> Solution | None:
    """Prove what was proposed to be the best set at the least mismatch; None where it is not."""
    housed = np.flatnonzero(home_of != FREE)
    try:
        assignment = proved(edges_of(pairs, housed), home_of, homes=pairs.homes)
    except HousedByNoAssignment:
        return None
    bars = bars_of(pairs, assignment.housing)
    outside = np.flatnonzero(home_of == FREE)
    is_best = not (thresholds(pairs, bars, outside) > outside).any()
    return Solution(assignment=assignment, bars=bars) if is_best else None
