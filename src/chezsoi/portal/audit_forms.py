"""What the data protection officer asks of the trail, and concludes of an emergency access."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chezsoi.people.choices import ReviewFinding
from chezsoi.portal.audit import Asked

VERBS = (
    ("", _("everything")),
    ("people.household.read", _("opened a household’s file")),
    ("people.households.listed", _("listed households")),
    ("people.looked_up", _("asked whether somebody is known")),
    ("people.circle", _("opened or closed a circle")),
    ("people.emergency", _("emergency accesses")),
    ("people.copy", _("copies asked for")),
    ("people.", _("all about people")),
    ("homes.", _("homes")),
    ("allocation.", _("allocations and commissions")),
    ("siao.", _("orientations and lists of the SIAO")),
    ("tenancies.", _("leases")),
    ("support.", _("support")),
    ("files.", _("files sent")),
    ("territories.", _("accounts and roles")),
    ("trail.", _("exports of the trail")),
)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class Filters(forms.Form):
    """Who, what, about which household, between which days."""

    marks_optional = False

    who = forms.CharField(label=_("Who"), required=False, max_length=100)
    verb = forms.ChoiceField(label=_("Act"), required=False, choices=VERBS)
    household = forms.CharField(label=_("File number"), required=False, max_length=60)
    first = _day(_("From"))
    last = _day(_("To"))

    def asked(self) -> Asked:
        """Give what was asked, without the parts that cannot be read."""
        self.is_valid()
        return Asked(**{name: value for name, value in self.cleaned_data.items() if value})


class Review(forms.Form):
    """Was it justified?"""

    finding = forms.ChoiceField(label=_("Finding"), choices=ReviewFinding.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("For the service, without names"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )
