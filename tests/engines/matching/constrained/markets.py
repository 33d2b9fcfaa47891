"""Small markets, and every way of housing anybody in them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hypothesis import strategies as st

from chezsoi.engines.matching.constrained.market import Caseload, Floor, Market, market_of

Choice = tuple[int, ...]
OUT = -1


@st.composite
def markets(draw: st.DrawFn, *, floors: bool = True, people: int = 7, places: int = 5) -> Market:
    """Draw a market of two sectors, two intensities and two groups with a floor."""
    households, homes = draw(st.integers(1, people)), draw(st.integers(1, places))
    chosen = draw(st.sets(st.tuples(st.integers(0, households - 1), st.integers(0, homes - 1)), min_size=1))
    minima = draw(st.lists(st.integers(0, 2), max_size=2)) if floors else []
    return market_of(
        [(household, home, draw(st.integers(0, 9))) for household, home in sorted(chosen)],
        households=households,
        sector=draw(st.lists(st.integers(0, 1), min_size=homes, max_size=homes)),
        intensity=draw(st.lists(st.integers(0, 2), min_size=households, max_size=households)),
        group=draw(st.lists(st.integers(-1, len(minima) - 1), min_size=households, max_size=households)),
        caseloads=tuple(
            Caseload(sector=sector, intensity=intensity, capacity=draw(st.integers(0, 2)))
            for sector, intensity in draw(st.sets(st.tuples(st.integers(0, 1), st.integers(1, 2))))
        ),
        floors=tuple(Floor(group="AB"[index], minimum=minimum) for index, minimum in enumerate(minima)),
    )


def choices(market: Market) -> Iterator[Choice]:
    """List every way of giving each household a home of its own, or none."""
    rows = [market.home[start:end].tolist() for start, end in pairwise(market.start.tolist())]

    def extend(taken: Choice) -> Iterator[Choice]:
        if len(taken) == len(rows):
            yield taken
            return
        for home in [OUT, *rows[len(taken)]]:
            if home == OUT or home not in taken:
                yield from extend((*taken, home))

    return extend(())


def respects(market: Market, choice: Choice) -> bool:
    """Count again what caseloads and floors allow."""
    for caseload in market.caseloads:
        used = sum(
            home != OUT and market.sector[home] == caseload.sector and intensity == caseload.intensity
            for home, intensity in zip(choice, market.intensity, strict=True)
        )
        if used > caseload.capacity:
            return False
    return all(
        sum(home != OUT and group == index for home, group in zip(choice, market.group, strict=True)) >= floor.minimum
        for index, floor in enumerate(market.floors)
    )


def mismatch(market: Market, choice: Choice) -> int:
    """Add the mismatches of the pairs of a choice."""
    return sum(int(market.mismatch[market.pair(who, home)]) for who, home in enumerate(choice) if home != OUT)


def housed(choice: Choice) -> tuple[int, ...]:
    """List who has a home."""
    return tuple(who for who, home in enumerate(choice) if home != OUT)
