"""Several homes shared out at once among everyone who waits."""

from chezsoi.engines.matching.assignment.pinned import HomeGivenTwice
from chezsoi.engines.matching.constrained.rooms import NotPlacedInTime
from chezsoi.engines.matching.joint.again import homes_again
from chezsoi.engines.matching.joint.answers import Answer, Relaxation
from chezsoi.engines.matching.joint.caseloads import Caseloads, housed_within
from chezsoi.engines.matching.joint.company import NO_COMPANY, Company
from chezsoi.engines.matching.joint.compatible import OfferedHome
from chezsoi.engines.matching.joint.market import Pins, UnknownPin
from chezsoi.engines.matching.joint.mismatch import Mismatch, mismatch
from chezsoi.engines.matching.joint.moves import Nearer, Tenant, gains, moves_wished
from chezsoi.engines.matching.joint.proposals import (
    Candidate,
    HomeListedTwice,
    HomeProposal,
    Joint,
    Proposals,
    propose,
)

__all__ = [
    "NO_COMPANY",
    "Answer",
    "Candidate",
    "Caseloads",
    "Company",
    "HomeGivenTwice",
    "HomeListedTwice",
    "HomeProposal",
    "Joint",
    "Mismatch",
    "Nearer",
    "NotPlacedInTime",
    "OfferedHome",
    "Pins",
    "Proposals",
    "Relaxation",
    "Tenant",
    "UnknownPin",
    "gains",
    "homes_again",
    "housed_within",
    "mismatch",
    "moves_wished",
    "propose",
]
