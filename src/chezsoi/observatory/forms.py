"""What is typed to record a total."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RecordTotal(forms.Form):
    """All social allocations of a year, as published."""

    value = forms.IntegerField(label=_("All social allocations of the year"), min_value=0)
    source = forms.CharField(label=_("Source"), max_length=200, help_text=_("For example: SNE extraction, DDETS."))
    dated_on = forms.DateField(label=_("Published on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
