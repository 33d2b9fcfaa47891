"""Pages of leases, of calls of landlords and of exchanges."""
