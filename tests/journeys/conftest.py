"""How the journeys of the report are walked: somebody enters in a role, in an organisation or a new one."""

import pytest

from tests.factories import territories


@pytest.fixture
def enter(client):
    def _enter(role, organisation=None):
        client.force_login(territories.account_of(territories.actor(role, organisation=organisation)))
        return client

    return _enter
