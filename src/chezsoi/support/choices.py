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
