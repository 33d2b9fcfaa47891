"""The forms of reservation agreements, of the turns of a vacancy and of homes asked for."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from chezsoi.allocation.actions import AgreementTerms
from chezsoi.allocation.actions.reservations import FIRST_YEAR, LAST_YEAR, ON_FLOW, ON_STOCK
from chezsoi.allocation.choices import FlowExitReason, HandBackReason
from chezsoi.allocation.forms.lives import WORDS
from chezsoi.allocation.models.reservations import HOLDERS
from chezsoi.homes import queries as homes
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household
from chezsoi.territories import queries as territories
from chezsoi.territories.models import Territory
from chezsoi.ui.choosing import Choice, ModelChoice


class Agreement(forms.Form):
    """What an agreement of a landlord with a reservation holder says."""

    territory: Any = forms.ModelChoiceField(label=_("Territory"), queryset=None, empty_label=None)
    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    holder: Any = ModelChoice(label=_("Reservation holder"), queryset=None)
    kind = Choice(label=_("As"), choices=HOLDERS)
    commune: Any = forms.ModelChoiceField(
        label=_("Commune"), queryset=None, required=False, empty_label=_("the whole territory")
    )
    percent = forms.DecimalField(
        label=_("Share of the flow (%)"),
        min_value=Decimal("0.01"),
        max_value=100,
        decimal_places=2,
        help_text=_("Of the vacancies of the year, whatever their number turns out to be."),
    )
    counted_on = forms.ChoiceField(
        label=_("The share is counted"),
        choices=((ON_FLOW, _("on the vacancies of the year (flow)")), (ON_STOCK, _("on named homes (stock)"))),
        widget=forms.RadioSelect,
    )
    answer_days = forms.IntegerField(
        label=_("Days to answer"),
        min_value=1,
        max_value=90,
        required=False,
        help_text=_("Left blank, the usual delay of this program, to be confirmed."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = territories.territories_of(actor=actor)
        self.fields["territory"].queryset = places  # type: ignore[attr-defined]
        self.fields["territory"].initial = places.first()
        self.fields["holder"].queryset = territories.partners(actor=actor)  # type: ignore[attr-defined]
        self.fields["commune"].queryset = homes.communes_at_work(actor=actor)  # type: ignore[attr-defined]

    @property
    def territory_chosen(self) -> Territory:
        found: Territory = self.cleaned_data["territory"]
        return found

    def terms(self) -> AgreementTerms:
        """Give what was typed as the action takes it."""
        given = dict(self.cleaned_data)
        del given["territory"]
        share = given.pop("percent") / 100
        given.pop("reason", None)
        return AgreementTerms(share=share, **given)


class Correction(Agreement):
    """What an agreement really says, and why the line is corrected."""

    reason = forms.CharField(label=_("What was wrong"), max_length=300)


class End(forms.Form):
    """Why an agreement ends."""

    end_reason = forms.CharField(label=_("Why it ends"), max_length=300)


class OutOfFlow(forms.Form):
    """Why a vacancy is kept out of the flow."""

    reason = Choice(label=_("Why it is not shared"), choices=FlowExitReason.choices)


class HandBack(forms.Form):
    """Why a holder hands a vacancy back."""

    reason = Choice(label=_("Why"), choices=HandBackReason.choices)
    words = forms.CharField(label=_("In a few words"), max_length=300, required=False, widget=WORDS)


class Proposal(forms.Form):
    """Whom a holder proposes."""

    household = Choice(label=_("Household"))

    def __init__(self, *args: Any, proposable: Sequence[tuple[Household, int, bool]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.households = {str(household.pk): household for household, _rank, _asked in proposable}
        named = [(str(household.pk), _named(household, rank, asked)) for household, rank, asked in proposable]
        self.fields["household"].choices = named  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Household:
        return self.households[self.cleaned_data["household"]]


class Ask(forms.Form):
    """Which holder is asked for a home, and what is looked for."""

    holder: Any = ModelChoice(label=_("Reservation holder"), queryset=None)
    words = forms.CharField(
        label=_("What is looked for"),
        max_length=300,
        required=False,
        widget=WORDS,
        help_text=_("Where, how large, from when. No name, never health, never origin: the holder reads this."),
    )

    def __init__(self, *args: Any, holders: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = holders  # type: ignore[attr-defined]


class Decline(forms.Form):
    """Why there is no home for now."""

    words = forms.CharField(label=_("What to answer"), max_length=300, widget=WORDS)


def _named(household: Household, rank: int, is_asked: bool) -> str:
    said = _gettext("%(file)s, rank %(rank)s") % {"file": household.reference, "rank": rank}
    return _gettext("%(said)s – a home was asked of you") % {"said": said} if is_asked else said
