"""What workers type about support: a meeting, a handover, another intensity, an end."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chezsoi.kernel.dates import add_months
from chezsoi.support.actions import NewContact
from chezsoi.support.choices import MEETING_TEAMS, ChangeOrigin, ContactPlace, Intensity, Scheme, TeamKind
from chezsoi.ui.choosing import Choice

LONGEST_MEETING_MINUTES = 720
NO_DIAGNOSIS = _("What you speak of and what you do. No diagnosis, nothing of the health of anybody.")


def day(label: Any, *, today: date) -> forms.DateField:
    """Ask for one day, at most a year ahead: today, unless told."""
    far = MaxValueValidator(
        add_months(today, 12), _("This day is more than a year away: check the year. Nothing was written.")
    )
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, initial=today, widget=widget, validators=[far])


class Dated(forms.Form):
    """A form about a day."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today


class Met(Dated):
    """A meeting: who met them, when, where, for how long, what about, what comes next."""

    team = Choice(label=_("Team"), choices=TeamKind.choices)
    place = Choice(label=_("Where"), choices=ContactPlace.choices)
    minutes = forms.IntegerField(
        label=pgettext_lazy("duration", "Minutes"), min_value=1, max_value=LONGEST_MEETING_MINUTES, required=False
    )
    aim = forms.CharField(
        label=_("What it was about"), required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=NO_DIAGNOSIS
    )
    next_step = forms.CharField(label=_("What comes next"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["met_on"] = day(_("On"), today=today)
        self.order_fields(["met_on"])

    def told(self) -> NewContact:
        """Give the meeting as the action takes it."""
        return NewContact(**self.cleaned_data)


class HandOver(forms.Form):
    """From which team to which, and that the household wishes it."""

    from_team = Choice(
        label=pgettext_lazy("team", "From"), choices=[(each.value, each.label) for each in MEETING_TEAMS]
    )
    to_team = forms.ChoiceField(label=pgettext_lazy("team", "To"), choices=TeamKind.choices, initial=TeamKind.HOUSING)
    words = forms.CharField(
        label=_("What the other team should know"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_DIAGNOSIS,
    )
    is_their_wish = forms.BooleanField(label=_("The household wishes it"))


class Opened(Dated):
    """Support to open now, before a home or after; the household wishes it."""

    scheme = Choice(label=_("Scheme"), choices=Scheme.choices)
    intensity = Choice(
        label=_("How intense they wish it"),
        choices=Intensity.choices,
        help_text=_("“None” is an answer: support is then on offer, and nothing else waits for it."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["opened_on"] = day(_("From"), today=today)


class Changed(Dated):
    """Another intensity, from a day on, and who wanted it."""

    intensity = Choice(
        label=_("Intensity"),
        choices=[(each.value, each.label) for each in Intensity if each is not Intensity.UNKNOWN],
        help_text=_("“None” stops support for now: they may ask for more any day. The home stays theirs."),
    )
    origin = Choice(label=_("Who wanted it"), choices=ChangeOrigin.choices)
    words = forms.CharField(label=_("In their words, if they wish"), max_length=300, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["starts_on"] = day(_("From"), today=today)


class Ended(Dated):
    """The last day of a measure; why, if they wish to say."""

    reason = forms.CharField(
        label=_("Why, if they wish to say"),
        max_length=300,
        required=False,
        help_text=_("The lease goes on, whatever is written here. No diagnosis."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["ended_on"] = day(_("Ends on"), today=today)
        self.order_fields(["ended_on"])
