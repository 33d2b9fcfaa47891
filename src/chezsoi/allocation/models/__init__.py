"""Requests, grids, rounds, commissions and what they decide."""

from chezsoi.allocation.models.commissions import (
    Adjournment,
    Attendance,
    Commission,
    CommissionMember,
    Recusal,
    Sitting,
    SittingItem,
)
from chezsoi.allocation.models.decisions import Decision, HouseholdAnswer, OfferLetter
from chezsoi.allocation.models.grids import GridDraft, ScoringGrid
from chezsoi.allocation.models.holders import HolderProposal, HomeAsk
from chezsoi.allocation.models.joint import JointAnswer, JointRound
from chezsoi.allocation.models.lives import Appeal, RequestEvent
from chezsoi.allocation.models.outlays import OutlayEstimate
from chezsoi.allocation.models.pauses import Pause
from chezsoi.allocation.models.refusals import Refusal
from chezsoi.allocation.models.requests import HousingRequest, PoolLabel, PriorityLabel, WishedCommune
from chezsoi.allocation.models.reservations import FlowExit, ReservationAgreement, Turn
from chezsoi.allocation.models.rounds import Candidacy, Examination, Round
from chezsoi.allocation.models.sharing import CompanyWish, SharingWish

__all__ = [
    "Adjournment",
    "Appeal",
    "Attendance",
    "Candidacy",
    "Commission",
    "CommissionMember",
    "CompanyWish",
    "Decision",
    "Examination",
    "FlowExit",
    "GridDraft",
    "HolderProposal",
    "HomeAsk",
    "HouseholdAnswer",
    "HousingRequest",
    "JointAnswer",
    "JointRound",
    "OfferLetter",
    "OutlayEstimate",
    "Pause",
    "PoolLabel",
    "PriorityLabel",
    "Recusal",
    "Refusal",
    "RequestEvent",
    "ReservationAgreement",
    "Round",
    "ScoringGrid",
    "SharingWish",
    "Sitting",
    "SittingItem",
    "Turn",
    "WishedCommune",
]
