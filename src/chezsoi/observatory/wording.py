"""The definition card of each indicator: what is counted, how, since which version."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chezsoi.observatory.choices import Indicator
from chezsoi.siao.choices import Destination, DestinationKind, WorkerBefore


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


_SAID: dict[str, str | Promise] = {
    **dict(Destination.choices),
    **dict(DestinationKind.choices),
    **dict(WorkerBefore.choices),
}


def said(code: str) -> str:
    """Say what a unit counts as: where a household was oriented, what a person answered."""
    return str(_SAID.get(code, code))


REPORT = "Dihal, Logement d'abord : deux ans d'actions, 2020, fiche 3"
FIRST_IN_THE_YEAR = _(
    "Year of the day it happened; territory of the file. A household with a file in two territories counts once in "
    "each where it counts that year, and once in their union."
)
SIAO_CARDS = (
    Definition(
        indicator=Indicator.ORIENTED_SHARE,
        version="1",
        unit=_("share of households"),
        counts=_(
            "Households that the SIAO oriented to ordinary or adapted housing in the year, divided by the households "
            "it met: assessed or oriented anywhere in the year. What was withdrawn does not count."
        ),
        attribution=FIRST_IN_THE_YEAR,
        limits=_(
            "An orientation is what the SIAO decides, not an admission: it does not say that anybody was housed. A "
            "household oriented several times counts once. The report counts the households spotted by the SIAO."
        ),
        source=REPORT,
    ),
    Definition(
        indicator=Indicator.ORIENTED,
        version="1",
        unit=_("households"),
        counts=_("Households that the SIAO oriented to ordinary or adapted housing in the year."),
        attribution=FIRST_IN_THE_YEAR,
        limits=_("Not the number of decisions, and nobody is housed by one: a household oriented twice counts once."),
        source=REPORT,
    ),
    Definition(
        indicator=Indicator.ORIENTED_GROWTH,
        version="1",
        unit=_("change in one year"),
        counts=_(
            "The households oriented to housing in the year, divided by those of the year before, less one: "
            "+130 % is 2.3 times as many."
        ),
        attribution=FIRST_IN_THE_YEAR,
        limits=_("It measures the activity of the SIAO, or how well it is recorded, and not the homes obtained."),
        source=REPORT,
    ),
    Definition(
        indicator=Indicator.WITHOUT_WORKER,
        version="1",
        unit=_("share of people"),
        counts=_(
            "People assessed by the SIAO in the year whom no social worker followed before, divided by those assessed "
            "of whom it is known. Of several assessments in the year, the first counts."
        ),
        attribution=_("Year of the assessment; territory of the file; a person counts once."),
        limits=_("People of whom it is not known, or who were not asked, are left out of both numbers."),
        source=REPORT,
    ),
    Definition(
        indicator=Indicator.ACCESS,
        version="1",
        unit=_("households"),
        counts=_(
            "Households that signed a lease or a sublease in the year, or that the SIAO noted as moved in by an "
            "orientation to ordinary or adapted housing, and that were homeless when last seen before."
        ),
        attribution=FIRST_IN_THE_YEAR,
        limits=_("A household whose situation was never observed before is not counted; two ways in count once."),
        source=REPORT,
    ),
    Definition(
        indicator=Indicator.ACCESS_ORDINARY,
        version="1",
        unit=_("share of households"),
        counts=_("Of the households above, those whose first home of the year is ordinary housing."),
        attribution=FIRST_IN_THE_YEAR,
        limits=_("A lease is ordinary housing, and so is intermediation, unless an entry of that day says otherwise."),
        source=REPORT,
    ),
    Definition(
        indicator=Indicator.ACCESS_ADAPTED,
        version="1",
        unit=_("share of households"),
        counts=_("Of the same households, those whose first home of the year is adapted housing."),
        attribution=FIRST_IN_THE_YEAR,
        limits=_("Known from the entries that the SIAO notes: those it does not note are missing."),
        source=REPORT,
    ),
    Definition(
        indicator=Indicator.ACCESS_STREET,
        version="1",
        unit=_("share of households"),
        counts=_(
            "Of the same households, those last seen in the street, or in a place not meant for living, before they "
            "moved in. The others came from accommodation, or left an institution without a home."
        ),
        attribution=FIRST_IN_THE_YEAR,
        limits=_("The last night known, not the longest stay: compare with those housed straight from the street."),
        source=REPORT,
    ),
)

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
    **{card.indicator: card for card in SIAO_CARDS},
}
