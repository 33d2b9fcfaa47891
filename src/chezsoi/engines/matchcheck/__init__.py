"""Check a result of `chezsoi match` from its two files alone, knowing nothing of the engine that wrote it."""

from chezsoi.engines.matchcheck.checking import check
from chezsoi.engines.matchcheck.constrained import Report, check_under_constraints
from chezsoi.engines.matchcheck.rejections import ResultRejected

__all__ = ["Report", "ResultRejected", "check", "check_under_constraints"]
