"""What a household asks for, on one page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chezsoi.allocation import actions as allocation
from chezsoi.allocation import queries
from chezsoi.allocation.choices import Label
from chezsoi.allocation.models import HousingRequest
from chezsoi.files.submissions import once
from chezsoi.journeys.needs import Needs, record_needs
from chezsoi.kernel.codes import UnreadableRequestNumber
from chezsoi.people import queries as people
from chezsoi.people.models import Household
from chezsoi.support import queries as support
from chezsoi.support.choices import Intensity
from chezsoi.territories import queries as territories
from chezsoi.territories.access import Can, Request, allow
from chezsoi.territories.models import Commune
from chezsoi.ui.responses import page

ROOMS = (("", gettext_lazy("not known")), *((n, f"T{n}") for n in range(1, 7)))


class NeedsForm(forms.Form):
    """Wishes and needs; everything may stay unknown."""

    communes: Any = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Communes wished"),
        queryset=None,
        required=False,
        help_text=gettext_lazy("None ticked: anywhere in the territory."),
        widget=forms.CheckboxSelectMultiple,
    )
    rooms_min = forms.TypedChoiceField(
        label=gettext_lazy("Rooms, at least"), choices=ROOMS, coerce=int, empty_value=None, required=False
    )
    rooms_max = forms.TypedChoiceField(
        label=gettext_lazy("Rooms, at most"), choices=ROOMS, coerce=int, empty_value=None, required=False
    )
    max_outlay_per_month = forms.DecimalField(
        label=gettext_lazy("Rent and charges bearable a month (€)"),
        min_value=0,
        max_digits=10,
        decimal_places=2,
        required=False,
        localize=True,
    )
    needs_wheelchair_access = forms.NullBooleanField(
        label=gettext_lazy("Needs a home open to a wheelchair"), widget=forms.NullBooleanSelect, required=False
    )
    needs_lift_or_ground = forms.NullBooleanField(
        label=gettext_lazy("Needs a lift or the ground floor"), widget=forms.NullBooleanSelect, required=False
    )
    number = forms.CharField(
        label=gettext_lazy("National request number"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("18 digits."),
    )
    requested_on = forms.DateField(
        label=gettext_lazy("Asked on"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    labels = forms.MultipleChoiceField(
        label=gettext_lazy("Grounds of priority recognised"),
        choices=Label.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    intensity = forms.ChoiceField(
        label=gettext_lazy("Support wished"),
        choices=Intensity.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Asked, never required: a home depends on none of it."),
    )

    def __init__(self, *args: Any, communes: Any, labels: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["communes"].queryset = communes  # type: ignore[attr-defined]
        read = [(value, label) for value, label in Label.choices if value in labels]
        self.fields["labels"].choices = read  # type: ignore[attr-defined]

    def needs(self) -> Needs:
        """Give what was typed, as the action takes it."""
        given = self.cleaned_data
        facts = {name: given[name] for name in allocation.RequestFacts.__slots__}
        return Needs(
            facts=allocation.RequestFacts(**facts),
            communes=tuple(given["communes"]),
            labels=tuple(given["labels"]),
            intensity=given["intensity"],
        )


@allow(Can.RECORD_REQUEST)
@require_http_methods(["GET", "POST"])
@once
def needs(request: Request, pk: int) -> HttpResponse:
    household = people.household(pk, actor=request.actor)
    known = _known(household, request)
    communes = territories.communes_of(household.territory, actor=request.actor)
    form = NeedsForm(
        request.POST or None,
        initial=known,
        communes=_in_their_order(communes, known.get("communes", [])),
        labels=queries.readable_labels(actor=request.actor),
    )
    if form.is_valid():
        try:
            record_needs(actor=request.actor, household=household, needs=form.needs(), on=timezone.localdate())
        except UnreadableRequestNumber:
            form.add_error("number", _("This number does not have eighteen digits. Nothing was saved; check it."))
        except allocation.RoomsOutOfOrder:
            form.add_error("rooms_max", _("The most rooms are fewer than the least. Nothing was saved; check both."))
        else:
            messages.success(request, _("Written down."))
            return redirect("people:household", pk)
    context = {
        "form": form,
        "household": household,
        "card": people.card(household, on=timezone.localdate(), actor=request.actor),
    }
    return page(request, "journeys/needs.html", context, status=422 if form.errors else 200)


def _in_their_order(communes: QuerySet[Commune], wished: list[str]) -> QuerySet[Commune]:
    """Put the communes wished first, in the order of the wishes, so that they are seen and keep their rank."""
    ranks = [When(pk=code, then=Value(rank)) for rank, code in enumerate(wished)]
    # Without a rank, a Case is a bare number, which PostgreSQL reads as the position of a column.
    return communes.order_by(Case(*ranks, default=Value(len(wished))), "name") if ranks else communes.order_by("name")


def _known(household: Household, request: Request) -> dict[str, Any]:
    known = queries.request_of(household, actor=request.actor)
    wish = support.wish_of(household, on=timezone.localdate(), actor=request.actor)
    initial: dict[str, Any] = {"intensity": wish.intensity if wish else ""}
    return initial if known is None else initial | _asked(known)


def _asked(known: HousingRequest) -> dict[str, Any]:
    facts = {name: getattr(known, name) for name in allocation.RequestFacts.__slots__}
    held = [wish for wish in known.wished_communes.all() if wish.withdrawn_on is None]
    wished = sorted(held, key=lambda wish: wish.rank)
    labels = [row.label for row in known.labels.all() if row.withdrawn_on is None]
    return {**facts, "communes": [wish.commune_id for wish in wished], "labels": labels}
