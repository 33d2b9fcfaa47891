"""What is asked once of several households."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chezsoi.people.forms import WhereTheySleep
from chezsoi.territories.models import User
from chezsoi.ui.choosing import Choice


class HandOver(forms.Form):
    """Who follows households from today."""

    colleague = Choice(
        label=_("Who follows them from today"),
        error_messages={"invalid_choice": _("This colleague has no role here today. Choose somebody else.")},
    )

    instead_of = forms.TypedChoiceField(
        label=_("Instead of"),
        help_text=_("Whoever is chosen leaves the circles from today; the others stay."),
        required=False,
        coerce=int,
        empty_value=None,
    )

    def __init__(
        self,
        *args: Any,
        colleagues: Iterable[User],
        followers: Iterable[tuple[int, str]],
        own: int | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instead_of"].choices = [("", _("nobody: everybody stays")), *followers]  # type: ignore[attr-defined]
        self.colleagues = {str(each.pk): each for each in colleagues}
        names = [
            (pk, _("%(name)s (you)") % {"name": each.full_name} if each.pk == own else each.full_name)
            for pk, each in self.colleagues.items()
        ]
        self.fields["colleague"].choices = names  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("instead_of") and str(given["instead_of"]) == given.get("colleague"):
            self.add_error("instead_of", _("Somebody cannot follow instead of themselves. Choose somebody else."))
        return given

    @property
    def named(self) -> User:
        """Give the account that was chosen."""
        return self.colleagues[self.cleaned_data["colleague"]]


class Meeting(WhereTheySleep):
    """One observation of each of several households."""

    field_order = ("situation", "since", "commune", "observed_on", "everybody")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, people=[], **kwargs)
        del self.fields["person"]
        self.fields["everybody"].label = _("The whole of each household is there")
