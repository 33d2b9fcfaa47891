"""What people type about people; nothing is ever mandatory beyond one answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chezsoi.engines.linkage import Identity
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.codes import UnreadablePhone, parse_phone
from chezsoi.kernel.dates import PartialDate, Precision, UnreadableDate, parse_partial_date
from chezsoi.kernel.quality import Quality
from chezsoi.people.actions import NewHousehold, NewMember, NewSituation
from chezsoi.people.choices import (
    APPARENT_AGES,
    FAMILIES,
    AgeBand,
    CircleBasis,
    Family,
    MemberRole,
    Sex,
    Situation,
)
from chezsoi.territories import queries as territories
from chezsoi.territories.access import Can
from chezsoi.territories.models import Commune, Territory
from chezsoi.ui.choosing import Choice, TypedChoice
from chezsoi.ui.forms import DayMonthYear

OLDEST = 120
BLANK = ("", "–")
UNSAID = [
    ("", _("not asked")),
    (Quality.UNKNOWN.value, _("does not know")),
    (Quality.REFUSED.value, _("does not wish to say")),
]
BANDS = [BLANK, *((band.value, band.label) for band in AgeBand if band.value in APPARENT_AGES)]


def situation_groups() -> list[Any]:
    """List the situations by family, those nobody said last."""
    groups: list[Any] = [BLANK]
    for family in Family:
        codes = [code for code, its_family in FAMILIES.items() if its_family == family.value]
        groups.append((family.label, [(each.value, each.label) for each in Situation if each.value in codes]))
    return groups


class PartialDateInput(forms.CharField):
    """A date of which a part may be unknown, never after today."""

    def __init__(self, *, today: date, whole: bool = False, **kwargs: Any) -> None:
        super().__init__(widget=DayMonthYear(), required=False, **kwargs)
        self.today, self.whole = today, whole

    def clean(self, value: Any) -> Any:
        try:
            found = parse_partial_date(super().clean(value), today=self.today)
        except UnreadableDate as unreadable:
            raise forms.ValidationError(
                _("This is no date of the calendar. Correct it, or leave blank what is not known.")
            ) from unreadable
        if found.earliest is not None and found.earliest > self.today:
            raise forms.ValidationError(_("This date is still to come. Correct it, or leave it blank."))
        if not self.whole:
            return found
        if found.is_known and found.precision is not Precision.DAY:
            raise forms.ValidationError(
                _("A day, a month and a year are needed here. Complete the date, or leave it blank.")
            )
        return found.earliest


class Unsaid(forms.ChoiceField):
    """Why a question has no answer."""

    is_quiet = True

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, choices=UNSAID, required=False)


class PlaceForm(forms.Form):
    """A form that may name a commune, understood from where the household is."""

    def __init__(self, *args: Any, actor: Actor, today: date, near: Territory | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.today, self.near = actor, today, near

    @property
    def pairs(self) -> list[tuple[BoundField, Any]]:
        """Pair the visible fields with their errors, for the summary of what is wrong."""
        return [(field, field.errors) for field in self.visible_fields()]

    def find_commune(self, near: Territory | None) -> Commune | None:
        """Understand the commune typed, or say that none bears that name."""
        name = self.cleaned_data.get("commune", "")
        if not name or near is None:
            return None
        found = territories.find_commune(name, near=near, actor=self.actor)
        if found is None:
            self.add_error("commune", _("No single commune bears that name. Write it in full, or leave it blank."))
        return found


class MemberFields(PlaceForm):
    """Who somebody is: a name or another, an age as far as it is known."""

    given_names = forms.CharField(label=_("First name"), required=False, max_length=150)
    family_name = forms.CharField(label=_("Surname"), required=False, max_length=150)
    alias = forms.CharField(label=_("Or the name they go by"), required=False, max_length=150)
    name_unsaid = Unsaid(_("If no name"))
    age_band = forms.ChoiceField(label=_("Or about"), choices=BANDS, required=False)
    birth_unsaid = Unsaid(_("If no age"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["birth"] = PartialDateInput(label=_("Birth date, or its year alone"), today=today)

    def clean_birth(self) -> PartialDate:
        birth: PartialDate = self.cleaned_data["birth"]
        if birth.year is not None and birth.year < self.today.year - OLDEST:
            raise forms.ValidationError(_("Nobody is over 120 years old. Correct the year, or leave it blank."))
        return birth

    def new_member(self, **traits: Any) -> NewMember:
        """Give the member described."""
        given = self.cleaned_data
        birth, quality = self._birth()
        alias = given.get("alias", "")
        return NewMember(
            given_names=given.get("given_names", ""),
            birth_name=given.get("family_name", ""),
            aliases=(alias,) if alias else (),
            name_quality=self.quality("name_unsaid", is_said=self._is_named()),
            birth_date=birth,
            birth_quality=quality,
            **traits,
        )

    def quality(self, field: str, *, is_said: bool) -> Quality:
        """Tell how well a question was answered; an answer wins over a reason for having none."""
        return Quality.KNOWN if is_said else Quality(self.cleaned_data.get(field) or Quality.NOT_ASKED)

    def _is_named(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("given_names", "family_name", "alias"))

    def _birth(self) -> tuple[PartialDate, Quality]:
        birth: PartialDate = self.cleaned_data.get("birth") or PartialDate()
        if birth.is_known:
            return birth, Quality.KNOWN
        if band := self.cleaned_data.get("age_band"):
            return PartialDate(self.today.year - APPARENT_AGES[band], estimated=True), Quality.APPROXIMATE
        return PartialDate(), self.quality("birth_unsaid", is_said=False)


class Intake(MemberFields):
    """The first meeting: six questions, each of which may stay open."""

    territory = Choice(label=_("Territory"))
    size = forms.IntegerField(label=_("How many people, children included"), required=False, min_value=1, max_value=30)
    size_unsaid = Unsaid(_("If no number"))
    situation = forms.ChoiceField(label=_("Tonight"), required=False)
    commune = forms.CharField(label=_("Commune"), required=False, max_length=100)
    reach = forms.CharField(label=_("Telephone, place or person"), required=False, max_length=200)
    reach_unsaid = Unsaid(_("If no way to reach them"))
    wishes = forms.CharField(
        label=_("In their words"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    wishes_unsaid = Unsaid(_("If no wish"))
    protects = forms.BooleanField(
        label=_("They are in danger: protect the file at once"),
        help_text=_("Outside its circle it is nowhere: no search, no warning, no list, no export, no map."),
        required=False,
    )

    def __init__(self, *args: Any, actor: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, today=today, **kwargs)
        if not actor.may(Can.FLAG_VIOLENCE):
            del self.fields["protects"]
        self.fields["situation"].choices = situation_groups()  # type: ignore[attr-defined]
        self.fields["since"] = PartialDateInput(label=_("Since"), today=today, whole=True)
        self.places = list(territories.territories_of(actor=actor))
        self.fields["territory"].choices = [(place.key, place.name) for place in self.places]  # type: ignore[attr-defined]
        if len(self.places) == 1:
            del self.fields["territory"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["place"] = self._place(given.get("territory"))
        given["commune_found"] = self.find_commune(given["place"])
        said = [value for name, value in given.items() if name not in {"territory", "place", "protects"}]
        if not self.errors and not any(bool(value) and value != PartialDate() for value in said):
            self.add_error(None, _("Nothing is said yet. One answer is enough, even that they do not wish to say."))
        return given

    def identity(self) -> Identity:
        """Give what is typed so far, to ask whether somebody is known."""
        given = self.cleaned_data
        commune = given.get("commune_found")
        return Identity(
            key="",
            names=_filled(given.get("family_name")),
            given_names=_filled(given.get("given_names")),
            aliases=_filled(given.get("alias")),
            birth=self._birth()[0],
            phones=_filled(self._phone()),
            commune=commune.code if commune else "",
            situation=given.get("situation", ""),
            situation_since=given.get("since"),
        )

    def new_household(self) -> NewHousehold:
        """Give the household described."""
        given = self.cleaned_data
        phone = self._phone()
        return NewHousehold(
            members=(self.new_member(phones=_filled(phone), situation=self._situation()),),
            stated_size=given["size"],
            size_quality=self.quality("size_unsaid", is_said=given["size"] is not None),
            reach="" if phone else given["reach"],
            reach_quality=self.quality("reach_unsaid", is_said=bool(given["reach"])),
            wishes=given["wishes"],
            wishes_quality=self.quality("wishes_unsaid", is_said=bool(given["wishes"])),
        )

    def _place(self, key: str | None) -> Territory | None:
        wanted = [place for place in self.places if key is None or place.key == key]
        return wanted[0] if len(wanted) == 1 else None

    def _situation(self) -> NewSituation | None:
        given = self.cleaned_data
        if not given["situation"]:
            return None
        return NewSituation(
            situation=given["situation"],
            observed_on=self.today,
            since=given["since"],
            commune=given["commune_found"],
            quality=situation_quality(given["situation"]),
        )

    def _phone(self) -> str | None:
        try:
            return parse_phone(self.cleaned_data.get("reach", ""))
        except UnreadablePhone:
            return None


class WhereTheySleep(PlaceForm):
    """One observation."""

    person = TypedChoice(label=_("Who"), coerce=int, keeps_an_only_answer=True)
    situation = Choice(label=_("Where they sleep"))
    commune = forms.CharField(label=_("Commune"), required=False, max_length=100)
    everybody = forms.BooleanField(label=_("The whole household is there"), required=False)

    field_order: tuple[str, ...] = ("person", "situation", "since", "commune", "observed_on", "everybody")

    def __init__(self, *args: Any, today: date, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["situation"].choices = situation_groups()  # type: ignore[attr-defined]
        self.fields["person"].choices = people  # type: ignore[attr-defined]
        self.fields["since"] = PartialDateInput(label=_("Since"), today=today, whole=True)
        self.fields["observed_on"] = PartialDateInput(
            label=_("Seen there on"), today=today, whole=True, help_text=_("Today when left blank.")
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["commune_found"] = self.find_commune(self.near)
        given["observed_on"] = given.get("observed_on") or self.today
        if given.get("since") and given["since"] > given["observed_on"]:
            self.add_error("since", _("They cannot be seen there before they arrived. Correct one of the two dates."))
        return given

    def new_situation(self) -> NewSituation:
        """Give the observation described."""
        given = self.cleaned_data
        return NewSituation(
            situation=given["situation"],
            observed_on=given["observed_on"],
            since=given["since"],
            commune=given["commune_found"],
            quality=situation_quality(given["situation"]),
        )


class Newcomer(MemberFields):
    """Somebody who joins a household."""

    role = Choice(
        label=_("Place in the household"),
        choices=[(role.value, role.label) for role in MemberRole if role is not MemberRole.LEAD],
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, required=False)

    field_order = ("role", "given_names", "family_name", "alias", "name_unsaid", "birth", "age_band", "birth_unsaid")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)


class Departure(forms.Form):
    """Somebody leaves; when others stay behind a lead, one of them follows."""

    person = TypedChoice(label=_("Who leaves"), coerce=int)
    new_lead = forms.TypedChoiceField(
        label=_("Who the file is then named after"),
        help_text=_("Only when the person it is named after leaves."),
        coerce=int,
        required=False,
        empty_value=None,
    )
    own_file = forms.BooleanField(label=_("Open a file of their own"), required=False)
    protects = forms.BooleanField(
        label=_("Protect that file: those who stay, and their services, will not see it"), required=False
    )
    reason = forms.CharField(label=_("Why"), required=False, max_length=300)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]
        self.fields["new_lead"].choices = [BLANK, *people]  # type: ignore[attr-defined]


class Wishes(forms.Form):
    """What a household wishes; `version` is that of the file as it was read."""

    wishes = forms.CharField(
        label=_("In their words"), required=False, max_length=2000, widget=forms.Textarea({"rows": 5})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class CircleOpening(forms.Form):
    """Who joins the circle, and what for."""

    organisation = Choice(label=_("Service"))
    basis = Choice(
        label=_("Why"), choices=[(basis.value, basis.label) for basis in (CircleBasis.AGREEMENT, CircleBasis.REFERRAL)]
    )
    purpose = forms.CharField(label=_("To do what"), max_length=100)

    def __init__(self, *args: Any, near: Territory, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(each.pk): each for each in territories.organisations_in(near, actor=actor)}
        choices: list[tuple[str, str | Promise]] = [(pk, each.name) for pk, each in self.organisations.items()]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]


class Protection(forms.Form):
    """Protect a file, or open it again."""

    reason = forms.CharField(label=_("Why, in a few words without detail"), required=False, max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)


class Withdrawal(forms.Form):
    """Why something written is withdrawn."""

    reason = forms.CharField(label=_("What was wrong"), max_length=300)


def situation_quality(situation: str) -> Quality:
    """Tell how well a situation is known."""
    return Quality(situation) if situation in {Quality.UNKNOWN, Quality.REFUSED} else Quality.KNOWN


def _filled(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()
