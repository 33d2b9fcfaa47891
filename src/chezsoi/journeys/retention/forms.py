"""What is written to keep a file, and to end those past their time."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from chezsoi.journeys.retention.choices import Ground
from chezsoi.ui.choosing import Choice


class Keep(forms.Form):
    """Why a file is kept beyond its term, and until when."""

    ground = Choice(label=_("Ground"), choices=Ground.choices)
    reason = forms.CharField(
        label=_("Justification"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=_("A sentence that somebody else understands: what is under way, and what the file is needed for."),
    )
    until_on = forms.DateField(
        label=_("Keep until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Five years from today at most; it can be written again."),
    )


class Purge(forms.Form):
    """The order to erase, confirmed."""

    is_sure = forms.BooleanField(label=_("I have read the counts; nothing brings these files back."))
