"""What a home would cost a household, benefits taken off, and what would be left: an estimate, not entitlement."""

from chezsoi.engines.benefits.affordability import Estimate
from chezsoi.engines.benefits.cautions import Caution, CautionCode
from chezsoi.engines.benefits.estimates import (
    Change,
    LawNotKnown,
    OfAnotherMonth,
    compare,
    estimate,
    estimates,
    means_of,
    without_home,
)
from chezsoi.engines.benefits.households import (
    Home,
    Household,
    NegativeAmount,
    NoLead,
    NotBornYet,
    Person,
    Place,
    Resource,
    ResourceKind,
    Role,
    Tenure,
    TooManyPartners,
    UnknownZone,
)
from chezsoi.engines.benefits.means import Means
from chezsoi.engines.benefits.openfisca import engine_version
from chezsoi.engines.benefits.warming import warm_up

__all__ = [
    "Caution",
    "CautionCode",
    "Change",
    "Estimate",
    "Home",
    "Household",
    "LawNotKnown",
    "Means",
    "NegativeAmount",
    "NoLead",
    "NotBornYet",
    "OfAnotherMonth",
    "Person",
    "Place",
    "Resource",
    "ResourceKind",
    "Role",
    "Tenure",
    "TooManyPartners",
    "UnknownZone",
    "compare",
    "engine_version",
    "estimate",
    "estimates",
    "means_of",
    "warm_up",
    "without_home",
]
