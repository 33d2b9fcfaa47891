"""The definition card of each indicator: what is counted, how, since which version."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Indicator(models.TextChoices):
    """The indicators computed from the records, by their stable code."""

    ATTRIBUTION_HOMELESS = "attribution.homeless", _("social leases signed by homeless households")
    ATTRIBUTION_HOMELESS_SHARE = (
        "attribution.homeless_share",
        _("share of social allocations made to homeless households"),
    )
    DIRECT_ACCESS_HOUSEHOLDS = "direct_access.households", _("households housed straight from the street")


class Qualifier(models.TextChoices):
    """How a value is to be read."""

    EXACT = "exact", _("counted")
    SHARE_UNAVAILABLE = "share_unavailable", _("share unavailable: the total of all allocations is missing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A definition card. The version changes when the count could change; old values keep theirs."""

    indicator: Indicator
    version: str
    unit: Promise | str
    counts: Promise | str
    attribution: Promise | str
    limits: Promise | str
    source: str


STABLE_NIGHTS = 14

DEFINITIONS: dict[Indicator, Definition] = {
    Indicator.ATTRIBUTION_HOMELESS: Definition(
        indicator=Indicator.ATTRIBUTION_HOMELESS,
        version="1",
        unit=_("leases"),
        counts=_(
            "Leases of social housing signed in the year, not voided, whose applicant was homeless (street, makeshift "
            "shelter, squat, camp, vehicle, accommodation, or leaving an institution without a home) at the last "
            "observation on or before the signature."
        ),
        attribution=_("Year of the signature; territory of the lease; a household counts once for each lease."),
        limits=_("A household whose situation was never observed before the signature is not counted."),
        source="budget.gouv.fr, programme 177, annual performance report 2022",
    ),
    Indicator.ATTRIBUTION_HOMELESS_SHARE: Definition(
        indicator=Indicator.ATTRIBUTION_HOMELESS_SHARE,
        version="1",
        unit=_("share of allocations"),
        counts=_("The number above, divided by all the social allocations of the territory in the year."),
        attribution=_("The total comes from an outer, dated source (SNE extraction); the latest one is used."),
        limits=_("Without that total the share cannot be given; the number of leases still is."),
        source="budget.gouv.fr, programme 177, annual performance report 2022",
    ),
    Indicator.DIRECT_ACCESS_HOUSEHOLDS: Definition(
        indicator=Indicator.DIRECT_ACCESS_HOUSEHOLDS,
        version="1",
        unit=_("households"),
        counts=_(
            "Households that signed a lease or a sublease in the year and whose last stable situation before was the "
            "street. Stable: more than 14 nights; stays in accommodation that follow each other are added together, "
            "and so are stays in the street."
        ),
        attribution=_("Year of the first signature in the year; territory of the lease; a household counts once."),
        limits=_("The 14 nights are a convention of the programme. Unobserved nights belong to the stay before."),
        source="Dihal, Logement d'abord : deux ans d'actions, 2020, fiche 3; the 14 nights are this project's choice",
    ),
}
