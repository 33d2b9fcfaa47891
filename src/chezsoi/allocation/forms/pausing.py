"""The form of a pause: until when, and that the household itself asks for it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from chezsoi.allocation.forms.priorities import day


class Asked(forms.Form):
    """Until when a household asks to be proposed nothing."""

    until_on = day(
        _("Proposed nothing until"),
        required=True,
        help_text=_("On that day it is there again by itself, at its rank. Do not write why."),
    )
    is_their_wish = forms.BooleanField(label=_("The household itself asks for it"))
