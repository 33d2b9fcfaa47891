"""Signing a lease and undoing one: both change where people live, the home, and support."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from chezsoi.allocation import queries as allocation
from chezsoi.homes import actions as homes
from chezsoi.journeys import street_to_home
from chezsoi.tenancies import actions, queries
from chezsoi.tenancies.choices import LeaseKind
from chezsoi.tenancies.forms import SignLease, SignRoom, VoidLease
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page

SENTENCES = {
    actions.HomeAlreadyLet: gettext_lazy(
        "Another lease is in force for this home. Nothing was recorded; open the home to see which."
    ),
    actions.HouseholdAlreadyHoused: gettext_lazy(
        "Another lease is in force for this household. Nothing was recorded; end or undo that lease first."
    ),
    actions.HomeNotOfferable: gettext_lazy("The law forbids letting this home as it is. Nothing was recorded."),
    homes.HomeNotOfferable: gettext_lazy(
        "The law will forbid letting this home on the day the lease starts. Nothing was recorded."
    ),
    actions.OfferNotAccepted: gettext_lazy(
        "The household has not accepted this home yet. Nothing was recorded; record its answer first."
    ),
    actions.LeaseSignedBeforeDecision: gettext_lazy(
        "The lease cannot be signed before the commission decided. Nothing was recorded; check the day of signature."
    ),
    actions.LeaseStartsBeforeSignature: gettext_lazy(
        "The lease cannot start before it is signed. Nothing was recorded; check both days."
    ),
    street_to_home.HouseholdWithoutMembers: gettext_lazy(
        "Nobody belongs to this household on the day the lease starts. Nothing was recorded; check the file first."
    ),
}


@allow(Can.SIGN_LEASE)
@require_http_methods(["GET", "POST"])
def sign(request: Request, candidacy_pk: int) -> HttpResponse:
    candidacy = allocation.candidacy(candidacy_pk, actor=request.actor)
    today = timezone.localdate()
    is_room = candidacy.offer.dwelling.shared_home_id is not None
    signing = SignRoom if is_room else SignLease
    form = signing(request.POST or None, initial={"signed_on": today, "starts_on": today})
    if form.is_valid():
        try:
            housed = street_to_home.house(
                actor=request.actor,
                candidacy=candidacy,
                **{**form.cleaned_data, "kind": LeaseKind(form.cleaned_data["kind"])},
            )
        except tuple(SENTENCES) as refused:
            form.add_error(None, str(SENTENCES[type(refused)]))
        else:
            messages.success(request, _("Lease recorded: the household has a home, and support is told."))
            return redirect("tenancies:lease", housed.lease.pk)
    status = 422 if form.errors else 200
    return page(request, "journeys/sign_lease.html", {"candidacy": candidacy, "form": form}, status=status)


@allow(Can.UNDO_LEASE)
@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    lease = queries.lease(pk, actor=request.actor)
    form = VoidLease(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say what was wrong with the lease. Nothing was changed."))
        return redirect("tenancies:lease", pk)
    try:
        street_to_home.undo(
            actor=request.actor, lease=lease, on=timezone.localdate(), reason=form.cleaned_data["reason"]
        )
    except actions.LeaseNotInForce:
        messages.error(request, _("This lease has ended or was undone before. Nothing was changed."))
    except homes.DwellingAlreadyOffered:
        messages.error(
            request, _("The home has been offered again since. Nothing was changed; withdraw that offer first.")
        )
    else:
        messages.success(
            request, _("The lease is undone. The home is on offer again, and everything stays in the trail.")
        )
    return redirect("tenancies:lease", pk)
