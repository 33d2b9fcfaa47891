"""Closed lists of the SIAO: what a household asks, where it is oriented, what it answers, what comes of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TeamKind(models.TextChoices):
    """What a team of the SIAO does."""

    REHOUSING = "rehousing", _("rehousing: finds and carries out the way to a home")
    OUTREACH = "outreach", _("outreach: goes to people who rarely ask for help")
    ORIENTATION = "orientation", _("assessment and orientation")


class Asked(models.TextChoices):
    """What the household asked for, in the words of nobody else."""

    HOME = "home", _("a home")
    ADAPTED = "adapted", _("an adapted home (boarding house, residence)")
    PLACE = "place", _("a place in accommodation")
    NIGHT = "night", _("a place for the night")
    NOTHING = "nothing", _("asked for nothing yet")
    UNKNOWN = "unknown", pgettext_lazy("asked", "not known")
    NOT_ASKED = "not_asked", pgettext_lazy("asked", "nobody asked them")


class Destination(models.TextChoices):
    """Where the SIAO orients a household. Support is a contract of its own and is no destination."""

    ORDINARY = "ordinary", _("ordinary housing")
    INTERMEDIATION = "intermediation", _("rental intermediation")
    UCSA = "ucsa", _("Un chez-soi d’abord")
    BOARDING_HOUSE = "boarding_house", _("boarding house (pension de famille)")
    PSYCH_BOARDING_HOUSE = "psych_boarding_house", _("résidence accueil")
    SOCIAL_RESIDENCE = "social_residence", _("social residence")
    YOUNG_WORKERS = "young_workers_residence", _("young workers’ residence")
    CHRS = "chrs", _("CHRS")
    STABILISATION = "stabilisation", _("stabilisation place")
    EMERGENCY = "emergency", _("emergency accommodation")
    HOTEL = "hotel", _("hotel")
    HEALTH_BED = "health_bed", _("health bed (LHSS, LAM)")


class DestinationKind(models.TextChoices):
    """The families of destinations; the first two are housing."""

    ORDINARY = "ordinary", _("ordinary housing")
    ADAPTED = "adapted", _("adapted housing")
    ACCOMMODATION = "accommodation", _("accommodation")


KINDS: dict[str, DestinationKind] = {
    Destination.ORDINARY: DestinationKind.ORDINARY,
    Destination.INTERMEDIATION: DestinationKind.ORDINARY,
    Destination.UCSA: DestinationKind.ORDINARY,
    Destination.BOARDING_HOUSE: DestinationKind.ADAPTED,
    Destination.PSYCH_BOARDING_HOUSE: DestinationKind.ADAPTED,
    Destination.SOCIAL_RESIDENCE: DestinationKind.ADAPTED,
    Destination.YOUNG_WORKERS: DestinationKind.ADAPTED,
    Destination.CHRS: DestinationKind.ACCOMMODATION,
    Destination.STABILISATION: DestinationKind.ACCOMMODATION,
    Destination.EMERGENCY: DestinationKind.ACCOMMODATION,
    Destination.HOTEL: DestinationKind.ACCOMMODATION,
    Destination.HEALTH_BED: DestinationKind.ACCOMMODATION,
}


def of_kind(*kinds: str) -> tuple[str, ...]:
    """
    List the destinations of some kinds.

    >>> of_kind(DestinationKind.ADAPTED)[0]
    'boarding_house'
    """
    return tuple(str(destination) for destination, kind in KINDS.items() if kind in kinds)


HOUSING = of_kind(DestinationKind.ORDINARY, DestinationKind.ADAPTED)
HOME_ASKED = (Asked.HOME.value, Asked.ADAPTED.value)


class WhyElsewhere(models.TextChoices):
    """Why a household that asks for a home is oriented elsewhere meanwhile: never what it is, only what is missing."""

    HOUSING = "", pgettext_lazy("orientation", "oriented to what it asks")
    NO_HOME_YET = "no_home_yet", _("no home is free yet that fits what it asks")
    FOR_TONIGHT = "for_tonight", _("a place for tonight, while a home is looked for")
    ITS_CHOICE = "its_choice", _("the household chose it meanwhile")


class StepKind(models.TextChoices):
    """What happened to an orientation: the household's answer, then what came of it."""

    ACCEPTED = "accepted", pgettext_lazy("orientation", "accepted by the household")
    THINKING = "thinking", pgettext_lazy("orientation", "the household wants to think")
    DECLINED = "declined", pgettext_lazy("orientation", "declined by the household: it loses nothing")
    ENTERED = "entered", pgettext_lazy("orientation", "moved in")
    NO_PLACE = "no_place", pgettext_lazy("orientation", "no place came free")
    REFUSED_THERE = "refused_there", pgettext_lazy("orientation", "refused by the service or the landlord")
    OTHERWISE = "otherwise", pgettext_lazy("orientation", "another solution was found")


ANSWERS = (StepKind.ACCEPTED.value, StepKind.THINKING.value, StepKind.DECLINED.value)
OUTCOMES = (
    StepKind.ENTERED.value, StepKind.NO_PLACE.value, StepKind.REFUSED_THERE.value, StepKind.OTHERWISE.value,
)  # fmt: skip
CLOSING = (StepKind.DECLINED.value, *OUTCOMES)
"""What ends an orientation; the household goes on waiting, with its seniority, unless it moved in."""


class OrientationState(models.TextChoices):
    """Where an orientation stands, worked out from its steps and from the leases signed since."""

    OPEN = "open", pgettext_lazy("orientation", "under way")
    CLOSED = "closed", pgettext_lazy("orientation", "ended")
    WITHDRAWN = "withdrawn", pgettext_lazy("orientation", "withdrawn")


class WorkerBefore(models.TextChoices):
    """Whether a person had a social worker before the SIAO assessed their situation."""

    YES = "yes", _("a social worker followed them")
    NO = "no", _("no social worker followed them")
    UNKNOWN = "unknown", pgettext_lazy("worker", "not known")
    NOT_ASKED = "not_asked", pgettext_lazy("worker", "not asked")


class Gap(models.TextChoices):
    """What support a household is without, though nothing of its home depends on it."""

    NOBODY = "nobody", _("nobody follows them")
    NOT_BROUGHT = "not_brought", _("wishes support, and none runs")
    LESS_THAN_WISHED = "less_than_wished", _("has less support than it wishes")
