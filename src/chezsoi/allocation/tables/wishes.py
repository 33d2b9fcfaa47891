"""Which home a household wishes, as pages say it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from chezsoi.ui import typography
from chezsoi.ui.shapes import Fact


class HomeWish(Protocol):
    """What a request, and a wish to exchange, both say of the home wished."""

    rooms_min: int | None
    rooms_max: int | None
    max_outlay_per_month: Decimal | None
    needs_wheelchair_access: bool | None
    needs_lift_or_ground: bool | None


def wished(wish: HomeWish, communes: Sequence[str]) -> Iterator[Fact]:
    """Say each thing wished, what is unknown too."""
    yield Fact(label=_("Where"), value=_where(communes), is_strong=True)
    yield Fact(label=_("Rooms"), value=_rooms(wish) or _("unknown"))
    outlay = wish.max_outlay_per_month
    yield Fact(label=_("Rent and charges, at most"), value=_("unknown") if outlay is None else typography.euros(outlay))
    yield Fact(label=_("Wheelchair"), value=_said(wish.needs_wheelchair_access))
    yield Fact(label=_("Lift or ground floor"), value=_said(wish.needs_lift_or_ground))


def in_a_line(wish: HomeWish, communes: Sequence[str]) -> str:
    """Say in one line what is known of the home wished."""
    outlay = wish.max_outlay_per_month
    known = (
        _where(communes),
        _rooms(wish),
        "" if outlay is None else _("at most %(outlay)s a month") % {"outlay": typography.euros(outlay)},
        _("open to a wheelchair") if wish.needs_wheelchair_access else "",
        _("lift or ground floor") if wish.needs_lift_or_ground else "",
    )
    return " · ".join(each for each in known if each)


def _where(communes: Sequence[str]) -> str:
    return ", ".join(communes) or _("anywhere")


def _rooms(wish: HomeWish) -> str:
    low, high = wish.rooms_min, wish.rooms_max
    if low is None and high is None:
        return ""
    if low == high or high is None or low is None:
        return f"T{low or high}"
    return _("T%(low)s to T%(high)s") % {"low": low, "high": high}


def _said(need: bool | None) -> str:
    return _("unknown") if need is None else _("needed") if need else _("not needed")
