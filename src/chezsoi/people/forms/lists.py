"""What a list of people is narrowed to, and the name under which it is kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chezsoi.kernel.orders import read_order
from chezsoi.people.choices import Family, Who
from chezsoi.people.queries import BY_NAME, ME, Sight, Wanted

MONTHS = [("", _("any time")), (3, _("3 months")), (6, _("6 months")), (12, _("1 year")), (24, _("2 years"))]
DAYS = [("", _("does not matter")), (30, _("30 days")), (60, _("60 days")), (90, _("90 days")), (180, _("6 months"))]


class Narrowing(forms.Form):
    """Filters and order of the list; those that say more than the role reads are left out (`followers`: None)."""

    text = forms.CharField(label=_("Name, telephone or file number"), required=False, max_length=120)
    family = forms.ChoiceField(
        label=_("Where they sleep"), required=False, choices=[("", _("anywhere")), *Family.choices]
    )
    homeless_months = forms.TypedChoiceField(
        label=_("Homeless for more than"), required=False, choices=MONTHS, coerce=int, empty_value=None
    )
    unseen_days = forms.TypedChoiceField(
        label=_("No contact for"), required=False, choices=DAYS, coerce=int, empty_value=None
    )
    who = forms.ChoiceField(label=_("Who"), required=False, choices=[("", _("everybody")), *Who.choices])
    followed = forms.ChoiceField(label=_("Followed by"), required=False)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        sees: Sight,
        orders: Collection[str],
        followers: Sequence[tuple[int, str]] | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(pk), name) for pk, name in followers or ()]
        self.fields["followed"].choices = [("", _("anybody")), (ME, _("me")), *names]  # type: ignore[attr-defined]
        self.orders = orders
        hidden = {"family", "homeless_months"} if not sees.situation else set()
        hidden |= {"unseen_days"} if not sees.household else set()
        hidden |= {"followed"} if followers is None else set()
        for name in hidden:
            del self.fields[name]

    def clean_sort(self) -> str:
        """Keep an order the list knows; that of the list goes without saying."""
        asked = read_order(self.cleaned_data["sort"])
        return "" if asked == BY_NAME or asked.key not in self.orders else str(asked)

    def wanted(self) -> Wanted:
        """Give what was understood; a filter that was not is left out."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        sort = given.pop("sort", "")
        return Wanted(**given, order=read_order(sort) if sort else BY_NAME)

    def kept(self) -> dict[str, Any]:
        """Give the filters by name as an address writes them, without the text: a saved view names nobody."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value and name != "text"}

    def follower(self) -> str:
        """Name who follows the households listed; nobody when they are not narrowed to it."""
        chosen = self.cleaned_data.get("followed", "")
        return str(dict(self.fields["followed"].choices)[chosen]) if chosen else ""  # type: ignore[attr-defined]


class ViewName(forms.Form):
    """The name of a view, and whether colleagues may use it."""

    name = forms.CharField(label=_("Name of this view"), max_length=80)
    is_shared = forms.BooleanField(label=_("my colleagues may use it"), required=False)
