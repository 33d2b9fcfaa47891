"""Lists that open with nothing chosen: a press of Enter must not record what nobody said."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

NOT_CHOSEN = ("", "–")
NOTHING_CHOSEN: dict[str, Any] = {"required": _("Nothing is chosen: choose in the list. Nothing is recorded yet.")}


class _Unchosen:
    """
    Puts the empty answer first whenever answers are given, unless they say it in words of their own.

    A list that `keeps_an_only_answer` opens on it when there is no other: whoever is alone in a file is the one it is
    about, and to choose them would say nothing more.
    """

    default_error_messages = NOTHING_CHOSEN

    def __init__(self, *, keeps_an_only_answer: bool = False, **kwargs: Any) -> None:
        self.keeps_an_only_answer = keeps_an_only_answer
        super().__init__(**kwargs)

    @property
    def choices(self) -> Any:
        return self._choices

    @choices.setter
    def choices(self, value: Any) -> None:
        given = list(value)
        is_open = bool(given) and not given[0][0]
        is_settled = self.keeps_an_only_answer and len(given) == 1
        self._choices = given if is_open or is_settled else [NOT_CHOSEN, *given]
        self.widget.choices = self._choices  # type: ignore[attr-defined]


class Choice(_Unchosen, forms.ChoiceField):
    """One answer out of a list."""


class TypedChoice(_Unchosen, forms.TypedChoiceField):
    """One answer out of a list, read as a number or another type."""


class ModelChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One row out of a list of them."""

    default_error_messages = NOTHING_CHOSEN

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        super().__init__(queryset, empty_label=NOT_CHOSEN[1], **kwargs)
