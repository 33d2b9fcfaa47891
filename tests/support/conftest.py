"""A household, the worker who follows it, and a case meeting called about it."""

import pytest

from tests.factories import people, support, territories


@pytest.fixture
def worker(db):
    return territories.actor("outreach_worker")


@pytest.fixture
def household(worker):
    return people.household(actor=worker)


@pytest.fixture
def meeting(household, worker):
    return support.meeting(household, actor=worker)
