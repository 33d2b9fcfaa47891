"""Homes in words: what one is called, and why one may not be let."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from chezsoi.homes.choices import OfferState
from chezsoi.homes.models import Dwelling, Offer
from chezsoi.territories.models import Territory
from chezsoi.ui import dates
from chezsoi.ui.maps import Place
from chezsoi.ui.typography import number

MOST_NAMED = 3


def title(dwelling: Dwelling) -> str:
    """Name a home as people say it: its size, its address, its commune; a room without the address people share."""
    return named(dwelling, dwelling.address)


def named(dwelling: Dwelling, address: str | None) -> str:
    """Name a home for somebody who may not read its address: without it, its size and its commune are left."""
    if dwelling.shared_home_id is not None:
        size, address = _("Room %(reference)s of a shared home") % {"reference": dwelling.reference}, ""
    else:
        size = _("%(rooms)s-room home") % {"rooms": dwelling.rooms} if dwelling.rooms else _("Home")
    commune = dwelling.commune.name if dwelling.commune else ""
    places = [size, address, commune]
    return ", ".join(place for place in places if place)


def placed(dwelling: Dwelling) -> str:
    """Say where a home is, to those who may know: its address, else its reference; both for a room, one of several."""
    if dwelling.shared_home_id is not None and dwelling.address:
        return f"{dwelling.address} · {dwelling.reference}"
    return dwelling.address or dwelling.reference


def blocked(offer: Offer) -> str:
    """Say why a home may not be let, and what would free it; empty when it may."""
    rule = offer.blocked_by
    if not rule or offer.blocked_on is None:
        return ""
    since = date.fromisoformat(rule["valid_from"]) if rule.get("valid_from") else offer.blocked_on
    return _(
        "Energy class %(class)s: since %(since)s a lease needs class %(worst)s or better (%(reference)s). "
        "Works, or a newer certificate, would free it."
    ) % {
        "class": rule["class"],
        "worst": rule["worst_allowed"],
        "since": dates.full(since),
        "reference": rule["reference"],
    }


def blocked_in_brief(offer: Offer) -> str:
    """Say in a few words, beside its state, what keeps a home from being let; empty when it may be."""
    rule = offer.blocked_by
    return _("Energy class %(class)s") % {"class": rule["class"]} if rule and blocked(offer) else ""


def floor(dwelling: Dwelling) -> str:
    """Say where it stands, and whether there is a lift."""
    if dwelling.floor is None:
        where = _("floor not known")
    elif dwelling.floor <= 0:
        return _("ground floor")
    else:
        where = _("floor %(floor)s") % {"floor": dwelling.floor}
    lift = {True: _("with a lift"), False: _("no lift"), None: _("lift not known")}[dwelling.has_lift]
    return f"{where}, {lift}"


def known(flag: bool | None) -> str:
    """Say yes, no, or that nobody knows."""
    return {True: _("yes"), False: _("no"), None: _("not known")}[flag]


def on_map(state: OfferState) -> str:
    """Name what a map counts."""
    return {
        OfferState.OPEN: _("homes that wait for a household"),
        OfferState.NOT_OFFERABLE: _("homes that may not be let as they stand"),
        OfferState.LET: _("homes that are let"),
    }[state]


def on_map_in_brief(known: Sequence[Place], territory: Territory) -> str:
    """Say what is to be seen on a map: where most of the homes are, or that none can be shown."""
    most = sorted(known, key=lambda place: (-(place.value or 0), place.label))[:MOST_NAMED]
    if not most:
        return _("%(territory)s: no commune to show.") % {"territory": territory.name}
    named = ", ".join(f"{place.label} ({number(place.value or 0)})" for place in most)
    return _("%(territory)s: %(named)s first.") % {"territory": territory.name, "named": named}
