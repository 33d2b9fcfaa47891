"""What a household asks for, on one page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chezsoi.allocation import actions as allocation
from chezsoi.allocation import queries
from chezsoi.allocation.choices import Label
from chezsoi.allocation.forms.wishes import WishedHome
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
from chezsoi.ui.responses import page


class NeedsForm(WishedHome):
    """Wishes and needs; everything may stay unknown."""

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

    def __init__(self, *args: Any, labels: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
    form = NeedsForm(
        request.POST or None,
        initial=known,
        communes=territories.communes_of(household.territory, actor=request.actor),
        wished=known.pop("communes", ()),
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
