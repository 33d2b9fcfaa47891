"""What the other apps add to the page of a household: its request, its homes, its support, its documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from chezsoi.allocation import queries as allocation
from chezsoi.allocation.models import HousingRequest
from chezsoi.allocation.tables import wishes
from chezsoi.kernel.actor import Actor
from chezsoi.people import queries as people
from chezsoi.people.models import Attachment, Household
from chezsoi.people.queries import FileRights
from chezsoi.portal.household import ahead, documents, exchanges, homes, orientations, pauses, support
from chezsoi.territories.access import Can
from chezsoi.territories.queries import account_names
from chezsoi.ui import dates
from chezsoi.ui.shapes import Entry, Fact, Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """The other apps' part of the page; `asked` and `received` are their lines in the history."""

    needs_url: str
    priority_url: str
    life_url: str
    pause_url: str
    sheet_url: str
    support_url: str
    asks_url: str
    sharing_url: str
    exchange_url: str
    documents_url: str
    keep_url: str
    may_attach: bool
    sees_support: bool
    request: tuple[Fact, ...]
    labels: tuple[Tag, ...]
    homes: homes.Homes
    support: support.Support
    orientations: orientations.Orientations
    documents: tuple[Entry, ...]
    coming: tuple[ahead.Coming, ...]
    asked: tuple[Entry, ...]
    received: tuple[Entry, ...]


def sections(household: Household, *, rights: FileRights, on: date, actor: Actor) -> Sections:
    """Compose what other apps know of a household, within what the actor may read."""
    request = allocation.request_of(household, actor=actor)
    attached = list(people.attachments(household, actor=actor))
    held = [row for row in attached if row.removed_at is None]
    lived, supported = homes.read(household, actor=actor), support.read(household, actor=actor)
    paused, oriented = list(allocation.pauses(household, actor=actor)), orientations.read(household, on=on, actor=actor)
    coming = ahead.coming(
        household,
        tasks=supported.tasks,
        candidacies=lived.candidacies,
        documents=held,
        pauses=paused,
        rights=rights,
        on=on,
        actor=actor,
    )
    return Sections(
        needs_url=reverse("journeys:needs", args=[household.pk]) if actor.may(Can.RECORD_REQUEST) else "",
        priority_url=reverse("allocation:priority", args=[household.pk]) if request else "",
        life_url=reverse("allocation:request", args=[household.pk]) if request else "",
        pause_url=reverse("allocation:pause", args=[household.pk]) if actor.may(Can.RECORD_REQUEST) else "",
        sheet_url=reverse("allocation:sheet", args=[household.pk]) if request and actor.may(Can.GIVE_COPY) else "",
        support_url=reverse("support:file", args=[household.pk]) if actor.may(Can.SEE_SUPPORT) else "",
        asks_url=reverse("allocation:asks", args=[household.pk]) if actor.may(Can.ASK_HOLDER) else "",
        sharing_url=reverse("allocation:sharing", args=[household.pk]) if actor.may(Can.RECORD_REQUEST) else "",
        exchange_url=exchanges.url(household, actor=actor),
        documents_url=reverse("people:attachments", args=[household.pk]),
        keep_url=reverse("journeys:keep", args=[household.pk]) if actor.may(Can.KEEP_FILE) else "",
        may_attach=actor.may(Can.ATTACH_DOCUMENT),
        sees_support=actor.may(Can.SEE_SUPPORT),
        request=tuple(_request(request)) if request else (),
        labels=tuple(_labels(request, on, actor)) if request else (),
        homes=lived,
        support=supported,
        orientations=oriented,
        documents=documents.kept(held, on=on),
        coming=coming,
        asked=(*_asked(request, actor), *_said(household, actor), *pauses.told(paused, on=on), *oriented.told),
        received=tuple(_received(household, attached, actor)),
    )


