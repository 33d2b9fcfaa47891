"""What changes which bodies work where."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import Organisation, Territory


@transaction.atomic
def register_organisation(
    *, actor: Actor, key: str, name: str, kind: str, territories: Iterable[Territory], siren: str = ""
) -> Organisation:
    """Register an organisation and the territories it works in."""
    authorize(actor, Can.MANAGE_ACCOUNTS)
    organisation = Organisation.objects.create(key=key, name=name, kind=kind, siren=siren)
    organisation.territories.set(territories)
    trail.record(actor, "territories.organisation.registered", organisation)
    return organisation
