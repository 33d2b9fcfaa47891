"""A round drawn from what it froze: run once to decide the order, and again by whoever checks it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Any

from chezsoi.allocation.models.facts import Frozen, Waiting, digest, freeze, plain, thaw, thaw_waiting
from chezsoi.allocation.models.lottery import SealedLottery
from chezsoi.allocation.models.rounds import Round
from chezsoi.engines import matching

# The seed is committed and the list closed in one act, in that order.
COMMITTED_BEFORE_CLOSING = timedelta(microseconds=1)


class RoundNotDrawn(Exception):
    """The round has no public number yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a check of a drawn round found; each is True when it holds."""

    seed_opens_commitment: bool
    snapshot_is_untouched: bool
    order_is_the_same: bool

    @property
    def holds(self) -> bool:
        return self.seed_opens_commitment and self.snapshot_is_untouched and self.order_is_the_same


def frozen_of(round_: Round, waiting: Waiting | None = None) -> Frozen:
    """Read what a round froze; a joint round freezes who waits once for all its homes, which may be at hand."""
    facts = thaw(round_.snapshot)
    if round_.joint is None:
        return facts
    them = waiting or thaw_waiting(round_.joint.snapshot)
    days = None if them.days is None else (*(facts.days or ()), *them.days)
    return replace(facts, households=them.households, days=days)


def search_of(round_: Round, *, size: int) -> matching.Search:
    """Search again as a round did, from what it froze, its seed and its public number: nobody is explained yet."""
    facts = frozen_of(round_)
    return matching.search(
        home=facts.home,
        households=facts.households,
        rules=facts.rules,
        grid=matching.Grid.from_mapping(round_.grid.content),
        lottery=lottery_of(round_),
        on=facts.on,
        size=size,
    )


def shortlist_of(round_: Round, *, size: int) -> matching.Shortlist:
    """Draw the shortlist of a round, with everybody's explanation."""
    return search_of(round_, size=size).shortlist()


def shortlist_seal(drawn: matching.Shortlist) -> str:
    """Give the digest of everything a draw answered: order, points, reasons and why nots."""
    return digest(freeze(drawn))


def lottery_of(round_: SealedLottery) -> matching.Lottery:
    """Open the lottery of a round."""
    if round_.randomness_published_at is None:
        raise RoundNotDrawn
    public = matching.PublicRandomness(
        value=round_.public_randomness,
        source=round_.randomness_source,
        drawn_at=round_.randomness_published_at,
    )
    return matching.Lottery(
        commitment=round_.seed_commitment,
        committed_at=round_.frozen_at - COMMITTED_BEFORE_CLOSING,
        snapshot_closed_at=round_.frozen_at,
        public_randomness=public,
        seed=bytes.fromhex(round_.seed),
    )


def standing_of(each: matching.Candidate | matching.WhyNot) -> dict[str, Any]:
    """Say what separates a household from the others: points, waiting or the lottery, and the wish that would help."""
    if isinstance(each, matching.Candidate):
        return {"settled_by": each.settled_by.value, "others_on_same_points": each.others_on_same_points}
    return {
        "lost_by": None if each.lost_by is None else each.lost_by.value,
        "last_points": each.last_points,
        "relaxation": None if each.relaxation is None else plain(each.relaxation),
    }


def prove(round_: Round) -> Proof:
    """Draw the round again from what it froze, and compare with what was written."""
    opens = matching.opens(round_.seed_commitment, bytes.fromhex(round_.seed))
    untouched = digest(round_.snapshot) == round_.snapshot_sha256
    same = opens and untouched and _is_drawn_again(round_)
    return Proof(seed_opens_commitment=opens, snapshot_is_untouched=untouched, order_is_the_same=same)


def _is_drawn_again(round_: Round) -> bool:
    """
    Tell whether the draw answers the same to the bit, and whether every candidate stands where it puts it.

    A reservation holder may have proposed one beyond those the draw listed: it stands at its own rank, after a gap.
    """
    rows = round_.candidacies.order_by("rank").values_list("rank", "household__reference", "points")
    written = {rank: (ref, points) for rank, ref, points in rows}
    if not _is_answered_again(round_):
        return False
    again = search_of(round_, size=max(written, default=1)).candidates
    drawn = {each.rank: (each.ref, each.score.points) for each in again}
    if not written:
        return not drawn
    listed = next(rank for rank in count(1) if rank not in written)
    proposed = set(round_.candidacies.exclude(holder_proposals=None).values_list("rank", flat=True))
    beyond = {rank for rank in written if rank > listed}
    return all(drawn.get(rank) == row for rank, row in written.items()) and beyond <= proposed


def _is_answered_again(round_: Round) -> bool:
    """Compare with the digest of the answer; a home drawn with others has its answer in the joint round."""
    if not round_.result_sha256:
        return True
    return shortlist_seal(shortlist_of(round_, size=round_.listed)) == round_.result_sha256
