"""Homes as components show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from chezsoi.homes import queries, wording
from chezsoi.homes.choices import Funding, OfferState, ReservationHolder
from chezsoi.homes.models import Dwelling, Offer
from chezsoi.kernel.orders import Order
from chezsoi.territories import contours
from chezsoi.ui import dates
from chezsoi.ui.maps import Map, Place
from chezsoi.ui.shapes import By, Cell, Column, Entry, Fact, Kind, Row, Table, Tag
from chezsoi.ui.typography import euros, number

KINDS = {
    OfferState.OPEN: Kind.HOME,
    OfferState.NOT_OFFERABLE: Kind.STOP,
    OfferState.LET: Kind.NEUTRAL,
    OfferState.WITHDRAWN: Kind.NEUTRAL,
}


def homes(offers: Iterable[Offer], *, on: date, order: Order | None = None) -> Table:
    """Lay homes out as a table; on a phone its rows become cards."""
    return Table(
        caption=_("Homes"),
        columns=(
            Column(label=_("Home"), sort="home", by=By.NUMBERS),
            Column(label=_("Surface"), is_numeric=True, sort="surface", by=By.NUMBERS),
            Column(label=_("Rent and charges"), is_numeric=True, sort="cost", by=By.NUMBERS),
            Column(label=_("Stock")),
            Column(label=_("State"), sort="state", by=By.STEPS),
        ),
        rows=[_row(offer, on) for offer in offers],
        hides_caption=True,
        order=order,
        also=(Column(label=_("Available on"), sort="available", by=By.DAYS),),
        part="homes-list",
    )


def exported(offers: Iterable[Offer]) -> tuple[list[str], Iterator[list[Any]]]:
    """Give the columns and the lines of a list taken away; what is not known stays blank."""
    columns = [
        _("Reference"), _("Address"), _("Commune"), _("Main rooms"), _("Surface"), _("Energy class"),
        _("Rent a month, without charges"), _("Charges a month"), _("Stock"), _("Owner"), _("State"), _("Available on"),
    ]  # fmt: skip
    return columns, (_written(offer) for offer in offers)


def on_map(found: queries.HomesByCommune) -> Map:
    """Place the homes of a territory on its communes; each commune that holds some leads to them in the list."""
    places = [_place(row, found) for row in found.rows]
    asked = urlencode({"state": found.state.value, "territory": found.territory.key})
    return Map(
        key="homes",
        finding=wording.on_map_in_brief([place for place in places if place.value], found.territory),
        unit=wording.on_map(found.state),
        axis=_("Commune"),
        places=places,
        borders=contours.borders_of({row.commune.code for row in found.rows if row.commune}),
        elsewhere="" if found.threshold else _("none"),
        hidden=_("fewer than %(count)s, or none") % {"count": found.threshold},
        csv_url=f"{reverse('homes:map-csv')}?{asked}",
        csv_label=_("These values as CSV"),
    )


def _place(row: queries.CommuneCount, found: queries.HomesByCommune) -> Place:
    if row.commune is None:
        said = _("fewer than %(count)s") % {"count": found.threshold} if row.homes is None else ""
        return Place(key="", label=_("Commune not known, or outside the territory"), value=row.homes, said=said)
    wanted = urlencode({"state": found.state.value, "commune": row.commune.code})
    return Place(
        key=row.commune.code,
        label=row.commune.name,
        value=row.homes,
        url=f"{reverse('homes:homes')}?{wanted}",
        population=row.commune.population or 0,
    )


def tags(offer: Offer, *, on: date) -> Sequence[Tag]:
    """Give the few facts that stand under the name of a home."""
    return [*_states(offer, on), *(Tag(label=word) for word in _quota_and_funding(offer))]


def facts(dwelling: Dwelling, *, address: str | None) -> Sequence[Fact]:
    """List what is known of a dwelling, and what is not; no address is one that the reader is not told."""
    unknown = _("not known")
    gone = _("erased on %s, three years without news") % dates.full(dwelling.erased_on) if dwelling.erased_on else ""
    is_room = dwelling.shared_home_id is not None
    untold = _("not shown: somebody lives there") if is_room else _("not shown: the home is let")
    surface = unknown if dwelling.surface_m2 is None else f"{number(dwelling.surface_m2)} m²"
    rooms = unknown if dwelling.rooms is None else str(dwelling.rooms)
    return (
        Fact(label=_("Address"), value=untold if address is None else address or gone or unknown),
        Fact(label=_("Commune"), value=dwelling.commune.name if dwelling.commune else unknown),
        Fact(label=_("Main rooms"), value=rooms),
        Fact(label=_("Surface"), value=surface),
        Fact(label=_("Floor"), value=wording.floor(dwelling)),
        Fact(label=_("Accessible by wheelchair"), value=wording.known(dwelling.is_wheelchair_accessible)),
        Fact(label=_("Energy class"), value=dwelling.energy_class or unknown),
        Fact(label=_("Stock"), value=dwelling.get_stock_display()),
        Fact(label=_("Owner"), value=dwelling.owner.name if dwelling.owner else gone or unknown),
        Fact(label=_("Reference"), value=dwelling.reference),
    )


def cost(offer: Offer) -> Sequence[Fact]:
    """List what living there costs; an unknown amount is said."""
    available = _("not known") if offer.available_on is None else dates.full(offer.available_on)
    return (
        Fact(label=_("Rent a month, without charges"), value=_cents(offer.rent_per_month)),
        Fact(label=_("Charges a month"), value=_cents(offer.charges_per_month)),
        Fact(label=_("Rent and charges a month"), value=_cents(offer.outlay_per_month), is_strong=True),
        Fact(label=_("Contract"), value=offer.get_tenure_display()),
        Fact(label=_("Available on"), value=available),
    )


def blocked(offer: Offer) -> str:
    """Say why the home may not be let; empty when it may."""
    return wording.blocked(offer)


def reasons(offers: Iterable[Offer]) -> Sequence[str]:
    """List why some homes may not be let, each reason once."""
    return sorted({wording.blocked(offer) for offer in offers} - {""})


def history(offers: Iterable[Offer]) -> Sequence[Entry]:
    """List the offers made of a dwelling, the newest first."""
    return [
        Entry(
            when=offer.available_on or _("day not known"),
            title=_("%(cost)s charges included") % {"cost": _euros(offer.outlay_per_month)},
            lead=str(offer.get_tenure_display()),
            detail=wording.blocked(offer),
            tag=Tag(label=_state(offer), kind=KINDS[OfferState(offer.state)]),
        )
        for offer in offers
    ]


def _row(offer: Offer, on: date) -> Row:
    dwelling = offer.dwelling
    surface = _("not known") if dwelling.surface_m2 is None else f"{number(dwelling.surface_m2)} m²"
    owner = dwelling.owner.name if dwelling.owner else ""
    return Row(
        cells=(
            Cell(
                text=wording.named(dwelling, offer.known_address),
                url=reverse("homes:home", args=[dwelling.pk]),
                detail=f"{dwelling.reference} · {wording.floor(dwelling)}",
            ),
            Cell(text=surface),
            Cell(text=_euros(offer.outlay_per_month)),
            Cell(text=dwelling.get_stock_display(), detail=owner),
            Cell(
                tags=_states(offer, on),
                detail=wording.blocked_in_brief(offer) or " · ".join(_quota_and_funding(offer)),
            ),
        )
    )


def _written(offer: Offer) -> list[Any]:
    home = offer.dwelling
    return [
        home.reference,
        offer.known_address or "",
        home.commune.name if home.commune else "",
        home.rooms,
        home.surface_m2,
        home.energy_class,
        offer.rent_per_month,
        offer.charges_per_month,
        home.get_stock_display(),
        home.owner.name if home.owner else "",
        _state(offer),
        offer.available_on,
    ]


def _states(offer: Offer, on: date) -> list[Tag]:
    shown = [Tag(label=_state(offer), kind=KINDS[OfferState(offer.state)])]
    if offer.is_open and offer.available_on and offer.available_on < on:
        days = (on - offer.available_on).days
        shown.append(Tag(label=_("empty for %(days)s d") % {"days": days}, kind=Kind.ACT))
    return shown


def _quota_and_funding(offer: Offer) -> list[str]:
    words = []
    if offer.reservation_holder not in {ReservationHolder.NONE, ReservationHolder.UNKNOWN}:
        words.append(_("quota: %(holder)s") % {"holder": offer.get_reservation_holder_display()})
    if offer.funding != Funding.UNKNOWN:
        words.append(str(offer.get_funding_display()))
    return words


def _state(offer: Offer) -> str:
    return str(offer.get_state_display())


def _cents(amount: Decimal | None) -> str:
    return _("not known") if amount is None else euros(amount)


def _euros(amount: Decimal | None) -> str:
    return _("not known") if amount is None else euros(amount, None)
