"""The papers a household is handed, its sheet and a refusal: every making of one is written in the trail."""

from __future__ import annotations

from chezsoi import trail
from chezsoi.allocation.models import Decision, HousingRequest
from chezsoi.kernel.actor import Actor
from chezsoi.territories.access import Can, authorize


def note_sheet_made(*, actor: Actor, request: HousingRequest, with_private: bool) -> None:
    """
    Write that the sheet of a household was made, and whether the grounds it keeps to itself are on it.

    :raises NotAllowed: if the role gives no copy, or puts on it grounds it does not read.
    """
    authorize(actor, Can.GIVE_COPY, request.household)
    if with_private:
        authorize(actor, Can.SEE_VIOLENCE, request.household)
    trail.record(actor, "allocation.sheet.made", request, detail={"with_private": with_private})


def note_refusal_letter_made(*, actor: Actor, decision: Decision) -> None:
    """
    Write that the letter of a decision not to allocate a home was made for its household.

    :raises NotAllowed: if the role does not write to households.
    """
    candidacy = decision.candidacy
    authorize(actor, Can.RECORD_ANSWER, candidacy)
    territory = candidacy.household.territory_id
    trail.record(actor, "allocation.refusal_letter.made", decision, territory_id=territory)
