"""Which refusals are counted: of all homes or of one's own reach, by year, or any days for who has every cell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chezsoi.allocation import queries
from chezsoi.allocation.forms.periods import Days
from chezsoi.allocation.forms.priorities import day
from chezsoi.kernel.actor import Actor
from chezsoi.territories.models import Territory

OWN = "own"


class CountedRefusals(Days):
    """Of the whole territory, this year, unless something else is asked."""

    marks_optional = False

    reach = forms.ChoiceField(
        label=_("Homes"),
        required=False,
        choices=[("", _("all of the territory")), (OWN, _("those my organisation sees"))],
    )
    year = forms.ChoiceField(label=_("Proposed in"))
    first = day(_("Proposed from"), required=True)
    last = day(_("Proposed until"), required=True)

    def __init__(self, given: Mapping[str, Any], *, territory: Territory, on: date, actor: Actor) -> None:
        usual = {"year": str(on.year), "first": date(on.year, 1, 1).isoformat(), "last": on.isoformat()}
        super().__init__({**usual, **given})
        self.territory, self.on = territory, on
        if queries.refusals_are_exact(territory, on=on, actor=actor):
            del self.fields["year"]
        else:
            del self.fields["first"], self.fields["last"]
            self._offer_years(queries.years_of_proposals(territory, on=on, actor=actor))
        if not queries.has_own_reach(actor=actor):
            del self.fields["reach"]

    def asked(self) -> queries.RefusalsAsked:
        """Give what was asked, once it is valid; the last day is counted."""
        found = self.cleaned_data
        if "year" in found:
            start, end = date(int(found["year"]), 1, 1), date(int(found["year"]) + 1, 1, 1)
        else:
            start, end = found["first"], found["last"] + timedelta(days=1)
        return queries.RefusalsAsked(
            territory=self.territory, start=start, end=end, is_own=found.get("reach", "") == OWN
        )

    def _offer_years(self, years: range) -> None:
        field: Any = self.fields["year"]
        field.choices = [(str(year), str(year)) for year in reversed(years)]
