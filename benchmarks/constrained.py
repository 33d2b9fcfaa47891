"""
Side constraints against plain searches in whole numbers, in one run: `python -m benchmarks.constrained`.

Who is housed has as rival one search of the whole market a household; which home, one search over every pair of
those housed.
"""

from __future__ import annotations

from time import process_time

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from chezsoi.engines.matching.constrained.market import Caseload, Floor, Market
from chezsoi.engines.matching.constrained.program import Program, rows_of
from chezsoi.engines.matching.constrained.where import place, placing
from chezsoi.engines.matching.constrained.who import select

ZONES, ROOMS = 40, 6
SHARE_OF_INTENSITY = (0.5, 0.2, 0.2, 0.1)
TIGHT = 0.6
# Above these numbers of households the rivals are not run.
MOST_SEARCHED_EACH, MOST_SEARCHED_ONCE = 200, 3_000


def drawn(households: int, homes: int, *, seed: int, with_floors: bool) -> Market:
    """Draw a market where about one pair in eight is feasible, and caseloads hold 60 % of what they would be asked."""
    chance = np.random.default_rng(seed)
    rooms, zone = chance.integers(1, ROOMS, homes), chance.integers(0, ZONES, homes)
    rent = 150 + rooms * 90 + chance.integers(0, 160, homes)
    contingent = chance.integers(0, 4, homes)
    fewest = chance.integers(1, ROOMS - 1, households)
    most = np.minimum(fewest + chance.integers(1, 3, households), ROOMS)
    limit = 250 + fewest * 100 + chance.integers(0, 350, households)
    wished = chance.random((households, ZONES)) < chance.uniform(0.25, 1, households)[:, None]
    contingents = chance.integers(1, 16, households)
    fits = (rooms >= fewest[:, None]) & (rooms <= most[:, None]) & (rent <= limit[:, None]) & wished[:, zone]
    fits &= contingents[:, None] >> contingent & 1 == 1
    household, home = np.nonzero(fits)
    sector = zone // 3
    caseloads = tuple(
        Caseload(sector=each, intensity=intensity, capacity=int((sector == each).sum() * share * TIGHT))
        for each in range(-(-ZONES // 3))
        for intensity, share in enumerate(SHARE_OF_INTENSITY)
        if intensity
    )
    # Three households in ten are of group B, which is to have four homes in ten.
    group = np.where(chance.random(households) < 0.3, 0, -1).astype(np.int64)
    return Market(
        start=np.searchsorted(household, np.arange(households + 1)).astype(np.int64),
        home=home.astype(np.int64),
        mismatch=(20 * (rooms[home] - fewest[household]) + 100 * rent[home] // limit[household]).astype(np.int64),
        sector=sector.astype(np.int64),
        intensity=chance.choice(4, households, p=SHARE_OF_INTENSITY).astype(np.int64),
        group=group if with_floors else np.full_like(group, -1),
        caseloads=caseloads,
        floors=(Floor(group="B", minimum=int(homes * 0.4)),) if with_floors else (),
    )


def one_search_a_household(market: Market) -> tuple[int, ...]:
    """Decide each household by a search over the whole market: the rule, written down and handed to the solver."""
    pairs, kept = np.arange(len(market.home)), np.zeros(market.households, dtype=bool)
    for household in range(market.households):
        must = kept.copy()
        must[household] = True
        later = np.arange(market.households) > household
        program = Program(
            market=market,
            cost=np.zeros(len(pairs), dtype=np.int64),
            must=must,
            may=later,
            counts=market.counted,
            least=market.minimum,
        )
        rows = rows_of(program, np.flatnonzero(program.open))
        found = milp(
            np.zeros(len(rows.columns)),
            integrality=np.ones(len(rows.columns)),
            bounds=Bounds(0, 1),
            constraints=[LinearConstraint(rows.at_most, -np.inf, rows.limits), LinearConstraint(rows.equal, 1, 1)],
        )
        kept[household] = found.x is not None
    return tuple(np.flatnonzero(kept).tolist())


def one_search(market: Market, kept: tuple[int, ...]) -> int:
    """House those kept by one search over every pair they have, and give the mismatch."""
    program = placing(market, kept)
    pairs = np.flatnonzero(program.open)
    rows = rows_of(program, pairs)
    found = milp(
        market.mismatch[pairs].astype(float),
        integrality=np.ones(len(pairs)),
        bounds=Bounds(0, 1),
        constraints=[LinearConstraint(rows.at_most, -np.inf, rows.limits), LinearConstraint(rows.equal, 1, 1)],
        options={"mip_rel_gap": 0.0},
    )
    return round(found.fun)


def measure(households: int, homes: int, *, with_floors: bool) -> str:
    """Give one line of the table."""
    market = drawn(households, homes, seed=1, with_floors=with_floors)
    started = process_time()
    selection = select(market)
    who = process_time() - started
    started = process_time()
    placed = place(market, selection)
    which = process_time() - started
    others = "", ""
    if households <= MOST_SEARCHED_EACH:
        started = process_time()
        same = one_search_a_household(market) == selection.kept
        others = f"{(process_time() - started) / who:.0f}×, {'same set' if same else 'ANOTHER SET'}", ""
    if households <= MOST_SEARCHED_ONCE:
        started = process_time()
        same = one_search(market, selection.kept) == placed.cost
        others = others[0], f"{(process_time() - started) / which:.1f}×, {'same' if same else 'ANOTHER TOTAL'}"
    floors = "yes" if with_floors else "no"
    by_search, undecided = selection.effort.by_search, len(selection.undecided)
    return (
        f"| {households} × {homes} | {floors} | {len(market.home)} | {len(selection.kept)} | {others[0]} | {who:.2f} | "
        f"{by_search} | {undecided} | {others[1]} | {which:.2f} | {placed.cost} | {placed.gap} |"
    )


def main() -> None:
    """Print the table."""
    heads = ("size", "floors", "pairs", "housed", "rival ÷ engine (who)", "who, s", "searches", "undecided")
    print("|", " | ".join((*heads, "rival ÷ engine (which)", "which, s", "mismatch", "gap")), "|")
    print("|---" * 12 + "|")
    for households, homes in ((40, 12), (200, 40), (1_000, 200), (3_000, 600), (10_000, 2_000)):
        for with_floors in (False, True):
            print(measure(households, homes, with_floors=with_floors), flush=True)


if __name__ == "__main__":
    main()
