"""Leases: who lives where by right, from when; what landlords call for, and what tenants would exchange."""

from chezsoi.tenancies.models.exchanges import ExchangeCommune, ExchangeWish
from chezsoi.tenancies.models.leases import AWAITING, IN_FORCE, LandlordCall, Lease

__all__ = ["AWAITING", "IN_FORCE", "ExchangeCommune", "ExchangeWish", "LandlordCall", "Lease"]
