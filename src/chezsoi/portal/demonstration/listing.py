"""A few households on the prefect's lists: the one that was housed, and some that wait."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain

from chezsoi.allocation import actions as allocation
from chezsoi.allocation.choices import CandidacyState, PriorityPool
from chezsoi.allocation.models import Candidacy, HousingRequest
from chezsoi.portal.demonstration.accounts import Staff
from chezsoi.territories.models import Territory

LISTED_DAYS_AGO = 80
LISTS = (
    (PriorityPool.SYPLO, "SY57-0388", "DDETS de la Moselle"),
    (PriorityPool.SYPLO, "SY57-0417", "DDETS de la Moselle"),
    (PriorityPool.DALO, "2026-0093", "Commission de médiation de la Moselle"),
    (PriorityPool.ACD, "", "Préfecture de la Moselle"),
)


def run(territory: Territory, staff: Staff) -> None:
    """Put a household on each list, the one that was housed first."""
    on = staff.today - timedelta(days=LISTED_DAYS_AGO)
    housed = Candidacy.objects.filter(state=CandidacyState.HOUSED).values("household")
    asked = HousingRequest.objects.filter(household__territory=territory, household__is_protected=False)
    known = asked.filter(requested_on__lte=on).order_by("household__reference")
    first = chain(known.filter(household__in=housed), known.exclude(household__in=housed))
    for request, (pool, number, issuer) in zip(first, LISTS, strict=False):
        allocation.label_request(
            actor=staff.actor("siao_officer"),
            request=request,
            pool=pool,
            labelled_on=on,
            issuer=issuer,
            number=number,
        )
