"""The page of a household as each reader opens it: what every app knows that the reader may know, and no more."""

from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from chezsoi.allocation import actions as allocation_actions
from chezsoi.allocation.choices import CandidacyState
from chezsoi.homes.models import Owner
from chezsoi.kernel.dates import PartialDate
from chezsoi.people import actions
from chezsoi.people.models import Attachment, Household
from chezsoi.support import actions as support
from chezsoi.support.choices import Intensity, Scheme, TaskKind
from chezsoi.support.models import Task
from chezsoi.tenancies import actions as leases
from tests.factories import allocation, documents, people, tenancies, territories

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
INCOME = actions.NewResources(kind="wage", stated_on=TODAY, amount_per_month=Decimal(1200))


@pytest.fixture
def worker():
    return territories.actor("lead_worker")


@pytest.fixture
def open_page(client):
    def read(actor, household, **query):
        client.force_login(territories.account_of(actor))
        shown = client.get(reverse("people:household", args=[household.pk]), query)
        assert shown.status_code == 200
        return BeautifulSoup(shown.content, "html.parser").main

    return read


def followed(worker, *more, **facts):
    return people.household(
        people.member(situation=people.street(TODAY), resources=(INCOME,)), *more, actor=worker, **facts
    )


def colleague(role, worker):
    return territories.actor(role, organisation=territories.organisation_of(worker))


def letter_to(household):
    """Bring a household, the one who waited longest of four, to the written offer of a home."""
    allocation.households(3)
    allocation.request(household, requested_on=TODAY - timedelta(days=2000))
    item = allocation.item(allocation.drawn())
    return allocation.letter(allocation.decided(item))


def lease_of(household):
    agent = territories.actor("social_landlord_agent")
    chosen = tenancies.candidacy(household, offer=tenancies.offer(agent=agent), state=CandidacyState.ACCEPTED)
    return leases.sign_lease(actor=agent, candidacy=chosen, kind="direct", signed_on=TODAY, starts_on=TODAY)


def titles(page):
    return [row.strong.get_text() for row in page.select("#story .cz-rows > li")]


class TestHeading:
    def test_says_with_whom_they_live(self, open_page, worker):
        household = followed(worker, people.child("Lina"), people.child("Adam", birth_date=PartialDate()))

        assert open_page(worker, household).h1.get_text(" ", strip=True) == "Amina Bouzid et 2 enfants"

    def test_says_the_age_of_who_lives_alone(self, open_page, worker):
        heading = open_page(worker, followed(worker)).h1.get_text(" ", strip=True)

        assert heading.startswith("Amina Bouzid 5")
        assert heading.endswith(" ans")


class TestHistory:
    def test_tells_the_whole_way_to_a_home(self, open_page, worker):
        household = followed(worker)
        letter = letter_to(household)
        allocation_actions.record_answer(
            actor=territories.program(), letter=letter, is_accepted=False, answered_on=TODAY, words="Trop loin."
        )

        page = open_page(worker, household)

        told = titles(page)
        assert "Candidature à un logement" in told
        assert any(title.startswith("Décidé en commission") for title in told)
        assert {"Proposé par écrit", "Ils ont dit non", "Demande de logement"} <= set(told)
        said = page.select_one("#story").get_text(" ")
        assert "« Trop loin. »" in said
        assert "cela ne coûte aucun rang" in said

    def test_tells_silence_apart_from_a_no(self, open_page, worker):
        household = followed(worker)
        letter = letter_to(household)
        allocation_actions.lapse_silent(actor=territories.program(), on=letter.answer_due_on + timedelta(days=1))

        assert "Pas de réponse à temps" in titles(open_page(worker, household))

    def test_tells_the_lease_and_the_support(self, open_page, worker):
        household = followed(worker)
        lease_of(household)
        support.state_wish(actor=worker, household=household, intensity=Intensity.LIGHT, stated_on=TODAY)
        support.name_referent(actor=worker, household=household, label="CCAS de Metz", stated_on=TODAY)
        measure = support.open_measure(
            actor=worker, household=household, scheme=Scheme.AVDL, intensity=Intensity.LIGHT, opened_on=TODAY,
            organisation=territories.organisation_of(worker),
        )  # fmt: skip
        support.end_measure(actor=worker, measure=measure, ended_on=TODAY, reason="à sa demande")
        visit = Task.objects.create(household=household, kind=TaskKind.FIRST_VISIT, due_on=TODAY, done_on=TODAY)
        Task.objects.create(household=household, kind=visit.kind, due_on=TODAY, cancelled_on=TODAY)

        page = open_page(worker, household)

        told = titles(page)
        assert {"Bail signé", "Référent indiqué"} <= set(told)
        assert sum(title.startswith("Accompagnement souhaité") for title in told) == 1
        assert sum(title.startswith("Accompagnement terminé") for title in told) == 1
        assert told.count(str(visit.get_kind_display()).capitalize()) == 2
        assert "à sa demande" in page.select_one("#story").get_text()
        assert page.select_one("#tenancy") is not None

    def test_tells_a_document_received_and_removed(self, open_page, worker):
        household = followed(worker)
        kept = documents.kept(household)
        kept.attached_by, kept.removed_at = worker.user_id, timezone.now()
        kept.save()

        page = open_page(worker, household)

        assert {"Document reçu", "Document retiré"} <= set(titles(page))
        assert territories.account_of(worker).full_name in page.select_one("#story").get_text()
        assert page.select_one("#documents li") is None


