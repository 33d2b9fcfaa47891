"""How the catalogue says things: the ten sheets of the report, states, places of the program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.urls import resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from chezsoi.portal.catalogue.reading import Action, State
from chezsoi.territories import datasets
from chezsoi.territories.access import Actor
from chezsoi.ui.shapes import Fact, Kind, Link, Tag

FICHES: dict[int, Promise] = {
    1: gettext_lazy("Finding homes among private owners"),
    2: gettext_lazy("Building and renovating affordable homes"),
    3: gettext_lazy("Straight from the street to a home"),
    4: gettext_lazy("Coordinating support"),
    5: gettext_lazy("Counting on one winter night"),
    6: gettext_lazy("Observing homelessness"),
    7: gettext_lazy("Training"),
    8: gettext_lazy("Preventing evictions"),
    9: gettext_lazy("Housing the young"),
    10: gettext_lazy("Joining health"),
}
# A page about one thing is reached through the list of those things.
PLACES: dict[str, tuple[Promise, str]] = {
    "homes:new": (gettext_lazy("Record a home"), "homes:new"),
    "homes:home": (gettext_lazy("The page of a home"), "homes:homes"),
    "homes:rooms": (gettext_lazy("Let room by room"), "homes:homes"),
    "allocation:sharing": (gettext_lazy("Living with others"), "people:list"),
    "journeys:open-joint-round": (gettext_lazy("Share several homes out"), "journeys:open-joint-round"),
    "allocation:joint": (gettext_lazy("Joint round"), "allocation:rounds"),
    "journeys:open-round": (gettext_lazy("Look for households for a home"), "homes:homes"),
    "journeys:sign-lease": (gettext_lazy("Sign a lease"), "tenancies:leases"),
    "allocation:sitting": (gettext_lazy("A sitting of the commission"), "allocation:sittings"),
    "allocation:table": (gettext_lazy("Put a home on the table of a commission"), "allocation:rounds"),
    "allocation:reservations": (gettext_lazy("Reservations: whose turn each vacancy is"), "allocation:reservations"),
    "allocation:turns": (gettext_lazy("Whose turn a home is"), "allocation:reservations"),
    "allocation:asks": (gettext_lazy("Ask a reservation holder for a home"), "people:list"),
    "allocation:ask": (gettext_lazy("A home is asked of you"), "allocation:reservations"),
    "tenancies:call-support": (gettext_lazy("Call the support team"), "tenancies:leases"),
    "tenancies:call": (gettext_lazy("A landlord calls"), "tenancies:leases"),
    "people:new": (gettext_lazy("Register somebody met"), "people:new"),
    "people:list": (gettext_lazy("The by-name list"), "people:list"),
    "portal:household": (gettext_lazy("The page of a household"), "people:list"),
    "support:support": (gettext_lazy("Support measures and tasks"), "support:support"),
    "support:file": (gettext_lazy("The support of a household"), "support:support"),
    "support:hand-over": (gettext_lazy("Hand a household over to another team"), "people:list"),
    "support:call-meeting": (gettext_lazy("Meet about a household, with its agreement"), "people:list"),
    "support:meetings": (gettext_lazy("Case meetings to come"), "support:meetings"),
    "support:change-intensity": (gettext_lazy("Change the intensity of support"), "support:support"),
    "journeys:way-home": (gettext_lazy("From the street to a home: our figures"), "journeys:way-home"),
    "siao:orientations": (gettext_lazy("Orientations by the SIAO"), "siao:orientations"),
    "siao:household": (gettext_lazy("The orientations of a household"), "siao:orientations"),
    "siao:orient": (gettext_lazy("Orient a household"), "siao:orientations"),
    "siao:teams": (gettext_lazy("The teams of the SIAO and their lists"), "siao:teams"),
    "siao:without-support": (gettext_lazy("Households without the support they wish"), "siao:without-support"),
    "observatory:shared": (gettext_lazy("Territories that share a SIAO, and their union"), "observatory:figures"),
    "observatory:territory": (gettext_lazy("The figures of a territory"), "observatory:figures"),
    "observatory:rows": (gettext_lazy("The rows of a figure"), "observatory:figures"),
    "observatory:definition": (gettext_lazy("The definition of a figure"), "observatory:public"),
    "observatory:public": (gettext_lazy("Public figures"), "observatory:public"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One action as the page shows it."""

    action: Action
    where: str
    tag: Tag
    facts: tuple[Fact, ...]
    links: tuple[Link, ...]


@cache
def territories() -> dict[str, str]:
    """Name the territories of the report by their keys."""
    rows = datasets.read("territories", directory=settings.REFERENCE_DIR)
    return {row["territory_id"]: row["name_current"] for row in rows}


def fiche(number: int) -> str:
    """Name a sheet of the report."""
    return _("Sheet %(number)s – %(title)s") % {"number": number, "title": FICHES[number]}


def card(action: Action, *, actor: Actor) -> Card:
    """Give an action as the page shows it: to an account, with the places it may open; to a visitor, with all."""
    return Card(
        action=action,
        where=", ".join(territories()[key] for key in action.territories),
        tag=tag(action.state),
        facts=tuple(_facts(action)),
        links=tuple(_link(name) for name in action.pages if _opens_to(actor, name)),
    )


def figures(listed: Sequence[Action]) -> tuple[Fact, ...]:
    """Count the actions by state."""
    return tuple(
        Fact(label=tag(state).label, value=str(sum(action.state == state for action in listed))) for state in State
    )


def tag(state: State) -> Tag:
    """Say how far an action is served."""
    return {
        State.WHOLE: Tag(label=pgettext("action", "served"), kind=Kind.HOME),
        State.IN_PART: Tag(label=pgettext("action", "served in part"), kind=Kind.WAIT),
        State.NOT_YET: Tag(label=pgettext("action", "not served yet")),
    }[state]


def _facts(action: Action) -> Iterator[Fact]:
    if action.figures:
        yield Fact(label=_("Figures of the report"), value="; ".join(action.figures))
    if action.partners:
        yield Fact(label=_("Partners"), value=", ".join(action.partners))
    yield Fact(label=_("Described for"), value=action.year)


def _opens_to(actor: Actor, name: str) -> bool:
    can = getattr(resolve(reverse(PLACES[name][1])).func, "permission", None)
    return actor.user_id is None or can is None or actor.may(can)


def _link(name: str) -> Link:
    label, opened = PLACES[name]
    return Link(label=str(label), url=reverse(opened))
