"""Closed lists of the tenancies app."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LeaseKind(models.TextChoices):
    """Who is the owner's tenant, and how."""

    DIRECT = "direct", _("direct lease")
    MANAGEMENT_MANDATE = "management_mandate", _("lease under a management mandate")
    SUBLEASE = "sublease", _("sublease")
    SLIDING_LEASE = "sliding_lease", _("sliding lease")


class CallReason(models.TextChoices):
    """What a landlord calls the support of a tenant for. None speaks of health, of how somebody lives or of support."""

    RENT = "rent", _("the rent or the charges")
    HOME = "home", _("the home: works, damage, a visit to arrange")
    NEIGHBOURS = "neighbours", _("the neighbours")
    PAPERS = "papers", _("a paper to renew: insurance, benefit")
    NO_NEWS = "no_news", _("no news of the tenant")
    OTHER = "other", pgettext_lazy("call of a landlord", "something else")
