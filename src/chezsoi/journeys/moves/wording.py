"""How each change is said: the choices, what each changes, and why one is refused."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chezsoi.journeys.moves import acts
from chezsoi.people import actions
from chezsoi.people.models import Household
from chezsoi.ui.shapes import Kind

Words = str | Promise

SENTENCES: dict[type[Exception], Words] = {
    actions.NobodyLeaves: _("Some leave and others stay. Nothing was recorded; tick those who leave, not everybody."),
    actions.NeedsALead: _("Say who the file is then named after. Nothing was recorded; what you typed is kept."),
    actions.NotAMember: _("Somebody named here did not live there that day. Nothing was recorded; check the day."),
    actions.AlreadyInAHousehold: _(
        "They live in another household since. Nothing was recorded; open that file, they join from there."
    ),
    actions.HasDied: _("Their death is written in the file. Nothing was recorded; undo that first if it is a mistake."),
    actions.SameHousehold: _("This is their own file. Nothing was recorded; give the number of the other one."),
    actions.FileClosed: _("That file is closed. Nothing was recorded; somebody comes back to it first."),
    actions.AlreadyLost: _("It is written already, and nothing was heard since. Nothing had to change."),
    actions.NotLost: _("Somebody had news of them meanwhile. Nothing had to change."),
    actions.AlreadyLeads: _("The file is named after this person already. Nothing had to change."),
    actions.AlreadyUndone: _("Somebody undid it before you. Nothing had to change; the history says why."),
    actions.ChangedSince: _(
        "Something written since rests on it. Nothing was undone and nothing lost; undo what came after, or write what "
        "is true today."
    ),
    actions.NeedsAReason: _("Say what was wrong. Nothing was undone yet."),
    actions.TooLateToUndo: _(
        "They were received more than 30 days ago. Nothing was undone; they may ask to go back to where they lived."
    ),
    actions.NotAReceiver: _("That service cannot receive them. Nothing was recorded; choose another one."),
    actions.InTheFuture: _("That day is yet to come. Nothing was recorded; check the day."),
    actions.ObjectsToSharing: _(
        "Somebody of the household objects to opening the file to that service. Nothing was recorded; they withdraw it "
        "first, if they wish."
    ),
    actions.MoveUnderWay: _("A service was asked already. Nothing was recorded; take that back first."),
    actions.AlreadyAnswered: _("They have answered meanwhile. Nothing had to change."),
    actions.AgreementOutOfDate: _(
        "The household is not the one that agreed any more. Nothing was recorded; decline, and its service asks again."
    ),
    acts.AnswersAnOffer: _(
        "A home is offered to them, or accepted. Nothing was recorded; their answer, or their lease, comes first."
    ),
    acts.BothHoused: _("Each of the two households has a lease. Nothing was recorded; one of the leases ends first."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The page of one act: its title, its button, what it changes."""

    title: Words
    button: Words
    changes: tuple[Words, ...]
    kind: str = Kind.HOME


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One line of the list: what happened, as people say it, and where it is written."""

    title: Words
    detail: Words
    url: str


UNDONE = _("It stays in the history of the file, dated and signed, and can be undone when it was a mistake.")

PAGES: dict[str, Said] = {
    "split": Said(
        title=_("They no longer live together"),
        button=_("Open their own file"),
        changes=(
            _("Those who leave have a file and a number of their own; the first ticked gives it its name."),
            _("Their request is as old as the one they leave: nobody loses their place by parting."),
            _("The number, the grounds of priority and the wishes stay with this file, and are asked of them anew."),
            _("The home, the support and the candidacies stay with this file, unless you say otherwise."),
            _("Protected, their new file exists for you alone, until you open it to somebody else."),
            UNDONE,
        ),
    ),
    "join": Said(
        title=_("They now live with another household"),
        button=_("Put them in that household"),
        changes=(
            _("Both numbers and both histories stay. A file that nobody lives in any more is closed, never erased."),
            _("When everybody goes, their home and their support follow; the older of the two requests counts."),
            _("If one of the two files is protected, the one they live in is. The services do not follow."),
            UNDONE,
        ),
    ),
    "death": Said(
        title=_("Somebody has died"),
        button=_("Record the death"),
        changes=(
            _("Those who live on keep everything: the home, the request, the place in the queue, the support."),
            _("When nobody is left, the file is closed and its candidacies are withdrawn, without saying why."),
            _("A lease in force stays until its landlord ends it."),
            UNDONE,
        ),
    ),
    "back": Said(
        title=_("Somebody has come back"),
        button=_("Record"),
        changes=(
            _("A file that was closed opens again where it was: same number, same request, same seniority."),
            _("Nobody asks why they left."),
            UNDONE,
        ),
    ),
    "lost": Said(
        title=_("We have no news of them"),
        button=_("Record"),
        changes=(
            _("They keep their place, their seniority and their candidacies: losing touch costs nothing."),
            _("The page of the household says since when, so that whoever meets them says so."),
            UNDONE,
        ),
    ),
    "found": Said(
        title=_("We have news of them again"),
        button=_("Record"),
        changes=(_("They take up their file where it was. Nobody asks where they were."), UNDONE),
    ),
    "lead": Said(
        title=_("The file is named after somebody else"),
        button=_("Record"),
        changes=(_("Both stay in the household; the request, the home and the support do not change."), UNDONE),
    ),
    "move": Said(
        title=_("They wish to live in another territory"),
        button=_("Ask that service"),
        changes=(
            _("Until they accept, that service knows how many they are and that they agree, and nothing else."),
            _("Asking, being declined or taking it back costs nothing: place, seniority and candidacies stay."),
            _("Once accepted, their people, situations, request, needs, wishes and documents go with them."),
            _("Their request stays as old as it is. Homes under way here are then withdrawn, without saying why."),
            _("Support goes along when its service works there too, else it ends. A lease stays until it is ended."),
            _("This file is closed and keeps its number; the services of its circle leave it."),
        ),
    ),
    "receive": Said(
        title=_("Those who ask to join"),
        button=_("Receive them"),
        changes=(
            _("Until you receive them, nothing else of them is shown: not their names, nor who follows them."),
            _("Received, they have a file and a number here, and a request as old as it was."),
            _("Your service opens their circle; a protected household is yours alone until you open it to others."),
            _("It can be undone for 30 days from the history of the file: everything is then as it was."),
            _("Declined, they keep everything where they live, and their service reads your reason."),
        ),
    ),
    "undo": Said(
        title=_("Undo what was written by mistake"),
        button=_("Undo"),
        changes=(
            _("Who lived with whom is again what it was, with the request, the home and the support."),
            _("What was undone stays readable, with your name and the reason. Nothing is erased."),
            _("A file opened by mistake is closed and keeps its number."),
        ),
        kind=Kind.STOP,
    ),
}


def choices(household: Household, *, alone: bool, former: bool) -> list[Choice]:
    """List what may have happened to a household as it stands."""
    found = []
    if not alone:
        found.append(_choice("split", household, _("A couple parts, a grown child leaves, somebody flees violence.")))
    found.append(_choice("join", household, _("Two files, one household: somebody moves in with somebody.")))
    if former:
        found.append(_choice("back", household, _("Somebody who had left lives there again.")))
    if not alone:
        found.append(_choice("lead", household, _("Another person asks and signs.")))
    found.append(_choice("move", household, _("With their agreement: another service is asked to receive them.")))
    if household.is_lost:
        found.append(_choice("found", household, _("Somebody met them, or heard from them.")))
    else:
        found.append(_choice("lost", household, _("Nobody has met them or heard of them for a while.")))
    found.append(_choice("death", household, _("With care: the others keep everything.")))
    return found


def _choice(event: str, household: Household, detail: Words) -> Choice:
    name = {"found": "news", "lost": "news"}.get(event, event)
    return Choice(title=PAGES[event].title, detail=detail, url=reverse(f"journeys:{name}", args=[household.pk]))
