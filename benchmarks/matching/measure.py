"""One method on one size, in a process of its own: processor time, memory, quality, fingerprint of the pairs."""

from __future__ import annotations

import hashlib
import json
import resource
import sys
from time import process_time

import numpy as np

from benchmarks.matching.cities import SIZES, city
from benchmarks.matching.rivals import RIVALS
from chezsoi.engines.matching.assignment.feasibility import mismatch_of, pairs_of
from chezsoi.engines.matching.assignment.instance import Instance
from chezsoi.engines.matching.assignment.matching import match
from chezsoi.engines.matching.assignment.pairs import unpacked
from chezsoi.engines.matching.assignment.pinned import Pinned, left_to_decide, solve_again
from chezsoi.engines.matching.assignment.result import as_mapping
from chezsoi.engines.matching.assignment.solution import solve
from chezsoi.engines.matching.assignment.territories import part_of, territories
from chezsoi.engines.matching.assignment.which import least_mismatch
from chezsoi.engines.matching.assignment.who import best_set

OURS = "chezsoi, every explanation"
ALONE = "chezsoi, homes and proof alone"
Figures = dict[str, object]


def main(method: str, size: str) -> None:
    """Measure, and print the figures as JSON."""
    instance = city(SIZES[size])
    own = {OURS: ours, ALONE: alone}
    figures = own[method](instance) if method in own else rival(method, instance)
    print(json.dumps(figures | {"memory_mb": _memory_mb()}))


def rival(method: str, instance: Instance) -> Figures:
    """Measure another way, territory by territory; time spent on fingerprints and cutting is not counted."""
    find, listed, decide = RIVALS[method]
    home_of, marks, pairs_s, whole_s = np.full(len(instance.households), -1), [], 0.0, 0.0
    for ranks, homes in territories(instance):
        part = part_of(instance, ranks, homes)
        started = process_time()
        pairs = find(part)
        pairs_s += process_time() - started
        given = decide(part, pairs)
        whole_s += process_time() - started
        home_of[ranks[given >= 0]] = homes[given[given >= 0]]
        marks.append(_mark(listed(part, pairs)))
    return {"pairs_s": pairs_s, "whole_s": whole_s, "mark": _mark(marks)} | _quality(instance, home_of)


def alone(instance: Instance) -> Figures:
    """Measure what the other ways do too, cutting into territories included: pairs, who, which home; and the proof."""
    home_of, pairs_s, started = np.full(len(instance.households), -1), 0.0, process_time()
    for ranks, homes in territories(instance):
        part = part_of(instance, ranks, homes)
        before = process_time()
        pairs = pairs_of(part)
        pairs_s += process_time() - before
        given = least_mismatch(pairs, best_set(pairs).housed).housing.home_of
        home_of[ranks[given >= 0]] = homes[given[given >= 0]]
    return {"pairs_s": pairs_s, "whole_s": process_time() - started} | _quality(instance, home_of)


def ours(instance: Instance) -> Figures:
    """Measure the engine: pairs alone, then the whole with explanations and the text of RESULT.json."""
    marks, pairs_s = [], 0.0
    parts = [part_of(instance, ranks, homes) for ranks, homes in territories(instance)]
    for part in parts:
        started = process_time()
        pairs = pairs_of(part)
        pairs_s += process_time() - started
        marks.append(_mark(np.flatnonzero(unpacked(pairs.bitmap, pairs.homes)).astype(np.int64)))
    parts.clear()
    started = process_time()
    result = match(instance)
    whole_s = process_time() - started
    text = json.dumps(as_mapping(result, seconds=0))
    written_s = process_time() - started - whole_s
    figures = {"pairs_s": pairs_s, "whole_s": whole_s, "written_s": written_s, "mark": _mark(marks)}
    figures |= {"pairs": result.feasible_pairs, "result_mb": round(len(text) / 1e6, 1)}
    return figures | _quality(instance, result.home_of) | _small_ones(instance)


def _small_ones(instance: Instance) -> Figures:
    """Measure what happens every day: one home against everybody, and the rest again after one decision."""
    if len(instance.dwellings) > 2_000:
        return {}
    everybody = np.arange(len(instance.households))
    one_home = [_seconds(lambda home=home: match(part_of(instance, everybody, np.array([home])))) for home in range(9)]
    pairs = pairs_of(instance)
    before = solve(pairs)
    housing, again = before.assignment.housing, []
    outside = np.setdiff1d(everybody[pairs.bitmap.any(axis=1)], housing.housed)
    outside = outside if outside.size else everybody[::-1]
    for rank in housing.housed[:: max(1, len(housing.housed) // 10)].tolist():
        home = int(housing.home_of[rank])
        decisions = [Pinned(refused=((rank, home),)), Pinned(given=((int(outside[rank % len(outside)]), home),))]
        again += [
            _seconds(lambda pinned=pinned: solve_again(left_to_decide(pairs, pinned), before, pinned))
            for pinned in decisions
        ]
    return {"one_home_ms": _middle(one_home), "again_ms": _middle(again), "again_worst_ms": 1000 * max(again)}


def _quality(instance: Instance, home_of: np.ndarray) -> Figures:
    housed = np.flatnonzero(home_of >= 0)
    best = np.concatenate(
        [ranks[best_set(pairs_of(part_of(instance, ranks, homes))).housed] for ranks, homes in territories(instance)]
    )
    return {
        "housed": len(housed),
        "left_out": len(np.setdiff1d(best, housed)),
        "left_empty": len(best) - len(housed),
        "mismatch": int(mismatch_of(instance)(housed, home_of[housed]).sum()),
    }


def _seconds(done: object) -> float:
    started = process_time()
    done()
    return process_time() - started


def _middle(seconds: list[float]) -> float:
    return 1000 * float(np.median(seconds))


def _mark(said: object) -> str:
    content = said.tobytes() if isinstance(said, np.ndarray) else "".join(said).encode()
    return hashlib.sha256(content).hexdigest()


def _memory_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
