"""How leases, and wishes to exchange, are listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chezsoi.allocation.tables import wishes
from chezsoi.homes import wording
from chezsoi.kernel.orders import Order
from chezsoi.tenancies.models import ExchangeWish, Lease
from chezsoi.ui import dates, typography
from chezsoi.ui.shapes import By, Cell, Column, Entry, Fact, Kind, Row, Table, Tag


def leases(rows: Iterable[Lease], *, order: Order | None = None) -> Table:
    """List leases: which home, whose file, since when, and whether it still holds."""
    return Table(
        caption=_("Leases"),
        hides_caption=True,
        columns=(
            Column(label=_("Home")),
            Column(label=_("Commune"), sort="commune"),
            Column(label=_("File"), is_code=True, sort="file"),
            Column(label=_("Kind of lease")),
            Column(label=_("Signed on"), sort="signed", by=By.DAYS),
            Column(label=_("State"), sort="state", by=By.STEPS),
        ),
        rows=tuple(_row(lease) for lease in rows),
        order=order,
        part="leases-list",
    )


def exported(rows: Iterable[Lease]) -> tuple[list[str], Iterator[list[Any]]]:
    """Give the columns and the lines of a list taken away; where a protected household lives is left out."""
    columns = [
        _("File"), _("Home"), _("Address"), _("Commune"), _("Kind of lease"), _("Signed on"), _("Starts on"),
        _("Rent, without charges"), _("Charges"), _("State"),
    ]  # fmt: skip
    return columns, (_written(lease) for lease in rows)


def state(lease: Lease) -> Tag:
    """Say whether a lease holds."""
    if lease.voided_at is not None:
        return Tag(label=_("voided"), kind=Kind.STOP)
    if lease.ended_on is not None:
        return Tag(label=_("ended"), kind=Kind.NEUTRAL)
    return Tag(label=_("in force"), kind=Kind.HOME)


def facts(lease: Lease) -> tuple[Fact, ...]:
    """Say what a lease is, and how it ended when it did."""
    known = [
        Fact(label=_("File"), value=lease.household.reference, is_strong=True),
        Fact(label=_("Signed on"), value=dates.full(lease.signed_on)),
        Fact(label=_("Starts on"), value=dates.full(lease.starts_on)),
        Fact(label=_("Rent, without charges"), value=_price(lease.rent_per_month)),
        Fact(label=_("Charges"), value=_price(lease.charges_per_month)),
    ]
    if lease.dwelling.shared_home_id is not None:
        known.append(Fact(label=_("Joint liability"), value=_liability(lease)))
    if lease.voided_at is not None:
        known.append(Fact(label=_("Voided on"), value=dates.full(dates.as_day(lease.voided_at))))
        known.append(Fact(label=_("Why"), value=lease.void_reason))
    return tuple(known)


def exchange_wished(wish: ExchangeWish) -> Entry:
    """Say in one line what a household would exchange its home for, and whether it counts."""
    if wish.counts:
        tag = Tag(label=_("counts now"), kind=Kind.HOME)
    else:
        tag = Tag(label=_("ended") if wish.ended_on else _("home left"), kind=Kind.NEUTRAL)
    return Entry(
        when=wish.stated_on,
        title=wishes.in_a_line(wish, [each.commune.name for each in wish.communes.all()]),
        detail=_("ended on %(day)s") % {"day": dates.full(wish.ended_on)} if wish.ended_on else "",
        tag=tag,
    )


def _liability(lease: Lease) -> str:
    if lease.has_joint_liability:
        return _("agreed: each answers for the rent of the others too")
    return _("none: each household answers for its own rent")


def _price(amount: Decimal | None) -> str:
    return _("unknown") if amount is None else typography.euros(amount)


def _written(lease: Lease) -> list[Any]:
    home = lease.dwelling
    place = ["", "", ""]
    if not lease.household.is_protected:
        place = [home.reference, home.address, home.commune.name if home.commune else ""]
    return [
        lease.household.reference,
        *place,
        lease.get_kind_display(),
        lease.signed_on,
        lease.starts_on,
        lease.rent_per_month,
        lease.charges_per_month,
        state(lease).label,
    ]


def _row(lease: Lease) -> Row:
    home = lease.dwelling
    where = Cell(
        text=wording.placed(home),
        url=reverse("tenancies:lease", args=[lease.pk]),
        is_strong=True,
    )
    return Row(
        cells=(
            where,
            Cell(text=home.commune.name if home.commune else "–"),
            Cell(text=lease.household.reference),
            Cell(text=lease.get_kind_display()),
            Cell(text=dates.full(lease.signed_on)),
            Cell(tags=(state(lease),)),
        )
    )
