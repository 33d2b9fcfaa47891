"""What support keeps of a person, and where it stands in the copy."""

from __future__ import annotations

from chezsoi.journeys.access_copy.holding import NAMED_OTHERWISE, NOT_HERS, Holding, Part

SUPPORT: tuple[Holding, ...] = (
    Holding(
        model="support.SupportWish",
        part=Part.SUPPORT,
        category="C4_social_notes",
        day="stated_on",
        free=("original_words",),
    ),
    Holding(
        model="support.NamedReferent", part=Part.SUPPORT, category="C4_social_notes", day="stated_on", free=("label",)
    ),
    Holding(
        model="support.SupportMeasure",
        part=Part.SUPPORT,
        category="C4_social_notes",
        day="opened_on",
        until="ended_on",
        free=("end_reason",),
    ),
    Holding(
        model="support.Task",
        part=Part.SUPPORT,
        category="C4_social_notes",
        day="due_on",
        omits={"measure": NAMED_OTHERWISE},
    ),
    Holding(
        model="support.IntensityChange",
        part=Part.SUPPORT,
        category="C4_social_notes",
        path="measure__household",
        day="starts_on",
        free=("words",),
        omits={"measure": NAMED_OTHERWISE},
    ),
    Holding(
        model="support.Contact",
        part=Part.SUPPORT,
        category="C4_social_notes",
        day="met_on",
        free=("aim", "next_step"),
        omits={"noted_by": NOT_HERS},
    ),
    Holding(
        model="support.Handover",
        part=Part.SUPPORT,
        category="C4_social_notes",
        day="handed_on",
        free=("words",),
        omits={"taken_up_by": NOT_HERS},
    ),
    Holding(
        model="support.CaseMeeting",
        part=Part.SUPPORT,
        category="C4_social_notes",
        day="planned_on",
        free=("own_words",),
        omits={"noted_by": NOT_HERS},
    ),
    Holding(
        model="support.MeetingParticipant",
        part=Part.SUPPORT,
        category="C4_social_notes",
        path="meeting__household",
        omits={"meeting": NAMED_OTHERWISE, "circle": NAMED_OTHERWISE},
    ),
    Holding(
        model="support.MeetingCommitment",
        part=Part.SUPPORT,
        category="C4_social_notes",
        path="participant__meeting__household",
        day="due_on",
        free=("words", "why"),
        omits={"participant": NAMED_OTHERWISE},
    ),
)
