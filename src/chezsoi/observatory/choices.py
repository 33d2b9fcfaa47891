"""The indicators, by their stable code, and how their values are to be read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Indicator(models.TextChoices):
    """The indicators computed from the records, by their stable code."""

    ATTRIBUTION_HOMELESS = "attribution.homeless", _("social leases signed by homeless households")
    ATTRIBUTION_HOMELESS_SHARE = (
        "attribution.homeless_share",
        _("share of social allocations made to homeless households"),
    )
    DIRECT_ACCESS_HOUSEHOLDS = "direct_access.households", _("households housed straight from the street")
    ORIENTED_SHARE = "siao.orientation_to_housing_rate", _("share of households met by the SIAO oriented to housing")
    ORIENTED = "siao.housing_orientations", _("households oriented to housing by the SIAO")
    ORIENTED_GROWTH = (
        "siao.housing_orientations_growth",
        _("evolution of the households oriented to housing, against the year before"),
    )
    WITHOUT_WORKER = (
        "siao.assessed_without_prior_worker",
        _("share of the people assessed whom no social worker followed before"),
    )
    ACCESS = "access.homeless_households", _("homeless households that got a home")
    ACCESS_ORDINARY = "access.share_ordinary", _("of the homeless households housed, share in ordinary housing")
    ACCESS_ADAPTED = "access.share_adapted", _("of the homeless households housed, share in adapted housing")
    ACCESS_STREET = "access.share_from_street", _("of the homeless households housed, share who came from the street")


class Qualifier(models.TextChoices):
    """How a value is to be read."""

    EXACT = "exact", _("counted")
    SHARE_UNAVAILABLE = "share_unavailable", _("share unavailable: the total of all allocations is missing")
    NOTHING_COUNTED = "nothing_counted", _("nobody is counted that it could be a share of")


OF_THE_SIAO = (
    Indicator.ORIENTED_SHARE,
    Indicator.ORIENTED,
    Indicator.ORIENTED_GROWTH,
    Indicator.WITHOUT_WORKER,
    Indicator.ACCESS,
    Indicator.ACCESS_ORDINARY,
    Indicator.ACCESS_ADAPTED,
    Indicator.ACCESS_STREET,
)
"""Those counted from the work of the SIAO and the ways into a home."""
SHARES = frozenset(
    {
        Indicator.ATTRIBUTION_HOMELESS_SHARE,
        Indicator.ORIENTED_SHARE,
        Indicator.ORIENTED_GROWTH,
        Indicator.WITHOUT_WORKER,
        Indicator.ACCESS_ORDINARY,
        Indicator.ACCESS_ADAPTED,
        Indicator.ACCESS_STREET,
    }
)
DRAWN = (
    Indicator.ATTRIBUTION_HOMELESS,
    Indicator.ATTRIBUTION_HOMELESS_SHARE,
    Indicator.DIRECT_ACCESS_HOUSEHOLDS,
    Indicator.ORIENTED_SHARE,
    Indicator.ACCESS,
)
"""Those drawn over the years."""
STABLE_NIGHTS = 14
