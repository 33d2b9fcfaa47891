"""
Check a result of `chezsoi match` from its two files alone, knowing nothing of the engine that wrote it.

Under side constraints: `chezsoi.engines.matchcheck.constrained`, apart because it needs a solver.
"""

from chezsoi.engines.matchcheck.checking import check
from chezsoi.engines.matchcheck.rejections import ResultRejected

__all__ = ["ResultRejected", "check"]
