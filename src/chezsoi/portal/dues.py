"""How each thing that waits is told: what it is, until when, and where it is dealt with. Nothing is named twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from chezsoi.allocation.tables import following
from chezsoi.homes import wording
from chezsoi.law.stalls import decision_is_late_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing that waits: what it is, until when (or, when no day presses, a word for it), and where it is done."""

    title: str
    url: str
    on: date | None = None
    when: str = ""
    lead: str = ""
    detail: str = ""


def draft(row: Any) -> Due:
    said = _("Typed and not sent: nothing is recorded yet.")
    return Due(title=_("Take up again: %(form)s") % {"form": row.title}, when=_("draft"), detail=said, url=row.form_key)


def emergency(row: Any) -> Due:
    return Due(
        title=_("A file opened in an emergency, to review"),
        url=reverse("portal:review-emergency", args=[row.pk]),
        on=timezone.localdate(row.review_due_at),
        lead=row.organisation.name,
        detail=_("within 48 hours"),
    )


def copy(row: Any) -> Due:
    return Due(
        title=_("A copy of a file to hand on"),
        url=reverse("portal:access-requests"),
        on=row.due_on,
        lead=row.organisation.name if row.organisation else "",
    )


def visit(row: Any) -> Due:
    return Due(
        title=capfirst(row.get_kind_display()),
        url=f"{reverse('support:support')}#task-{row.pk}",
        on=row.due_on,
        lead=row.household.reference,
    )


def decision(row: Any) -> Due:
    days = timedelta(days=decision_is_late_after(timezone.localdate()))
    return Due(
        title=_("A decision without an end: %(home)s") % {"home": following.home_of(row)},
        url=following.moved_at(row),
        on=row.decided_on + days,
        lead=row.candidacy.household.reference,
        detail=capfirst(str(following.standing_of(row).label)),
    )


def handover(row: Any) -> Due:
    teams = {"giver": row.get_from_team_display(), "receiver": row.get_to_team_display()}
    return Due(
        title=_("Handed over: %(giver)s to %(receiver)s") % teams,
        url=reverse("support:file", args=[row.household_id]),
        when=_("to take up"),
        lead=row.household.reference,
        detail=_("The file is yours already: nothing to enter again."),
    )


def commitment(row: Any) -> Due:
    meeting = row.participant.meeting
    return Due(
        title=_("Promised in a case meeting: %(what)s") % {"what": row.get_subject_display()},
        url=f"{reverse('support:meeting', args=[meeting.household_id, meeting.pk])}#commitment-{row.pk}",
        on=row.due_on,
        lead=meeting.household.reference,
        detail=capfirst(row.participant.get_trade_display()),
    )


def lease(row: Any) -> Due:
    home = row.offer.dwelling
    return Due(
        title=_("Sign the lease of %(home)s") % {"home": wording.placed(home)},
        url=reverse("journeys:sign-lease", args=[row.pk]),
        when=_("accepted"),
        lead=row.household.reference,
        detail=_("The home is accepted: keys are what is left."),
    )


def answer(row: Any) -> Due:
    return Due(
        title=_("Answer to an offer"),
        url=reverse("allocation:letter", args=[row.pk]),
        on=row.answer_due_on,
        lead=row.decision.candidacy.household.reference,
    )


def sitting(row: Any) -> Due:
    return Due(
        title=row.commission.name,
        url=reverse("allocation:sitting", args=[row.pk]),
        on=row.held_on,
        detail=row.commission.organisation.name,
    )


def second_look(row: Any) -> Due:
    return Due(
        title=_("A no to look at again"),
        url=reverse("allocation:look", args=[row.pk]),
        when=_("to read"),
        lead=row.candidacy.household.reference,
        detail=_("It counts only once you have looked at it."),
    )


def stalled(row: Any) -> Due:
    home = row.offer.dwelling
    return Due(
        title=_("A search that nobody moves"),
        url=reverse("allocation:round", args=[row.pk]),
        when=_("stands still"),
        lead=wording.placed(home),
        detail=_("Send it to a commission, offer the home to the next household, or end it."),
    )


def idle(row: Any) -> Due:
    return Due(
        title=_("A home that nobody moves"),
        url=reverse("homes:home", args=[row.dwelling_id]),
        when=_("stands still"),
        lead=wording.placed(row.dwelling),
        detail=_("Available for long, and no search runs for it."),
    )


def turn(row: Any) -> Due:
    home = row.offer.dwelling
    return Due(
        title=_("A home whose turn is yours"),
        url=reverse("allocation:turns", args=[row.offer_id]),
        on=row.due_on,
        lead=home.address or home.reference,
        detail=_("Propose a household, or hand it back: then it goes to the next holder."),
    )


def call(row: Any) -> Due:
    return Due(
        title=_("A landlord calls"),
        url=reverse("tenancies:call", args=[row.pk]),
        when=_("to take up"),
        lead=row.lease.household.reference,
        detail=row.get_reason_display(),
    )


def unheard_call(row: Any) -> Due:
    return Due(
        title=_("A landlord calls, and nobody who brings support follows"),
        url=reverse("people:household", args=[row.lease.household_id]),
        when=_("to read"),
        lead=row.lease.household.reference,
        detail=_("Open the circle to a team, if they wish: it will read the call."),
    )


def pass_on(row: Any) -> Due:
    home = row.offer.dwelling
    return Due(
        title=_("Nobody proposed takes this home"),
        url=reverse("allocation:turns", args=[row.offer_id]),
        when=_("stands still"),
        lead=home.address or home.reference,
        detail=row.holder.name,
    )


def ask(row: Any) -> Due:
    return Due(
        title=_("A home is asked of you"),
        url=reverse("allocation:ask", args=[row.pk]),
        when=_("to answer"),
        lead=row.household.reference,
        detail=row.asked_for.name if row.asked_for else "",
    )


def renewal(row: Any) -> Due:
    return Due(
        title=_("A request to renew"),
        url=reverse("allocation:request", args=[row.household_id]),
        on=row.valid_until,
        lead=row.household.reference,
        detail=_("The national system may strike it off; here it keeps its place."),
    )


def appeal(row: Any) -> Due:
    return Due(
        title=_("An answer due to an appeal"),
        url=reverse("allocation:request", args=[row.request.household_id]),
        on=row.due_on,
        lead=row.request.household.reference,
    )


def orientation(row: Any) -> Due:
    return Due(
        title=_("An orientation to follow"),
        url=reverse("siao:step", args=[row.pk]),
        when=_("stands still"),
        lead=row.household.reference,
        detail=_("Nobody noted what came of it: %(where)s.") % {"where": row.get_destination_display()},
    )


def duplicates(_row: Any) -> Due:
    return Due(
        title=_("Files that may be of one person"),
        url=reverse("people:duplicates"),
        when=_("to read"),
        detail=_("Nothing is joined without you."),
    )


def held(row: Any) -> Due:
    return Due(
        title=_("Rows of %(file)s to read") % {"file": row.batch.file_name},
        url=reverse("journeys:held", args=[row.batch.reference]),
        when=_("to read"),
        detail=_("They look like somebody known: nothing was created."),
    )


def move(row: Any) -> Due:
    return Due(
        title=_("A household asks to join your territory"),
        url=reverse("journeys:moves"),
        when=_("to answer"),
        detail=_("Declining, like accepting, costs it nothing."),
    )


def home(_row: Any) -> Due:
    return Due(title=_("Homes that wait for a household"), url=reverse("homes:homes"), when=_("available"))
