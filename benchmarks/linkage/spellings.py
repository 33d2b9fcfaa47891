"""How well a distance between two names tells two spellings of one name from two names: the area under the curve."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import combinations, product

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from chezsoi.engines.linkage import DISTINCT_NAMES, NAME_VARIANTS, skeleton

Similarity = Callable[[str, str], float]


def _same_skeleton(one: str, other: str) -> float:
    return float(skeleton(one) == skeleton(other))


def _skeletons(one: str, other: str) -> float:
    return JaroWinkler.similarity(skeleton(one), skeleton(other))


SIMILARITIES: dict[str, Similarity] = {
    "Jaro-Winkler": JaroWinkler.similarity,
    "Damerau-Levenshtein, normalised": DamerauLevenshtein.normalized_similarity,
    "same skeleton": _same_skeleton,
    "Jaro-Winkler of skeletons": _skeletons,
    "mean of Jaro-Winkler and of skeletons": lambda a, b: (JaroWinkler.similarity(a, b) + _skeletons(a, b)) / 2,
}


def areas() -> dict[str, object]:
    """Measure every similarity on the variants of the package against its near misses."""
    one_name = [pair for family in NAME_VARIANTS for pair in combinations(family, 2)]
    two_names = near_misses()
    return {
        "variants": len(one_name),
        "near_misses": len(two_names),
        "area_under_curve": {
            label: round(area([f(*pair) for pair in one_name], [f(*pair) for pair in two_names]), 3)
            for label, f in SIMILARITIES.items()
        },
    }


def near_misses() -> list[tuple[str, str]]:
    """List pairs from two families that Jaro-Winkler or Damerau-Levenshtein takes for close, and the known ones."""
    close = {
        pair
        for one, other in combinations(NAME_VARIANTS, 2)
        for pair in product(one, other)
        if JaroWinkler.similarity(*pair) >= 0.8 or DamerauLevenshtein.normalized_similarity(*pair) >= 0.65
    }
    return sorted(close | set(DISTINCT_NAMES))


def area(positive: list[float], negative: list[float]) -> float:
    """Give the probability that a pair of the first kind scores above one of the second, ties for half."""
    ordered = sorted(negative)
    below = sum(bisect_left(ordered, value) + bisect_right(ordered, value) for value in positive)
    return below / (2 * len(positive) * len(negative))
