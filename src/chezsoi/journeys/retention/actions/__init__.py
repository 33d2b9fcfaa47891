"""What ends the file of a household, and what keeps it."""

from chezsoi.journeys.retention.actions.erasing import Erased, NotDue, erase_household
from chezsoi.journeys.retention.actions.homes import erase_homes
from chezsoi.journeys.retention.actions.justifying import TooLong, TooShort, justify_archive, withdraw_justification
from chezsoi.journeys.retention.actions.running import purge, purge_house
from chezsoi.journeys.retention.actions.scrubbing import scrub

__all__ = [
    "Erased",
    "NotDue",
    "TooLong",
    "TooShort",
    "erase_homes",
    "erase_household",
    "justify_archive",
    "purge",
    "purge_house",
    "scrub",
    "withdraw_justification",
]
