"""What the local administrator does: see who works here, invite, give and end roles, disable."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chezsoi.portal import tasks
from chezsoi.portal.navigation import role_label
from chezsoi.portal.views.accounts import directory
from chezsoi.portal.views.accounts.forms import EndRole, Invitation, Reason, Role
from chezsoi.territories import actions, queries
from chezsoi.territories.access import Can, Request, Scope, allow, roles
from chezsoi.territories.models import User
from chezsoi.ui.responses import page

OWN = gettext_lazy("This is your own account: another administrator must do that. Nothing was changed.")
ELSEWHERE = gettext_lazy("This account also works elsewhere. Nothing was changed; end its roles here instead.")


@allow(Can.MANAGE_ACCOUNTS)
@require_safe
def accounts(request: Request) -> HttpResponse:
    rows = directory.rows(actor=request.actor, on=timezone.localdate(), now=timezone.now())
    context = {"table": directory.table(rows), "organisation": queries.own_organisation(actor=request.actor)}
    return page(request, "portal/accounts/accounts.html", context)


@allow(Can.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def invite(request: Request) -> HttpResponse:
    form = Invitation(request.POST or None, **_choices(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            user = actions.invite(
                actor=request.actor,
                email=said["email"],
                full_name=said["full_name"],
                organisation=queries.own_organisation(actor=request.actor),
                **_role_said(request, said),
            )
        except actions.AddressTaken:
            form.add_error(
                "email", _("An account has this address already. Nothing was done; look for it in the list.")
            )
        else:
            tasks.send_invitation.enqueue(user.pk)
            messages.success(request, _("The invitation is on its way. The account opens when it is accepted."))
            return redirect("portal:managed-account", pk=user.pk)
    return page(request, "portal/accounts/invite.html", {"form": form}, status=422 if form.errors else 200)


@allow(Can.MANAGE_ACCOUNTS)
@require_safe
def managed_account(request: Request, pk: int) -> HttpResponse:
    return _account_page(request, _managed(request).get(pk=pk))


@allow(Can.MANAGE_ACCOUNTS)
@require_POST
def give_role(request: Request, pk: int) -> HttpResponse:
    user = _managed(request).get(pk=pk)
    form = Role(request.POST, **_choices(request))
    if not form.is_valid():
        return _account_page(request, user, role_form=form)
    organisation = queries.own_organisation(actor=request.actor)
    try:
        actions.give_role(
            actor=request.actor, user=user, organisation=organisation, **_role_said(request, form.cleaned_data)
        )
    except actions.RoleAlreadyHeld:
        form.add_error("role", _("This account holds this role then already. Nothing was changed; choose another day."))
        return _account_page(request, user, role_form=form)
    except actions.OwnAccount:
        messages.error(request, OWN)
    else:
        messages.success(request, _("The role is given."))
    return redirect("portal:managed-account", pk=pk)


@allow(Can.MANAGE_ACCOUNTS)
@require_POST
def end_role(request: Request, pk: int, role_pk: int) -> HttpResponse:
    user = _managed(request).get(pk=pk)
    held = queries.roles_managed(actor=request.actor).filter(user=user).get(pk=role_pk)
    form = EndRole(request.POST)
    if not form.is_valid():
        messages.error(request, _("This is not a day. Nothing was changed; choose it again."))
        return redirect("portal:managed-account", pk=pk)
    try:
        actions.end_role(actor=request.actor, assignment=held, ends_on=form.cleaned_data["ends_on"])
    except actions.RoleEndsBeforeItStarts:
        messages.error(request, _("A role ends after it starts. Nothing was changed; choose a later day."))
    except actions.OwnAccount:
        messages.error(request, OWN)
    else:
        messages.success(request, _("The end of the role is noted."))
    return redirect("portal:managed-account", pk=pk)


@allow(Can.MANAGE_ACCOUNTS)
@require_POST
def close_sessions(request: Request, pk: int) -> HttpResponse:
    ended = actions.end_every_session(actor=request.actor, user=_managed(request).get(pk=pk))
    closed = ngettext("One session is closed.", "%(count)s sessions are closed.", ended) % {"count": ended}
    messages.success(request, closed if ended else _("It had no session open."))
    return redirect("portal:managed-account", pk=pk)


@allow(Can.MANAGE_ACCOUNTS)
@require_POST
def disable(request: Request, pk: int) -> HttpResponse:
    user = _managed(request).get(pk=pk)
    form = Reason(request.POST)
    if not form.is_valid():
        return _account_page(request, user, reason_form=form)
    try:
        actions.disable_account(actor=request.actor, user=user, reason=form.cleaned_data["reason"])
    except actions.OwnAccount:
        messages.error(request, OWN)
    except actions.AccountWorksElsewhere:
        messages.error(request, ELSEWHERE)
    else:
        messages.success(request, _("The account is disabled; every session it had open is closed."))
    return redirect("portal:managed-account", pk=pk)


@allow(Can.MANAGE_ACCOUNTS)
@require_POST
def invite_again(request: Request, pk: int) -> HttpResponse:
    user = _managed(request).get(pk=pk)
    try:
        actions.invite_again(actor=request.actor, user=user)
    except actions.NothingToAccept:
        messages.error(request, _("This account is open already. Nothing was sent."))
    except actions.OwnAccount:
        messages.error(request, OWN)
    except actions.AccountWorksElsewhere:
        messages.error(request, ELSEWHERE)
    else:
        tasks.send_invitation.enqueue(user.pk)
        messages.success(request, _("A new invitation is on its way; the one before no longer serves."))
    return redirect("portal:managed-account", pk=pk)


def _managed(request: Request) -> QuerySet[User]:
    return queries.accounts_managed(actor=request.actor)


def _account_page(
    request: Request, user: User, *, role_form: Role | None = None, reason_form: Reason | None = None
) -> HttpResponse:
    today = timezone.localdate()
    wrong = [form for form in (role_form, reason_form) if form is not None and form.errors]
    context = {
        "account": user,
        "state": directory.state(user, now=timezone.now(), actor=request.actor),
        "roles": directory.roles_of(user, actor=request.actor, on=today),
        "role_form": role_form or Role(**_choices(request)),
        "reason_form": reason_form or Reason(),
        "today": today,
        "is_own": user.pk == request.actor.user_id,
    }
    return page(request, "portal/accounts/managed_account.html", context, status=422 if wrong else 200)


def _choices(request: Request) -> dict[str, Any]:
    local = [(role.key, role_label(role.key)) for role in roles().values() if role.scope is not Scope.NATIONAL]
    places = [(str(place.pk), place.name) for place in queries.territories_of(actor=request.actor)]
    return {
        "roles": [("", _("Choose a role")), *sorted(local, key=lambda choice: choice[1])],
        "territories": places,
        "today": timezone.localdate(),
    }


def _role_said(request: Request, said: dict[str, Any]) -> dict[str, Any]:
    place = queries.territories_of(actor=request.actor).get(pk=said["territory"])
    return {"role": said["role"], "territory": place, "starts_on": said["starts_on"], "ends_on": said["ends_on"]}
