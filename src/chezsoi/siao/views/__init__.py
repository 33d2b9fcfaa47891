"""The pages of the SIAO."""

from chezsoi.siao.views.acts import (
    assess,
    correct,
    list_household,
    orient,
    step,
    unlist,
    withdraw,
    withdraw_assessment,
    withdraw_step,
)
from chezsoi.siao.views.lists import household, orientations, without_support
from chezsoi.siao.views.teams import close_team, open_team, team, teams

__all__ = [
    "assess",
    "close_team",
    "correct",
    "household",
    "list_household",
    "open_team",
    "orient",
    "orientations",
    "step",
    "team",
    "teams",
    "unlist",
    "withdraw",
    "withdraw_assessment",
    "withdraw_step",
    "without_support",
]
