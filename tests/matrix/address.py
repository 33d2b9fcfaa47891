"""What an address of the house is: the right that opens it, its methods, the things it may be about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chezsoi.territories.access import Can

METHODS = ("GET", "POST")
ANYBODY, ACCOUNT = "anybody", "account"

HOUSEHOLD = ("own", "outside", "nobody", "expired", "protected", "protected_own", "elsewhere")
CIRCLE = tuple(kind for kind in HOUSEHOLD if kind != "nobody")
ESTATE = ("own", "other", "elsewhere")
MIXED = "mixed"
NOTHING = ("none",)

Read, Write, Both = ("GET",), ("POST",), METHODS
Arguments = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """
    An address: the right that opens it (or `anybody`, or any `account`), its methods, the things it may be about.

    `thing` names the rule of existence (`proposal.py`); `asks_method_first` tells that another method is refused
    before the right is asked for.
    """

    can: Can | str
    methods: tuple[str, ...]
    thing: str = ""
    kinds: tuple[str, ...] = NOTHING
    arguments: Arguments = lambda things: {}
    asks_method_first: bool = False
    leaves: bool = False


def about(thing: str, name: str, held_as: str = "") -> dict[str, Any]:
    """Describe an address about one thing, whose number it bears under a name."""
    kinds = {"household": HOUSEHOLD, "assignment": ("own", "other")}.get(thing, ESTATE)
    return {"thing": thing, "kinds": kinds, "arguments": lambda things: {name: things[held_as or thing].pk}}


def about_round(state: str = "drawn") -> dict[str, Any]:
    return {"thing": "round", "kinds": ESTATE, "arguments": lambda things: {"round_id": things[state].pk}}


def about_joint(state: str = "joint") -> dict[str, Any]:
    return {"thing": "joint round", "kinds": ESTATE, "arguments": lambda things: {"joint_id": things[state].pk}}


def about_candidacy(name: str, which: str = "candidacy") -> dict[str, Any]:
    return {"thing": "candidacy", "kinds": ESTATE, "arguments": lambda things: {name: things[which].pk}}


def about_sitting(state: str = "sitting") -> dict[str, Any]:
    return {"thing": "commission", "kinds": ESTATE, "arguments": lambda things: {"sitting_id": things[state].pk}}


def about_item() -> dict[str, Any]:
    return {"thing": "commission", "kinds": ESTATE, "arguments": lambda things: {"item_id": things["item"].pk}}


def about_commission() -> dict[str, Any]:
    return {
        "thing": "commission",
        "kinds": ESTATE,
        "arguments": lambda things: {"commission_id": things["sitting"].commission_id},
    }


def about_territory(thing: str = "territory", **more: Any) -> dict[str, Any]:
    return {
        "thing": thing,
        "kinds": ("own", "elsewhere"),
        "arguments": lambda things: {"key": things["territory"].key, "year": 2026, **more},
    }


def about_a_territory() -> dict[str, Any]:
    return about_territory() | {"arguments": lambda things: {"key": things["territory"].key}}


def about_a_sheet() -> dict[str, Any]:
    """An address about what one territory tells one register, as a file."""
    named = {"register": "sne", "kind": "csv"}
    return about_a_territory() | {"arguments": lambda things: {"key": things["territory"].key, **named}}


def nowhere(**arguments: Any) -> dict[str, Any]:
    """Describe an address about a thing that exists for nobody here."""
    return {"thing": "demonstration", "kinds": ("other",), "arguments": lambda things: arguments}
