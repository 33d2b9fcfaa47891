"""
F03-02, Lorient: two social workers and a nurse go to people in the street, in squats or makeshift shelter.

Their cases go to a coordination commission for access to social housing, which may use long-term support. Meeting,
needs, commission, commitments, answer, lease and support go through their pages; draws and the sitting of the landlord
through their actions: the journey from the street to a home walks those pages.
"""

from datetime import timedelta

import pytest
from django.urls import reverse

from chezsoi.allocation.models import Examination
from chezsoi.people.models import CircleMembership, Household
from chezsoi.support.models import CaseMeeting, Contact, MeetingCommitment
from tests.factories import allocation, territories
from tests.journeys.homeward import ASKED, DAY, MET, TODAY, housed

pytestmark = pytest.mark.slow

IN_A_SQUAT = {**MET, "situation": "squat"}
SEEN = {
    "team": "mobile",
    "place": "squat",
    "met_on": DAY,
    "minutes": "40",
    "aim": "Elle veut un studio, avec le chien.",
}
CALLED = {
    "agreed_by": "applicant", "agreement_on": DAY, "kind": "coordination", "team": "mobile", "trade": "social",
    "planned_on": DAY, "health": "takes_part",
}  # fmt: skip


@pytest.fixture
def team():
    return territories.organisation(name="Équipe mobile de la rade")


@pytest.fixture
def long_support():
    return territories.organisation(name="Accompagnement social de longue durée")


@pytest.fixture
def household(enter, team):
    """A social worker of the team meets somebody in a squat, goes back, and writes with her what she asks for."""
    first = enter("outreach_worker", team)
    first.post(reverse("people:new"), IN_A_SQUAT)
    met = Household.objects.get()
    first.post(reverse("support:note-contact", args=[met.pk]), SEEN)
    enter("outreach_worker", team).post(reverse("journeys:needs", args=[met.pk]), ASKED)
    return met


def called(enter, household, team, agreement="agreed") -> CaseMeeting:
    worker = enter("outreach_worker", team)
    worker.post(reverse("support:call-meeting", args=[household.pk]), {**CALLED, "agreement": agreement})
    meeting = CaseMeeting.objects.get()
    invite = reverse("support:invite", args=[household.pk, meeting.pk])
    worker.post(invite, {"trade": "health", "organisation": str(team.pk)})
    return meeting


def points_of(household, drawn):
    return Examination.objects.get(round=drawn, household=household).points


def test_from_a_squat_through_the_coordination_commission_to_a_home_with_long_term_support(
    enter, household, team, long_support
):
    meeting = called(enter, household, team)
    page = reverse("support:meeting", args=[household.pk, meeting.pk])
    assert enter("lead_worker", long_support).get(page).status_code == 404
    worker = enter("outreach_worker", team)
    worker.post(
        reverse("support:invite", args=[household.pk, meeting.pk]),
        {"trade": "social", "organisation": str(long_support.pk)},
    )
    there = {each.trade + each.organisation.name: each.pk for each in meeting.participants.all()}
    held = {"held_on": DAY, "came": [*there.values()], "presence": "comes", "health": "takes_part"}
    worker.post(reverse("support:hold-meeting", args=[household.pk, meeting.pk]), held)
    due = (TODAY + timedelta(days=10)).isoformat()
    for who, subject in ((f"social{long_support.name}", "long_support"), (f"health{team.name}", "meet")):
        promised = {"participant": there[who], "subject": subject, "due_on": due}
        worker.post(reverse("support:commit", args=[household.pk, meeting.pk]), promised)

    lease = housed(enter, household)

    assert lease.support_measure.organisation == team
    service = enter("lead_worker", long_support)
    assert "demander un accompagnement de longue durée" in service.get("/day/").content.decode()
    opened = {"scheme": "local", "intensity": "medium", "opened_on": DAY}
    service.post(reverse("support:open-measure", args=[household.pk]), opened)
    kept = MeetingCommitment.objects.get(subject="long_support")
    service.post(reverse("support:settle", args=[household.pk, meeting.pk, kept.pk]), {"outcome": "done"})
    assert "fait, noté le" in service.get(page).content.decode()
    assert household.measures.filter(organisation=long_support, scheme="local").exists()
    CircleMembership.objects.filter(organisation=long_support).update(ends_on=TODAY)
    assert enter("lead_worker", long_support).get(page).status_code == 404


def test_the_nurse_of_the_team_reads_the_case_and_not_a_word_of_health_is_kept(enter, household, team):
    meeting = called(enter, household, team)
    nurse_of_it = meeting.participants.get(trade="health")
    commit = reverse("support:commit", args=[household.pk, meeting.pk])
    said = {"participant": nurse_of_it.pk, "subject": "meet", "words": "Pansement à refaire.", "due_on": DAY}
    refused = enter("outreach_worker", team).post(commit, said)
    enter("outreach_worker", team).post(commit, {**said, "words": ""})

    nurse = enter("health_worker", team)

    assert refused.status_code == 422
    assert "par un signal" in refused.content.decode()
    assert "une rencontre" in nurse.get("/day/").content.decode()
    page = nurse.get(reverse("support:meeting", args=[household.pk, meeting.pk])).content.decode()
    assert "Un professionnel de santé participe" in page
    assert "Pansement" not in page
    assert nurse.post(commit, said).status_code == 403
    assert Contact.objects.get().place == "squat"


def test_who_says_no_to_the_commission_is_named_to_nobody_else_and_is_housed_as_before(
    enter, household, team, long_support
):
    before = points_of(household, allocation.drawn(allocation.offer(), size=1))
    meeting = called(enter, household, team, agreement="declined")
    refused = enter("outreach_worker", team).post(
        reverse("support:invite", args=[household.pk, meeting.pk]),
        {"trade": "social", "organisation": str(long_support.pk)},
    )

    assert refused.status_code == 422
    page = reverse("support:meeting", args=[household.pk, meeting.pk])
    assert enter("lead_worker", long_support).get(page).status_code == 404
    assert points_of(household, allocation.drawn(allocation.offer(), size=1)) == before
    assert housed(enter, household).support_measure.organisation == team
