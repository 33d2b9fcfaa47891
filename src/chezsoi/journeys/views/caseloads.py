"""What a joint round asks of the support teams."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from chezsoi import trail
from chezsoi.engines.matching.joint import NotPlacedInTime
from chezsoi.journeys import caseloads
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page
from chezsoi.ui.shapes import Cell, Column, Row, Table


@allow(Can.RUN_ROUND)
@require_safe
def joint_support(request: Request, joint_id: int) -> HttpResponse:
    found, today = caseloads.drawn(joint_id, actor=request.actor), timezone.localdate()
    trail.record(request.actor, "journeys.caseloads.read", found)
    needs, price = caseloads.needs(found, on=today, actor=request.actor), None
    try:
        price = caseloads.price(found, on=today, actor=request.actor)
    except NotPlacedInTime:
        messages.warning(request, _("What a limit on places would cost could not be proved in the time given."))
    context = {
        "joint": found,
        "table": _table(needs),
        "short": sum(each.short or 0 for each in needs),
        "price": price,
        "reads_wishes": caseloads.reads_wishes(request.actor),
    }
    return page(request, "journeys/joint_support.html", context)


def _table(needs: Sequence[caseloads.Need]) -> Table:
    columns = (
        Column(label=_("Intensity")),
        Column(label=_("Wished by those proposed"), is_numeric=True),
        Column(label=_("Places")),
        Column(label=_("Missing"), is_numeric=True),
    )
    return Table(
        caption=_("Support wished, and places"),
        columns=columns,
        rows=[_row(each) for each in needs],
        hides_caption=True,
    )


def _row(need: caseloads.Need) -> Row:
    if need.places is None:
        places = _("nobody said")
    else:
        known = {"free": need.places.free, "places": need.places.places}
        places = ngettext("%(free)s free of %(places)s", "%(free)s free of %(places)s", need.places.free) % known
    return Row(
        cells=(
            Cell(text=capfirst(str(need.intensity.label)), is_strong=True),
            Cell(text="–" if need.wished is None else str(need.wished)),
            Cell(text=places),
            Cell(text="–" if need.short is None else str(need.short)),
        )
    )
