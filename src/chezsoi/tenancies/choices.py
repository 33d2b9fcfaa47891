"""Closed lists of the tenancies app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LeaseKind(models.TextChoices):
    """Who is the owner's tenant, and how."""

    DIRECT = "direct", _("direct lease")
    MANAGEMENT_MANDATE = "management_mandate", _("lease under a management mandate")
    SUBLEASE = "sublease", _("sublease")
    SLIDING_LEASE = "sliding_lease", _("sliding lease")
