"""What can be read of support, within the households that exist for the actor."""

from chezsoi.support.queries.contacts import contact, contacts_of
from chezsoi.support.queries.handovers import handover, handovers_of, handovers_waiting
from chezsoi.support.queries.measures import (
    ORDERS,
    change,
    changes_of,
    measure,
    measures,
    measures_of,
    referents_of,
    wish_of,
    wishes_of,
)
from chezsoi.support.queries.meetings import (
    commitment,
    commitments_in,
    commitments_to_keep,
    meeting,
    meetings_of,
    meetings_to_come,
    participant,
    participants_in,
)
from chezsoi.support.queries.places import Places, places_here, places_of_our_teams
from chezsoi.support.queries.tasks import any_task, task, tasks_of, tasks_to_do

__all__ = [
    "ORDERS",
    "Places",
    "any_task",
    "change",
    "changes_of",
    "commitment",
    "commitments_in",
    "commitments_to_keep",
    "contact",
    "contacts_of",
    "handover",
    "handovers_of",
    "handovers_waiting",
    "measure",
    "measures",
    "measures_of",
    "meeting",
    "meetings_of",
    "meetings_to_come",
    "participant",
    "participants_in",
    "places_here",
    "places_of_our_teams",
    "referents_of",
    "task",
    "tasks_of",
    "tasks_to_do",
    "wish_of",
    "wishes_of",
]
