"""The forms of refusals: who said no and why, and what the second look says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chezsoi.allocation.forms.lives import WORDS
from chezsoi.allocation.forms.priorities import day
from chezsoi.allocation.refusal_reasons import REFUSALS, RefusalReason, RefusalSide
from chezsoi.ui.choosing import Choice

COUNTS, GOES_ON = "counts", "goes_on"


class Noted(forms.Form):
    """Who said no, and why."""

    reason: Any = Choice(
        label=_("Who said no, and why"),
        help_text=_("A no of anybody but the household counts once somebody else has looked at it."),
    )
    home_back_on = day(
        _("Home on the list again on"),
        help_text=_("For works or a home lost, when the day is known. Left blank, it stays off the list."),
    )
    words = forms.CharField(
        label=_("In their words"),
        max_length=300,
        required=False,
        widget=WORDS,
        help_text=_("Never health, never origin."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sides = [(side.label, [(each.value, each.label) for each in _reasons(side)]) for side in RefusalSide]
        self.fields["reason"].choices = sides  # type: ignore[attr-defined]


class Look(forms.Form):
    """What the second look says."""

    verdict = forms.ChoiceField(
        label=_("After a second look"),
        choices=((GOES_ON, _("the refusal does not hold: the proposal goes on")), (COUNTS, _("the refusal holds"))),
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("Why"), max_length=300, widget=WORDS)


def _reasons(side: RefusalSide) -> list[RefusalReason]:
    return [reason for reason, effect in REFUSALS.items() if effect.side is side]
