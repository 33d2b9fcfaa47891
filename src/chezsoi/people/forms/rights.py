"""What is written of the rights of people: told, refused, asked for, opened in an emergency."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chezsoi.people.actions.emergency import SHORTEST_WORDS
from chezsoi.people.choices import (
    EmergencyReason,
    HandingMeans,
    InformationMeans,
    NoticeLanguage,
    ObjectionPurpose,
)
from chezsoi.people.forms import BLANK, PartialDateInput
from chezsoi.territories.models import Organisation
from chezsoi.ui.choosing import Choice, TypedChoice

Names = list[tuple[int, str]]


class Dated(forms.Form):
    """Something done on a day, today when left blank."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["day"] = PartialDateInput(
            label=_("On"), today=today, whole=True, help_text=_("Today when left blank.")
        )

    def day(self) -> date:
        """Give the day that was typed, else today."""
        given: date | None = self.cleaned_data["day"]
        return given or self.today


class Information(Dated):
    """Who was told what is kept of them, in which language, how."""

    people = forms.TypedMultipleChoiceField(label=_("Who was told"), coerce=int, widget=forms.CheckboxSelectMultiple)
    language = Choice(label=_("In which language"), choices=NoticeLanguage.choices)
    means = Choice(label=_("How"), choices=InformationMeans.choices)

    def __init__(self, *args: Any, people: Names, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"people": [people[0][0]]} if people else {})
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = people  # type: ignore[attr-defined]


class Objection(Dated):
    """What somebody objects to; a service is named when it is about sharing."""

    person = TypedChoice(label=_("Who objects"), coerce=int)
    purpose = Choice(label=_("To what"), choices=ObjectionPurpose.choices)
    organisation = forms.ChoiceField(
        label=_("Service"),
        required=False,
        help_text=_(
            "For sharing with a service: it leaves the circle today and is told nothing. The SIAO and the coordination "
            "work on the whole territory by law: protect the file to hide it from them."
        ),
    )
    words = forms.CharField(
        label=_("In their words"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, people: Names, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(each.pk): each for each in organisations}
        named: list[tuple[str, str | Promise]] = [(pk, each.name) for pk, each in self.organisations.items()]
        self.fields["person"].choices = people  # type: ignore[attr-defined]
        self.fields["organisation"].choices = [BLANK, *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("purpose") == ObjectionPurpose.SHARING and not given.get("organisation"):
            self.add_error("organisation", _("Say which service: nothing is recorded yet."))
        return given

    def service(self) -> Organisation | None:
        """Give the service that was named."""
        return self.organisations.get(self.cleaned_data["organisation"])


class CopyAsked(Dated):
    """Who asks for a copy of what is kept of them, and when they asked."""

    person = TypedChoice(label=_("Who asks"), coerce=int)

    def __init__(self, *args: Any, people: Names, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]


class CopyHanded(Dated):
    """How the copy reached the person."""

    how = Choice(label=_("How they got it"), choices=HandingMeans.choices)


class Emergency(forms.Form):
    """Which file, and why it cannot wait."""

    file = forms.CharField(
        label=_("File number, or a telephone of the person"),
        max_length=60,
        help_text=_("Whole, as they gave it. One file opens, for an hour, to read only."),
    )
    reason = Choice(label=_("Why at once"), choices=EmergencyReason.choices)
    words = forms.CharField(
        label=_("What is happening"),
        min_length=SHORTEST_WORDS,
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "Twenty characters at least. The data protection officer reads these words within two days: no name here."
        ),
    )


class Closure(forms.Form):
    """Why a service leaves a circle; nobody has to explain what they ask for themselves."""

    at_their_wish = forms.BooleanField(label=_("The person asks for it"), required=False)
    reason = forms.CharField(
        label=_("Why"), required=False, max_length=300, help_text=_("Not needed when the person asks for it.")
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("at_their_wish") and not given.get("reason"):
            self.add_error("reason", _("Say why in a few words, or that the person asks for it: nothing has changed."))
        return given
