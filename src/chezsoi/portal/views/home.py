"""The first page: what the program is and, in a demonstration, who one can be."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chezsoi.kernel.actor import Actor
from chezsoi.portal.navigation import role_label
from chezsoi.territories import queries
from chezsoi.territories.access import GRANTS, Can, Request, public
from chezsoi.territories.models import User
from chezsoi.ui.responses import page
from chezsoi.ui.shapes import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """One person of the demonstration, and what they do there."""

    user: User
    role: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccounts:
    """Those whose role has its pages, and those whose pages come later."""

    at_work: tuple[DemoAccount, ...]
    others: tuple[DemoAccount, ...]


@public("the first page says what the program is and lists the demonstration accounts")
@require_safe
def home(request: Request) -> HttpResponse:
    if request.actor.user_id is not None:
        return redirect("portal:day")
    accounts = _accounts(request.actor) if settings.DEMO else None
    return page(request, "portal/home.html", {"accounts": accounts, "chain": _chain()})


def _chain() -> tuple[Step, ...]:
    links = (
        (_("Known"), _("a person met in the street is known once")),
        (_("Offered"), _("a vacant home becomes an offer")),
        (_("Matched"), _("reasons put households on the shortlist")),
        (_("Decided"), _("a commission decides, and writes")),
        (_("Housed"), _("a lease is signed, support starts")),
        (_("Said"), _("the territory’s figures say so")),
    )
    return tuple(Step(label=label, detail=detail, state="link") for label, detail in links)


def _accounts(actor: Actor) -> DemoAccounts | None:
    at_work: list[DemoAccount] = []
    others: list[DemoAccount] = []
    for user in queries.demonstration_accounts(actor=actor):
        held = next(iter(user.roles.all()), None)
        if held is None:
            continue
        account = DemoAccount(user=user, role=role_label(held.role), organisation=held.organisation.name)
        (at_work if GRANTS[held.role] - {Can.SEE_INDICATORS} else others).append(account)
    return DemoAccounts(at_work=tuple(at_work), others=tuple(others)) if at_work else None
