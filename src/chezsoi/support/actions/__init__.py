"""
What changes support, by theme.

Support is offered, never imposed: no action here reads or writes anything a home depends on.
"""

from chezsoi.support.actions.contacts import (
    ContactAlreadyTakenBack,
    ContactToCome,
    NewContact,
    note_contact,
    take_contact_back,
)
from chezsoi.support.actions.handovers import (
    HandedOverAlready,
    HandoverOver,
    NotTheirWish,
    SameTeam,
    hand_over,
    take_handover_back,
    take_up,
)
from chezsoi.support.actions.intensities import (
    ChangeAlreadyTakenBack,
    ChangeBeforeItOpened,
    ChangeToCome,
    SameIntensity,
    change_intensity,
    take_change_back,
)
from chezsoi.support.actions.measures import (
    EndBeforeStart,
    MeasureAlreadyEnded,
    MeasureNotEnded,
    cancel_measure,
    carry_wishes,
    end_measure,
    hand_over_measure,
    name_referent,
    open_measure,
    resume_measure,
    state_wish,
)
from chezsoi.support.actions.places import NobodyFollowedSo, state_places
from chezsoi.support.actions.tasks import (
    TaskAlreadySettled,
    TaskNotDone,
    cancel_task,
    complete_task,
    plan_task,
    reopen_task,
)

__all__ = [
    "ChangeAlreadyTakenBack",
    "ChangeBeforeItOpened",
    "ChangeToCome",
    "ContactAlreadyTakenBack",
    "ContactToCome",
    "EndBeforeStart",
    "HandedOverAlready",
    "HandoverOver",
    "MeasureAlreadyEnded",
    "MeasureNotEnded",
    "NewContact",
    "NobodyFollowedSo",
    "NotTheirWish",
    "SameIntensity",
    "SameTeam",
    "TaskAlreadySettled",
    "TaskNotDone",
    "cancel_measure",
    "cancel_task",
    "carry_wishes",
    "change_intensity",
    "complete_task",
    "end_measure",
    "hand_over",
    "hand_over_measure",
    "name_referent",
    "note_contact",
    "open_measure",
    "plan_task",
    "reopen_task",
    "resume_measure",
    "state_places",
    "state_wish",
    "take_change_back",
    "take_contact_back",
    "take_handover_back",
    "take_up",
]
