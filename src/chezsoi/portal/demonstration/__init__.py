"""A territory where everybody is invented: a small one to walk the chain as each role, and two years of history."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from chezsoi.people.models import Person
from chezsoi.portal.demonstration import (
    accounts,
    bringing,
    chain,
    documents,
    history,
    homes,
    listing,
    orientations,
    people,
    reservations,
    sharing,
)
from chezsoi.portal.demonstration.accounts import Staff
from chezsoi.territories import queries
from chezsoi.territories.access import ANONYMOUS
from chezsoi.territories.models import Territory

TERRITORY = "metz"


def build(*, say: documents.Say = documents.unheard) -> bool:
    """
    Build the demonstration unless it is there; tell whether it was built. Dates are counted back from today.

    `say` is given the sentence of what had to be left out.
    """
    if queries.demonstration_accounts(actor=ANONYMOUS).exists():
        return False
    with transaction.atomic():
        staff = _build(Territory.objects.get(key=TERRITORY))
    # A scanner may be slow: nobody waits for the database meanwhile.
    documents.attach_all(staff, today=staff.today, say=say)
    return True


def tell(*, persons: int, progress: history.Progress, say: documents.Say = documents.unheard) -> int:
    """
    Build the demonstration with its history, unless it has one; give how many persons were added.

    The small demonstration comes first if it is not there; `persons` counts everybody.
    """
    build(say=say)
    territory = Territory.objects.get(key=TERRITORY)
    missing = persons - Person.objects.filter(territory=territory).count()
    if missing <= 0 or history.is_written(territory):
        return 0
    today = timezone.localdate()
    staff = Staff.found(today=today)
    history.write(territory, staff, persons=missing, today=today, progress=progress)
    reservations.renew(territory, staff, today=today)
    return missing


def _build(territory: Territory) -> Staff:
    today = timezone.localdate()
    staff = accounts.open_all(territory, today=today)
    people.register_all(territory, staff, today=today)
    orientations.write_all(territory, staff, today=today)
    offers = homes.offer_all(territory, staff, today=today)
    chain.run(territory, staff, offers, today=today)
    listing.run(territory, staff)
    sharing.run(territory, staff, today=today)
    bringing.run(territory, staff)
    reservations.share_out(territory, staff, offers, today=today)
    return staff
