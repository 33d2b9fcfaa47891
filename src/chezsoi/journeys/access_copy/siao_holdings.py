"""What a copy holds of the work of the SIAO: assessments, orientations and their steps, the lists of its teams."""

from __future__ import annotations

from chezsoi.journeys.access_copy.holding import NAMED_OTHERWISE, Holding, Part

SIAO: tuple[Holding, ...] = (
    Holding(
        model="siao.Assessment",
        part=Part.REQUEST,
        category="C3_housing_request",
        path="person",
        day="assessed_on",
        free=("withdrawal_reason",),
    ),
    Holding(
        model="siao.Orientation",
        part=Part.REQUEST,
        category="C12_matching_commission",
        day="decided_on",
        free=("asked_words", "withdrawal_reason"),
        omits={"corrects": NAMED_OTHERWISE},
    ),
    Holding(
        model="siao.OrientationStep",
        part=Part.REQUEST,
        category="C12_matching_commission",
        path="orientation__household",
        day="happened_on",
        free=("words", "withdrawal_reason"),
    ),
    Holding(
        model="siao.TeamHousehold",
        part=Part.REQUEST,
        category="C12_matching_commission",
        day="starts_on",
        until="ends_on",
    ),
)
