"""Who shares a landlord's homes out: the landlord and its agent, the prefect, a town."""

import pytest

from tests.factories import reservations, territories


@pytest.fixture
def landlord(db):
    return reservations.landlord()


@pytest.fixture
def prefect(db):
    return reservations.holder()


@pytest.fixture
def town(db):
    return reservations.holder("municipality")


@pytest.fixture
def agent(landlord):
    return territories.actor("social_landlord_agent", organisation=landlord)
