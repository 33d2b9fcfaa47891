"""One short form for each thing that happens, in the words people say it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chezsoi.people.choices import InformationMeans, MemberRole
from chezsoi.people.forms import BLANK, PartialDateInput
from chezsoi.ui.choosing import Choice, TypedChoice

People = list[tuple[int, str]]
ROLES = [(role.value, role.label) for role in MemberRole if role is not MemberRole.LEAD]


class Happening(forms.Form):
    """When it happened, and why, in a few words; only the reason may be left out, and the day when it is today."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["on"] = PartialDateInput(
            label=_("Since when"), today=today, whole=True, help_text=_("Today when left blank.")
        )
        self.fields["reason"] = forms.CharField(
            label=_("Why, in a few words without detail"), required=False, max_length=300
        )

    def clean_on(self) -> date:
        day: date | None = self.cleaned_data["on"]
        return day or self.today


class Parted(Happening):
    """Some leave; what goes with them; whether nobody of the former file may see theirs."""

    leaving = forms.TypedMultipleChoiceField(label=_("Who leaves"), coerce=int, widget=forms.CheckboxSelectMultiple)
    new_lead = forms.TypedChoiceField(
        label=_("Who the file is then named after"),
        help_text=_("Only when the person it is named after leaves."),
        coerce=int,
        required=False,
        empty_value=None,
    )
    protects = forms.BooleanField(
        label=_("Protect those who leave: those who stay, and their services, will not see their new file"),
        required=False,
    )
    takes_home = forms.BooleanField(label=_("Those who leave keep the home and its lease"), required=False)
    takes_support = forms.BooleanField(label=_("The support goes with those who leave"), required=False)

    def __init__(self, *args: Any, people: People, has_home: bool, has_support: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leaving"].choices = people  # type: ignore[attr-defined]
        self.fields["new_lead"].choices = [BLANK, *people]  # type: ignore[attr-defined]
        if not has_home:
            del self.fields["takes_home"]
        if not has_support:
            del self.fields["takes_support"]
        self.order_fields(("leaving", "new_lead", "on", "takes_home", "takes_support", "protects", "reason"))


class Joined(Happening):
    """Who goes to live in another household, of which the file number is known."""

    number = forms.CharField(label=_("File number of the household they live with now"), max_length=60)
    leaving = forms.TypedMultipleChoiceField(
        label=_("Who goes to live there"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    new_lead = forms.TypedChoiceField(
        label=_("Who the file is then named after"),
        help_text=_("Only when the person it is named after leaves and others stay."),
        coerce=int,
        required=False,
        empty_value=None,
    )

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leaving"].choices = people  # type: ignore[attr-defined]
        self.fields["leaving"].initial = [pk for pk, _name in people]
        self.fields["new_lead"].choices = [BLANK, *people]  # type: ignore[attr-defined]


class Died(Happening):
    """Who died; when others live on, who the file is named after."""

    person = TypedChoice(label=_("Who died"), coerce=int)
    new_lead = forms.TypedChoiceField(
        label=_("Who the file is then named after"),
        help_text=_("Only when others live on and the person it is named after has died."),
        coerce=int,
        required=False,
        empty_value=None,
    )

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]
        self.fields["new_lead"].choices = [BLANK, *people]  # type: ignore[attr-defined]
        self.fields["on"].label = _("On")


class CameBack(Happening):
    """Who came back, and their place in the household."""

    person = TypedChoice(label=_("Who came back"), coerce=int)
    role = Choice(label=_("Place in the household"), choices=ROLES)

    def __init__(self, *args: Any, people: People, is_led: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]
        if not is_led:
            del self.fields["role"]


class Led(Happening):
    """After whom the file is named from now on."""

    person = TypedChoice(label=_("Who the file is named after now"), coerce=int)

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]


class Undone(forms.Form):
    """What was wrong."""

    reason = forms.CharField(label=_("What was wrong"), max_length=300)


class Moves(forms.Form):
    """Where a household wishes to go, and that it agrees: when, how, and who said so."""

    service = TypedChoice(label=_("Who is asked to receive them"), coerce=int)
    by = TypedChoice(label=_("Who said that the household agrees"), coerce=int)
    how = Choice(label=_("How they agreed"), choices=InformationMeans.choices)
    everybody = forms.BooleanField(label=_("Every adult of the household agrees"))
    keeps_circle = forms.BooleanField(
        label=_("At their wish, the services that work in both territories keep their file open"), required=False
    )

    def __init__(self, *args: Any, today: date, people: People, services: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["on"] = PartialDateInput(
            label=_("Agreed on"), today=today, whole=True, help_text=_("Today when left blank.")
        )
        self.fields["service"].choices = [BLANK, *services]  # type: ignore[attr-defined]
        self.fields["by"].choices = people  # type: ignore[attr-defined]
        self.order_fields(("service", "by", "on", "how", "everybody", "keeps_circle"))

    def clean_on(self) -> date:
        day: date | None = self.cleaned_data["on"]
        return day or self.today


class Answered(forms.Form):
    """What a service answers to those who ask to join its territory."""

    ACCEPT, DECLINE = "accept", "decline"

    move = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(choices=((ACCEPT, ACCEPT), (DECLINE, DECLINE)))
    reason = forms.CharField(required=False, max_length=300)
