"""Support as it is kept: wishes, measures and their intensity, meetings with or about a household, handovers, tasks."""

from chezsoi.support.models.contacts import Contact
from chezsoi.support.models.handovers import Handover
from chezsoi.support.models.intensities import IntensityChange
from chezsoi.support.models.measures import NamedReferent, SupportMeasure, SupportWish, Task
from chezsoi.support.models.meetings import CaseMeeting, MeetingCommitment, MeetingParticipant
from chezsoi.support.models.places import TeamPlaces

__all__ = [
    "CaseMeeting",
    "Contact",
    "Handover",
    "IntensityChange",
    "MeetingCommitment",
    "MeetingParticipant",
    "NamedReferent",
    "SupportMeasure",
    "SupportWish",
    "Task",
    "TeamPlaces",
]
