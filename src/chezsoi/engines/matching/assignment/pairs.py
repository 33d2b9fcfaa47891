"""Which household may live in which home, one bit a pair, and how far each pair is from what the household wishes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.intp]
Bitmap = NDArray[np.uint64]
Integers = NDArray[np.int64]
Mismatch = Callable[[Rows, Rows], Integers]

WORD = 64


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """
    What the algorithms need to know, and nothing of where it comes from.

    Parameters
    ----------
    bitmap : uint64 array, households × ⌈homes / 64⌉
        Row `h` is the household of rank `h` (0 is served first); bit `d % 64` of word `d // 64` says that it may live
        in home `d`. Bits past the last home are 0.
    homes : int
        How many homes there are.
    mismatch : function
        Given two arrays of the same shape, ranks and homes of feasible pairs, gives their mismatch: whole numbers, 0
        or more, the smaller the better. Tiers of wishes are packed in one number, the first in the highest digits.
        A sum over all homes must stay under 2⁵³.
    """

    bitmap: Bitmap
    homes: int
    mismatch: Mismatch

    @property
    def households(self) -> int:
        """Count the households."""
        return int(self.bitmap.shape[0])

    @property
    def count(self) -> int:
        """Count the feasible pairs."""
        return int(np.bitwise_count(self.bitmap).sum())

    @classmethod
    def of(cls, feasible: NDArray[np.bool_], mismatch: Integers) -> Pairs:
        """
        Build from two arrays households × homes, the households in the published order.

        >>> pairs = Pairs.of(np.array([[True, False], [True, True]]), np.array([[5, 0], [0, 7]]))
        >>> pairs.count, pairs.mismatch(np.array([1]), np.array([1])).tolist()
        (3, [7])
        """
        return cls(
            bitmap=packed(feasible),
            homes=feasible.shape[1],
            mismatch=lambda households, homes: mismatch[households, homes].astype(np.int64),
        )

    def feasible(self, households: Rows) -> NDArray[np.bool_]:
        """Unpack the rows of some households: booleans, households × homes."""
        return unpacked(self.bitmap[households], self.homes)


def packed(bits: NDArray[np.bool_]) -> Bitmap:
    """Pack booleans, rows × homes, into 64-bit words."""
    rows, homes = bits.shape
    padded = np.zeros((rows, -(-homes // WORD) * WORD), dtype=bool)
    padded[:, :homes] = bits
    words: Bitmap = np.packbits(padded, axis=1, bitorder="little").view(np.uint64)
    return words


def unpacked(bitmap: Bitmap, homes: int) -> NDArray[np.bool_]:
    """Unpack 64-bit words into booleans, rows × homes."""
    octets = np.ascontiguousarray(bitmap).view(np.uint8)
    return np.unpackbits(octets, axis=-1, count=homes, bitorder="little").view(np.bool_)


def bits_of(members: Rows, homes: int) -> Bitmap:
    """Write a set of homes as one row of words."""
    row = np.zeros(homes, dtype=bool)
    row[members] = True
    words: Bitmap = packed(row[None])[0]
    return words


def members_of(row: Bitmap, homes: int) -> Rows:
    """
    List the homes of one row of words.

    >>> members_of(bits_of(np.array([1, 70]), 80), 80).tolist()
    [1, 70]
    """
    return np.flatnonzero(unpacked(row, homes))
