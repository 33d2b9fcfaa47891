"""A small territory where everybody is invented: enough to walk the whole chain, as each role."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from chezsoi.portal.demonstration import accounts, chain, homes, people
from chezsoi.territories import queries
from chezsoi.territories.access import ANONYMOUS
from chezsoi.territories.models import Territory

TERRITORY = "metz"


def build() -> bool:
    """Build the demonstration unless it is there; tell whether it was built. Dates are counted back from today."""
    if queries.demonstration_accounts(actor=ANONYMOUS).exists():
        return False
    with transaction.atomic():
        _build(Territory.objects.get(key=TERRITORY))
    return True


def _build(territory: Territory) -> None:
    today = timezone.localdate()
    staff = accounts.open_all(territory, today=today)
    people.register_all(territory, staff, today=today)
    offers = homes.offer_all(territory, staff, today=today)
    chain.run(territory, staff, offers, today=today)
