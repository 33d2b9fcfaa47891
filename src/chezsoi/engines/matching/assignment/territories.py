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
    households, homes = instance.households, instance.dwellings
    lengths = [len(zones) for zones in households.zones]
    wished = np.array([zone for zones in households.zones for zone in zones], dtype=np.int64)
    zones, node = np.unique(np.concatenate([wished, homes.zone]), return_inverse=True)
    ranks = np.repeat(np.arange(len(households)), lengths)
    nodes = len(zones) + len(households)
    ends = (len(zones) + ranks, node[: len(wished)])
    graph = csr_array((np.ones(len(ranks), dtype=np.int8), ends), shape=(nodes, nodes))
    _count, part_of = connected_components(graph, directed=False)
    part_of_household, part_of_home = part_of[len(zones) :], part_of[node[len(wished) :]]
    for part in np.unique(part_of_home):
        members = np.flatnonzero(part_of_household == part)
        if members.size:
            yield members, np.flatnonzero(part_of_home == part)


def part_of(instance: Instance, ranks: Rows, homes: Rows) -> Instance:
    """Keep some households and some homes, in their order."""
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
