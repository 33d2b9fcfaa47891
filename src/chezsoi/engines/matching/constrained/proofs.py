"""Why some households cannot be housed with those already kept: prices that anybody can add up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chezsoi.engines.matching.constrained.market import FREE, Flags, Market, Numbers
from chezsoi.engines.matching.constrained.program import NEVER, Prices, Program, lower_bound


@dataclass(slots=True)
class _Proof:
    prices: Prices
    gain: Numbers
    loss: Numbers
    room: int


class Proofs:
    """
    The proofs gathered so far, each of which may rule out many households.

    Pay whole prices for homes and caseloads, and receive a price for each household counted by a floor. Each household
    pays at least its cheapest pair; together they cannot pay more than everything costs. What is left is the `room`:
    a household whose least payment is above it cannot come in, now or later, since the room only shrinks
    (the inequality of Hall and König, with weights; Farkas for the general case).
    """

    def __init__(self, market: Market) -> None:
        """Start without a proof."""
        self.market = market
        self.kept = np.zeros(market.households, dtype=bool)
        self.undecided = np.diff(market.start) > 0
        self._proofs: list[_Proof] = []
        self._given = 0
        self._nothing = np.zeros(len(market.home), dtype=np.int64)

    def program(self, *, cost: Numbers | None = None, also: int | None = None) -> Program:
        """Write down what still has to hold: those kept housed, the undecided free, floors reached."""
        market = self.market
        # Only a floor makes the undecided of use to a household that is not one of them.
        may = self.undecided.copy() if len(market.floors) else np.zeros(market.households, dtype=bool)
        if also is not None:
            may[also] = True
        return Program(
            market=market,
            cost=self._nothing if cost is None else cost,
            must=self.kept,
            may=may,
            counts=market.counted,
            least=market.minimum,
        )

    def add(self, prices: Prices, household: int) -> bool:
        """Keep some prices if they rule a household out."""
        bound, _, costs = lower_bound(self.program(), prices)
        least = self.market.least_of(costs, NEVER)
        proof = _Proof(prices=prices, gain=np.maximum(least, 0), loss=np.minimum(least, 0), room=-bound)
        if not proof.gain[household] > proof.room:
            return False
        self._proofs.append(proof)
        return True

    def ruling_out(self, household: int) -> int:
        """Find a proof that already rules a household out: its number, -1 when there is none."""
        found = (number for number, each in enumerate(self._proofs) if each.gain[household] > each.room)
        return next(found, FREE)

    def keep(self, household: int) -> None:
        """Take a household in for good."""
        self.kept[household], self.undecided[household] = True, False
        for each in self._proofs:
            each.room -= int(each.gain[household])

    def leave_out(self, household: int) -> None:
        """Leave a household out for good."""
        self.undecided[household] = False
        if not len(self.market.floors):
            return
        for each in self._proofs:
            each.room += int(each.loss[household])

    def latest(self) -> tuple[Prices, ...]:
        """List the prices added since they were last asked for."""
        before, self._given = self._given, len(self._proofs)
        return tuple(each.prices for each in self._proofs[before:])

    @property
    def prices(self) -> tuple[Prices, ...]:
        """List the prices of every proof."""
        return tuple(each.prices for each in self._proofs)


def part(market: Market, household: int) -> Flags:
    """Tell which households share anything with this one, however far."""
    same: Flags = market.component == market.component[household]
    return same
