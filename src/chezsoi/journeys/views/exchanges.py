"""Who could exchange homes with whom in a territory: found, checked, shown; nothing is decided."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from chezsoi import trail
from chezsoi.allocation import wording
from chezsoi.allocation.models.facts import plain
from chezsoi.allocation.tables import wishes
from chezsoi.engines.matchcheck import ResultRejected
from chezsoi.engines.matching import RuleCode
from chezsoi.engines.matching.constrained.exchange import NoExchangeInTime, TooManyCycles
from chezsoi.engines.matching.constrained.tenants import Stays
from chezsoi.engines.matching.joint import Nearer
from chezsoi.homes.wording import named
from chezsoi.journeys import exchanges
from chezsoi.tenancies.models import ExchangeWish
from chezsoi.territories import queries as territories
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui import typography
from chezsoi.ui.responses import page
from chezsoi.ui.shapes import Cell, Column, Row, Table

FEWEST = 2
UNPROVED = {
    TooManyCycles: gettext_lazy(
        "There are more ways to exchange here than can be weighed at once. Nothing is shown; nothing was changed."
    ),
    NoExchangeInTime: gettext_lazy(
        "The best exchange could not be proved in the time given. Nothing is shown; nothing was changed. Try again."
    ),
    ResultRejected: gettext_lazy(
        "The check did not find again what the search found. Nothing is shown; nothing was changed. Please report it."
    ),
}
GAINS = {
    RuleCode.HOME_IS_OFFERABLE: gettext_lazy("a home that may still be let"),
    RuleCode.SURFACE_IS_ENOUGH_FOR_SIZE: gettext_lazy("a home large enough for all of them"),
    RuleCode.ROOMS_FIT_NEED: gettext_lazy("enough rooms for all of them"),
    RuleCode.ROOMS_FIT_WISH: gettext_lazy("as many rooms as they wish"),
    RuleCode.COMMUNE_IS_WISHED: gettext_lazy("a commune they wish"),
    RuleCode.OUTLAY_IS_BEARABLE: gettext_lazy("a rent they can pay"),
    RuleCode.WHEELCHAIR: gettext_lazy("a home open to a wheelchair"),
    RuleCode.LIFT_OR_GROUND: gettext_lazy("a lift or the ground floor"),
    RuleCode.SOCIAL_HOUSING_NEEDS_A_REQUEST_NUMBER: gettext_lazy("conditions of access they meet"),
    RuleCode.REGULAR_STAY: gettext_lazy("conditions of access they meet"),
    RuleCode.INCOME_CEILING: gettext_lazy("conditions of access they meet"),
    RuleCode.HOME_NOT_ALREADY_REFUSED_BY_HOUSEHOLD: gettext_lazy("a home they did not say no to"),
    RuleCode.SHARING_IS_WISHED: gettext_lazy("a home shared or not, as they wish"),
    Nearer.COMMUNE: gettext_lazy("a commune they put before"),
    Nearer.ROOMS: gettext_lazy("fewer rooms beyond those they ask for"),
    Nearer.EFFORT: gettext_lazy("less of what they can pay"),
}
WHY = {
    Stays.NO_HOME_WISHED: gettext_lazy("No home of the others suits it better than its own."),
    Stays.HOME_NOT_WISHED: gettext_lazy("Its home suits none of the others better than their own."),
    Stays.NO_CYCLE: gettext_lazy("Wishes here make no circle of two or three through it."),
    Stays.OTHER_CYCLES: gettext_lazy("It could exchange, but more can move without it today."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A step in words: who takes whose home, which one, what is gained, what is still to be asked."""

    household: str
    home_of: str
    home: str
    gained: str
    reasons: tuple[wording.Said, ...]
    questions: tuple[str, ...]


@allow(Can.RUN_ROUND)
@require_safe
def possible(request: Request) -> HttpResponse:
    places = list(territories.territories_of(actor=request.actor))
    territory = next((place for place in places if place.key == request.GET.get("territory")), places[0])
    names = territories.communes_of(territory, actor=request.actor).values_list("code", "name")
    reader = wording.Reader(sees_resources=request.actor.may(Can.SEE_RESOURCES), communes=dict(names))
    context = {"territory": territory, "places": places}
    try:
        found = exchanges.possible(territory, on=timezone.localdate(), actor=request.actor)
    except tuple(UNPROVED) as unproved:
        return page(request, "journeys/exchanges.html", context | {"unproved": UNPROVED[type(unproved)]})
    read = {"households": [wish.household_id for wish in found.wishes]}
    trail.record(request.actor, "journeys.exchanges.read", territory, detail=read)
    context |= {
        "cycles": [[_shown(step, reader) for step in cycle] for cycle in found.cycles],
        "lacking": "" if found.cycles else _lacking(found),
        "stays": _stays(found, reads_wishes=request.actor.may(Can.RECORD_REQUEST)),
        "unproved": "",
    }
    return page(request, "journeys/exchanges.html", context)


def _shown(step: exchanges.Step, reader: wording.Reader) -> Shown:
    reasons = plain(step.reasons)
    return Shown(
        household=step.wish.household.reference,
        home_of=step.home_of.household.reference,
        home=_home(step.home_of),
        gained=", ".join(dict.fromkeys(str(GAINS[gain]) for gain in step.gains)),
        reasons=wording.vector(reasons, reader),
        questions=wording.questions(reasons, reader),
    )


def _home(wish: ExchangeWish) -> str:
    """Name a home without its address: it is where somebody lives."""
    home, offer = wish.lease.offer.dwelling, wish.lease.offer
    known = [named(home, None)]
    if home.surface_m2:
        known.append(_("%(surface)s m²") % {"surface": typography.number(home.surface_m2)})
    if offer.outlay_per_month is not None:
        known.append(_("%(outlay)s a month") % {"outlay": typography.euros(offer.outlay_per_month)})
    return " · ".join(known)


def _lacking(found: exchanges.Possible) -> str:
    """Say, when nobody can exchange, what is lacking."""
    if len(found.wishes) < FEWEST:
        return _("An exchange needs two tenant households that wish one; fewer are written down here.")
    counted = Counter(why for _wish, why in found.stays)
    no_home, no_taker = counted[Stays.NO_HOME_WISHED], counted[Stays.HOME_NOT_WISHED]
    said = ngettext(
        "%(count)s household finds no home of the others nearer its wishes.",
        "%(count)s households find no home of the others nearer their wishes.",
        no_home,
    ) % {"count": no_home}
    taken = ngettext(
        "The home of %(count)s household suits none of the others better.",
        "The homes of %(count)s households suit none of the others better.",
        no_taker,
    ) % {"count": no_taker}
    circle = _("The wishes left make no circle of two or three.") if counted[Stays.NO_CYCLE] else ""
    return " ".join(part for part in (said if no_home else "", taken if no_taker else "", circle) if part)


def _stays(found: exchanges.Possible, *, reads_wishes: bool) -> Table:
    """List who stays, and why; what each wished, for those who may write it."""
    wished = (Column(label=_("Wished")),) if reads_wishes else ()
    rows = []
    for wish, why in found.stays:
        line = wishes.in_a_line(wish, [each.commune.name for each in wish.communes.all()])
        cells = (Cell(text=line),) if reads_wishes else ()
        rows.append(Row(cells=(Cell(text=wish.household.reference, is_strong=True), *cells, Cell(text=str(WHY[why])))))
    columns = (Column(label=_("File"), is_code=True), *wished, Column(label=_("Why it stays")))
    return Table(caption=_("Who stays, and why"), hides_caption=True, columns=columns, rows=tuple(rows))
