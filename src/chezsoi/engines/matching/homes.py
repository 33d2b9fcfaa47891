"""The home as it is offered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

ENERGY_CLASSES = "ABCDEFG"


class UnknownEnergyClass(ValueError):
    """The energy rating is not a class from A to G; a missing rating is None."""


class HomeKind(StrEnum):
    """Whose rules of access the home is under."""

    SOCIAL = "social"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """
    A home on offer; None says the landlord has not told.

    Money is in euros, the surface in square metres, `floor` 0 at street level. `funding` is the social loan
    ("PLAI", "PLUS", "PLS"), None for a private home or when it is unknown. `shared_home` names the home that a room
    let by itself is part of.
    """

    ref: str
    kind: HomeKind
    commune: str
    rooms: int | None = None
    surface_m2: Decimal | None = None
    floor: int | None = None
    has_lift: bool | None = None
    wheelchair: bool | None = None
    rent_per_month: Decimal | None = None
    charges_per_month: Decimal | None = None
    energy_rating: str | None = None
    available_on: date | None = None
    funding: str | None = None
    reservation_holder: str | None = None
    tenure: str | None = None
    is_overseas: bool = False
    shared_home: str | None = None

    def __post_init__(self) -> None:
        if self.energy_rating is not None and self.energy_rating not in tuple(ENERGY_CLASSES):
            raise UnknownEnergyClass(self.energy_rating)

    @property
    def is_social(self) -> bool:
        return self.kind == HomeKind.SOCIAL
