"""One act on the households chosen in the list; what it did is kept in the session, by number and without a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID, uuid4

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chezsoi.files.submissions import once
from chezsoi.people import actions, queries, tables
from chezsoi.people.forms.together import HandOver, Meeting
from chezsoi.people.views.choosing import chosen, keys, nothing
from chezsoi.territories import queries as territories
from chezsoi.territories.access import Can, NotAllowed, Request, allow
from chezsoi.ui.responses import page
from chezsoi.ui.undoing import offer, take_back

DID = "people.together"


class DidSomethingElse(Exception):
    """The session remembers another act than the one to undo, or none."""


@allow(Can.MANAGE_CIRCLE)
@require_http_methods(["GET", "POST"])
@once
def hand_over(request: Request) -> HttpResponse:
    today, actor = timezone.localdate(), request.actor
    given, held = chosen(request), territories.colleagues(on=today, actor=actor)
    followers = queries.followers_of(given.households if given else (), on=today, actor=actor)
    people = [row.user for row in held]
    form = HandOver(request.POST or None, colleagues=people, followers=followers, own=actor.user_id)

    def act(households: Sequence[int]) -> HttpResponse:
        leaves = form.cleaned_data["instead_of"]
        outcome = actions.hand_over(actor=actor, households=households, to=form.named, instead_of=leaves, on=today)
        return _lead_to_what_was_done(request, outcome, undo="people:take-hand-over-back", colleague=form.named.pk)

    title, label = _("Hand over to a colleague"), tables.hand_over_label
    return _ask(request, form, act, title=title, label=label, followers=True)


@allow(Can.RECORD_SITUATION)
@require_http_methods(["GET", "POST"])
@once
def meeting(request: Request) -> HttpResponse:
    today, actor = timezone.localdate(), request.actor
    given = chosen(request)
    near = given.households[0].territory if given and given.households else None
    form = Meeting(request.POST or None, actor=actor, today=today, near=near)

    def act(households: Sequence[int]) -> HttpResponse:
        seen, everybody = form.new_situation(), form.cleaned_data["everybody"]
        outcome = actions.meet(actor=actor, households=households, situation=seen, everybody=everybody, on=today)
        return _lead_to_what_was_done(request, outcome, undo="people:take-meeting-back", situation=str(seen.situation))

    return _ask(request, form, act, title=_("Note a meeting"), label=tables.meeting_label)


@allow(Can.LIST_PEOPLE)
@require_safe
def done(request: Request, reference: UUID) -> HttpResponse:
    """Say what an act did, and what it left as it was: once it is undone, there is nothing to say."""
    did, actor, today = _remembered(request, reference), request.actor, timezone.localdate()
    if did is None:
        raise Http404
    left = {int(pk): why for pk, why in did["left"].items()}
    shown = queries.chosen([*did["done"], *left], actor=actor, on=today)
    cards = {card.pk: card for card in queries.cards(shown.households, on=today, actor=actor)}
    actions.note_listing(actor=actor, households=list(cards))
    colleague = territories.account_names([did.get("colleague")], actor=actor).get(did.get("colleague", 0), "")
    context = {
        "said": tables.done(len(did["done"]), colleague=colleague, situation=did.get("situation", "")),
        "left": tables.left(left, cards),
        "lost": did["lost"],
        "done": [cards[pk] for pk in did["done"] if pk in cards],
        "may_open": actor.may(Can.SEE_HOUSEHOLD),
        "back_url": did["back"],
    }
    return page(request, "people/together/done.html", context)


@allow(Can.MANAGE_CIRCLE)
@require_POST
def take_hand_over_back(request: Request, reference: UUID) -> HttpResponse:
    today = timezone.localdate()
    return _take_back(
        request,
        reference,
        lambda did: actions.take_hand_over_back(
            actor=request.actor, memberships=did["rows"], closed=did["closed"], on=today
        ),
    )


@allow(Can.RECORD_SITUATION)
@require_POST
def take_meeting_back(request: Request, reference: UUID) -> HttpResponse:
    today = timezone.localdate()
    return _take_back(
        request,
        reference,
        lambda did: actions.take_meeting_back(actor=request.actor, situations=did["rows"], on=today),
    )


def _ask(
    request: Request,
    form: Form,
    act: Callable[[Sequence[int]], HttpResponse],
    *,
    title: str,
    label: Callable[[int], str],
    followers: bool = False,
) -> HttpResponse:
    """Show the households chosen and what is asked of them all; act once it is answered."""
    given, today = chosen(request), timezone.localdate()
    if given is None or not given.households:
        return nothing(request, given)
    if form.is_valid():
        return act(keys(request))
    cards = queries.cards(given.households, on=today, actor=request.actor)
    actions.note_listing(actor=request.actor, households=[card.pk for card in cards])
    named = queries.named_in(given.households, on=today, actor=request.actor) if followers else None
    context = {
        "form": form,
        "title": title,
        "label": label(len(cards)),
        "chosen": [(card, tables.chosen_detail(card, named)) for card in cards],
        "lost": given.lost,
        "wanted": _wanted(request),
        "back_url": _back(request),
        "submission": request.POST.get("submission") or uuid4(),
    }
    return page(request, "people/together/act.html", context, status=422 if form.errors else 200)


def _lead_to_what_was_done(request: Request, outcome: actions.Outcome, *, undo: str, **what: Any) -> HttpResponse:
    """Remember what was done, offer to undo it, and lead to the page that says it."""
    reference = uuid4()
    back = _back(request)
    request.session[DID] = {"reference": str(reference), "back": back, **asdict(outcome), **what}
    if outcome.rows:
        said = tables.done_in_short(len(outcome.done))
        offer(request, said, url=reverse(undo, args=[reference]), then=back)
    return redirect("people:together-done", reference)


def _remembered(request: Request, reference: UUID) -> dict[str, Any] | None:
    did: dict[str, Any] = request.session.get(DID) or {}
    return did if did.get("reference") == str(reference) else None


def _take_back(request: Request, reference: UUID, act: Callable[[dict[str, Any]], object]) -> HttpResponse:
    def undo() -> None:
        did = _remembered(request, reference)
        if did is None:
            raise DidSomethingElse(reference)
        act(did)
        del request.session[DID]

    changed = (actions.CircleAlreadyClosed, actions.AlreadyInTheCircle, actions.AlreadyWithdrawn, NotAllowed)
    refused = (DidSomethingElse, *changed)
    return take_back(request, undo, refused=refused, otherwise="people:list")


def _wanted(request: Request) -> str:
    """Read the filters of the list they were chosen in."""
    given = request.POST if request.method == "POST" else request.GET
    return given.get("wanted", "")[:2_000]


def _back(request: Request) -> str:
    """Give the address of that list."""
    return f"{reverse('people:list')}?{_wanted(request)}"
