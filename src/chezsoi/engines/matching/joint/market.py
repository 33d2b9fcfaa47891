"""The homes and households of a joint round, matched: who holds which home, and whom each home could be taken from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chezsoi.engines.matching.assignment.pairs import Pairs
from chezsoi.engines.matching.assignment.pinned import Pinned
from chezsoi.engines.matching.assignment.which import least_mismatch
from chezsoi.engines.matching.assignment.who import FREE, Housing, best_set
from chezsoi.engines.matching.constrained.rooms import Limit, Rooms, place_rooms
from chezsoi.engines.matching.households import Household
from chezsoi.engines.matching.joint.company import NO_COMPANY, Company, Sharers
from chezsoi.engines.matching.joint.compatible import OfferedHome, failures
from chezsoi.engines.matching.joint.mismatch import Mismatch, mismatch, packed


class UnknownPin(ValueError):
    """A decision already taken is about a home or a household that is not of this round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pins:
    """
    What people decided already, as pairs (home, household): those that hold, and those that are out of the question.

    A home held is proposed to nobody else, and its household no other home.
    """

    held: tuple[tuple[str, str], ...] = ()
    refused: tuple[tuple[str, str], ...] = ()

    def placed(self, ranked: Sequence[Household], offered: Sequence[OfferedHome]) -> Pinned:
        """
        Find their places: the household in the published order, the home in the round.

        :raises UnknownPin: if one is not of this round.
        :raises HomeGivenTwice: if they give a home to two households, or two homes to one.
        """
        rows = {each.ref: row for row, each in enumerate(ranked)}
        columns = {each.home.ref: column for column, each in enumerate(offered)}
        if strange := [pair for pair in self.held + self.refused if pair[0] not in columns or pair[1] not in rows]:
            raise UnknownPin(", ".join(strange[0]))
        return Pinned(
            given=tuple((rows[household], columns[home]) for home, household in self.held),
            refused=tuple((rows[household], columns[home]) for home, household in self.refused),
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Market:
    """
    Households in the published order, homes, the pairs no rule refuses (`compatible`, H × D), and how they are matched.

    `failed` counts the rules that refuse each pair, decisions already taken left aside. Company is in neither: whoever
    reads what a round says of somebody reads nothing of who would not live with whom.
    """

    ranked: Sequence[Household]
    offered: Sequence[OfferedHome]
    failed: NDArray[np.uint8]
    compatible: NDArray[np.bool_]
    pairs: Pairs
    housing: Housing
    total: Mismatch
    sharers: Sharers

    @classmethod
    def of(
        cls,
        ranked: Sequence[Household],
        offered: Sequence[OfferedHome],
        pins: Pins,
        company: Company = NO_COMPANY,
        limits: tuple[Limit, ...] = (),
    ) -> Market:
        """Serve the households in order, within limits if any, then give the homes so that wishes are missed least."""
        failed, sharers = failures(ranked, offered), Sharers.of(company, ranked, offered)
        pinned = pins.placed(ranked, offered)
        compatible = _pinned(failed == 0, pinned)
        rows, columns = np.nonzero(compatible)
        values, scale = packed(ranked, [each.home for each in offered], rows, columns)
        missed = np.zeros(compatible.shape, dtype=np.int64)
        missed[rows, columns] = values
        allowed = _pinned((failed == 0) & ~sharers.barred, pinned)
        if limits or sharers.concern(allowed):
            housing, total = _placed(ranked, offered, allowed, sharers, pinned, limits)
        else:
            pairs = Pairs.of(allowed, missed)
            given = least_mismatch(pairs, best_set(pairs).housed)
            housing, total = given.housing, scale.unpack(given.total)
        return cls(
            ranked=ranked,
            offered=offered,
            failed=failed,
            compatible=compatible,
            pairs=Pairs.of(compatible, missed),
            housing=housing,
            total=total,
            sharers=sharers,
        )

    def holder_of(self, column: int) -> int | None:
        """Give the place, from 0, of the household that is proposed a home; None when nobody is."""
        found = int(self.housing.holder_of[column])
        return None if found == FREE else found

    def home_of(self, row: int) -> int | None:
        """Give the home a household is proposed; None when there is none."""
        found = int(self.housing.home_of[row])
        return None if found == FREE else found

    def compatible_with(self, column: int) -> list[int]:
        """List the households no rule refuses for a home, in the published order."""
        found: list[int] = np.flatnonzero(self.compatible[:, column]).tolist()
        return found

    def next_for(self, column: int) -> list[int]:
        """
        List those who could take a home after who is proposed it, in the published order.

        Nobody for a room of a shared home: it is shared out again. A list without those who would not live with who is
        beside, or the moment one of them is skipped, would tell who they are.
        """
        if self.sharers.shared[column]:
            return []
        return [row for row in self.compatible_with(column) if row != self.holder_of(column)]

    def missed(self, row: int, column: int) -> Mismatch:
        """Measure how far a home is from the wishes of a household."""
        return mismatch(self.ranked[row], self.offered[column].home)

    def refs(self, columns: Iterable[int]) -> tuple[str, ...]:
        """Name homes."""
        return tuple(self.offered[column].home.ref for column in columns)

    def ref_of(self, column: int | None) -> str | None:
        """Name a home; None stays None."""
        return None if column is None else self.offered[column].home.ref


def _placed(  # noqa: PLR0917  what decides who lives where
    ranked: Sequence[Household],
    offered: Sequence[OfferedHome],
    allowed: NDArray[np.bool_],
    sharers: Sharers,
    pinned: Pinned,
    limits: tuple[Limit, ...],
) -> tuple[Housing, Mismatch]:
    """Serve the households in order under wishes and refusals of company; what people decided holds against them."""
    rows, columns = np.nonzero(allowed)
    missed = [mismatch(ranked[row], offered[column].home) for row, column in zip(rows, columns, strict=True)]
    first = sorted(row for row, _column in pinned.given)
    found = place_rooms(
        Rooms(
            household=rows,
            home=columns,
            misses=np.array([(each.wish, each.spare_rooms, each.effort) for each in missed], dtype=np.int64).reshape(
                -1, 3
            ),
            part_of=sharers.part_of,
            households=len(ranked),
            apart=tuple(each for each in sharers.apart if not set(each) <= set(first)),
            together=sharers.together,
            limits=limits,
        ),
        first=first,
    )
    home_of = np.full(len(ranked), FREE, dtype=np.intp)
    holder_of = np.full(len(offered), FREE, dtype=np.intp)
    for row, column in found.home_of.items():
        home_of[row], holder_of[column] = column, row
    return Housing(home_of=home_of, holder_of=holder_of), Mismatch(*found.misses)


def _pinned(compatible: NDArray[np.bool_], pinned: Pinned) -> NDArray[np.bool_]:
    allowed = compatible.copy()
    for row, column in pinned.refused:
        allowed[row, column] = False
    for row, column in pinned.given:
        allowed[row, :] = False
        allowed[:, column] = False
        allowed[row, column] = True
    return allowed
