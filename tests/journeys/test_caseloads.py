"""What a joint round asks of support teams: told and priced, and nobody waits for a home because of it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from chezsoi.allocation.models import JointAnswer
from chezsoi.engines.matching.joint import NotPlacedInTime
from chezsoi.journeys import caseloads
from chezsoi.support import actions
from chezsoi.support.choices import Intensity
from tests import htmx
from tests.factories import allocation, support, territories

TODAY = timezone.localdate()


@pytest.fixture
def officer(db):
    return territories.actor("siao_officer")


@pytest.fixture
def drawn(db):
    """Two homes for three households; the first two wish strong support, of which one place is left."""
    waiting = allocation.households(3)
    for each in waiting[:2]:
        actions.state_wish(actor=territories.program(), household=each, intensity=Intensity.STRONG, stated_on=TODAY)
    team = territories.organisation()
    actions.state_places(
        actor=territories.program(organisation=team),
        organisation=team,
        territory=territories.territory(),
        intensity=Intensity.STRONG,
        places=1,
        on=TODAY,
    )
    return allocation.drawn_together([allocation.offer(), allocation.offer()])


def strong(drawn, actor):
    return next(each for each in caseloads.needs(drawn, on=TODAY, actor=actor) if each.intensity == Intensity.STRONG)


def test_a_full_team_keeps_nobody_from_a_home_and_what_a_limit_would_cost_is_said(drawn, officer):
    served = JointAnswer.objects.filter(joint=drawn).exclude(proposed=None).order_by("place")

    assert list(served.values_list("place", flat=True)) == [1, 2]
    need = strong(drawn, officer)
    assert (need.wished, need.places.free, need.short) == (2, 1, 1)
    assert caseloads.price(drawn, on=TODAY, actor=officer) == caseloads.Price(left_out=1, let_in=1)


def test_who_is_followed_already_takes_no_new_place_and_nothing_missing_has_no_price(drawn, officer):
    support.measure(JointAnswer.objects.get(joint=drawn, place=1).household, Intensity.MEDIUM)

    assert strong(drawn, officer).wished == 1
    assert caseloads.price(drawn, on=TODAY, actor=officer) is None


def test_the_page_tells_wishes_to_those_alone_who_may_read_them(client, drawn, officer):
    url = reverse("journeys:joint-support", args=[drawn.pk])
    told = {}
    for actor in (officer, territories.actor("coordinator")):
        client.force_login(territories.account_of(actor))
        assert url in client.get(reverse("allocation:joint", args=[drawn.pk])).content.decode()
        told[actor.role] = htmx.parse(client.get(url)).get_text(" ", strip=True)

    assert "Si les places étaient une limite" in told["siao_officer"]
    assert "Si les places étaient une limite" not in told["coordinator"]
    assert "1 libre sur 1" in told["coordinator"]
    assert strong(drawn, territories.actor("coordinator")).wished is None


def test_the_page_shows_the_rest_when_time_runs_out(client, drawn, officer, monkeypatch):
    def late(*_args):
        raise NotPlacedInTime

    monkeypatch.setattr(caseloads, "housed_within", late)
    client.force_login(territories.account_of(officer))

    answer = client.get(reverse("journeys:joint-support", args=[drawn.pk]))

    assert answer.status_code == 200
    assert "n’a pas pu être prouvé" in answer.content.decode()
