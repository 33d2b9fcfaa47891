"""How many households our teams can follow."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from chezsoi.support.choices import FOLLOWED
from chezsoi.ui.choosing import Choice

MOST_PLACES = 5000


class Stated(forms.Form):
    """The places of the teams at one intensity."""

    intensity = Choice(label=_("Intensity"), choices=[(each.value, each.label) for each in FOLLOWED])
    places = forms.IntegerField(
        label=_("Households our teams can follow so"),
        min_value=0,
        max_value=MOST_PLACES,
        help_text=_("In all, those followed today included."),
    )
