"""What the other apps add to the page of a household: its request, its support, its homes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from chezsoi.allocation import queries as allocation
from chezsoi.allocation.models import HousingRequest
from chezsoi.journeys.needs import readable_labels
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household
from chezsoi.support import queries as support
from chezsoi.support.models import SupportMeasure
from chezsoi.tenancies import queries as tenancies
from chezsoi.tenancies import tables as lease_tables
from chezsoi.territories.access import Can
from chezsoi.ui import dates, typography
from chezsoi.ui.shapes import Entry, Fact, Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """The other apps' part of the page; an empty one is not shown."""

    needs_url: str
    documents_url: str
    keep_url: str
    request: tuple[Fact, ...]
    labels: tuple[Tag, ...]
    support: tuple[Fact, ...]
    leases: tuple[Entry, ...]
    asked: tuple[Entry, ...]
    measures: tuple[Entry, ...]


def sections(household: Household, *, on: date, actor: Actor) -> Sections:
    """Compose what other apps know of a household, within what the actor may read."""
    request = allocation.request_of(household, actor=actor)
    measures = list(support.measures_of(household, actor=actor))
    return Sections(
        documents_url=reverse("people:attachments", args=[household.pk]),
        keep_url=reverse("journeys:keep", args=[household.pk]) if actor.may(Can.KEEP_FILE) else "",
        needs_url=reverse("journeys:needs", args=[household.pk]) if actor.may(Can.RECORD_REQUEST) else "",
        request=tuple(_request(request, on)) if request else (),
        labels=tuple(_labels(request, actor)) if request else (),
        support=tuple(_support(household, measures, on, actor)),
        leases=tuple(_leases(household, actor)),
        asked=tuple(_asked(request)) if request else (),
        measures=tuple(_measures(measures)),
    )


def _request(request: HousingRequest, on: date) -> Iterator[Fact]:
    held = [wish for wish in request.wished_communes.all() if wish.withdrawn_on is None]
    wished = sorted(held, key=lambda wish: wish.rank)
    yield Fact(label=_("Where"), value=", ".join(wish.commune.name for wish in wished) or _("anywhere"), is_strong=True)
    yield Fact(label=_("Rooms"), value=_rooms(request))
    outlay = request.max_outlay_per_month
    yield Fact(label=_("Rent and charges, at most"), value=_("unknown") if outlay is None else typography.euros(outlay))
    yield Fact(label=_("Wheelchair"), value=_said(request.needs_wheelchair_access))
    yield Fact(label=_("Lift or ground floor"), value=_said(request.needs_lift_or_ground))
    yield Fact(
        label=_("Asked on"),
        value=dates.full(request.requested_on) if request.requested_on else _("unknown"),
    )
    yield Fact(label=_("National request number"), value=request.number or _("none yet"))


def _asked(request: HousingRequest) -> Iterator[Entry]:
    if request.requested_on:
        yield Entry(when=request.requested_on, title=_("Home asked for"), detail=request.number)


def _labels(request: HousingRequest, actor: Actor) -> Iterator[Tag]:
    read = readable_labels(actor)
    for label in sorted(request.labels.all(), key=lambda row: row.label):
        if label.withdrawn_on is None and label.label in read:
            yield Tag(label=label.get_label_display(), kind="info")


def _support(household: Household, measures: list[SupportMeasure], on: date, actor: Actor) -> Iterator[Fact]:
    wish = support.wish_of(household, on=on, actor=actor)
    if wish is not None:
        yield Fact(label=_("Support wished"), value=wish.get_intensity_display(), is_strong=True)
    for referent in support.referents_of(household, actor=actor)[:1]:
        yield Fact(label=_("Referent named"), value=referent.label)
    for measure in measures:
        who = measure.organisation.name if measure.organisation else _("to be named")
        yield Fact(label=measure.get_scheme_display(), value=f"{measure.get_state_display()}, {who}")


def _measures(measures: list[SupportMeasure]) -> Iterator[Entry]:
    for measure in measures:
        scheme, who = measure.get_scheme_display(), measure.organisation.name if measure.organisation else ""
        state = Tag(label=measure.get_state_display())
        title = _("Support proposed: %(scheme)s") % {"scheme": scheme}
        yield Entry(when=measure.opened_on, title=title, detail=who, tag=state)
        if measure.ended_on:
            ended = " · ".join(each for each in (measure.end_reason, who) if each)
            yield Entry(when=measure.ended_on, title=_("Support ended: %(scheme)s") % {"scheme": scheme}, detail=ended)


def _leases(household: Household, actor: Actor) -> Iterator[Entry]:
    for lease in tenancies.leases_of(household, actor=actor):
        home = lease.dwelling
        yield Entry(
            when=lease.signed_on,
            title=_("Lease signed: %(home)s") % {"home": home.address or home.reference},
            detail=home.commune.name if home.commune else "",
            url=reverse("tenancies:lease", args=[lease.pk]),
            tag=lease_tables.state(lease),
        )


def _rooms(request: HousingRequest) -> str:
    low, high = request.rooms_min, request.rooms_max
    if low is None and high is None:
        return _("unknown")
    if low == high or high is None or low is None:
        return f"T{low or high}"
    return _("T%(low)s to T%(high)s") % {"low": low, "high": high}


def _said(need: bool | None) -> str:
    return _("unknown") if need is None else _("needed") if need else _("not needed")
