import re

import pytest
from django.test import RequestFactory
from django.urls import reverse

from chezsoi.portal.navigation import ROOMS, navigation
from chezsoi.territories.access import roles
from tests.architecture.source import views
from tests.factories import territories

pytestmark = pytest.mark.django_db

EXAMPLES = {"uuid:reference": "6f1c2f0e-8d5e-4b7e-9f0a-0d4f6c1b2a3e", "slug:key": "metz", "str:code": "I1"}


def addresses():
    """List every address of the site, with an example in each blank."""
    return [re.sub(r"<(.+?)>", lambda blank: EXAMPLES.get(blank[1], "7"), where) for where, _view in views()]


def shown(role, path):
    """List the rooms that a role is shown on a page."""
    request = RequestFactory().get(path)
    request.actor = territories.actor(role)
    return [item for group in navigation(request)["navigation"] for item in group]


def lit(role, path):
    """Give the addresses of the rooms that the rail lights on a page."""
    return [item.url for item in shown(role, path) if item.is_current]


class TestRail:
    @pytest.mark.parametrize("role", sorted(roles()))
    def test_lights_exactly_one_room_on_every_page(self, role):
        request = RequestFactory().get("/")
        request.actor = territories.actor(role)
        for path in [*addresses(), "/nowhere/"]:
            request.path = path
            rooms = [item for group in navigation(request)["navigation"] for item in group]

            assert sum(item.is_current for item in rooms) == 1, path

    @pytest.mark.parametrize(
        ("path", "room"),
        [
            ("/day/", "portal:day"),
            ("/people/12/situation/", "people:list"),
            ("/journeys/households/12/needs/", "people:list"),
            ("/allocation/rounds/3/", "allocation:rounds"),
            ("/journeys/homes/5/round/", "allocation:rounds"),
            ("/allocation/sittings/3/minutes/", "allocation:sittings"),
            ("/allocation/items/3/recuse/", "allocation:sittings"),
            ("/allocation/decisions/", "allocation:sittings"),
            ("/journeys/leases/5/sign/", "tenancies:leases"),
            ("/journeys/from-the-street/", "support:support"),
            ("/imports/people/6f1c2f0e-8d5e-4b7e-9f0a-0d4f6c1b2a3e/held/", "journeys:imports"),
            ("/imports/homes/", "journeys:home-imports"),
            ("/observatory/public/", "observatory:figures"),
            ("/account/", "portal:day"),
        ],
    )
    def test_lights_the_room_the_page_lies_in(self, path, room):
        opens = next(role for role in sorted(roles()) if reverse(room) in _urls(role))

        assert lit(opens, path) == [reverse(room)]

    def test_shows_only_the_rooms_that_the_role_opens(self):
        actor = territories.actor("outreach_worker")
        may = {reverse(room.view) for group in ROOMS for room in group if room.can is None or actor.may(room.can)}

        assert _urls("outreach_worker") == may != {reverse(room.view) for group in ROOMS for room in group}


def _urls(role):
    return {item.url for item in shown(role, "/day/")}


def test_a_page_marks_one_place_in_its_rail(client):
    officer = territories.assignment("siao_officer")
    client.force_login(officer.user)

    rail = client.get("/account/").content.decode().partition('class="cz-rail"')[2].partition("</nav>")[0]

    assert rail.count('aria-current="page"') == 1
