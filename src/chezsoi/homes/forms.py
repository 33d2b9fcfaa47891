"""The forms about homes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chezsoi.homes import queries
from chezsoi.homes.choices import ENERGY_CLASSES, MAPPED, Funding, OfferState, ReservationHolder, Stock, Tenure
from chezsoi.kernel.actor import Actor
from chezsoi.territories import queries as territories
from chezsoi.territories.models import Territory

MOST_ROOMS = 6
KNOWN = (("", _("not known")), ("true", _("yes")), ("false", _("no")))


class Wanted(forms.Form):
    """What the list of homes is narrowed to."""

    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("on offer, blocked ones included")), *OfferState.choices], required=False
    )
    rooms = forms.IntegerField(label=_("Main rooms"), min_value=1, max_value=20, required=False)
    commune = forms.ChoiceField(label=_("Commune"), required=False)
    stock = forms.ChoiceField(
        label=_("Stock"), choices=[("", pgettext_lazy("stock", "all")), *Stock.choices], required=False
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = [(commune.code, commune.name) for commune in queries.communes(actor=actor)]
        self.fields["commune"].choices = [("", pgettext_lazy("commune", "all")), *held]  # type: ignore[attr-defined]

    @property
    def filters(self) -> queries.Filters:
        """Give what was asked, leaving out what cannot be read."""
        given = getattr(self, "cleaned_data", {})
        return queries.Filters(**{name: value for name, value in given.items() if value not in {None, ""}})


class Shown(forms.Form):
    """Which homes a map shows, and where; a choice that does not exist is no error, it shows the first."""

    state = forms.ChoiceField(
        label=_("State"), choices=[(state.value, state.label) for state in MAPPED], required=False
    )
    territory = forms.ChoiceField(label=_("Territory"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = {where.key: where for where in territories.territories_of(actor=actor)}
        if len(self.held) > 1:
            self.fields["territory"].choices = [(key, where.name) for key, where in self.held.items()]  # type: ignore[attr-defined]
        else:
            del self.fields["territory"]
        self.is_valid()

    @property
    def where(self) -> Territory | None:
        """Give the territory asked for."""
        return self.held.get(self.cleaned_data.get("territory", ""), next(iter(self.held.values()), None))

    @property
    def asked(self) -> OfferState:
        """Give the state asked for."""
        return OfferState(self.cleaned_data.get("state") or OfferState.OPEN)


class Terms(forms.Form):
    """On what terms a home is offered; a blank is "not known"."""

    marks_optional = False

    tenure = forms.ChoiceField(label=_("Contract"), choices=Tenure.choices, initial=Tenure.UNKNOWN)
    funding = forms.ChoiceField(label=_("Funding"), choices=Funding.choices, initial=Funding.UNKNOWN)
    reservation_holder = forms.ChoiceField(
        label=_("Reservation holder"), choices=ReservationHolder.choices, required=False
    )
    rent_per_month = forms.DecimalField(
        label=_("Rent a month, without charges (€)"), min_value=0, max_digits=8, decimal_places=2, required=False
    )
    charges_per_month = forms.DecimalField(
        label=_("Charges a month (€)"), min_value=0, max_digits=8, decimal_places=2, required=False
    )
    available_on = forms.DateField(
        label=_("Available on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), required=False
    )


class ChangedTerms(Terms):
    """New terms, for the version of the offer that was on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class NewHome(Terms):
    """A home and its offer, as a landlord or a prospector first hears of it."""

    territory: Any = forms.ModelChoiceField(label=_("Territory"), queryset=None, empty_label=None)
    reference = forms.CharField(label=_("Reference"), max_length=60)
    stock = forms.ChoiceField(label=_("Stock"), choices=Stock.choices)
    owner: Any = forms.ModelChoiceField(label=_("Owner"), queryset=None, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    commune: Any = forms.ModelChoiceField(label=_("Commune"), queryset=None, required=False)
    rooms = forms.IntegerField(label=_("Main rooms"), min_value=1, max_value=20, required=False)
    surface_m2 = forms.DecimalField(
        label=_("Surface (m²)"), min_value=1, max_digits=6, decimal_places=2, required=False
    )
    floor = forms.IntegerField(label=_("Floor"), min_value=-2, max_value=60, required=False)
    has_lift = forms.TypedChoiceField(
        label=_("Lift"), choices=KNOWN, coerce=lambda value: value == "true", empty_value=None, required=False
    )
    is_wheelchair_accessible = forms.TypedChoiceField(
        label=_("Accessible by wheelchair"), choices=KNOWN, coerce=lambda value: value == "true", empty_value=None,
        required=False,
    )  # fmt: skip
    energy_class = forms.ChoiceField(label=_("Energy class"), choices=ENERGY_CLASSES, required=False)

    field_order = (
        "territory", "reference", "stock", "owner", "address", "commune", "rooms", "surface_m2", "floor", "has_lift",
        "is_wheelchair_accessible", "energy_class", "tenure", "funding", "reservation_holder", "rent_per_month",
        "charges_per_month", "available_on",
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = places = territories.territories_of(actor=actor)  # type: ignore[attr-defined]
        self.fields["territory"].initial = places.first()
        self.fields["owner"].queryset = queries.owners(actor=actor)  # type: ignore[attr-defined]
        self.fields["commune"].queryset = queries.communes_at_work(actor=actor)  # type: ignore[attr-defined]


class SharedTerms(Terms):
    """On what terms the rooms of a home are offered; each has its own cost."""

    rent_per_month = None  # type: ignore[assignment]
    charges_per_month = None  # type: ignore[assignment]


class Room(forms.Form):
    """A room of a shared home; all blank, there is no such room."""

    marks_optional = False

    surface_m2 = forms.DecimalField(
        label=_("Surface (m²)"), min_value=1, max_digits=6, decimal_places=2, required=False
    )
    rent_per_month = forms.DecimalField(
        label=_("Rent a month, without charges (€)"), min_value=0, max_digits=8, decimal_places=2, required=False
    )
    charges_per_month = forms.DecimalField(
        label=_("Charges a month (€)"), min_value=0, max_digits=8, decimal_places=2, required=False
    )


Rooms = forms.formset_factory(Room, extra=MOST_ROOMS, max_num=MOST_ROOMS)


class Withdrawal(forms.Form):
    """Why a home is taken off offer."""

    reason = forms.CharField(label=_("Why it is no longer on offer"), max_length=300)
