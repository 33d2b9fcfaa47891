"""Places of the teams: said by the organisation itself, counted with what it follows now."""

import pytest
from django.urls import reverse
from django.utils import timezone

from chezsoi.support import actions, queries
from chezsoi.support.choices import Intensity
from chezsoi.support.models import TeamPlaces
from chezsoi.territories.access import NotAllowed
from tests import htmx
from tests.factories import people, support, territories

TODAY = timezone.localdate()


@pytest.fixture
def team(db):
    return territories.actor("lead_worker")


def say(actor, places, intensity=Intensity.STRONG, organisation=None):
    return actions.state_places(
        actor=actor,
        organisation=organisation or territories.organisation_of(actor),
        territory=territories.territory(),
        intensity=intensity,
        places=places,
        on=TODAY,
    )


def test_the_last_word_counts_and_those_followed_now_take_places(team):
    say(team, 9)
    say(team, 1)
    service = territories.program(organisation=territories.organisation_of(team))
    for _each in range(2):
        support.measure(people.household(), Intensity.STRONG, actor=service)
    support.measure(people.household(), Intensity.LIGHT, actor=service)

    (found,) = queries.places_of_our_teams(territories.territory(), on=TODAY, actor=team)

    assert (found.intensity, found.places, found.running, found.free) == (Intensity.STRONG, 1, 2, 0)
    assert TeamPlaces.objects.count() == 2


def test_teams_add_up_and_one_over_its_places_takes_none_from_another(team):
    say(team, 0)
    support.measure(
        people.household(), Intensity.STRONG, actor=territories.program(organisation=territories.organisation_of(team))
    )
    say(territories.actor("lead_worker"), 3)

    (found,) = queries.places_here(territories.territory(), on=TODAY, actor=territories.actor("siao_officer"))

    assert (found.places, found.running, found.free) == (3, 1, 3)


def test_is_said_by_those_who_work_there_of_support_somebody_gives(team):
    with pytest.raises(NotAllowed):
        say(team, 3, organisation=territories.organisation())
    with pytest.raises(actions.NobodyFollowedSo):
        say(team, 3, intensity=Intensity.NONE)
    with pytest.raises(NotAllowed):
        queries.places_here(territories.territory(), on=TODAY, actor=team)


def test_the_page_writes_it_and_says_what_is_wrong(client, team):
    client.force_login(territories.account_of(team))
    url = reverse("support:places")

    assert client.post(url, {"intensity": "strong", "places": "-1"}).status_code == 422
    assert client.post(url, {"intensity": "none", "places": "2"}).status_code == 422
    assert not TeamPlaces.objects.exists()
    assert client.post(url, {"intensity": "strong", "places": "4"}).status_code == 302
    cells = [cell.get_text(strip=True) for cell in htmx.parse(client.get(url)).select("tbody td, tbody th")]
    assert cells[1:4] == ["4", "0", "4"]
