"""A first day and a last one, both over, in their order."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class Days(forms.Form):
    """Asks for `first` and `last`, which its heirs name; `on` is today."""

    on: date

    def clean_last(self) -> date:
        """Refuse a day that is still to come."""
        last: date = self.cleaned_data["last"]
        if last > self.on:
            raise forms.ValidationError(_("This day is still to come: nothing was counted. Choose today, or before."))
        return last

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        found = super().clean() or {}
        if {"first", "last"} <= found.keys() and found["first"] > found["last"]:
            self.add_error("last", _("This day comes before the first: nothing was counted. Put the later day here."))
        return found
