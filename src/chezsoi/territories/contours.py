"""The contours shipped in `data/`, as borders on the globe."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from django.conf import settings

from chezsoi.kernel.outlines import Border, Line
from chezsoi.territories import datasets

GRID = 100_000
FEW_SETS = 4


def borders_of(codes: Collection[str], *, directory: Path | None = None) -> tuple[Border, ...]:
    """
    Give the borders of some communes, in degrees; a commune outside the 23 territories has none.

    What lies outside them all is named "".
    """
    return tuple(
        Border(left if left in codes else "", right if right in codes else "", _line(steps))
        for left, right, steps in _written("contours", directory or settings.REFERENCE_DIR)
        if left in codes or right in codes
    )


def communes_drawn(departement: str, *, directory: Path | None = None) -> frozenset[str]:
    """Name the communes of a département whose contours are known."""
    rows = _written("contours", directory or settings.REFERENCE_DIR)
    return frozenset(code for row in rows for code in row[:2] if code.startswith(departement))


def departements(*, directory: Path | None = None) -> tuple[Border, ...]:
    """Give the borders of every département, in degrees."""
    rows = _written("contours-departements", directory or settings.REFERENCE_DIR)
    return tuple(Border(left, right, _line(steps)) for left, right, steps in rows)


@lru_cache(maxsize=FEW_SETS)
def _written(name: str, directory: Path) -> tuple[tuple[str, str, str], ...]:
    return tuple((row["left"], row["right"], row["line"]) for row in datasets.read(name, directory=directory))


def _line(steps: str) -> Line:
    numbers = [int(step) for step in steps.split()]
    return tuple((x / GRID, y / GRID) for x, y in zip(accumulate(numbers[::2]), accumulate(numbers[1::2]), strict=True))
