"""What workers type about a case meeting: the call, an invitation, how it went, commitments and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chezsoi.kernel.actor import Actor
from chezsoi.support.actions import Held, NewMeeting
from chezsoi.support.choices import (
    AgreedBy,
    Agreement,
    HealthSignal,
    MeetingKind,
    Outcome,
    Presence,
    Subject,
    TeamKind,
    Trade,
)
from chezsoi.support.forms import Dated, day
from chezsoi.support.models import MeetingParticipant
from chezsoi.territories.models import Organisation, Territory
from chezsoi.territories.queries import organisations_in
from chezsoi.ui.choosing import Choice, TypedChoice

NOT_SAID = ("", pgettext_lazy("health", "nothing said"))
NOTHING_OF_HEALTH = _("Nothing of anybody’s health: words that speak of it are refused.")


class Called(Dated):
    """A meeting to call: what the household said of it comes first."""

    agreement = Choice(
        label=_("What the household said of this meeting"),
        choices=Agreement.choices,
        help_text=_(
            "With its agreement, whoever is invited reads its file. Without it, only services that follow it already "
            "take part. A no costs it nothing and changes nothing in its request."
        ),
    )
    agreed_by = Choice(label=_("Said by"), choices=AgreedBy.choices)
    kind = Choice(label=_("Kind of meeting"), choices=MeetingKind.choices)
    team = Choice(label=_("Team that calls it"), choices=TeamKind.choices)
    trade = forms.ChoiceField(label=_("We take part for"), choices=Trade.choices, initial=Trade.SOCIAL)
    health = forms.ChoiceField(
        label=_("Health, as a signal"), choices=(NOT_SAID, *HealthSignal.choices), required=False
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["agreement_on"] = day(_("Said on"), today=today)
        self.fields["planned_on"] = day(_("Planned on"), today=today)
        self.order_fields(["agreement", "agreed_by", "agreement_on", "kind", "team", "trade", "planned_on"])

    def told(self) -> NewMeeting:
        """Give the meeting as the action takes it."""
        return NewMeeting(**self.cleaned_data)


class Invited(forms.Form):
    """Which trade of which organisation takes part."""

    trade = Choice(label=_("Trade"), choices=Trade.choices)
    organisation = Choice(
        label=_("Service"),
        help_text=_(
            "One that does not follow the household yet enters its circle and reads its file, as it agreed: 90 days "
            "after its last act it is out of it."
        ),
    )

    def __init__(self, *args: Any, near: Territory, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(each.pk): each for each in organisations_in(near, actor=actor)}
        named: list[tuple[str, str | Promise]] = [(pk, each.name) for pk, each in self.organisations.items()]
        self.fields["organisation"].choices = named  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Organisation:
        """Give the organisation that was chosen."""
        return self.organisations[self.cleaned_data["organisation"]]


class HeldForm(Dated):
    """How a meeting went; what was agreed is written as commitments."""

    came = forms.TypedMultipleChoiceField(
        label=_("Who came"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    presence = Choice(label=_("The household"), choices=Presence.choices)
    own_words = forms.CharField(
        label=_("What the household says, in its own words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Theirs alone, as they say it or wrote it. Those who take part read it."),
    )
    health = forms.ChoiceField(
        label=_("Health, as a signal"), choices=(NOT_SAID, *HealthSignal.choices), required=False
    )

    def __init__(self, *args: Any, today: date, taking_part: Iterable[MeetingParticipant], **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["held_on"] = day(_("Held on"), today=today)
        self.fields["next_on"] = day(_("Next meeting on, if one is fixed"), today=today)
        self.fields["next_on"].required, self.fields["next_on"].initial = False, None
        self.fields["came"].choices = [(each.pk, said_of(each)) for each in taking_part]  # type: ignore[attr-defined]
        self.order_fields(["held_on", "came", "presence", "own_words", "health", "next_on"])

    def told(self) -> Held:
        """Give how it went as the action takes it."""
        return Held(**{**self.cleaned_data, "came": frozenset(self.cleaned_data["came"])})


class Committed(Dated):
    """Who does what, by when."""

    participant = TypedChoice(
        label=_("Who does it"), coerce=int, help_text=_("A service. The household commits to nothing here.")
    )
    subject = Choice(label=_("What"), choices=Subject.choices)
    words = forms.CharField(label=_("In a few words"), required=False, max_length=200, help_text=NOTHING_OF_HEALTH)

    def __init__(self, *args: Any, today: date, taking_part: Iterable[MeetingParticipant], **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["due_on"] = day(_("By"), today=today)
        self.fields["due_on"].initial = None
        named = [(each.pk, said_of(each)) for each in taking_part]
        self.fields["participant"].choices = named  # type: ignore[attr-defined]


class Settled(forms.Form):
    """What became of a commitment."""

    outcome = Choice(label=_("What became of it"), choices=Outcome.choices)
    why = forms.CharField(
        label=_("Why, if it was not done"), required=False, max_length=200, help_text=NOTHING_OF_HEALTH
    )


def said_of(participant: MeetingParticipant) -> str:
    """Say who takes part: a trade and an organisation, nobody's name."""
    return f"{capfirst(participant.get_trade_display())}, {participant.organisation.name}"
