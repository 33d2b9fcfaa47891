"""Territories, the geography they are made of, organisations, the people who work there, and how they come in."""

from chezsoi.territories.models.accounts import Organisation, RoleAssignment, RoleAssignments, User, Users
from chezsoi.territories.models.entry import AccountLink, Session, SignInTry
from chezsoi.territories.models.geography import Commune, FormerCommune, ReferenceSet, Territory, TerritoryMember

__all__ = [
    "AccountLink",
    "Commune",
    "FormerCommune",
    "Organisation",
    "ReferenceSet",
    "RoleAssignment",
    "RoleAssignments",
    "Session",
    "SignInTry",
    "Territory",
    "TerritoryMember",
    "User",
    "Users",
]
