"""What a result has on the word of a solver, asked again: who could not be housed, and the least total."""

from __future__ import annotations

import numpy as np

from chezsoi.engines.matchcheck.claim import Claim
from chezsoi.engines.matchcheck.prices import Paid
from chezsoi.engines.matchcheck.problem import Household
from chezsoi.engines.matchcheck.rejections import reject_unless
from chezsoi.engines.matchcheck.searches import NotInTime, Searches


def ask_who(searches: Searches, paid: Paid, to_ask: list[Household]) -> int:
    """Ask whether each could be housed with all those before it, floors in reach; count whom time leaves open."""
    ranks, left_open = np.arange(len(paid.is_kept)), 0
    for one in to_ask:
        before, after = paid.is_kept & (ranks < one.rank), ranks > one.rank
        try:
            entering = searches.entering(kept=before, candidates=ranks == one.rank, others=after)
        except NotInTime:
            left_open += 1
            continue
        reject_unless(not entering.any(), f"Household {one.id} could be housed with all those before it.")
    return left_open


def ask_total(searches: Searches, claim: Claim, paid: Paid) -> bool:
    """Ask for the least total of the households proposed; tell whether the bound stated is found again."""
    bound = claim.certificate["which_home"]["bound"]
    try:
        found = searches.best(must=paid.is_kept, may=searches.nobody, worth=lambda pairs: -pairs.mismatch)
    except NotInTime:
        return False
    reject_unless(-found.worth >= bound, f"These households can be housed at a mismatch of {-found.worth}.")
    return bool(-found.most >= bound)
