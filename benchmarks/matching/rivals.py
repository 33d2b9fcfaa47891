"""The other ways, each from the same instance to pairs, then to who is housed where."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from chezsoi.engines.matching.assignment.feasibility import mismatch_of
from chezsoi.engines.matching.assignment.instance import Instance

Found = NDArray[np.int64]
Method = tuple[Callable[[Instance], object], Callable[[Instance, object], Found], Callable[[Instance, object], Found]]
FREE = -1


def naive_pairs(instance: Instance) -> list[list[int]]:
    """Ask every question of every pair, one after the other; a list of homes a household."""
    people, homes = instance.households, instance.dwellings
    offered = list(
        zip(
            *(
                column.tolist()
                for column in (homes.typ, homes.zone, homes.rent, homes.wheelchair, homes.lift_or_ground)
            ),
            homes.contingent.tolist(),
            homes.landlord_excludes.tolist(),
            strict=True,
        )
    )
    columns = (people.typ_min, people.typ_max, people.max_rent, people.wheelchair, people.needs_lift)
    waiting = zip(
        people.zones,
        *(column.tolist() for column in (*columns, people.contingents, people.excluded_by)),
        strict=True,
    )
    found = []
    for zones, least, most, max_rent, chair, lift, contingents, excluded in waiting:
        row = []
        for number, (typ, zone, rent, has_chair, has_lift, contingent, landlord) in enumerate(offered):
            if (
                zone in zones
                and least <= typ <= most
                and 0 < max_rent >= rent
                and (has_chair or not chair)
                and (has_lift or not lift)
                and contingents >> contingent & 1
                and (landlord < 0 or not excluded >> landlord & 1)
            ):
                row.append(number)
        found.append(row)
    return found


def listed(instance: Instance, rows: object) -> Found:
    """Give pairs as numbers `rank · homes + home`, ascending."""
    homes = len(instance.dwellings)
    return np.array([rank * homes + home for rank, row in enumerate(rows) for home in row], dtype=np.int64)


def first_come(instance: Instance, rows: object) -> Found:
    """Serve households in the published order: each takes the free home of least mismatch."""
    mismatch = mismatch_of(instance)
    home_of, taken = np.full(len(instance.households), FREE), np.zeros(len(instance.dwellings), dtype=bool)
    for rank, row in enumerate(rows):
        free = np.array([home for home in row if not taken[home]], dtype=np.intp)
        if free.size:
            home = free[np.argmin(mismatch(np.full(free.shape, rank), free))]
            home_of[rank], taken[home] = home, True
    return home_of


def sql_pairs(instance: Instance) -> list[list[int]]:
    """Ask the database for those each home suits, home by home, as rules turned into WHERE do; a list a home."""
    people, homes = instance.households, instance.dwellings
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE wish (zone INT, household INT, PRIMARY KEY (zone, household)) WITHOUT ROWID")
    database.execute(
        "CREATE TABLE household (id INTEGER PRIMARY KEY, typ_min INT, typ_max INT, max_rent INT, chair INT,"
        " lift INT, contingents INT, excluded INT)"
    )
    columns = (people.typ_min, people.typ_max, people.max_rent, people.wheelchair, people.needs_lift)
    values = (column.tolist() for column in (*columns, people.contingents, people.excluded_by))
    database.executemany(
        "INSERT INTO household VALUES (?,?,?,?,?,?,?,?)", zip(range(len(people)), *values, strict=True)
    )
    wishes = ((zone, rank) for rank, zones in enumerate(people.zones) for zone in zones)
    database.executemany("INSERT INTO wish VALUES (?,?)", wishes)
    asked = (
        "SELECT id FROM wish JOIN household ON id = household WHERE zone = ? AND ? BETWEEN typ_min AND typ_max"
        " AND max_rent >= max(?, 1) AND (? OR NOT chair) AND (? OR NOT lift) AND contingents >> ? & 1"
        " AND (? < 0 OR NOT excluded >> ? & 1) ORDER BY id"
    )
    columns = (homes.zone, homes.typ, homes.rent, homes.wheelchair, homes.lift_or_ground, homes.contingent)
    rows = zip(*(column.tolist() for column in (*columns, homes.landlord_excludes)), strict=True)
    return [[rank for (rank,) in database.execute(asked, (*row, max(row[-1], 0)))] for row in rows]


def turned(instance: Instance, rows: object) -> Found:
    """Give the pairs of a list a home."""
    homes = len(instance.dwellings)
    return np.sort(np.array([rank * homes + home for home, row in enumerate(rows) for rank in row], dtype=np.int64))


def scarcest_first(instance: Instance, rows: object) -> Found:
    """Serve homes, the one that suits fewest first: each takes its best-ranked household still without one."""
    home_of = np.full(len(instance.households), FREE)
    for home in sorted(range(len(rows)), key=lambda number: len(rows[number])):
        rank = next((rank for rank in rows[home] if home_of[rank] == FREE), None)
        if rank is not None:
            home_of[rank] = home
    return home_of


def dense_pairs(instance: Instance) -> NDArray[np.bool_]:
    """Ask each question of a household and all homes at once, as arrays of booleans."""
    people, homes = instance.households, instance.dwellings
    found = np.empty((len(people), len(homes)), dtype=bool)
    for rank in range(len(people)):
        row = (people.typ_min[rank] <= homes.typ) & (homes.typ <= people.typ_max[rank])
        row &= (homes.rent <= people.max_rent[rank]) & (people.max_rent[rank] > 0)
        row &= np.isin(homes.zone, people.zones[rank])
        row &= (people.contingents[rank] >> homes.contingent) & 1 == 1
        landlord = homes.landlord_excludes
        row &= (landlord < 0) | ((people.excluded_by[rank] >> np.maximum(landlord, 0)) & 1 == 0)
        row &= homes.wheelchair | ~people.wheelchair[rank]
        found[rank] = row & (homes.lift_or_ground | ~people.needs_lift[rank])
    return found


def flat(instance: Instance, found: object) -> Found:
    """Give the pairs of an array."""
    return np.flatnonzero(found).astype(np.int64)


def one_dense_solve(instance: Instance, found: object) -> Found:
    """Solve both tiers as one dense assignment: rank × a large number, less the mismatch."""
    ranks, homes = np.nonzero(found)
    value = np.zeros(found.shape)
    value[ranks, homes] = _value(instance, ranks, homes)
    rows, columns = linear_sum_assignment(value, maximize=True)
    home_of = np.full(len(instance.households), FREE)
    is_pair = found[rows, columns]
    home_of[rows[is_pair]] = columns[is_pair]
    return home_of


def one_flow(instance: Instance, found: object) -> Found:
    """Solve both tiers as one flow of least cost, by OR-Tools."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    ranks, homes = np.nonzero(found)
    waiting, offered = found.shape
    source, sink = waiting + offered, waiting + offered + 1
    flow = SimpleMinCostFlow()

    def arcs(tails: NDArray[np.intp], heads: NDArray[np.intp], costs: NDArray[np.int64]) -> NDArray[np.int64]:
        return flow.add_arcs_with_capacity_and_unit_cost(tails, heads, np.ones(len(tails), dtype=np.int64), costs)

    pairs = arcs(ranks, waiting + homes, -_value(instance, ranks, homes))
    arcs(np.full(waiting, source), np.arange(waiting), np.zeros(waiting, dtype=np.int64))
    arcs(waiting + np.arange(offered), np.full(offered, sink), np.zeros(offered, dtype=np.int64))
    flow.add_arcs_with_capacity_and_unit_cost([source], [sink], [offered], [0])
    flow.set_nodes_supplies([source, sink], [offered, -offered])
    if flow.solve() != flow.OPTIMAL:
        raise ValueError("the flow was not solved")
    used = flow.flows(pairs) > 0
    home_of = np.full(waiting, FREE)
    home_of[ranks[used]] = homes[used]
    return home_of


def _value(instance: Instance, ranks: NDArray[np.intp], homes: NDArray[np.intp]) -> NDArray[np.int64]:
    """Make one better rank worth more than all mismatches together."""
    mismatch = mismatch_of(instance)(ranks, homes)
    large = int(mismatch.max(initial=0)) * len(instance.dwellings) + 1
    return (len(instance.households) - ranks) * large - mismatch


RIVALS: dict[str, Method] = {
    "naive double loop, first come": (naive_pairs, listed, first_come),
    "SQL filters, scarcest home first": (sql_pairs, turned, scarcest_first),
    "dense linear_sum_assignment": (dense_pairs, flat, one_dense_solve),
    "OR-Tools flow": (dense_pairs, flat, one_flow),
}
