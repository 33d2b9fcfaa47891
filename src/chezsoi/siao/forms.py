"""What is typed at the SIAO: an orientation, its answer and outcome, an assessment, a team."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from chezsoi.people.models import HouseholdMember
from chezsoi.siao.actions import Decision
from chezsoi.siao.choices import (
    ANSWERS,
    KINDS,
    OUTCOMES,
    Asked,
    Destination,
    DestinationKind,
    OrientationState,
    StepKind,
    TeamKind,
    WhyElsewhere,
    WorkerBefore,
)
from chezsoi.siao.models import SiaoTeam
from chezsoi.siao.queries import Wanted
from chezsoi.ui.choosing import Choice, ModelChoice

NO_TEAM = _("no team")


def _day(label: Any, *, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, help_text=help_text)


def _words(label: Any, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea({"rows": 2})
    return forms.CharField(label=label, max_length=300, required=required, widget=widget, help_text=help_text)


class Orient(forms.Form):
    """What the household asked, and where the SIAO orients it."""

    asked = Choice(
        label=_("What the household asks for"),
        choices=Asked.choices,
        help_text=_("What they say, not what seems possible. Both are kept."),
    )
    asked_words = _words(_("In their words"))
    destination: Any = Choice(label=_("Oriented to"))
    why_elsewhere = forms.ChoiceField(
        label=_("They ask for a home and it is not one: why"),
        choices=WhyElsewhere.choices,
        required=False,
        help_text=_("Only what is missing may be said, never what somebody is. They go on waiting for a home."),
    )
    decided_on = _day(_("Decided on"))
    team: Any = forms.ModelChoiceField(queryset=None, label=_("Team"), required=False, empty_label=NO_TEAM)

    def __init__(self, *args: Any, teams: QuerySet[SiaoTeam], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [
            (kind.label, [(each.value, each.label) for each in Destination if KINDS[each] is kind])
            for kind in DestinationKind
        ]
        self.fields["destination"].choices = kinds  # type: ignore[attr-defined]
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]

    def decision(self) -> Decision:
        """Give the decision as the action takes it."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "reason"}
        return Decision(**given)


class Correct(Orient):
    """An orientation as it should have been written, and what was wrong."""

    reason = _words(_("What was wrong"), required=True, help_text=_("The one before stays readable, with this reason."))


class Step(forms.Form):
    """The household's answer, or what came of an orientation."""

    kind = Choice(
        label=_("What happened"),
        choices=[
            (_("The household’s answer"), [(each, StepKind(each).label) for each in ANSWERS]),
            (_("What came of it"), [(each, StepKind(each).label) for each in OUTCOMES]),
        ],
    )
    happened_on = _day(_("On"))
    words = _words(_("In their words"))


class Withdraw(forms.Form):
    """Why what was written is withdrawn."""

    reason = _words(
        _("What was wrong"), required=True, help_text=_("Kept with what was written, which stays readable.")
    )


class Assess(forms.Form):
    """Who was assessed, when, and whether a social worker followed them."""

    member: Any = ModelChoice(queryset=None, label=_("Who was assessed"))
    assessed_on = _day(_("Assessed on"))
    worker_before = Choice(
        label=_("Before this assessment"),
        choices=WorkerBefore.choices,
        help_text=_("As they say it. It changes nothing of what they are offered."),
    )
    team: Any = forms.ModelChoiceField(queryset=None, label=_("Team"), required=False, empty_label=NO_TEAM)

    def __init__(
        self, *args: Any, members: QuerySet[HouseholdMember], teams: QuerySet[SiaoTeam], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]
        self.fields["member"].label_from_instance = lambda row: row.person.full_name  # type: ignore[attr-defined]
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]


class ListOn(forms.Form):
    """The team that takes a household on its list."""

    team: Any = ModelChoice(queryset=None, label=_("Team"))

    def __init__(self, *args: Any, teams: QuerySet[SiaoTeam], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]


class OpenTeam(forms.Form):
    """The name of a team, and what it does."""

    name = forms.CharField(label=_("Name of the team"), max_length=100)
    kind = Choice(label=_("What it does"), choices=TeamKind.choices)


class Narrowing(forms.Form):
    """What the list of orientations is narrowed to."""

    marks_optional = False

    state = forms.ChoiceField(
        label=_("Where it stands"), required=False, choices=[("", _("everything")), *OrientationState.choices]
    )
    kind = forms.ChoiceField(
        label=_("Oriented to"), required=False, choices=[("", _("anywhere")), *DestinationKind.choices]
    )
    team: Any = forms.TypedChoiceField(label=_("Team"), required=False, coerce=int, empty_value=None)
    which: Any = forms.ChoiceField(label=_("Only"), required=False)

    def __init__(self, *args: Any, teams: Iterable[SiaoTeam], sees_asked: bool, **kwargs: Any) -> None:
        """Let what was asked narrow the list for those alone who may read it."""
        super().__init__(*args, **kwargs)
        elsewhere = [("elsewhere", _("a home asked, another destination given"))] if sees_asked else []
        self.fields["which"].choices = [  # type: ignore[attr-defined]
            ("", _("all of them")),
            ("late", _("without an outcome for long")),
            *elsewhere,
        ]
        self.fields["team"].choices = [("", _("any team")), *((team.pk, team.name) for team in teams)]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """Give what was understood; a filter that was not is left out."""
        self.is_valid()
        given = self.cleaned_data
        return Wanted(
            state=given.get("state", ""),
            kind=given.get("kind", ""),
            team=given.get("team"),
            is_late=given.get("which") == "late",
            is_elsewhere=given.get("which") == "elsewhere",
        )


def today_in(day: date) -> dict[str, date]:
    """Give a form the day it opens with."""
    return {"decided_on": day, "assessed_on": day, "happened_on": day}
