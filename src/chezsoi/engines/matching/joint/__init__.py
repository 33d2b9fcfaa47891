"""Several homes shared out at once among everyone who waits."""

from chezsoi.engines.matching.joint.answers import Answer, Relaxation
from chezsoi.engines.matching.joint.compatible import OfferedHome
from chezsoi.engines.matching.joint.market import Pins, UnknownPin
from chezsoi.engines.matching.joint.mismatch import Mismatch, mismatch
from chezsoi.engines.matching.joint.proposals import (
    Candidate,
    HomeListedTwice,
    HomeProposal,
    Joint,
    Proposals,
    propose,
)

__all__ = [
    "Answer",
    "Candidate",
    "HomeListedTwice",
    "HomeProposal",
    "Joint",
    "Mismatch",
    "OfferedHome",
    "Pins",
    "Proposals",
    "Relaxation",
    "UnknownPin",
    "mismatch",
    "propose",
]
