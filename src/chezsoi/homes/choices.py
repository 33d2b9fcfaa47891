"""Closed lists of the homes app."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stock(models.TextChoices):
    """Whose stock a dwelling belongs to: it decides which commission sits."""

    SOCIAL = "social", _("social housing")
    PRIVATE = "private", _("private housing")


class OwnerKind(models.TextChoices):
    """What an owner is."""

    SOCIAL_LANDLORD = "social_landlord", _("social landlord")
    PERSON = "person", _("private person")
    COMPANY = "company", _("company")
    UNKNOWN = "unknown", _("not known")


class Funding(models.TextChoices):
    """The loan that built a social dwelling; it sets the rent and the income ceiling."""

    PLAI_ADAPTED = "PLAI_A", _("PLAI adapté")
    PLAI = "PLAI", _("PLAI")
    PLUS = "PLUS", _("PLUS")
    PLS = "PLS", _("PLS")
    OTHER = "other", _("other funding")
    UNKNOWN = "unknown", _("not known")


class Tenure(models.TextChoices):
    """The contract proposed to the household."""

    DIRECT = "direct", _("direct lease")
    MANAGEMENT_MANDATE = "management_mandate", _("management mandate")
    SUBLEASE = "sublease", _("sublease")
    SLIDING_LEASE = "sliding_lease", _("sliding lease")
    UNKNOWN = "unknown", _("to be agreed")


class ReservationHolder(models.TextChoices):
    """Who may propose candidates for a social dwelling."""

    PREFECT = "prefect", _("prefect")
    ACTION_LOGEMENT = "action_logement", _("Action Logement")
    MUNICIPALITY = "municipality", _("municipality")
    LANDLORD = "landlord", _("landlord")
    AUTHORITY = "authority", _("other local authority")
    NONE = "", pgettext_lazy("reservation", "none")
    UNKNOWN = "unknown", _("not known")


class OfferState(models.TextChoices):
    """Where an offer stands."""

    OPEN = "open", _("available")
    NOT_OFFERABLE = "not_offerable", _("not offerable")
    LET = "let", _("let")
    WITHDRAWN = "withdrawn", _("withdrawn")


ENERGY_CLASSES = [(letter, letter) for letter in "ABCDEFG"] + [("", _("not known"))]
EXPECTING = ("open", "not_offerable")
MAPPED = (OfferState.OPEN, OfferState.NOT_OFFERABLE, OfferState.LET)
