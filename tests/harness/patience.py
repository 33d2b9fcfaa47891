"""
No test fails because the machine is slow: what is slow, `benchmarks/` says.

A property has no deadline, and a page has half a minute to show what is expected of it.
"""

from hypothesis import HealthCheck, settings
from playwright.sync_api import expect

HOUSE = "chezsoi"
PAGE_MS = 30_000
SLOW = [HealthCheck.too_slow]
# A test that names its own checks loses those of the house: here are both.
ONE_FIXTURE_FOR_ALL = [HealthCheck.function_scoped_fixture, *SLOW]


def be_patient(profile: str = "") -> None:
    """Let properties and pages take their time, in this process; `quick` tries few examples of each property."""
    settings.register_profile(HOUSE, deadline=None, suppress_health_check=SLOW)
    settings.register_profile("quick", settings.get_profile(HOUSE), max_examples=10)
    settings.load_profile(profile or HOUSE)
    expect.set_options(timeout=PAGE_MS)
