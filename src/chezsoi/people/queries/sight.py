"""What a role sees of each category of data, read from the table of roles."""

from __future__ import annotations

from dataclasses import dataclass

from chezsoi.kernel.actor import Actor
from chezsoi.territories.access import Can, roles

READS = frozenset({"R", "W", "r", "w"})
WRITES = frozenset({"W", "w"})
BAND = "band"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """The parts of a household's file that a role reads in full; the rest stays a minimal card."""

    identity: bool
    household: bool
    situation: bool
    resources: bool
    resources_band: bool


def sight(*, actor: Actor) -> Sight:
    """Tell what the actor's role reads of the households that exist for it."""
    return Sight(
        identity=reads("C1_identity", actor=actor),
        household=reads("C2_household", actor=actor),
        situation=reads("C3_housing_request", actor=actor),
        resources=reads("C5_resources", actor=actor) and actor.may(Can.SEE_RESOURCES),
        resources_band=_cell("C5_resources", actor) == BAND,
    )


def reads(category: str, *, actor: Actor) -> bool:
    """Tell whether the role reads a category in full; a condition not yet met ("on mandate") is a no."""
    return _cell(category, actor) in READS


def writes(category: str, *, actor: Actor) -> bool:
    """Tell whether the role writes a category."""
    return _cell(category, actor) in WRITES


def _cell(category: str, actor: Actor) -> str:
    role = roles().get(actor.role)
    return role.categories[category] if role else "-"
