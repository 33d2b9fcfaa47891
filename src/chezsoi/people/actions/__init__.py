"""What changes what is known of people. Rights are asked first, each act leaves its line in the trail."""

from chezsoi.people.actions.circles import (
    QUIET_DAYS,
    AlreadyInTheCircle,
    CircleAlreadyClosed,
    NotInThisTerritory,
    close_circle,
    open_circle,
    touch_circle,
)
from chezsoi.people.actions.drafts import NewHousehold, NewMember, NewResources, NewSituation
from chezsoi.people.actions.duplicates import NotAJudgement, judge_duplicate, note_possible_duplicates
from chezsoi.people.actions.facts import InTheFuture, SeenBeforeItBegan
from chezsoi.people.actions.held import AlreadySettled, judge_held_row
from chezsoi.people.actions.looking import look_up, note_listing, note_pairs_read, note_reading
from chezsoi.people.actions.members import (
    AlreadyInAHousehold,
    NobodyLeaves,
    NotAMember,
    add_member,
    end_membership,
    rejoin,
    split_household,
)
from chezsoi.people.actions.pen import ChangedMeanwhile, Recorder
from chezsoi.people.actions.persons import HasNoHousehold, NotCorrigible, add_alias, add_phone, correct_person
from chezsoi.people.actions.protection import (
    AlreadyProtected,
    NeedsACircle,
    NotProtected,
    lift_protection,
    protect_household,
)
from chezsoi.people.actions.registering import NeedsALead, hear_again, register_household
from chezsoi.people.actions.situations import (
    AlreadyWithdrawn,
    NeedsAReason,
    record_household_situation,
    record_situation,
    withdraw_situation,
)
from chezsoi.people.actions.wishes import record_reach, record_resources, record_wishes

__all__ = [
    "QUIET_DAYS",
    "AlreadyInAHousehold",
    "AlreadyInTheCircle",
    "AlreadyProtected",
    "AlreadySettled",
    "AlreadyWithdrawn",
    "ChangedMeanwhile",
    "CircleAlreadyClosed",
    "HasNoHousehold",
    "InTheFuture",
    "NeedsACircle",
    "NeedsALead",
    "NeedsAReason",
    "NewHousehold",
    "NewMember",
    "NewResources",
    "NewSituation",
    "NobodyLeaves",
    "NotAJudgement",
    "NotAMember",
    "NotCorrigible",
    "NotInThisTerritory",
    "NotProtected",
    "Recorder",
    "SeenBeforeItBegan",
    "add_alias",
    "add_member",
    "add_phone",
    "close_circle",
    "correct_person",
    "end_membership",
    "hear_again",
    "judge_duplicate",
    "judge_held_row",
    "lift_protection",
    "look_up",
    "note_listing",
    "note_pairs_read",
    "note_possible_duplicates",
    "note_reading",
    "open_circle",
    "protect_household",
    "record_household_situation",
    "record_reach",
    "record_resources",
    "record_situation",
    "record_wishes",
    "register_household",
    "rejoin",
    "split_household",
    "touch_circle",
    "withdraw_situation",
]
