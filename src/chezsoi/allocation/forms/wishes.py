"""Which home a household wishes, as every form asks it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Case, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from chezsoi.territories.models import Commune

ROOMS = (("", _("not known")), *((n, f"T{n}") for n in range(1, 7)))


class WishedHome(forms.Form):
    """Where, how large, how dear, how reached; everything may stay unknown."""

    communes: Any = forms.ModelMultipleChoiceField(
        label=_("Communes wished"),
        queryset=None,
        required=False,
        help_text=_("None ticked: anywhere in the territory."),
        widget=forms.CheckboxSelectMultiple,
    )
    rooms_min = forms.TypedChoiceField(
        label=_("Rooms, at least"), choices=ROOMS, coerce=int, empty_value=None, required=False
    )
    rooms_max = forms.TypedChoiceField(
        label=_("Rooms, at most"), choices=ROOMS, coerce=int, empty_value=None, required=False
    )
    max_outlay_per_month = forms.DecimalField(
        label=_("Rent and charges bearable a month (€)"),
        min_value=0,
        max_digits=10,
        decimal_places=2,
        required=False,
        localize=True,
    )
    needs_wheelchair_access = forms.NullBooleanField(
        label=_("Needs a home open to a wheelchair"), widget=forms.NullBooleanSelect, required=False
    )
    needs_lift_or_ground = forms.NullBooleanField(
        label=_("Needs a lift or the ground floor"), widget=forms.NullBooleanSelect, required=False
    )

    def __init__(self, *args: Any, communes: QuerySet[Commune], wished: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["communes"].queryset = _in_their_order(communes, wished)  # type: ignore[attr-defined]
        self.initial["communes"] = wished


def _in_their_order(communes: QuerySet[Commune], wished: Sequence[str]) -> QuerySet[Commune]:
    """Put the communes wished first, in the order of the wishes, so that they are seen and keep their rank."""
    ranks = [When(pk=code, then=Value(rank)) for rank, code in enumerate(wished)]
    # Without a rank, a Case is a bare number, which PostgreSQL reads as the position of a column.
    return communes.order_by(Case(*ranks, default=Value(len(wished))), "name") if ranks else communes.order_by("name")
