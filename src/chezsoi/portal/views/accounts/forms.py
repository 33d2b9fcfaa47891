"""What is typed at the door and about accounts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from chezsoi.territories.choices import Digest
from chezsoi.territories.models import User
from chezsoi.ui.choosing import Choice

PASSPHRASE = _("At least 15 characters. Four or five words you do not find together make a good one; you may paste it.")


class SignIn(forms.Form):
    """A mail address and a password."""

    username = forms.CharField(
        label=_("Mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )
    is_shared = forms.BooleanField(
        label=_("This computer is shared"),
        help_text=_("The session then closes after 20 minutes without use, and with the browser."),
        required=False,
    )
    marks_optional = False


class Code(forms.Form):
    """A code of an application, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("The six digits your application shows now, or one of your recovery codes."),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )


class AppCode(forms.Form):
    """The first code of an application that was just given its secret."""

    secret = forms.CharField(widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("The six digits it shows"),
        max_length=10,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class Forgotten(forms.Form):
    """The address to send a link to."""

    email = forms.EmailField(
        label=_("Mail address"), max_length=254, widget=forms.EmailInput({"autocomplete": "username"})
    )


class NewPassword(forms.Form):
    """A password, twice."""

    password = forms.CharField(
        label=_("New password"),
        help_text=PASSPHRASE,
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same again"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise ValidationError(_("The two are not the same. Type the second again."))
        return again


class ChangePassword(NewPassword):
    """One's own password, the old one first."""

    old = forms.CharField(
        label=_("Your password now"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    field_order = ("old", "password", "again")


class Name(forms.Form):
    """What its owner calls a passkey."""

    name = forms.CharField(label=_("A name for it"), max_length=60, help_text=_("For example: my phone, blue key."))


class Role(forms.Form):
    """A role, where, from when and until when."""

    role = Choice(label=_("Role"))
    territory = Choice(label=_("Territory"))
    starts_on = forms.DateField(label=_("From"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(
        label=_("Until (excluded)"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave it blank if no end is known."),
    )

    def __init__(self, *args: Any, roles: list[Any], territories: list[Any], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        self.fields["territory"].choices = territories  # type: ignore[attr-defined]
        self.fields["starts_on"].initial = today
        if len(territories) == 1:
            self.fields["territory"].initial = territories[0][0]
            self.fields["territory"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        starts_on, ends_on = found.get("starts_on"), found.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("A role ends after it starts. Choose a later day, or leave it blank."))
        return found


class Invitation(Role):
    """Somebody to invite, and their first role."""

    full_name = forms.CharField(label=_("Name"), max_length=150, widget=forms.TextInput({"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("Mail address"),
        max_length=254,
        help_text=_("The one of their work, that they alone read."),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    field_order = ("full_name", "email", "role", "territory", "starts_on", "ends_on")


class EndRole(forms.Form):
    """The day a role no longer holds."""

    ends_on = forms.DateField(label=_("Until (excluded)"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


class Reason(forms.Form):
    """Why an account is disabled."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=200,
        help_text=_("It stays in the trail: name nobody's private life. For example: has left the service."),
    )


class HabitsForm(forms.Form):
    """What an account chooses of its mails and its keyboard."""

    digest = forms.ChoiceField(
        label=_("A mail that says how many things wait"),
        help_text=_("Numbers and a link, never a name."),
        choices=Digest,
        widget=forms.RadioSelect,
    )
    tells_deadlines = forms.BooleanField(
        label=_("Write to me at once when a deadline is close"),
        help_text=_("An answer to an offer, a copy of a file or the review of an emergency, due by tomorrow."),
        required=False,
    )
    has_shortcuts = forms.BooleanField(
        label=_("Keyboard shortcuts of one key"),
        help_text=_("Turn them off if you dictate, or if they get in the way of the program that reads your screen."),
        required=False,
    )
    marks_optional = False
