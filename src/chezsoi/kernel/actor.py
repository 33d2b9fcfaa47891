"""Who acts: the one thing every door of the house asks for."""

from __future__ import annotations

from typing import Protocol


class Actor(Protocol):
    """
    The person, or the named operator, on whose behalf something is read or written.

    Built once by `territories.access` and passed explicitly; nothing looks it up. It is a value: what was made for one
    serves its equals.
    """

    def __hash__(self) -> int:
        """Let what is made for an actor be kept under it."""

    @property
    def user_id(self) -> int | None:
        """Identify the account; None for an anonymous visitor."""

    @property
    def label(self) -> str:
        """Name the actor as the trail shows it."""

    @property
    def role(self) -> str:
        """Name the role held for this request (stable key)."""

    @property
    def organisation_id(self) -> int | None:
        """Identify the organisation the actor works for now."""

    @property
    def territory_ids(self) -> frozenset[int]:
        """Identify the territories where the role holds today."""

    @property
    def purpose(self) -> str:
        """Say what the access is for."""

    @property
    def is_operator(self) -> bool:
        """Tell whether a program acts: it writes what it is given, and reads nothing later."""

    def may(self, permission: str) -> bool:
        """Tell whether the role carries a permission."""
