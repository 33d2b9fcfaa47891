"""What people type about one person: a correction, another name, a telephone, what they live on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chezsoi.kernel.codes import UnreadablePhone, parse_phone
from chezsoi.kernel.dates import PartialDate
from chezsoi.kernel.money import UnreadableAmount, parse_amount
from chezsoi.kernel.quality import Quality
from chezsoi.people.actions import NewResources
from chezsoi.people.choices import ResourceKind
from chezsoi.people.forms import MemberFields, PartialDateInput
from chezsoi.people.models import Person
from chezsoi.ui.choosing import Choice

MOST_PER_MONTH = Decimal(100_000)
NOT_CORRECTED = ("alias", "name_unsaid", "age_band", "birth_unsaid")


class Correction(MemberFields):
    """Names and birth date as they should be; `version` is that of the household's file as it was read."""

    use_name = forms.CharField(label=_("Name they use, when another"), required=False, max_length=150)
    reason = forms.CharField(label=_("What was wrong"), required=False, max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)

    field_order = ("given_names", "family_name", "use_name", "birth", "reason", "version")

    def __init__(self, *args: Any, person: Person, version: int, **kwargs: Any) -> None:
        initial = {
            "given_names": person.given_names,
            "family_name": person.birth_name,
            "use_name": person.use_name,
            "birth": person.birth_date,
            "version": version,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.person = person
        for name in NOT_CORRECTED:
            del self.fields[name]
        self.order_fields(self.field_order)

    def values(self) -> dict[str, Any]:
        """Give the values that the file should hold."""
        given = self.cleaned_data
        names = {
            "given_names": given["given_names"],
            "birth_name": given["family_name"],
            "use_name": given["use_name"],
        }
        quality = Quality.KNOWN if any(names.values()) else self._unsaid(self.person.name_quality)
        return {**names, "name_quality": quality, **self._birth_values(given["birth"])}

    def _birth_values(self, birth: PartialDate) -> dict[str, Any]:
        """Keep a date left as it was, a guess included; a date removed is not known."""
        held: PartialDate = self.person.birth_date
        if (birth.year, birth.month, birth.day) == (held.year, held.month, held.day):
            return {}
        quality = Quality.KNOWN if birth.is_known else self._unsaid(self.person.birth_quality)
        return {"birth_date": birth, "birth_quality": quality}

    @staticmethod
    def _unsaid(before: str) -> str:
        return Quality.UNKNOWN if before in {Quality.KNOWN, Quality.APPROXIMATE} else before


class OtherName(forms.Form):
    """Another name somebody goes by."""

    name = forms.CharField(label=_("Name they go by"), max_length=150)


class Telephone(forms.Form):
    """A telephone of somebody."""

    number = forms.CharField(label=_("Telephone"), max_length=40)

    def clean_number(self) -> str:
        try:
            number = parse_phone(self.cleaned_data["number"])
        except UnreadablePhone as unreadable:
            raise forms.ValidationError(
                _("This is no telephone number: nothing was recorded. Correct it.")
            ) from unreadable
        if number is None:
            raise forms.ValidationError(_("This is no telephone number: nothing was recorded. Correct it."))
        return number


class Resources(forms.Form):
    """What somebody says they live on, a month."""

    kind = Choice(
        label=_("What they live on"),
        choices=ResourceKind.choices,
        help_text=_("One at a time. The others stay as they were said; “no resources” ends them all."),
    )
    amount = forms.CharField(
        label=_("Euros a month"),
        required=False,
        max_length=40,
        help_text=_("0 when it no longer comes in; blank when the amount is not known."),
    )

    def __init__(self, *args: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["stated_on"] = PartialDateInput(
            label=_("Said on"), today=today, whole=True, help_text=_("Today when left blank.")
        )

    def clean_amount(self) -> Decimal | None:
        try:
            amount = parse_amount(self.cleaned_data["amount"])
        except UnreadableAmount as unreadable:
            raise forms.ValidationError(_("This is no amount in euros. Correct it, or leave it blank.")) from unreadable
        if amount is not None and amount > MOST_PER_MONTH:
            raise forms.ValidationError(_("This is more than anybody lives on a month. Correct it."))
        return amount

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") == ResourceKind.NONE and given.get("amount"):
            self.add_error("amount", _("No resources and an amount: correct one of the two."))
        return given

    def new_resources(self) -> NewResources:
        """Give the statement described."""
        given = self.cleaned_data
        amount = Decimal(0) if given["kind"] == ResourceKind.NONE else given["amount"]
        return NewResources(kind=given["kind"], stated_on=given["stated_on"] or self.today, amount_per_month=amount)
