"""The forms of grounds of priority and of the lists that house first."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chezsoi.allocation.actions import Evidence
from chezsoi.allocation.choices import Label, PriorityPool, Proof
from chezsoi.ui.choosing import Choice

UNSAID: tuple[str, Promise] = ("", pgettext_lazy("proof", "not said"))


def day(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """Ask for one day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


class Ground(forms.Form):
    """A ground of priority, and what shows it; everything but the ground may stay unknown."""

    label = Choice(label=_("Ground of priority"), choices=Label.choices)
    proof = forms.ChoiceField(
        label=_("Proof"),
        choices=(UNSAID, *Proof.choices),
        required=False,
        help_text=_("Without a proof the ground counts here; a commission may ask for one."),
    )
    issuer = forms.CharField(label=_("Issued by"), max_length=150, required=False)
    valid_from = day(_("Valid from"))
    valid_until = day(_("Valid until"), help_text=_("That day included. Left blank, it has no end."))

    def __init__(self, *args: Any, labels: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        read = [(value, label) for value, label in Label.choices if value in labels]
        self.fields["label"].choices = read  # type: ignore[attr-defined]

    def evidence(self) -> Evidence:
        """Give what shows the ground, as the action takes it."""
        return Evidence(**{name: self.cleaned_data[name] for name in Evidence.__slots__})


class Listed(forms.Form):
    """A list that houses first, the number the household has there, since when, and who says so."""

    pool = Choice(label=_("List"), choices=PriorityPool.choices)
    number = forms.CharField(
        label=_("Number on that list"), max_length=60, required=False, help_text=_("Kept encrypted.")
    )
    labelled_on = day(_("On the list since"), required=True)
    issuer = forms.CharField(
        label=_("Who says so"), max_length=150, help_text=_("The service, and how: a letter, an extract of the list…")
    )
    valid_until = day(_("Valid until"), help_text=_("That day included. Left blank, it has no end."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_labelled_on(self) -> date:
        """Refuse a day to come."""
        since: date = self.cleaned_data["labelled_on"]
        if since > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return since


class Ending(forms.Form):
    """Why a ground, or a label, counts no more."""

    reason = forms.CharField(label=_("Why it counts no more"), max_length=300)
