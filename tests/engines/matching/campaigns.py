"""Many random cases of one check, counted: what a drill runs whole, where a test of every day takes a few."""

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, seed, settings
from hypothesis.strategies import SearchStrategy, tuples

CASES = 10_000


def campaign(check: Callable[..., Any], *drawn: SearchStrategy[Any], cases: int = CASES) -> dict[str, Any]:
    """
    Try a check, which raises AssertionError at a fault, on as many cases as asked; say how many were at fault.

    A fault does not end the campaign. What it was about is printed, to be replayed.
    """
    tried = {"cases": 0, "faults": 0}

    @seed(cases)
    @settings(max_examples=cases, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(tuples(*drawn))
    def run(case: tuple[Any, ...]) -> None:
        tried["cases"] += 1
        try:
            check(*case)
        except AssertionError:
            tried["faults"] += 1
            print(case)

    run()
    return tried
