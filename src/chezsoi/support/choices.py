"""Closed lists of the support app."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Intensity(models.TextChoices):
    """How much support the household wishes, or receives; never a condition of a home."""

    NONE = "none", pgettext_lazy("support", "none")
    LIGHT = "light", _("light")
    MEDIUM = "medium", _("medium")
    STRONG = "strong", _("strong")
    INTENSIVE = "intensive", _("intensive")
    UNKNOWN = "unknown", _("not known")


FOLLOWED = (Intensity.LIGHT, Intensity.MEDIUM, Intensity.STRONG, Intensity.INTENSIVE)
"""How intense support is when a team follows a household."""


class ChangeOrigin(models.TextChoices):
    """Who wanted another intensity; one that was declined is kept and changes nothing."""

    ASKED = "asked", _("the household asked for it")
    AGREED = "agreed", _("we proposed it, the household agreed")
    DECLINED = "declined", _("we proposed it, the household said no")


COUNTING = (ChangeOrigin.ASKED, ChangeOrigin.AGREED)


class TeamKind(models.TextChoices):
    """What a team of an organisation does; a household may go from one to another."""

    STREET = "street", _("street team")
    DAY_CENTRE = "day_centre", _("day centre")
    MOBILE = "mobile", _("mobile team")
    HOUSING = "housing", _("housing service")
    HEALTH = "health", _("health team")
    OTHER = "other", pgettext_lazy("team", "another team")


MEETING_TEAMS = (TeamKind.STREET, TeamKind.DAY_CENTRE, TeamKind.MOBILE)
"""The teams that meet people where they are."""


class ContactPlace(models.TextChoices):
    """Where a team and a household met."""

    STREET = "street", pgettext_lazy("met in", "in the street")
    SQUAT = "squat", pgettext_lazy("met in", "in a squat")
    MAKESHIFT = "makeshift", pgettext_lazy("met in", "at a makeshift shelter or a camp")
    DAY_CENTRE = "day_centre", pgettext_lazy("met in", "at the day centre")
    OFFICE = "office", pgettext_lazy("met in", "at the office")
    HOME = "home", pgettext_lazy("met in", "in their home")
    PHONE = "phone", pgettext_lazy("met in", "by telephone")
    ONLINE = "online", pgettext_lazy("met in", "online")


class Scheme(models.TextChoices):
    """The frame a support measure is opened in."""

    AVDL = "avdl", _("AVDL")
    ASLL = "asll", _("ASLL")
    IML_GLA = "iml_gla", _("adapted rental management")
    UCSA = "ucsa", _("Un chez-soi d’abord")
    PLAI_A = "plai_a_support", _("support in a PLAI adapté home")
    LOCAL = "local", _("local support")


class MeasureState(models.TextChoices):
    """Where a measure stands; somebody who stops answering is not ended."""

    RUNNING = "running", _("running")
    OFFERED = "offered", _("offered, free to accept")
    DECLINED = "declined", _("declined by the household")
    ENDED = "ended", _("ended")
    CANCELLED = "cancelled", _("cancelled")


class TaskKind(models.TextChoices):
    """What there is to do."""

    FIRST_VISIT = "first_visit", _("first visit in the home")
