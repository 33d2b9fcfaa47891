"""What can be read of leases, calls of landlords and wishes to exchange."""

from chezsoi.tenancies.queries.exchanges import exchange_wishes, is_tenant
from chezsoi.tenancies.queries.leases import (
    ORDERS,
    call,
    calls_about,
    calls_of,
    calls_that_reach_nobody,
    calls_to_take_up,
    lease,
    leases,
    leases_of,
)

__all__ = [
    "ORDERS",
    "call",
    "calls_about",
    "calls_of",
    "calls_that_reach_nobody",
    "calls_to_take_up",
    "exchange_wishes",
    "is_tenant",
    "lease",
    "leases",
    "leases_of",
]
