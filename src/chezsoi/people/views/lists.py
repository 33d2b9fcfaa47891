"""The people an actor may know of, by name: narrowed, kept as a view, taken away as a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chezsoi.files.exports import taken_away
from chezsoi.people import actions, queries, tables
from chezsoi.people.forms.lists import Narrowing, ViewName
from chezsoi.people.models import SavedView
from chezsoi.people.views.choosing import chosen, nothing, number
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page
from chezsoi.ui.shapes import Link, Table


@allow(Can.LIST_PEOPLE)
@require_safe
def households(request: Request) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    form = _form(request)
    wanted = form.wanted()
    listed = queries.listing(wanted, actor=actor, on=today, **_place(request))
    cards = queries.cards(listed.households, on=today, actor=actor)
    actions.note_listing(actor=actor, households=[card.pk for card in cards], text=wanted.text)
    context = {
        "form": form,
        "table": _table(request, wanted, cards, today),
        "listed": listed,
        "title": tables.how_many(listed),
        "sentences": list(_sentences(form)),
        "kept": urlencode(form.kept()),
        "query": urlencode({name: value for name, value in form.cleaned_data.items() if value}),
        "may_register": actor.may(Can.REGISTER_PEOPLE),
        "may_hand_over": actor.may(Can.MANAGE_CIRCLE),
        "may_meet": actor.may(Can.RECORD_SITUATION),
        "views": _views(request),
        "naming": ViewName(),
    }
    return page(request, "people/list.html", context, part="rows")


@allow(Can.LIST_PEOPLE)
@require_safe
def export(request: Request, kind: str) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    rows = queries.exported(_form(request).wanted(), actor=actor, on=today)
    cards = queries.cards(rows, on=today, actor=actor)
    actions.note_export(actor=actor, households=[card.pk for card in cards], written_as=kind)
    return taken_away(*tables.exported(cards, on=today), name=_("people"), written_as=kind, on=today)


@allow(Can.LIST_PEOPLE)
@require_safe
def export_chosen(request: Request, kind: str) -> HttpResponse:
    """Give those chosen alone; all of them or, when one is not in the list any more, none and a sentence."""
    actor, today = request.actor, timezone.localdate()
    given = chosen(request)
    if given is None or given.lost or not given.households:
        return nothing(request, given)
    cards = queries.cards(given.households, on=today, actor=actor)
    actions.note_export(actor=actor, households=[card.pk for card in cards], written_as=kind)
    return taken_away(*tables.exported(cards, on=today), name=_("people"), written_as=kind, on=today)


@allow(Can.LIST_PEOPLE)
@require_POST
def save_view(request: Request) -> HttpResponse:
    given = dict(parse_qsl(request.POST.get("wanted", "")[:2_000]))
    kept = urlencode(_narrowing(request, given).kept())
    form = ViewName(request.POST)
    if not form.is_valid():
        messages.error(request, _("The view was not saved: give it a name of at most 80 characters."))
        return redirect(f"{reverse('people:list')}?{kept}")
    try:
        actions.save_view(actor=request.actor, wanted=kept, **form.cleaned_data)
    except actions.TooManyViews:
        messages.error(request, _("You keep thirty views already. Nothing was saved: forget one first."))
    else:
        messages.success(request, _("View saved."))
    return redirect(f"{reverse('people:list')}?{kept}")


@allow(Can.LIST_PEOPLE)
@require_POST
def forget_view(request: Request) -> HttpResponse:
    pk = number(request.POST.get("view", ""))
    if pk is None:
        return redirect("people:list")
    try:
        view = queries.own_view(pk, actor=request.actor)
    except SavedView.DoesNotExist:
        raise Http404 from None
    actions.forget_view(actor=request.actor, view=view)
    messages.success(request, _("View forgotten."))
    return redirect("people:list")


def _form(request: Request) -> Narrowing:
    return _narrowing(request, request.GET)


def _narrowing(request: Request, given: Mapping[str, str]) -> Narrowing:
    actor = request.actor
    followers = queries.followers(on=timezone.localdate(), actor=actor) if actor.may(Can.SEE_HOUSEHOLD) else None
    return Narrowing(given, sees=queries.sight(actor=actor), orders=queries.orders(actor=actor), followers=followers)


def _table(request: Request, wanted: queries.Wanted, cards: Sequence[queries.Card], on: date) -> Table:
    """Lay the list out; those who answer to a text come best first, and in no other order."""
    return tables.households(
        cards,
        on=on,
        may_open=request.actor.may(Can.SEE_HOUSEHOLD),
        order=None if wanted.text.strip() else wanted.order,
        orders=queries.orders(actor=request.actor),
        chosen_for="together",
        are_chosen=request.GET.get("chosen") == "page",
    )


def _place(request: Request) -> dict[str, int | None]:
    return {name: number(request.GET.get(name, "")) for name in ("after", "before")}


def _sentences(form: Narrowing) -> Iterator[Link]:
    """Say each filter in force, with the address of the list without it."""
    given = {name: value for name, value in form.cleaned_data.items() if value}
    for name, sentence in tables.sentences(given, follower=form.follower()):
        rest = urlencode({key: value for key, value in given.items() if key != name})
        yield Link(label=sentence, url=f"{reverse('people:list')}?{rest}")


def _views(request: Request) -> list[dict[str, object]]:
    return [
        {
            "pk": view.pk,
            "label": view.name,
            "url": f"{reverse('people:list')}?{view.wanted}",
            "is_own": view.user_id == request.actor.user_id,
            "is_shared": view.is_shared,
        }
        for view in queries.saved_views(actor=request.actor)
    ]
