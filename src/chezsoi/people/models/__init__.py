"""People known once: persons, households, where each lives, who follows whom."""

from chezsoi.people.models.access_requests import AccessRequest
from chezsoi.people.models.attachments import Attachment
from chezsoi.people.models.circles import CircleMembership
from chezsoi.people.models.corrections import Correction
from chezsoi.people.models.emergency import EmergencyAccess
from chezsoi.people.models.households import (
    Household,
    HouseholdMember,
    HouseholdReference,
    households_seen_by,
)
from chezsoi.people.models.life import LifeChange
from chezsoi.people.models.links import HeldRow, PossibleDuplicate, pairs_seen_by
from chezsoi.people.models.moves import HouseholdMove
from chezsoi.people.models.persons import Alias, IdentityKey, Person, PersonReference, Phone
from chezsoi.people.models.rights import InformationGiven, Objection
from chezsoi.people.models.saved_views import SavedView
from chezsoi.people.models.search import SearchKey, SearchPosting, SearchWord
from chezsoi.people.models.situations import ResidentialSituation, ResourceStatement

__all__ = [
    "AccessRequest",
    "Alias",
    "Attachment",
    "CircleMembership",
    "Correction",
    "EmergencyAccess",
    "HeldRow",
    "Household",
    "HouseholdMember",
    "HouseholdMove",
    "HouseholdReference",
    "IdentityKey",
    "InformationGiven",
    "LifeChange",
    "Objection",
    "Person",
    "PersonReference",
    "Phone",
    "PossibleDuplicate",
    "ResidentialSituation",
    "ResourceStatement",
    "SavedView",
    "SearchKey",
    "SearchPosting",
    "SearchWord",
    "households_seen_by",
    "pairs_seen_by",
]
