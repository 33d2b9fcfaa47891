"""The forms of rounds, sittings and answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chezsoi.allocation.actions import Verdict, Votes
from chezsoi.allocation.choices import CommissionKind, DecisionKind, FewCandidates, MissingDocument, ReasonCode
from chezsoi.allocation.models import CommissionMember, Sitting, SittingItem
from chezsoi.engines.matching import PublicRandomness
from chezsoi.kernel.actor import Actor
from chezsoi.territories import queries as territories
from chezsoi.ui.choosing import Choice, ModelChoice

YES, NO = "yes", "no"


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=99, required=False)


class Draw(forms.Form):
    """A public number, where it was published and when."""

    value = forms.CharField(
        label=_("Public number, as published"),
        max_length=200,
        help_text=_("A number nobody here can choose: a national lottery draw, a stock index at closing."),
    )
    source = forms.CharField(label=_("Where it was published"), max_length=200)
    day = _day(_("Day it was published"))
    time = forms.TimeField(label=_("Time it was published"), widget=forms.TimeInput(attrs={"type": "time"}))

    def public_number(self) -> PublicRandomness:
        """Give the number with its instant, in local time."""
        given = self.cleaned_data
        instant = timezone.make_aware(datetime.combine(given["day"], given["time"]))
        return PublicRandomness(value=given["value"], source=given["source"], drawn_at=instant)


class Reason(forms.Form):
    """Why something ends."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class OnTable(forms.Form):
    """The sitting that will decide and, under three candidates, the exception of the law."""

    marks_optional = False

    sitting: Any = ModelChoice(label=_("Sitting"), queryset=None)
    few_candidates = forms.ChoiceField(
        label=_("If there are fewer than three candidates, why"), choices=FewCandidates.choices, required=False
    )

    def __init__(self, *args: Any, sittings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sitting"].queryset = sittings  # type: ignore[attr-defined]
        self.fields["sitting"].label_from_instance = _sitting_label  # type: ignore[attr-defined]


class Call(forms.Form):
    """A commission and the day it sits."""

    commission: Any = ModelChoice(label=_("Commission"), queryset=None)
    held_on = _day(_("Day it sits"))

    def __init__(self, *args: Any, commissions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commission"].queryset = commissions  # type: ignore[attr-defined]


class NewCommission(forms.Form):
    """A commission, as its own rules describe it."""

    territory: Any = forms.ModelChoiceField(label=_("Territory"), queryset=None, empty_label=None)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=CommissionKind.choices,
        widget=forms.RadioSelect,
        help_text=_("The CALEOL decides on social homes; a local commission on every other home."),
    )
    name = forms.CharField(label=_("Name"), max_length=150)
    quorum = forms.IntegerField(
        label=_("Quorum"),
        min_value=1,
        max_value=99,
        help_text=_("How many members with a vote must be present: your own rules say it."),
    )
    answer_days = forms.IntegerField(label=_("Days to answer an offer"), min_value=1, max_value=365)

    def __init__(self, *args: Any, actor: Actor, least_days: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = territories.territories_of(actor=actor)
        self.fields["territory"].queryset = places  # type: ignore[attr-defined]
        if len(places) == 1:
            self.fields["territory"].initial = places[0]
            self.fields["territory"].widget = forms.HiddenInput()
        said = _(
            "The law leaves a household at least %(days)s days to answer a CALEOL. A local commission sets its own."
        )
        self.fields["answer_days"].help_text = said % {"days": least_days}


class Seat(forms.Form):
    """Who sits, in whose name, with a vote or not, and from when."""

    name = forms.CharField(label=_("Name"), max_length=150)
    capacity = forms.CharField(
        label=_("In the name of"), max_length=150, help_text=_("The body this member speaks for: the city, tenants…")
    )
    has_vote = forms.BooleanField(label=_("Has a vote"), required=False, initial=True)
    starts_on = _day(_("From"))
    user: Any = forms.ModelChoiceField(
        label=_("Account"),
        queryset=None,
        required=False,
        empty_label=pgettext_lazy("account", "none"),
        help_text=_("A member who has an account here sees the table of this commission."),
    )

    def __init__(self, *args: Any, accounts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = accounts  # type: ignore[attr-defined]


class SeatEnd(forms.Form):
    """Whose seat ends, and when."""

    member: Any = ModelChoice(label=_("Member"), queryset=None)
    ends_on = _day(_("No longer sits from"))

    def __init__(self, *args: Any, seats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = seats  # type: ignore[attr-defined]
        self.fields["member"].label_from_instance = _member_label  # type: ignore[attr-defined]


class Attendance(forms.Form):
    """Who is present."""

    members: Any = forms.ModelMultipleChoiceField(
        label=_("Present"), queryset=None, widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, seated: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = seated  # type: ignore[attr-defined]
        self.fields["members"].label_from_instance = _member_label  # type: ignore[attr-defined]
        self.fields["members"].initial = [member.pk for member in seated if member.is_present]


class Recusal(forms.Form):
    """Who leaves a home because of a conflict of interest, and why."""

    member: Any = ModelChoice(label=_("Member"), queryset=None)
    reason = forms.CharField(label=_("Conflict of interest"), max_length=300)

    def __init__(self, *args: Any, seated: Any, item: SittingItem, **kwargs: Any) -> None:
        kwargs["prefix"] = f"item{item.pk}"
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = seated  # type: ignore[attr-defined]
        self.fields["member"].label_from_instance = _member_label  # type: ignore[attr-defined]


class Decision(forms.Form):
    """What the members decide of one candidate, and why; its labels say when a field is needed."""

    marks_optional = False

    kind = Choice(label=_("Decision"), choices=DecisionKind.choices)
    rank = forms.IntegerField(label=_("Rank, if allocated in order"), min_value=1, max_value=99, required=False)
    reason_code = forms.ChoiceField(label=_("Ground, if not allocated"), choices=ReasonCode.choices, required=False)
    missing_document = forms.ChoiceField(
        label=_("Missing document, if on condition"), choices=MissingDocument.choices, required=False
    )
    reason = forms.CharField(
        label=_("Reason, in words the household can read"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Never health, never origin."),
    )
    departure_reason = forms.CharField(
        label=_("If the published order is departed from, why"), max_length=300, required=False
    )

    votes_for = _count(_("Votes for"))
    votes_against = _count(_("Votes against"))
    abstentions = _count(_("Abstentions"))
    has_casting_vote = forms.BooleanField(
        label=_("On a tie, carried by the mayor’s casting vote"),
        required=False,
        help_text=_("To be confirmed in your own rules: the text was not checked."),
    )

    def __init__(self, *args: Any, candidacy_id: int, breaks_ties: bool, **kwargs: Any) -> None:
        kwargs["prefix"] = f"candidacy{candidacy_id}"
        super().__init__(*args, **kwargs)
        if not breaks_ties:
            del self.fields["has_casting_vote"]

    def verdict(self) -> Verdict:
        """Give the decision as the action takes it; votes that nobody counted are not written."""
        given = dict(self.cleaned_data)
        counts = {name: given.pop(name) for name in ("votes_for", "votes_against", "abstentions")}
        casting = given.pop("has_casting_vote", False)
        if not casting and all(count is None for count in counts.values()):
            return Verdict(**given)
        votes = Votes(**{name: count or 0 for name, count in counts.items()}, has_casting_vote=casting)
        return Verdict(**given, votes=votes)


class Answer(forms.Form):
    """What the household answered, when, and in its words."""

    marks_optional = False

    answer = forms.ChoiceField(
        label=_("Answer"), choices=((YES, _("accepts the home")), (NO, _("says no"))), widget=forms.RadioSelect
    )
    answered_on = _day(_("Day of the answer"))
    words = forms.CharField(
        label=_("In their words"),
        max_length=500,
        required=False,
        help_text=_("Not needed. A no costs nothing: no rank, no points, no later offer."),
    )

    def clean_answered_on(self) -> Any:
        """Refuse a day to come."""
        day = self.cleaned_data["answered_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return day


def chosen(form: Attendance) -> Iterable[CommissionMember]:
    """Give the members ticked."""
    members: Iterable[CommissionMember] = form.cleaned_data["members"]
    return members


def _sitting_label(sitting: Sitting) -> str:
    return f"{sitting.commission.name}, {sitting.held_on:%d/%m/%Y}"


def _member_label(member: CommissionMember) -> str:
    return f"{member.name} ({member.capacity})"
