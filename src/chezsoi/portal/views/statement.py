"""What this service says of its own accessibility: not conformant, as long as nobody outside has measured it."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from chezsoi.kernel.dates import add_months
from chezsoi.law.parameters import Status, parameter
from chezsoi.territories.access import Request, public
from chezsoi.ui.responses import page

ESTABLISHED_ON = date(2026, 11, 29)


@public("a statement of accessibility is owed to everybody")
@require_safe
def accessibility(request: Request) -> HttpResponse:
    share = parameter("accessibility.partial_percent", on=ESTABLISHED_ON)
    years = parameter("accessibility.statement_years", on=ESTABLISHED_ON)
    context = {
        "established_on": ESTABLISHED_ON,
        "ends_on": add_months(ESTABLISHED_ON, 12 * int(years.number)),
        "percent": share.number,
        "texts": [(each.reference, each.status is Status.TO_BE_CONFIRMED) for each in (share, years)],
    }
    return page(request, "portal/accessibility.html", context)
