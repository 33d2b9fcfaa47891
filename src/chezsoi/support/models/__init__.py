"""Support as it is kept: wishes, measures and their intensity, meetings, handovers, tasks."""

from chezsoi.support.models.contacts import Contact
from chezsoi.support.models.handovers import Handover
from chezsoi.support.models.intensities import IntensityChange
from chezsoi.support.models.measures import NamedReferent, SupportMeasure, SupportWish, Task
from chezsoi.support.models.places import TeamPlaces

__all__ = [
    "Contact",
    "Handover",
    "IntensityChange",
    "NamedReferent",
    "SupportMeasure",
    "SupportWish",
    "Task",
    "TeamPlaces",
]
