"""What can be read of the work of the SIAO, within the households that exist for the actor."""

from chezsoi.siao.queries.following import without_support
from chezsoi.siao.queries.orientations import (
    ORDERS,
    Wanted,
    any_step,
    assessment,
    assessments_of,
    orientation,
    orientations,
    orientations_of,
    orientations_stalled,
)
from chezsoi.siao.queries.teams import any_listing, latest_of, listed, on_list, team, teams, teams_of

__all__ = [
    "ORDERS",
    "Wanted",
    "any_listing",
    "any_step",
    "assessment",
    "assessments_of",
    "latest_of",
    "listed",
    "on_list",
    "orientation",
    "orientations",
    "orientations_of",
    "orientations_stalled",
    "team",
    "teams",
    "teams_of",
    "without_support",
]
