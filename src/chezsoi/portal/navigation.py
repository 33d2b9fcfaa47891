"""What surrounds a page: where one may go, in which territory, as whom. Only what the role may open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from chezsoi.portal import waiting
from chezsoi.portal.shortcuts import shortcuts
from chezsoi.territories import queries
from chezsoi.territories.access import Can, roles
from chezsoi.ui.shapes import Link, NavItem, Shell, Shortcut

DAY = "portal:day"
COMMISSIONS = ("/allocation/commissions/", "/allocation/items/", "/allocation/candidates/", "/allocation/decisions/")


@dataclass(frozen=True, slots=True)
class Room:
    """A part of the house: the right that opens it (None opens it to every account), and where else its pages lie."""

    label: Promise | str
    view: str
    icon: str
    can: Can | None
    also: tuple[str, ...] = ()

    def holds(self, path: str) -> int:
        """Tell how much of an address says that its page lies here; 0 says nothing."""
        return max(len(start) if path.startswith(start) else 0 for start in (reverse(self.view), *self.also))


ROOMS: tuple[tuple[Room, ...], ...] = (
    (
        Room(_("My day"), DAY, "sun", None),
        Room(_("People"), "people:list", "people", Can.LIST_PEOPLE, also=("/journeys/households/",)),
        Room(_("Homes"), "homes:homes", "house-door", Can.SEE_HOMES),
        Room(
            _("Allocations"),
            "allocation:rounds",
            "diagram-3",
            Can.SEE_SHORTLIST,
            also=("/journeys/homes/", "/journeys/grids/"),
        ),
        Room(_("Commissions"), "allocation:sittings", "journal-check", Can.SEE_COMMISSION, also=COMMISSIONS),
        Room(_("Orientations"), "siao:orientations", "signpost-split", Can.SEE_ORIENTATIONS),
    ),
    (
        Room(_("Leases"), "tenancies:leases", "key", Can.SEE_LEASES, also=("/journeys/leases/",)),
        Room(_("Support"), "support:support", "chat-left-text", Can.SEE_SUPPORT, also=("/journeys/from-the-street/",)),
    ),
    (
        Room(_("Observatory"), "observatory:figures", "bar-chart", Can.SEE_INDICATORS, also=("/journeys/registers/",)),
        Room(_("People files"), "journeys:imports", "upload", Can.IMPORT_PEOPLE),
        Room(_("Homes files"), "journeys:home-imports", "upload", Can.IMPORT_HOMES),
        Room(_("Accounts"), "portal:managed-accounts", "person-plus", Can.MANAGE_ACCOUNTS),
        Room(_("Trail"), "portal:trail", "clock-history", Can.READ_TRAIL),
        Room(_("End of files"), "journeys:retention", "hourglass-split", Can.PURGE_FILES),
    ),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """
    Give every page its rail, its shell and how many things wait of each kind.

    A part of a page, asked for by htmx, shows no rail and counts nothing.
    """
    actor = getattr(request, "actor", None)
    if actor is None or actor.user_id is None:
        return {"navigation": (), "shell": _visitor(), "waits": {}}
    opened = [[room for room in group if room.can is None or actor.may(room.can)] for group in ROOMS]
    current = _current(request.path, opened)
    waits = {} if request.headers.get("HX-Request") else _waits(request)
    counts = waiting.in_rooms(waits)
    groups = tuple(tuple(_item(room, current, counts) for room in group) for group in opened if group)
    rooms = [(room.view, str(room.label)) for group in opened for room in group]
    return {
        "navigation": groups,
        "shell": _shell(request, _shortcuts(request, rooms)),
        "waits": {kind.key: waits.get(kind.key, 0) for kind in waiting.KINDS},
    }


def waiting_counts(request: HttpRequest) -> dict[str, int]:
    """Count what waits in each room, once a request."""
    return waiting.in_rooms(_waits(request))


def _waits(request: HttpRequest) -> dict[str, int]:
    if not hasattr(request, "waits"):
        actor = request.actor  # type: ignore[attr-defined]
        request.waits = waiting.of_each_kind(actor=actor, on=timezone.localdate())  # type: ignore[attr-defined]
    return request.waits  # type: ignore[attr-defined,no-any-return]


def _item(room: Room, current: Room, counts: dict[str, int]) -> NavItem:
    """Show a room with what waits in it; the first room, one's day, counts all of it."""
    count = sum(counts.values()) if room.view == DAY else counts.get(room.view, 0)
    is_current = room is current
    return NavItem(
        label=str(room.label), url=reverse(room.view), icon=room.icon, count=count or None, is_current=is_current
    )


def _current(path: str, opened: list[list[Room]]) -> Room:
    """Find the room a page lies in: the one whose address says the most, else the first, which is open to all."""
    return max((room for group in opened for room in group), key=lambda room: room.holds(path))


def _shortcuts(request: HttpRequest, rooms: list[tuple[str, str]]) -> tuple[Shortcut, ...]:
    """Give the keys that answer on a page: none for who turned them off, none in a part of a page."""
    actor = request.actor  # type: ignore[attr-defined]
    is_part = bool(request.headers.get("HX-Request"))
    if is_part or not queries.habits_of(actor.user_id, actor=actor).has_shortcuts:
        return ()
    return shortcuts(actor=actor, rooms=rooms)


def _visitor() -> Shell:
    return Shell(
        home_url=reverse("portal:home"),
        sign_in_url=reverse("portal:sign-in"),
        language_url=reverse("portal:language"),
        footer=tuple(_footer()),
    )


def _shell(request: HttpRequest, keys: tuple[Shortcut, ...]) -> Shell:
    actor = request.actor  # type: ignore[attr-defined]
    where = [territory.name for territory in queries.territories_of(actor=actor)]
    return Shell(
        home_url=reverse("portal:day"),
        territory=", ".join(where),
        search_url=reverse("portal:search") if actor.may(Can.LIST_PEOPLE) or actor.may(Can.SEE_HOMES) else "",
        query=request.GET.get("q", "") if request.path == reverse("portal:search") else "",
        account_name=actor.label,
        account_role=role_label(actor.role),
        account_url=reverse("portal:account"),
        sign_in_url=reverse("portal:sign-in"),
        sign_out_url=reverse("portal:sign-out"),
        account_key=str(actor.user_id),
        drafts_url=reverse("portal:drafts"),
        discard_url=reverse("portal:discard-draft"),
        language_url=reverse("portal:language"),
        shortcuts=keys,
        shortcuts_url=reverse("portal:shortcuts"),
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
    yield Link(label=str(_("What serves the 54 actions")), url=reverse("portal:catalogue"))
    yield Link(label=str(_("Accessibility: not conformant")), url=reverse("portal:accessibility"))
    yield Link(label=str(_("Components")), url=reverse("portal:gallery"))