def _request(request: HousingRequest) -> Iterator[Fact]:
    held = [wish for wish in request.wished_communes.all() if wish.withdrawn_on is None]
    wished = sorted(held, key=lambda wish: wish.rank)
    yield from wishes.wished(request, [wish.commune.name for wish in wished])
    yield Fact(
        label=_("Asked on"),
        value=dates.full(request.requested_on) if request.requested_on else _("unknown"),
    )
    yield Fact(label=_("National request number"), value=request.number or _("none yet"))


def _labels(request: HousingRequest, on: date, actor: Actor) -> Iterator[Tag]:
    read = allocation.readable_labels(actor=actor)
    for ground in sorted(request.labels.all(), key=lambda row: row.label):
        if ground.counts_on(on) and ground.label in read:
            yield Tag(label=ground.get_label_display(), kind="info")
    for listed in sorted(request.pool_labels.all(), key=lambda row: row.pool):
        if listed.counts_on(on):
            yield Tag(label=listed.get_pool_display(), kind="info")


def _asked(request: HousingRequest | None, actor: Actor) -> Iterator[Entry]:
    """Tell when a home was asked for, and which grounds of priority were noted or withdrawn."""
    if request is None:
        return
    if request.requested_on:
        yield Entry(when=request.requested_on, title=_("Home asked for"), detail=request.number)
    yield from _lived(request, actor)
    read = allocation.readable_labels(actor=actor)
    for label in request.labels.all():
        if label.label not in read:
            continue
        said, who = label.get_label_display(), label.source.name if label.source else label.issuer
        yield Entry(when=label.noted_on, title=_("Ground of priority noted"), lead=said, detail=who)
        if label.withdrawn_on is not None:
            yield Entry(
                when=label.withdrawn_on,
                title=_("Ground of priority withdrawn"),
                lead=said,
                detail=label.end_reason or str(label.get_ending_display()),
            )
    yield from _listed(request)


def _said(household: Household, actor: Actor) -> Iterator[Entry]:
    """Tell the homes asked of reservation holders, and what a tenant would exchange its home for."""
    yield from _holders_asked(household, actor)
    yield from exchanges.told(household, actor=actor)


def _holders_asked(household: Household, actor: Actor) -> Iterator[Entry]:
    """Tell when a home was asked of a reservation holder, and what it answered."""
    for ask in allocation.asks_of(household, actor=actor) if actor.may(Can.ASK_HOLDER) else ():
        holder = ask.holder.name
        yield Entry(when=ask.asked_on, title=_("A home asked of a reservation holder"), lead=holder, detail=ask.words)
        if ask.answered_on is not None:
            said = capfirst(str(ask.get_state_display()))
            yield Entry(when=ask.answered_on, title=said, lead=holder, detail=ask.answer_words)


def _listed(request: HousingRequest) -> Iterator[Entry]:
    for listed in request.pool_labels.all():
        said = listed.get_pool_display()
        yield Entry(when=listed.labelled_on, title=_("On a list that houses first"), lead=said, detail=listed.issuer)
        if listed.withdrawn_on is not None:
            why = listed.end_reason or str(listed.get_ending_display())
            yield Entry(when=listed.withdrawn_on, title=_("No longer on that list"), lead=said, detail=why)


def _lived(request: HousingRequest, actor: Actor) -> Iterator[Entry]:
    for event in allocation.request_events(request, actor=actor):
        if event.cancelled_on is None:
            said = _("Request: %(act)s") % {"act": event.get_act_display()}
            yield Entry(when=event.happened_on, title=said, detail=event.reason)
    for appeal in allocation.appeals(request, actor=actor):
        said, body = appeal.get_about_display(), appeal.get_body_display()
        yield Entry(when=appeal.lodged_on, title=_("Appeal lodged"), lead=said, detail=body)
        if appeal.outcome_on is not None:
            outcome = appeal.get_outcome_display()
            yield Entry(when=appeal.outcome_on, title=_("Appeal answered"), lead=said, detail=outcome)


def _received(household: Household, attached: list[Attachment], actor: Actor) -> Iterator[Entry]:
    authors = account_names([row.attached_by for row in attached], actor=actor)
    return documents.told(household, attached, authors=authors)
