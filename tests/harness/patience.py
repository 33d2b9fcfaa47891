"""
No test fails because the machine is slow: what is slow, `benchmarks/` says.

A property has no deadline, and a page has half a minute to show what is expected of it.
"""

from hypothesis import HealthCheck, settings
from playwright.sync_api import expect

PAGE_MS = 30_000


def be_patient() -> None:
    """Let properties and pages take their time, in this process."""
    settings.register_profile("chezsoi", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("chezsoi")
    expect.set_options(timeout=PAGE_MS)
