"""What the journeys of fiche 3 share: somebody met where they are, and how an accepted home becomes a lease."""

from django.urls import reverse
from django.utils import timezone

from chezsoi.tenancies.models import Lease
from tests.factories import allocation, territories

TODAY = timezone.localdate()
DAY = TODAY.isoformat()
MET = {
    "given_names": "Zélie", "family_name": "Oudot", "birth_year": "1988", "size": "1", "situation": "street",
    "since_day": "1", "since_month": "3", "since_year": str(TODAY.year - 2), "commune": "Metz",
    "wishes": "Un chez-moi, et qu’on me laisse mon chien.",
}  # fmt: skip
ASKED = {"rooms_min": "1", "rooms_max": "2", "max_outlay_per_month": "500", "intensity": "strong"}


def housed(enter, household) -> Lease:
    """A home is drawn, decided, offered; she says yes; the landlord signs."""
    landlord = territories.organisation(kind="social_landlord")
    drawn = allocation.drawn(allocation.offer(landlord=landlord), size=1)
    sitting = allocation.sitting(allocation.commission(organisation=landlord))
    letter = allocation.letter(allocation.decided(allocation.item(drawn, at=sitting, why_few="too_few_candidates")))
    said = {"answer": "yes", "answered_on": DAY, "words": "Oui."}
    enter("siao_officer").post(reverse("allocation:answer", args=[letter.pk]), said)
    signed = {"kind": "direct", "signed_on": DAY, "starts_on": DAY}
    enter("social_landlord_agent", landlord).post(
        reverse("journeys:sign-lease", args=[letter.decision.candidacy_id]), signed
    )
    return Lease.objects.get(household=household)
