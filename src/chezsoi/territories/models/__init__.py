"""Territories, the geography they are made of, organisations, the people who work there, and how they come in."""

from chezsoi.territories.models.accounts import Organisation, RoleAssignment, RoleAssignments, User, Users
from chezsoi.territories.models.entry import AccountLink, AccountLinks, ProviderIdentity, Session, SignInTry, digest_of
from chezsoi.territories.models.geography import Commune, FormerCommune, ReferenceSet, Territory, TerritoryMember
from chezsoi.territories.models.habits import CalendarLink, Habits, Reminder

__all__ = [
    "AccountLink",
    "AccountLinks",
    "CalendarLink",
    "Commune",
    "FormerCommune",
    "Habits",
    "Organisation",
    "ProviderIdentity",
    "ReferenceSet",
    "Reminder",
    "RoleAssignment",
    "RoleAssignments",
    "Session",
    "SignInTry",
    "Territory",
    "TerritoryMember",
    "User",
    "Users",
    "digest_of",
]
