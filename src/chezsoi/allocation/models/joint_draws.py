"""A joint round drawn from what it froze: run once to propose, again by whoever checks it or asks "what if"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from chezsoi.allocation.choices import RoundState
from chezsoi.allocation.models.draws import Proof, lottery_of
from chezsoi.allocation.models.facts import Frozen, digest, freeze, plain, thaw, thaw_waiting
from chezsoi.allocation.models.joint import JointRound
from chezsoi.allocation.models.rounds import Round
from chezsoi.engines import matching
from chezsoi.engines.matching.joint import Joint, OfferedHome, Pins, Proposals, homes_again, propose
from chezsoi.engines.matching.joint.compatible import failures

SHORTLISTED = 4
NO_PIN = Pins()


def rounds_of(joint: JointRound) -> QuerySet[Round]:
    """List the rounds that are drawn together: a home gone before the draw is not among them."""
    return joint.rounds.exclude(state=RoundState.CANCELLED, drawn_at=None)


def proposals_of(joint: JointRound) -> Proposals:
    """Draw a joint round from what it froze, its seed and its public number."""
    return propose(frozen(joint))


def homes_around(joint: JointRound, pins: Pins) -> dict[str, tuple[str | None, str | None]]:
    """Give the home proposed to each household, and the one it would be proposed around decisions already taken."""
    answers = joint.answers.order_by("place")
    before = dict(answers.values_list("household__reference", "proposed__offer__dwelling__reference"))
    after = homes_again(frozen(joint, pins=pins), before)
    return {household: (before.get(household), home) for household, home in after.items()}


def frozen(joint: JointRound, *, pins: Pins = NO_PIN) -> Joint:
    """Read what a joint round froze, as the engine takes it."""
    homes = (thaw(row.snapshot) for row in rounds_of(joint).order_by("pk"))
    waiting = thaw_waiting(joint.snapshot)
    return Joint(
        offered=tuple(OfferedHome(home=facts.home, rules=facts.rules) for facts in homes),
        households=waiting.households,
        grid=matching.Grid.from_mapping(joint.grid.content),
        lottery=lottery_of(joint),
        on=waiting.on,
        size=SHORTLISTED,
        pins=pins,
        company=waiting.company,
    )


def seal_of(found: Proposals) -> str:
    """Give the digest of everything a joint round answered."""
    return digest(freeze(found))


def prove_joint(joint: JointRound) -> Proof:
    """Draw a joint round again from what it froze, and compare with what was written, to the bit."""
    opens = matching.opens(joint.seed_commitment, bytes.fromhex(joint.seed))
    homes = all(digest(row.snapshot) == row.snapshot_sha256 for row in rounds_of(joint))
    untouched = homes and digest(joint.snapshot) == joint.snapshot_sha256
    same = opens and untouched and seal_of(proposals_of(joint)) == joint.result_sha256
    return Proof(seed_opens_commitment=opens, snapshot_is_untouched=untouched, order_is_the_same=same)


def compatible(facts: Frozen) -> set[str]:
    """Name the households that no rule refuses for the home of a round."""
    failed = failures(facts.households, [OfferedHome(home=facts.home, rules=facts.rules)])
    return {each.ref for each, count in zip(facts.households, failed[:, 0].tolist(), strict=True) if count == 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Examiner:
    """Says of a household of a joint round, for one of its homes, all that the round of a home alone would say."""

    households: Mapping[str, matching.Household]
    grid: matching.Grid

    @classmethod
    def of(cls, joint: JointRound) -> Examiner:
        """Read what a joint round froze of those who wait."""
        waiting = thaw_waiting(joint.snapshot)
        grid = matching.Grid.from_mapping(joint.grid.content)
        return cls(households={each.ref: each for each in waiting.households}, grid=grid)

    def examine(self, round_: Round, ref: str, *, rank: int | None) -> dict[str, Any]:
        """Give what an examination keeps of a household: the full vector, whether it is proposed or not."""
        facts, household = thaw(round_.snapshot), self.households[ref]
        points = matching.score(matching.facts_of(household), self.grid, facts.on)
        reasons = matching.reasons(household, facts.home, facts.rules)
        return {
            "is_compatible": all(reason.verdict is not matching.Verdict.FAIL for reason in reasons),
            "rank": rank,
            "points": points.points,
            "contributions": plain(points.contributions),
            "reasons": plain(reasons),
            "standing": {},
            "ticket": matching.ticket(bytes.fromhex(round_.seed), round_.public_randomness, ref).hex(),
        }
