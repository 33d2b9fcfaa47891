"""People known once: persons, households, where each lives, who follows whom."""

from chezsoi.people.models.circles import CircleMembership
from chezsoi.people.models.corrections import Correction
from chezsoi.people.models.households import Household, HouseholdMember, HouseholdReference
from chezsoi.people.models.links import HeldRow, PossibleDuplicate
from chezsoi.people.models.persons import Alias, IdentityKey, Person, PersonReference, Phone
from chezsoi.people.models.situations import ResidentialSituation, ResourceStatement

__all__ = [
    "Alias",
    "CircleMembership",
    "Correction",
    "HeldRow",
    "Household",
    "HouseholdMember",
    "HouseholdReference",
    "IdentityKey",
    "Person",
    "PersonReference",
    "Phone",
    "PossibleDuplicate",
    "ResidentialSituation",
    "ResourceStatement",
]
