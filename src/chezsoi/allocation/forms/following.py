"""What the list of decisions is narrowed to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chezsoi.allocation import queries
from chezsoi.allocation.choices import WITHOUT_END, Standing
from chezsoi.allocation.models import Commission
from chezsoi.kernel.actor import Actor
from chezsoi.ui import dates

LATE, ENDED, ALL = "late", "ended", "all"
WITH_END = tuple(each.value for each in Standing if each not in WITHOUT_END)


class FollowedDecisions(forms.Form):
    """Which commission, which sitting, where decisions stand; a choice that does not exist is no error, it is left."""

    commission = forms.ChoiceField(label=_("Commission"), required=False)
    sitting = forms.ChoiceField(label=_("Sitting"), required=False)
    standing = forms.ChoiceField(
        label=_("Where they stand"),
        required=False,
        choices=[
            ("", _("without an end")),
            (LATE, _("late, without an end")),
            (ENDED, pgettext_lazy("decisions", "ended")),
            (ALL, pgettext_lazy("decisions", "all")),
            *Standing.choices,
        ],
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = {str(row.pk): row for row in queries.commissions(actor=actor)}
        self._choose("commission", [(key, row.name) for key, row in self.held.items()])
        where = self.asked
        days = queries.sittings_followed(where.pk, actor=actor) if where else ()
        self._choose("sitting", [(str(row.pk), dates.full(row.held_on)) for row in days])
        self.is_valid()

    @property
    def asked(self) -> Commission | None:
        """Give the commission asked for, or the only one there is."""
        only = next(iter(self.held.values())) if len(self.held) == 1 else None
        return self.held.get(self.data.get("commission", ""), only)

    def wanted(self) -> queries.Followed:
        """Give what was asked, leaving out what cannot be read."""
        given = self.cleaned_data
        return queries.Followed(
            commission=self.asked.pk if self.asked else None,
            sitting=int(given["sitting"]) if given.get("sitting") else None,
            standings=_standings(given.get("standing", "")),
            is_late=given.get("standing") == LATE,
        )

    def _choose(self, name: str, found: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        if len(found) > 1:
            field.choices = [("", pgettext_lazy("commission", "all")), *found]
        else:
            del self.fields[name]


def _standings(asked: str) -> tuple[str, ...]:
    if asked in Standing:
        return (asked,)
    groups: dict[str, tuple[str, ...]] = {ENDED: WITH_END, ALL: tuple(Standing.values)}
    return groups.get(asked, WITHOUT_END)
