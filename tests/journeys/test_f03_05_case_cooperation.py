"""
F03-05, Bordeaux: professionals of housing, social care, health and employment work together on real cases.

Households, most in the street or in makeshift shelter, are offered direct access to social housing, with sustained
support at their pace. Meeting, needs, case meetings, commitments, minutes, answer and lease go through their pages;
draws and the sitting through their actions: the journey from the street to a home walks those pages.
"""

from datetime import timedelta

import pytest
from django.urls import reverse

from chezsoi.people.models import Household
from chezsoi.support.models import CaseMeeting, MeetingCommitment
from chezsoi.tenancies.models import Lease
from tests.factories import territories
from tests.journeys.homeward import ASKED, DAY, MET, TODAY, housed

pytestmark = pytest.mark.slow

CAMPING = {**MET, "situation": "camp"}
CALLED = {
    "agreement": "agreed", "agreed_by": "applicant", "agreement_on": DAY, "kind": "situation", "team": "street",
    "trade": "social", "planned_on": DAY, "health": "needed",
}  # fmt: skip
WORDS = "Un logement d’abord. Le travail, après, doucement."


@pytest.fixture
def association():
    return territories.organisation(name="Association de la rue")


@pytest.fixture
def partners():
    """Give a service of each trade that did not know the household."""
    trades = {"employment": "Mission locale", "health": "Équipe mobile de santé", "housing": "Agence sociale"}
    return {trade: territories.organisation(name=name) for trade, name in trades.items()}


@pytest.fixture
def household(enter, association):
    street = enter("outreach_worker", association)
    street.post(reverse("people:new"), CAMPING)
    met = Household.objects.get()
    street.post(reverse("journeys:needs", args=[met.pk]), ASKED)
    return met


def gathered(enter, household, association, partners, **held) -> CaseMeeting:
    """Four trades meet about her, as she agreed; the page is what each of them writes on."""
    street = enter("outreach_worker", association)
    known = set(CaseMeeting.objects.values_list("pk", flat=True))
    street.post(reverse("support:call-meeting", args=[household.pk]), CALLED)
    meeting = CaseMeeting.objects.exclude(pk__in=known).get()
    for trade, service in partners.items():
        invited = {"trade": trade, "organisation": str(service.pk)}
        street.post(reverse("support:invite", args=[household.pk, meeting.pk]), invited)
    came = [*meeting.participants.values_list("pk", flat=True)]
    said = {"held_on": DAY, "came": came, "presence": "wrote", "own_words": WORDS, **held}
    street.post(reverse("support:hold-meeting", args=[household.pk, meeting.pk]), said)
    return meeting


def promise(client, meeting, trade, subject, *, days) -> MeetingCommitment:
    who = meeting.participants.get(trade=trade)
    said = {"participant": who.pk, "subject": subject, "due_on": (TODAY + timedelta(days=days)).isoformat()}
    client.post(reverse("support:commit", args=[meeting.household_id, meeting.pk]), said)
    return MeetingCommitment.objects.get(participant=who)


def test_four_trades_meet_she_is_housed_and_they_meet_again_at_her_pace(enter, household, association, partners):
    next_on = TODAY + timedelta(days=60)
    first = gathered(enter, household, association, partners, next_on=next_on.isoformat())
    late = promise(enter("outreach_worker", association), first, "employment", "work", days=-2)
    lease = housed(enter, household)

    assert lease.support_measure.organisation == association
    agency = enter("lead_worker", partners["employment"])
    assert "travail et formation" in agency.get("/day/").content.decode()
    page = agency.get(reverse("support:meeting", args=[household.pk, first.pk])).content.decode()
    assert WORDS in page
    assert "en retard" in page
    settle = reverse("support:settle", args=[household.pk, first.pk, late.pk])
    agency.post(settle, {"outcome": "not_done", "why": "Elle préfère attendre d’être installée."})
    assert Lease.objects.get(pk=lease.pk).ended_on is None

    again = gathered(enter, household, association, partners)
    page = enter("lead_worker", association).get(reverse("support:file", args=[household.pk])).content.decode()
    assert page.count("Réunion de situation") == CaseMeeting.objects.count()
    assert not again.participants.exclude(circle=None).exists()


def test_she_takes_away_what_was_agreed_in_plain_words(enter, household, association, partners):
    meeting = gathered(enter, household, association, partners)
    street = enter("outreach_worker", association)
    promise(street, meeting, "housing", "home", days=8)

    printed = street.get(reverse("support:minutes", args=[household.pk, meeting.pk]))

    assert printed["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF")


def test_her_agreement_withdrawn_shuts_out_the_trades_it_let_in_and_leaves_her_home_alone(
    enter, household, association, partners
):
    meeting = gathered(enter, household, association, partners)
    lease = housed(enter, household)
    before = Lease.objects.filter(pk=lease.pk).values().get()
    page = reverse("support:meeting", args=[household.pk, meeting.pk])
    assert enter("health_worker", partners["health"]).get(page).status_code == 200

    said = enter("lead_worker", association).post(
        reverse("support:end-meeting", args=[household.pk, meeting.pk, "withdraw"]), follow=True
    )

    assert "Cela ne coûte rien au ménage" in said.content.decode()
    for role, trade in (("health_worker", "health"), ("lead_worker", "employment"), ("lead_worker", "housing")):
        assert enter(role, partners[trade]).get(page).status_code == 404
    assert Lease.objects.filter(pk=lease.pk).values().get() == before
    assert Household.objects.get().request.state == "housed"
