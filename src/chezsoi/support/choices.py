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


class MeetingKind(models.TextChoices):
    """What professionals call the meeting they hold about one household."""

    SITUATION = "situation", _("case meeting")
    COORDINATION = "coordination", _("coordination commission")


class Agreement(models.TextChoices):
    """What the household said of a meeting about its case; a no costs nothing."""

    AGREED = "agreed", _("the household agrees")
    DECLINED = "declined", _("the household says no")


class AgreedBy(models.TextChoices):
    """Who of the household said so."""

    APPLICANT = "applicant", _("the applicant")
    ADULT = "adult", _("another adult of the household")
    GUARDIAN = "guardian", _("their legal guardian, with them")


class Trade(models.TextChoices):
    """The trade somebody takes part for; nobody is named."""

    HOUSING = "housing", pgettext_lazy("trade", "housing")
    SOCIAL = "social", pgettext_lazy("trade", "social work")
    HEALTH = "health", pgettext_lazy("trade", "health")
    EMPLOYMENT = "employment", pgettext_lazy("trade", "employment")
    PEER = "peer", pgettext_lazy("trade", "peer support")
    OTHER = "other", pgettext_lazy("trade", "another trade")


class HealthSignal(models.TextChoices):
    """All that a meeting says of health: that somebody of that trade takes part, or is needed."""

    TAKES_PART = "takes_part", _("a health professional takes part")
    NEEDED = "needed", _("a health professional is needed")


class Presence(models.TextChoices):
    """How the household takes part in the meeting about it, as it wishes."""

    COMES = "comes", _("the household came")
    WROTE = "wrote", _("the household gave its own words")
    ABSENT = "absent", _("the household did not come, as it wished")


class Subject(models.TextChoices):
    """What somebody commits to do; closed, so that nothing of anybody's health has to be written."""

    MEET = "meet", pgettext_lazy("commitment", "meet")
    REQUEST = "request", pgettext_lazy("commitment", "the housing request")
    HOME = "home", _("find or visit a home")
    PAPERS = "papers", _("papers and rights")
    WORK = "work", _("work and training")
    SUPPORT = "support", _("open or change support")
    LONG_SUPPORT = "long_support", _("ask for long-term support")
    MOVE = "move", _("move in and furnish")
    OTHER = "other", pgettext_lazy("commitment", "something else")


class Outcome(models.TextChoices):
    """What became of a commitment; one that was not kept says why, and is its bearer's, never the household's."""

    DONE = "done", pgettext_lazy("commitment", "done")
    NOT_DONE = "not_done", pgettext_lazy("commitment", "not done")
