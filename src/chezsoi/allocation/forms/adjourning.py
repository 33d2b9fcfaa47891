"""Forms for who leaves a sitting before its end, and what a later one decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chezsoi.allocation.models import SittingItem
from chezsoi.ui.choosing import ModelChoice


class Departure(forms.Form):
    """Who leaves, or is back."""

    member: Any = ModelChoice(label=_("Member"), queryset=None)

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]


class Adjourning(forms.Form):
    """The later sitting that will decide, chosen or called, and why."""

    marks_optional = False

    sitting: Any = forms.ModelChoiceField(
        label=_("Sitting already called"), queryset=None, required=False, empty_label=pgettext_lazy("sitting", "none")
    )
    held_on = forms.DateField(
        label=_("Or call one, on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(label=_("Why it waits"), max_length=300)

    def __init__(self, *args: Any, later: Any, item: SittingItem, **kwargs: Any) -> None:
        kwargs["prefix"] = f"later{item.pk}"
        super().__init__(*args, **kwargs)
        self.fields["sitting"].queryset = later  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two, and put it under `to`."""
        given = super().clean() or {}
        sitting, day = given.get("sitting"), given.get("held_on")
        if (sitting is None) == (day is None):
            raise ValidationError(_("Choose a sitting, or give the day of a new one."))
        return {"to": sitting or day, "reason": given.get("reason", "")}
