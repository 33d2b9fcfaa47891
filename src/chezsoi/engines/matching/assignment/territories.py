"""Parts of an instance that share neither household nor home, because nobody wishes for zones of two of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from chezsoi.engines.matching.assignment.instance import Instance
from chezsoi.engines.matching.assignment.pairs import Rows


def territories(instance: Instance) -> Iterator[tuple[Rows, Rows]]:
    """List, part by part, ranks of households and numbers of homes; a part without homes is left out."""
    zones, zone_of_home = np.unique(instance.dwellings.zone, return_inverse=True)
    ranked = instance.households.ranked
    places = np.minimum(np.searchsorted(zones, ranked), len(zones) - 1)
    ranks, wishes = np.nonzero(zones[places] == ranked)
    nodes = len(zones) + len(ranked)
    ends = (len(zones) + ranks, places[ranks, wishes])
    graph = csr_array((np.ones(len(ranks), dtype=np.int8), ends), shape=(nodes, nodes))
    count, parts = connected_components(graph, directed=False)
    if count == 1:
        yield np.arange(len(ranked)), np.arange(len(zone_of_home))
        return
    part_of_home, part_of_household = parts[zone_of_home], parts[len(zones) :]
    for part in np.unique(part_of_home):
        members = np.flatnonzero(part_of_household == part)
        if members.size:
            yield members, np.flatnonzero(part_of_home == part)


def part_of(instance: Instance, ranks: Rows, homes: Rows) -> Instance:
    """Keep some households and some homes, in their order."""
    if len(ranks) == len(instance.households) and len(homes) == len(instance.dwellings):
        return instance
    return Instance(
        households=_only(instance.households, ranks),
        dwellings=_only(instance.dwellings, homes),
    )


def _only(columns: Any, rows: Rows) -> Any:
    kept = {}
    for field in fields(columns):
        values = getattr(columns, field.name)
        kept[field.name] = values[rows] if isinstance(values, np.ndarray) else tuple(values[row] for row in rows)
    return type(columns)(**kept)
