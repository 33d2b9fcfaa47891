"""The forms of living with others: the household's wish, and its company."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from chezsoi.allocation.choices import Company, Sharing


class Stated(forms.Form):
    """What a household says of living with others."""

    wish = forms.ChoiceField(label=_("The household asks for"), choices=Sharing.choices, widget=forms.RadioSelect)
    is_their_wish = forms.BooleanField(label=_("The household itself says so"))


class CompanyStated(forms.Form):
    """With whom a household wishes to live, or would not."""

    file_number = forms.CharField(label=_("File number of the other household"), max_length=60)
    kind = forms.ChoiceField(
        label=_("The household"),
        choices=Company.choices,
        widget=forms.RadioSelect,
        help_text=_("Do not write why: nobody has to say, and the other is not told."),
    )
