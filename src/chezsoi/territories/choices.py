"""Closed lists of the territories app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TerritoryKind(models.TextChoices):
    """What kind of body a territory is; a joint territory is two legal persons with one steering committee."""

    INTERCOMMUNAL = "epci", _("intercommunal body")
    DEPARTEMENT = "departement", _("département")
    COMMUNE = "commune", _("commune")
    JOINT = "joint", _("joint territory")


class CodeKind(models.TextChoices):
    """Which register a member's code belongs to."""

    SIREN = "siren_epci", _("SIREN of an intercommunal body")
    DEPARTEMENT = "insee_departement", _("INSEE code of a département")
    COMMUNE = "insee_commune", _("INSEE code of a commune")


class OrganisationKind(models.TextChoices):
    """What an organisation is in the field of housing and homelessness."""

    SIAO = "siao", _("SIAO")
    AUTHORITY = "authority", _("local authority")
    STATE = "state_service", _("State service")
    ASSOCIATION = "association", _("association")
    CCAS = "municipal_social_centre", _("CCAS")
    SOCIAL_LANDLORD = "social_landlord", _("social landlord")
    RENTAL_AGENCY = "social_rental_agency", _("social rental agency")
    HEALTH = "health_body", _("health body")
    NATIONAL = "national", _("national body")
    OTHER = "other", _("other organisation")


class LinkPurpose(models.TextChoices):
    """What a link sent to an account's address opens."""

    INVITATION = "invitation", _("invitation")
    RESET = "reset", _("new password")


class Digest(models.TextChoices):
    """How often an account is told by mail what waits for it."""

    DAILY = "daily", _("once a day, at 7 in the morning, when something waits")
    NEVER = "never", _("never")