class TestAhead:
    def test_lets_who_may_mark_it_as_done_and_comes_back(self, open_page, client, worker):
        household = followed(worker)
        Task.objects.create(
            household=household, kind=TaskKind.FIRST_VISIT, organisation_id=worker.organisation_id, due_on=TODAY
        )
        form = open_page(worker, household).select_one("#ahead form")

        answer = client.post(form["action"], {"household": household.pk})

        assert answer.url == reverse("people:household", args=[household.pk])
        assert open_page(worker, household).select_one("#ahead form") is None

    def test_leaves_to_another_service_what_is_its_own(self, open_page, worker):
        household = followed(worker)
        other = territories.organisation(name="Un autre service")
        Task.objects.create(household=household, kind=TaskKind.FIRST_VISIT, organisation=other, due_on=TODAY)

        ahead = open_page(worker, household).select_one("#ahead")

        assert "Un autre service" in ahead.get_text()
        assert ahead.select_one("form") is None

    def test_says_by_when_an_offer_is_answered_and_who_may_write_it(self, open_page, worker):
        household = followed(worker)
        letter = letter_to(household)
        address = reverse("allocation:answer", args=[letter.pk])

        assert open_page(worker, household).select_one(f'#ahead a[href="{address}"]') is None
        assert open_page(territories.actor("siao_officer"), household).select_one(f'#ahead a[href="{address}"]')


class TestReader:
    def test_reads_no_home_proposed_without_the_right_to(self, open_page, worker):
        household = followed(worker)
        letter_to(household)

        assert open_page(worker, household).select_one("#proposed") is not None
        page = open_page(colleague("peer_worker", worker), household)
        assert page.select_one("#proposed") is None
        assert "Candidature à un logement" not in titles(page)
        assert "Dernier jour pour répondre" not in page.get_text()

    def test_reads_neither_leases_nor_resources_nor_visits_without_the_right_to(self, open_page, worker):
        household = followed(worker)
        lease = lease_of(household)
        Task.objects.create(household=household, kind=TaskKind.FIRST_VISIT, due_on=TODAY)

        page = open_page(colleague("health_worker", worker), household)

        assert [page.select_one(key) for key in ("#tenancy", "#means")] == [None] * 2
        assert lease.dwelling.address not in page.get_text()
        assert open_page(colleague("legal_adviser", worker), household).select_one("#ahead") is None

    def test_is_never_told_who_the_owner_is_when_a_person(self, open_page, worker):
        household = followed(worker)
        lease = lease_of(household)
        Owner.objects.filter(pk=lease.dwelling.owner_id).update(organisation=None, name="Mme Schneider")

        assert "Schneider" not in open_page(worker, household).get_text()

    def test_is_told_only_of_documents_of_the_kinds_the_role_reads(self, open_page, worker):
        household = followed(worker)
        documents.kept(household, kind="resources")

        assert open_page(worker, household).select_one("#documents li") is not None
        page = open_page(colleague("peer_worker", worker), household)
        assert page.select_one("#documents li") is None
        assert "Document reçu" not in titles(page)

    def test_finds_nothing_of_another_household_on_the_same_round(self, open_page, worker):
        household = followed(worker)
        letter_to(household)
        others = Household.objects.exclude(pk=household.pk)

        said = open_page(worker, household).get_text()

        assert len(others) == 3
        assert not [each for each in others if each.reference in said or people.lead(each).birth_name in said]

    @pytest.mark.parametrize(
        ("role", "state", "is_known"),
        [("siao_officer", "lost", False), ("siao_officer", "housed", True), ("outreach_worker", "housed", None)],
    )
    def test_is_told_whether_a_home_is_known_only_of_what_the_role_reads(
        self, open_page, worker, role, state, is_known
    ):
        household = followed(worker)
        agent = territories.actor("social_landlord_agent")
        tenancies.candidacy(household, offer=tenancies.offer(agent=agent), state=state)

        rows = open_page(colleague(role, worker), household).select("#means li")[2:]

        said = [row.select_one(".cz-tag").get_text(strip=True) for row in rows]
        assert said == {None: [], True: ["connu"], False: ["pas encore"]}[is_known]


class TestCost:
    def test_is_the_same_for_a_large_household_with_a_long_history(self, open_page, client, worker):
        small, large = (
            followed(worker),
            followed(worker, *(people.child(f"Enfant {n}", situation=people.street(TODAY)) for n in range(6))),
        )
        _fill(worker, small, times=1)
        _fill(worker, large, times=5)

        assert _asked(client, worker, small) == _asked(client, worker, large)


def _fill(worker, household, *, times):
    agent = territories.actor("social_landlord_agent")
    allocation.request(household, "dalo")
    for n in range(times):
        support.state_wish(
            actor=worker, household=household, intensity=Intensity.LIGHT, stated_on=TODAY - timedelta(days=n)
        )
        support.name_referent(actor=worker, household=household, label=f"CCAS {n}", stated_on=TODAY)
        Task.objects.create(
            household=household, kind=TaskKind.FIRST_VISIT, organisation_id=worker.organisation_id, due_on=TODAY
        )
        support.open_measure(
            actor=worker, household=household, scheme=Scheme.AVDL, intensity=Intensity.LIGHT, opened_on=TODAY,
            organisation=territories.organisation_of(worker),
        )  # fmt: skip
        tenancies.candidacy(household, offer=tenancies.offer(agent=agent), state=CandidacyState.LOST)
        documents.kept(household)
    Attachment.objects.update(attached_by=worker.user_id)


def _asked(client, actor, household):
    client.force_login(territories.account_of(actor))
    address = reverse("people:household", args=[household.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
