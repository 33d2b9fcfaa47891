"""What the catalogue is narrowed to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chezsoi.portal.catalogue import wording
from chezsoi.portal.catalogue.reading import Action, State


class Narrowing(forms.Form):
    """A territory, a state, or neither; what is unknown narrows nothing and is said under its list."""

    territory = forms.ChoiceField(label=_("Territory"), required=False)
    state = forms.ChoiceField(label=_("Today"), required=False)

    def __init__(self, *args: Any, listed: Sequence[Action], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = wording.territories()
        keys = sorted({key for action in listed for key in action.territories}, key=names.__getitem__)
        states = [(state.value, wording.tag(state).label) for state in State]
        self._offer("territory", pgettext_lazy("territories", "all"), [(key, names[key]) for key in keys])
        self._offer("state", pgettext_lazy("actions", "all"), states)

    def holds(self, action: Action) -> bool:
        """Tell whether an action is among those asked for."""
        asked = self.cleaned_data if self.is_valid() else {}
        territory, state = asked.get("territory", ""), asked.get("state", "")
        return territory in ("", *action.territories) and state in ("", action.state)

    def _offer(self, name: str, everything: Any, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", everything), *choices]  # type: ignore[attr-defined]
