"""
F03-01, Clermont: a housing service inside a street association, direct access, support flexible in intensity, duration.

The street team, the day centre and the housing service are three teams of one association. Meeting, handover, answer,
lease and support go through their pages; draws and the sitting through their actions: the journey from the street to a
home walks those pages.
"""

from datetime import timedelta

import pytest
from django.urls import reverse

from chezsoi.people.models import Household
from chezsoi.support.models import Handover, IntensityChange, SupportMeasure
from chezsoi.tenancies.models import Lease
from tests.factories import people, support, territories
from tests.journeys.homeward import ASKED, MET, TODAY, housed

pytestmark = pytest.mark.slow

SEEN = {"team": "day_centre", "place": "day_centre", "met_on": TODAY.isoformat(), "aim": "Un café, le chien."}


@pytest.fixture
def association():
    return territories.organisation(name="Collectif de la rue")


@pytest.fixture
def household(enter, association):
    """The street team registers somebody, the day centre sees her, and her wish goes to the housing service."""
    street = enter("outreach_worker", association)
    street.post(reverse("people:new"), MET)
    met = Household.objects.get()
    street.post(reverse("support:note-contact", args=[met.pk]), SEEN)
    street.post(reverse("journeys:needs", args=[met.pk]), ASKED)
    said = {"from_team": "street", "to_team": "housing", "is_their_wish": "on", "words": "Son chien vient avec elle."}
    street.post(reverse("support:hand-over", args=[met.pk]), said)
    return met


def test_from_the_street_to_the_housing_service_to_a_home_without_being_entered_again(enter, household, association):
    housing = enter("lead_worker", association)
    assert "Relais passé" in housing.get("/day/").content.decode()
    page = housing.get(reverse("support:file", args=[household.pk])).content.decode()
    assert "Son chien vient avec elle." in page
    assert "Un café, le chien." in page
    housing.post(reverse("support:take-up", args=[household.pk, Handover.objects.get().pk]))

    lease = housed(enter, household)

    assert Household.objects.get() == household
    assert lease.support_measure.organisation == association
    assert enter("lead_worker").get(reverse("support:file", args=[household.pk])).status_code == 404


def test_support_grows_and_shrinks_as_she_asks_and_stopping_it_never_touches_the_lease(enter, household, association):
    lease = housed(enter, household)
    before = Lease.objects.filter(pk=lease.pk).values().get()
    housing, measure = enter("lead_worker", association), SupportMeasure.objects.get()
    change = reverse("support:change-intensity", args=[household.pk, measure.pk])

    for intensity, origin in (("intensive", "declined"), ("medium", "agreed"), ("none", "asked"), ("light", "asked")):
        said = {"intensity": intensity, "origin": origin, "starts_on": TODAY.isoformat()}
        assert housing.post(change, said).status_code == 302
    housing.post(reverse("support:end-measure", args=[household.pk, measure.pk]), {"ended_on": TODAY.isoformat()})

    assert IntensityChange.objects.count() == 4
    assert SupportMeasure.objects.get().state == "ended"
    assert Lease.objects.filter(pk=lease.pk).values().get() == before
    assert Household.objects.get().request.state == "housed"


def test_the_figures_of_the_association_say_how_many_of_those_met_were_housed(enter, household, association):
    housed(enter, household)
    street = territories.actor("outreach_worker", organisation=association)
    waiting = people.household(people.member(birth_name="Attente"), actor=street)
    support.contact(waiting, actor=street)
    taken_back = people.household(people.member(birth_name="Erreur"), actor=street)
    mistake = support.contact(taken_back, actor=street)
    housing = enter("lead_worker", association)
    housing.post(reverse("support:take-back", args=[taken_back.pk, "contact", mistake.pk]))

    page = housing.get(reverse("journeys:way-home"))

    found = page.context["found"]
    assert (found.met, found.handed, found.taken_up, found.housed, found.straight) == (2, 1, 0, 1, 1)
    assert found.days == 0
    assert found.intensities[-1].counts["strong"] == 1
    assert [then.all for then in found.intensities[:-1]] == [0, 0, 0]
    assert "sur 2 ménages rencontrés" in page.content.decode()


def test_of_support_that_stopped_the_figures_say_who_is_still_at_home(enter, household, association):
    housed(enter, household)
    housing, measure = enter("lead_worker", association), SupportMeasure.objects.get()
    said = {"intensity": "none", "origin": "asked", "starts_on": TODAY.isoformat()}
    housing.post(reverse("support:change-intensity", args=[household.pk, measure.pk]), said)

    found = housing.get(reverse("journeys:way-home"), {"year": str(TODAY.year)}).context["found"]
    earlier = housing.get(reverse("journeys:way-home"), {"year": str(TODAY.year - 1)}).context["found"]

    assert (found.stopped, found.stopped_at_home) == (1, 1)
    assert (earlier.year, earlier.met, earlier.days) == (TODAY.year - 1, 0, None)
    assert housing.get(reverse("journeys:way-home"), {"year": "²026"}).context["found"].year == TODAY.year


def test_the_figures_of_another_association_count_none_of_it(enter, household):
    page = enter("lead_worker").get(reverse("journeys:way-home"))
    found = page.context["found"]

    assert "Aucun accompagnement n’était ouvert ces jours-là" in page.content.decode()
    assert (found.met, found.handed, found.intensities[-1].all) == (0, 0, 0)


def test_intensity_is_read_as_it_was_on_each_day(enter, household, association):
    street = territories.actor("outreach_worker", organisation=association)
    opened = TODAY - timedelta(days=200)
    measure = support.measure(household, "intensive", actor=street, opened_on=opened)
    housing = enter("lead_worker", association)
    said = {"intensity": "light", "origin": "asked", "starts_on": (TODAY - timedelta(days=100)).isoformat()}
    housing.post(reverse("support:change-intensity", args=[household.pk, measure.pk]), said)

    page = housing.get(reverse("journeys:way-home"))
    then = page.context["found"].intensities

    assert [row.cells[0].text for row in page.context["table"].rows] == ["léger", "intensif", "Total"]
    assert [(day.counts["intensive"], day.counts["light"]) for day in then] == [(0, 0), (1, 0), (0, 1), (0, 1)]
