"""What other rules would have given, as a result reports it: the set without floors, and the one that houses most."""

from __future__ import annotations

from typing import Any

import numpy as np

from chezsoi.engines.matchcheck.claim import Claim, is_a, rows
from chezsoi.engines.matchcheck.prices import Paid
from chezsoi.engines.matchcheck.problem import Booleans, Problem
from chezsoi.engines.matchcheck.rejections import reject_unless
from chezsoi.engines.matchcheck.searches import NotInTime, Pairs, Searches

# As many pairs as a result compares with the choice that houses most, whatever it takes.
COMPARED = 50_000
STEPS = {"steps_back": list, "steps_in": list}
MOST = {"housed": int, "points": int, "mismatch": int, **STEPS, "is_proved": bool}


def check_price(searches: Searches, problem: Problem, claim: Claim, paid: Paid) -> bool:
    """Check who steps back and who steps in because of the floors; tell whether searches found it all again."""
    said = rows([claim.certificate["price_of_floors"]], STEPS, "price_of_floors")[0]
    without = _other_set(
        problem, paid, leaving=said["steps_in"], coming=said["steps_back"], name="The price of the floors"
    )
    if not searches.minima.size:
        reject_unless(not (without ^ paid.is_kept).any(), "There is no floor, and a price of floors.")
        return True
    free, ranks = searches.without_floors(), np.arange(len(without))
    try:
        together = free.best(must=without, may=free.nobody, worth=_nothing)
        reject_unless(together.chosen, "The price of the floors names households that cannot be housed together.")
        for place in (*np.flatnonzero(without).tolist(), len(without)):
            before = without & (ranks < place)
            # Those between two of the set have the same ones before them.
            since = int(np.flatnonzero(before).max(initial=-1))
            between = paid.has_pair & (ranks > since) & (ranks < place)
            entering = free.entering(kept=before, candidates=between, others=free.nobody)
            others = [problem.households[rank].id for rank in np.flatnonzero(entering)]
            reject_unless(not others, f"Without floors {others} would be housed too: the price is another.")
    except NotInTime:
        return False
    return True


def check_most_housed(searches: Searches, problem: Problem, claim: Claim, paid: Paid) -> bool:
    """Check the choice that houses most; tell whether searches found it all again."""
    said = claim.certificate["most_housed"]
    if said is None:
        reject_unless(paid.pairs > COMPARED, f"The choice that houses most is left out, of {paid.pairs} pairs.")
        return True
    said = rows([said], MOST, "most_housed")[0]
    housed = _other_set(
        problem, paid, leaving=said["steps_back"], coming=said["steps_in"], name="The choice that houses most"
    )
    points = np.array([one.points for one in problem.households], dtype=np.int64)
    sums = int(housed.sum()), int(points[housed].sum())
    reject_unless(sums == (said["housed"], said["points"]), "The sums of the choice that houses most are others.")
    try:
        return _is_most(searches, said, housed, points, paid.has_pair)
    except NotInTime:
        return False


def _is_most(searches: Searches, said: dict[str, Any], housed: Booleans, points: Any, may: Booleans) -> bool:
    its_own = searches.best(must=housed, may=searches.nobody, worth=_less_mismatch)
    is_its = its_own.chosen is not None and (-its_own.worth == said["mismatch"] or not said["is_proved"])
    reject_unless(is_its, "The choice that houses most has another mismatch, or breaks a limit.")
    if not said["is_proved"]:
        return False
    one, nobody = np.ones_like(points), searches.nobody
    least: tuple[tuple[Any, int], ...] = ()
    for value, stated, name in ((one, said["housed"], "households"), (points, said["points"], "points")):
        found = searches.best(must=nobody, may=may, worth=lambda pairs, of=value: of[pairs.household], least=least)
        reject_unless(found.worth <= stated, f"The choice that houses most has {found.worth} {name}, not {stated}.")
        if found.most > stated:
            raise NotInTime
        least = (*least, (value, stated))
    found = searches.best(must=nobody, may=may, worth=_less_mismatch, least=least)
    reject_unless(-found.worth >= said["mismatch"], f"As many can be housed at a mismatch of {-found.worth}.")
    return bool(-found.most >= said["mismatch"])


def _other_set(problem: Problem, paid: Paid, *, leaving: list[Any], coming: list[Any], name: str) -> Booleans:
    """Read another set by who leaves this one and who comes instead, each in the published order."""
    rank_of = {one.id: one.rank for one in problem.households}
    other = paid.is_kept.copy()
    for ids, is_leaving in ((leaving, True), (coming, False)):
        is_known = all(is_a(one, int) and one in rank_of for one in ids)
        ranks = [rank_of[one] for one in ids] if is_known else []
        are_there = all(paid.has_pair[rank] and paid.is_kept[rank] == is_leaving for rank in ranks)
        is_right = is_known and are_there and ranks == sorted(set(ranks))
        reject_unless(is_right, f"{name} names households that are not concerned.")
        other[ranks] = not is_leaving
    return other


def _nothing(pairs: Pairs) -> Any:
    return np.zeros(len(pairs.household), dtype=np.int64)


def _less_mismatch(pairs: Pairs) -> Any:
    return -pairs.mismatch
