"""The reservations of the demonstration: two agreements, two turns given, a home asked of the prefecture."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from chezsoi.allocation import actions
from chezsoi.allocation.actions import AgreementTerms
from chezsoi.allocation.choices import AskState, CommissionKind, RoundState, TurnState
from chezsoi.allocation.models import Candidacy, Commission, HomeAsk, Round, Turn
from chezsoi.homes.models import Offer
from chezsoi.people.models import Household
from chezsoi.portal.demonstration import sittings
from chezsoi.portal.demonstration.accounts import Staff
from chezsoi.territories.models import Territory

AGREEMENTS = (("prefecture", "prefect", "0.30", 15), ("metropole", "authority", "0.20", None))
TURNED_OVER = ("L57-05", "L57-06")
"""The first is the landlord's own, by the largest gap; the second is the prefect's."""


def share_out(territory: Territory, staff: Staff, offers: dict[str, Offer], *, today: date) -> None:
    """Sign the agreements of the year, turn two vacancies over, and ask the prefecture for a home."""
    landlord = staff.actor("social_landlord_agent")
    for key, kind, share, days in AGREEMENTS:
        terms = AgreementTerms(
            holder=staff.organisations[key], kind=kind, year=today.year, share=Decimal(share), answer_days=days
        )
        actions.record_agreement(
            actor=landlord, territory=territory, landlord=staff.organisations["bailleur"], terms=terms, on=today
        )
    for reference in TURNED_OVER:
        actions.turn_over(actor=landlord, offer=offers[reference], on=today)
    _ask_for(_in_view(offers["L57-06"]), staff, today=today)


def renew(territory: Territory, staff: Staff, *, today: date) -> None:
    """Search again for the home whose turn is the prefecture's, and ask for whoever comes: the history housed some."""
    turn = Turn.objects.select_related("offer__dwelling").get(state=TurnState.RUNNING)
    siao = staff.program("siao")
    searched = Round.objects.get(offer=turn.offer_id, state=RoundState.DRAWN)
    actions.cancel_round(actor=siao, round_=searched, reason="Les ménages de la liste ont un logement.")
    commission = Commission.objects.get(territory=territory, kind=CommissionKind.CALEOL)
    drawn = sittings.draw(sittings.room(staff, commission, today=today), turn.offer, on=today - timedelta(days=2))
    if drawn is None:
        return
    household = _in_view(turn.offer)
    if not HomeAsk.objects.filter(household=household, state=AskState.AWAITS).exists():
        _ask_for(household, staff, today=today)


def _ask_for(household: Household, staff: Staff, *, today: date) -> None:
    actions.ask_holder(
        actor=staff.actor("siao_officer"),
        household=household,
        holder=staff.organisations["prefecture"],
        on=today,
        words="Un trois ou quatre pièces à Metz, dès que possible.",
    )


def _in_view(offer: Offer) -> Household:
    """Choose who comes last among the candidates of a home, whom the holder may propose."""
    found = Candidacy.objects.filter(offer=offer, round__state=RoundState.DRAWN).select_related("household")
    return found.order_by("-rank")[0].household
