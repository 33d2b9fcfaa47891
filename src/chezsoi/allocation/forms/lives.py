"""The forms of the life of a request: an act and its day, an appeal and what came of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chezsoi.allocation.choices import AppealBody, AppealObject, AppealOutcome, RequestAct
from chezsoi.allocation.forms.priorities import day
from chezsoi.ui.choosing import Choice

WORDS = forms.Textarea(attrs={"rows": 2})


class Past(forms.Form):
    """A day that is not to come."""

    dated = "on"

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {self.dated: today, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        when = given.get(self.dated)
        if when is not None and when > self.today:
            self.add_error(self.dated, _("This day is still to come."))
        return given


class Act(Past):
    """When a request was renewed, withdrawn or taken up again and, for a withdrawal, why."""

    on = day(_("On"), required=True)
    reason = forms.CharField(
        label=_("Why, as they say it"),
        max_length=300,
        required=False,
        help_text=_("“They do not wish to say” is enough. A withdrawal costs no seniority."),
    )

    def __init__(self, *args: Any, act: RequestAct, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if act is not RequestAct.WITHDRAW:
            del self.fields["reason"]


class Lodged(Past):
    """What a household contests, before whom, when, and by when an answer is due."""

    dated = "lodged_on"

    about = Choice(label=_("What is contested"), choices=AppealObject.choices)
    body = Choice(label=_("Before whom"), choices=AppealBody.choices)
    lodged_on = day(_("Lodged on"), required=True)
    due_on = day(
        _("Answer due on"),
        help_text=_("The receipt says it. Left blank, nothing will remind of it: delays differ with the body."),
    )
    words = forms.CharField(label=_("In their words"), max_length=500, required=False, widget=WORDS)


class Settled(Past):
    """What came of an appeal."""

    dated = "outcome_on"

    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=[each for each in AppealOutcome.choices if each[0]], widget=forms.RadioSelect
    )
    outcome_on = day(_("Known on"), required=True)
    words = forms.CharField(label=_("What was answered"), max_length=500, required=False, widget=WORDS)
