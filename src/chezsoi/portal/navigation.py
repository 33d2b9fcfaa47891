"""What surrounds a page: where one may go, in which territory, as whom. Only what the role may open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from chezsoi.territories import queries
from chezsoi.territories.access import Can, roles
from chezsoi.ui.shapes import Link, NavItem, Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A part of the house and the right that opens it; None opens it to every account."""

    label: Promise | str
    view: str
    icon: str
    prefixes: tuple[str, ...]
    can: Can | None


ROOMS: tuple[tuple[Room, ...], ...] = (
    (
        Room(label=_("My day"), view="portal:day", icon="sun", prefixes=("/day/",), can=None),
        Room(label=_("People"), view="people:list", icon="people", prefixes=("/people/",), can=Can.LIST_PEOPLE),
        Room(label=_("Homes"), view="homes:homes", icon="house-door", prefixes=("/homes/",), can=Can.SEE_HOMES),
        Room(
            label=_("Allocations"),
            view="allocation:rounds",
            icon="diagram-3",
            prefixes=("/allocation/",),
            can=Can.SEE_SHORTLIST,
        ),
        Room(
            label=_("Commissions"),
            view="allocation:sittings",
            icon="journal-check",
            prefixes=("/allocation/sittings/", "/allocation/commissions/"),
            can=Can.SEE_COMMISSION,
        ),
    ),
    (
        Room(label=_("Leases"), view="tenancies:leases", icon="key", prefixes=("/tenancies/",), can=Can.SEE_LEASES),
        Room(
            label=_("Support"),
            view="support:support",
            icon="chat-left-text",
            prefixes=("/support/",),
            can=Can.SEE_SUPPORT,
        ),
    ),
    (
        Room(
            label=_("Observatory"),
            view="observatory:figures",
            icon="bar-chart",
            prefixes=("/observatory/",),
            can=Can.SEE_INDICATORS,
        ),
        Room(
            label=_("People files"),
            view="journeys:imports",
            icon="upload",
            prefixes=("/imports/",),
            can=Can.IMPORT_PEOPLE,
        ),
        Room(
            label=_("Homes files"),
            view="journeys:home-imports",
            icon="upload",
            prefixes=("/imports/homes/",),
            can=Can.IMPORT_HOMES,
        ),
        Room(label=_("Trail"), view="portal:trail", icon="clock-history", prefixes=("/trail/",), can=Can.READ_TRAIL),
    ),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give every page its rail and its shell."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.user_id is None:
        return {"navigation": (), "shell": _visitor()}
    opened = [[room for room in group if room.can is None or actor.may(room.can)] for group in ROOMS]
    current = _current(request.path, [room for group in opened for room in group])
    groups = tuple(tuple(_item(room, current) for room in group) for group in opened if group)
    return {"navigation": groups, "shell": _shell(request)}


def _item(room: Room, current: Room | None) -> NavItem:
    return NavItem(label=str(room.label), url=reverse(room.view), icon=room.icon, is_current=room is current)


def _current(path: str, rooms: list[Room]) -> Room | None:
    """Find the room a page lies in: the one whose address says the most."""
    held = [(len(prefix), room) for room in rooms for prefix in room.prefixes if path.startswith(prefix)]
    return max(held, key=lambda found: found[0], default=(0, None))[1]


def _visitor() -> Shell:
    return Shell(
        home_url=reverse("portal:home"),
        sign_in_url=reverse("portal:sign-in"),
        language_url=reverse("portal:language"),
        footer=tuple(_footer()),
    )


def _shell(request: HttpRequest) -> Shell:
    actor = request.actor  # type: ignore[attr-defined]
    where = [territory.name for territory in queries.territories_of(actor=actor)]
    return Shell(
        home_url=reverse("portal:day"),
        territory=", ".join(where),
        account_name=actor.label,
        account_role=role_label(actor.role),
        account_url=reverse("portal:account"),
        sign_out_url=reverse("portal:sign-out"),
        language_url=reverse("portal:language"),
        footer=tuple(_footer()),
    )


def role_label(key: str) -> str:
    """Name a role in the reader's language."""
    role = roles().get(key)
    if role is None:
        return ""
    return role.label_fr if (get_language() or settings.LANGUAGE_CODE).startswith("fr") else role.label_en


def _footer() -> Iterator[Link]:
    yield Link(label=str(_("Public figures")), url=reverse("observatory:public"))
    yield Link(label=str(_("Components")), url=reverse("portal:gallery"))
