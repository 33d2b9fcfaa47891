"""A value that was estimated is never a bare number."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A value with the interval that holds it, the confidence level, and the method that gave both."""

    value: float
    low: float
    high: float
    level: float
    method: str

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise ValueError(f"{self.value} is outside its own interval [{self.low}, {self.high}]")
        if not 0 < self.level < 1:
            raise ValueError(f"a confidence level lies between 0 and 1: {self.level}")
