"""Territories, the geography they are made of, organisations, the people who work there, and how they come in."""

from chezsoi.territories.models.accounts import Organisation, RoleAssignment, RoleAssignments, User, Users
from chezsoi.territories.models.entry import AccountLink, AccountLinks, ProviderIdentity, Session, SignInTry, digest_of
from chezsoi.territories.models.geography import Commune, FormerCommune, ReferenceSet, Territory, TerritoryMember

__all__ = [
    "AccountLink",
    "AccountLinks",
    "Commune",
    "FormerCommune",
    "Organisation",
    "ProviderIdentity",
    "ReferenceSet",
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
