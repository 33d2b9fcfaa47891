"""A small installation where work was done: what drills back up, export, and break."""

import io
from datetime import date

from django.utils import timezone

from chezsoi import trail
from chezsoi.files import storage
from chezsoi.files.choices import SourceKind
from chezsoi.files.models import Source
from chezsoi.territories.models import Organisation
from chezsoi.trail import seals
from tests.factories import homes, observatory, people, territories

SERVICE = "equipe-mobile"
OTHER = "autre-service"
ACCOUNTS = {"outreach_worker": "worker@example.org", "dpo": "dpo@example.org"}


def settle(households: int = 12) -> dict[str, int]:
    """House and register households of two services, keep a file, seal the trail."""
    place = territories.territory()
    today = timezone.localdate()
    for key in (SERVICE, OTHER):
        service = territories.organisation(place, key=key, name=key.title())
        worker = territories.actor("outreach_worker", territory=place, organisation=service)
        Source.objects.create(territory=place, organisation=service, key="file", name="File", kind=SourceKind.PEOPLE)
        for number in range(households):
            _household(worker, number, today)
        homes.offer(
            homes.dwelling(actor=territories.actor("rental_manager", organisation=service)), on=date(2026, 11, 2)
        )
    for role, email in ACCOUNTS.items():
        user = territories.user(email=email)
        territories.assignment(role, organisation=Organisation.objects.get(key=SERVICE), user=user)
    observatory.lease_of(("street", 200), signed_on=date(2026, 6, 1))
    storage.keep(io.BytesIO(b"nom;prenom\n=1+1;A\n" * 1000))
    seals.seal()
    trail.record(territories.program(), "test.after_the_seal")
    return {"households": 2 * households}


def _household(worker: object, number: int, today: date) -> None:
    members = [people.member(birth_name=f"=Doe{number}", situation=people.street(today)), people.child(f"L{number}")]
    people.household(*members[: 1 + number % 2], actor=worker, on=today)
