"""Which days are told to the registers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from chezsoi.allocation.forms.periods import Days
from chezsoi.allocation.forms.priorities import day
from chezsoi.journeys.registers.records import Period
from chezsoi.territories.models import Territory


class Told(Days):
    """The year up to today, unless something else is asked."""

    marks_optional = False

    first = day(_("What happened from"), required=True)
    last = day(_("What happened until"), required=True)

    def __init__(self, given: Mapping[str, Any], *, territory: Territory, on: date) -> None:
        super().__init__({"first": date(on.year, 1, 1).isoformat(), "last": on.isoformat(), **given})
        self.territory, self.on = territory, on

    def period(self) -> Period:
        """Give what was asked, once it is valid."""
        return Period(territory=self.territory, first=self.cleaned_data["first"], last=self.cleaned_data["last"])
