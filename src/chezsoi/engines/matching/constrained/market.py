"""Households in their published order, homes, and what limits who can be housed together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

FREE = -1
# Homes as the bits of one whole number.
Mask = int


@dataclass(frozen=True, slots=True, kw_only=True)
class Caseload:
    """What a support team can take: households of one intensity in the homes of one sector."""

    sector: int
    intensity: int
    capacity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """The least number of households of a group that must be housed."""

    group: str
    minimum: int


@dataclass(frozen=True, kw_only=True)
class Market:
    """
    Feasible pairs and the limits on housing households together.

    A household is its rank in the published order, a home its place in the file. Pairs are sorted by household.
    A sector and intensity that no caseload names is not limited; intensity 0 never is.

    Attributes
    ----------
    start : numpy.ndarray of int64, shape (households + 1,)
        Where the pairs of each household start.
    home, mismatch : numpy.ndarray of int64, shape (pairs,)
        The home of each pair, and its mismatch with the wishes, never negative.
    sector : numpy.ndarray of int64, shape (homes,)
    intensity : numpy.ndarray of int64, shape (households,)
        Support needed, 0 for none.
    group : numpy.ndarray of int64, shape (households,)
        Index of the floor that counts the household, -1 for none.
    caseloads, floors : tuple
    """

    start: Numbers
    home: Numbers
    mismatch: Numbers
    sector: Numbers
    intensity: Numbers
    group: Numbers
    caseloads: tuple[Caseload, ...] = ()
    floors: tuple[Floor, ...] = ()

    @property
    def households(self) -> int:
        """Count the households."""
        return len(self.start) - 1

    @property
    def homes(self) -> int:
        """Count the homes."""
        return len(self.sector)

    @cached_property
    def household(self) -> Numbers:
        """Name the household of each pair."""
        return np.repeat(np.arange(self.households, dtype=np.int64), np.diff(self.start))

    @cached_property
    def capacity(self) -> Numbers:
        """List the capacity of each caseload."""
        return np.array([each.capacity for each in self.caseloads], dtype=np.int64)

    @cached_property
    def minimum(self) -> Numbers:
        """List the least number of households of each floor."""
        return np.array([each.minimum for each in self.floors], dtype=np.int64)

    @cached_property
    def caseload_at(self) -> Mapping[tuple[int, int], int]:
        """Find the caseload of a sector and intensity."""
        return {(each.sector, each.intensity): index for index, each in enumerate(self.caseloads) if each.intensity}

    @cached_property
    def caseload(self) -> Numbers:
        """Name the caseload that each pair would use, -1 for none."""
        found = np.full(len(self.home), FREE, dtype=np.int64)
        sector, intensity = self.sector[self.home], self.intensity[self.household]
        for (of_sector, of_intensity), index in self.caseload_at.items():
            found[(sector == of_sector) & (intensity == of_intensity)] = index
        return found

    @cached_property
    def counted(self) -> Numbers:
        """Tell, floor by floor, which households count: shape (floors, households)."""
        counted: Numbers = (self.group[None, :] == np.arange(len(self.floors))[:, None]).astype(np.int64)
        return counted

    @cached_property
    def component(self) -> Numbers:
        """
        Number the independent part of the market to which each household belongs.

        Homes, caseloads and floors join the households they concern.
        """
        households, homes, caseloads = self.households, self.homes, len(self.caseloads)
        limited, floored = self.caseload >= 0, np.flatnonzero(self.group >= 0)
        one = np.concatenate([self.household, self.household[limited], floored])
        other = np.concatenate(
            [
                households + self.home,
                households + homes + self.caseload[limited],
                households + homes + caseloads + self.group[floored],
            ]
        )
        size = households + homes + caseloads + len(self.floors)
        graph = coo_array((np.ones(len(one), dtype=np.int8), (one, other)), shape=(size, size))
        return np.asarray(connected_components(graph, directed=False)[1][:households], dtype=np.int64)

    @cached_property
    def rows(self) -> list[Mask]:
        """List the homes of each household."""
        return [mask_of(self.home[self.pairs_of(each)], self.homes) for each in range(self.households)]

    @cached_property
    def sectors(self) -> Mapping[int, Mask]:
        """List the homes of each sector."""
        return {int(each): mask_of(np.flatnonzero(self.sector == each), self.homes) for each in np.unique(self.sector)}

    def pairs_of(self, household: int) -> slice:
        """Find the pairs of one household."""
        return slice(int(self.start[household]), int(self.start[household + 1]))

    def least_of(self, values: Numbers, absent: int) -> Numbers:
        """Take, household by household, the least of its pairs' values; `absent` when it has no pair."""
        least = np.full(self.households, absent, dtype=np.int64)
        some = np.flatnonzero(np.diff(self.start))
        if some.size:
            least[some] = np.minimum.reduceat(values, self.start[some])
        return least

    def pair(self, household: int, home: int) -> int:
        """Find the pair of a household and a home, -1 when it is not feasible."""
        pairs = self.pairs_of(household)
        found = np.flatnonzero(self.home[pairs] == home)
        return int(found[0]) + pairs.start if found.size else FREE

    def without_floors(self) -> Market:
        """Copy the market, all floors lifted."""
        return self.with_limits(self.caseloads, ())

    def with_limits(self, caseloads: tuple[Caseload, ...], floors: tuple[Floor, ...]) -> Market:
        """Copy the market under other limits; floors must be the same groups in the same order, or none."""
        group = self.group if floors else np.full_like(self.group, FREE)
        return Market(
            start=self.start,
            home=self.home,
            mismatch=self.mismatch,
            sector=self.sector,
            intensity=self.intensity,
            group=group,
            caseloads=caseloads,
            floors=floors,
        )


def mask_of(homes: Numbers, size: int) -> Mask:
    """Write homes as the bits of one whole number."""
    flags = np.zeros(size, dtype=np.uint8)
    flags[homes] = 1
    return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")


def market_of(
    pairs: Sequence[tuple[int, int, int]], *, households: int, sector: Sequence[int], **limits: Any
) -> Market:
    """
    Make a market from `(household, home, mismatch)` pairs in any order.

    Parameters
    ----------
    pairs : sequence of (int, int, int)
    households : int
        How many, in the published order.
    sector : sequence of int
        The sector of each home.
    **limits
        `intensity` and `group` (one a household; none by default), `caseloads`, `floors`.

    Examples
    --------
    >>> market = market_of([(0, 1, 20), (0, 0, 5), (1, 1, 0)], households=2, sector=[0, 0])
    >>> market.home.tolist(), market.start.tolist()
    ([0, 1, 1], [0, 2, 3])
    """
    table = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 3)
    return Market(
        start=np.searchsorted(table[:, 0], np.arange(households + 1)).astype(np.int64),
        home=table[:, 1].copy(),
        mismatch=table[:, 2].copy(),
        sector=np.asarray(sector, dtype=np.int64),
        intensity=np.asarray(limits.pop("intensity", [0] * households), dtype=np.int64),
        group=np.asarray(limits.pop("group", [FREE] * households), dtype=np.int64),
        **limits,
    )
