"""What an empty day says: why nothing is there, what the role opens today, and the next act. Nothing is invented."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chezsoi.territories.access import Actor, Can
from chezsoi.ui.shapes import Link

COUNT = gettext_lazy("The nights of the count are not held here yet. Your pages will come with them.")
TRAINING = gettext_lazy("Courses, sessions and certificates are not kept here yet. Your pages will come with them.")
TO_COME: dict[str, Promise] = {
    "count_manager": COUNT,
    "sector_lead": COUNT,
    "volunteer": COUNT,
    "trainer": TRAINING,
    "training_manager": TRAINING,
    "landlord_user": gettext_lazy(
        "Your homes and their leases are not shown to you here yet. Until then, the agency that manages them answers "
        "you."
    ),
    "ccapex_secretary": gettext_lazy(
        "Procedures of eviction and their deadlines are not followed here yet. Your pages will come with them."
    ),
    "national_analyst": gettext_lazy("The national report is not made here yet. The public figures are open to you."),
    "person_user": gettext_lazy(
        "Your own file is not shown to you here yet. You may ask any service that follows you for a copy: it is your "
        "right, and it costs nothing."
    ),
}
"""Roles whose own pages come with a later stage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstDay:
    """Why the day is empty, in two sentences at most, and what may be done all the same."""

    title: str
    why: str
    acts: tuple[Link, ...]


ACTS: tuple[tuple[Can, Promise, str], ...] = (
    (Can.REGISTER_PEOPLE, gettext_lazy("Open a first file"), "people:new"),
    (Can.LIST_PEOPLE, gettext_lazy("See the people you know"), "people:list"),
    (Can.RECORD_HOME, gettext_lazy("See your homes"), "homes:homes"),
    (Can.SEE_COMMISSION, gettext_lazy("See the commissions"), "allocation:sittings"),
    (Can.MANAGE_ACCOUNTS, gettext_lazy("See the accounts"), "portal:managed-accounts"),
    (Can.READ_TRAIL, gettext_lazy("Read the trail"), "portal:trail"),
    (Can.SEE_INDICATORS, gettext_lazy("Read the figures"), "observatory:figures"),
)
"""What is offered on an empty day, the first two that the role may do."""


def first_day(actor: Actor) -> FirstDay:
    """Say what an empty day means to a role."""
    acts = tuple(Link(label=str(label), url=reverse(view)) for can, label, view in ACTS if actor.may(can))[:2]
    if actor.role in TO_COME:
        return FirstDay(title=_("Nothing waits for you here yet"), why=str(TO_COME[actor.role]), acts=acts)
    if not actor.permissions:
        why = _("No role is open to your account today. Ask the administrator of your organisation.")
        return FirstDay(title=_("No role today"), why=why, acts=(Link(label=_("My account"), url=reverse(_ACCOUNT)),))
    return FirstDay(title=_("Nothing waits for you"), why=_why(actor), acts=acts)


def _why(actor: Actor) -> str:
    if actor.may(Can.LIST_PEOPLE):
        return _("Visits, answers and files to read will appear here as soon as one needs you.")
    if actor.may(Can.SEE_COMMISSION):
        return _("Commissions and the answers to their offers will appear here as soon as one needs you.")
    if actor.may(Can.SIGN_LEASE):
        return _("A lease to sign appears here when a household accepts one of your homes.")
    return _("What needs you will appear here, and nowhere else. You may close this page in peace.")


_ACCOUNT = "portal:account"
