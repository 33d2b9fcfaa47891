"""What is typed of leases, of calls of landlords and of wishes to exchange."""

from django import forms
from django.utils.translation import gettext_lazy as _

from chezsoi.allocation.forms.wishes import WishedHome
from chezsoi.tenancies.choices import CallReason, LeaseKind
from chezsoi.ui.choosing import Choice


class SignLease(forms.Form):
    """The lease as signed."""

    kind = forms.ChoiceField(label=_("Kind of lease"), choices=LeaseKind.choices, widget=forms.RadioSelect)
    signed_on = forms.DateField(label=_("Signed on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    starts_on = forms.DateField(
        label=_("Starts on"),
        help_text=_("The day the household gets the keys."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )


class SignRoom(SignLease):
    """The lease of a room in a shared home."""

    has_joint_liability = forms.BooleanField(
        label=_("Joint liability with those who share the home"),
        required=False,
        help_text=_("Unticked, each household answers for its own rent alone; social schemes keep it so."),
    )


class VoidLease(forms.Form):
    """Why a lease is void."""

    reason = forms.CharField(
        label=_("What was wrong"),
        max_length=300,
        help_text=_("Kept with the lease, which stays readable. The home and the household become free again."),
        widget=forms.Textarea({"rows": 3}),
    )


class CallSupport(forms.Form):
    """What a landlord calls the support of its tenant for."""

    reason = Choice(label=_("What it is about"), choices=CallReason.choices)
    words = forms.CharField(
        label=_("What you noticed"),
        max_length=300,
        required=False,
        help_text=_("Of the lease and of the home. Never health, never origin; nothing of how they live."),
        widget=forms.Textarea({"rows": 3}),
    )
    household_knows = forms.BooleanField(label=_("The household knows that I call"), required=False)


class TakeUp(forms.Form):
    """What the landlord reads of a call taken up."""

    answer = forms.CharField(
        label=_("What the landlord reads"),
        max_length=300,
        required=False,
        help_text=_("That you take it up, no more: nothing of what the household says or wishes."),
        widget=forms.Textarea({"rows": 2}),
    )


class ExchangeStated(WishedHome):
    """Which homes a tenant household would exchange its own for."""

    is_their_wish = forms.BooleanField(label=_("The household itself says so"))
