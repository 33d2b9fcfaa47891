from dataclasses import replace
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from chezsoi.people import actions as people_actions
from chezsoi.people.models import EmergencyAccess
from chezsoi.people.models.ready import EMERGENCY
from chezsoi.portal import day_sections, first_days, waiting
from chezsoi.portal.navigation import ROOMS, navigation
from chezsoi.support.choices import TaskKind
from chezsoi.support.models import Task
from chezsoi.territories.access import roles
from tests.factories import people, territories

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
NAMES = {
    30: ("Oumar", "Diallo"),
    5: ("Lucie", "Petit"),
    3: ("Ana", "Popescu"),
    0: ("Amina", "Bouzid"),
    -2: ("Jean", "Weiss"),
}


@pytest.fixture
def worker(client):
    actor = territories.actor("lead_worker")
    client.force_login(territories.account_of(actor))
    return actor


def task(actor, *, days: int = 0, reference: str = "", **traits):
    household = people.looked_for(
        people.member(*NAMES[days], situation=people.street(TODAY)),
        actor=actor,
        reference=reference or f"M57-{days:04}",
        **traits,
    )
    return Task.objects.create(
        household=household,
        kind=TaskKind.FIRST_VISIT,
        organisation_id=actor.organisation_id,
        due_on=TODAY + timedelta(days=days),
    )


def shown(client) -> BeautifulSoup:
    return BeautifulSoup(client.get(reverse("portal:day")).content, "html.parser").main


class TestDay:
    def test_shows_what_presses_most_first_each_one_press_away(self, client, worker):
        for days in (30, 3, 0, -2):
            task(worker, days=days)

        main = shown(client)

        rows = [
            (band.h2.get_text(), row.get_text(" ", strip=True))
            for band in main.select(".cz-band")
            for row in band.select("li")
        ]
        assert [title for title, _row in rows] == [
            "En attente depuis un moment", "Aujourd’hui", "Dans les sept jours", "Plus tard",
        ]  # fmt: skip
        assert [row for _title, row in rows if "M57--002" in row]
        assert {link["href"].partition("#")[0] for link in main.select(".cz-what a")} == {reverse("support:support")}
        assert "4" in main.h1.get_text()

    def test_tells_what_is_late_without_shouting(self, client, worker):
        task(worker, days=-2)

        tag = shown(client).select_one(".cz-tag")

        assert "cz-wait" in tag["class"]
        assert "en retard" in tag.get_text()

    def test_writes_out_a_dozen_and_leads_to_the_others(self, client, worker):
        household = task(worker).household
        for days in range(20):
            due = TODAY + timedelta(days=days)
            Task.objects.create(household=household, kind=TaskKind.FIRST_VISIT, due_on=due)

        main = shown(client)

        assert len(main.select(".cz-band li")) == day_sections.SHOWN
        assert main.select_one(".cz-links a")["href"] == reverse("support:support")
        assert "21" in main.h1.get_text()

    def test_gives_one_line_to_what_is_read_as_a_list(self, client):
        actor = territories.actor("siao_officer")
        client.force_login(territories.account_of(actor))
        for name in ("Amina", "Amina", "Amina"):
            people.looked_for(
                people.member(name, situation=people.street(TODAY)), actor=territories.actor("outreach_worker")
            )

        lines = shown(client).select(f"a[href='{reverse('people:duplicates')}']")

        assert len(lines) == 1

    def test_asks_of_an_emergency_that_it_be_reviewed(self, client):
        officer = territories.actor("dpo")
        household = people.looked_for(
            people.member(situation=people.street(TODAY)), actor=territories.actor("lead_worker"), reference="M57-0042"
        )
        outsider = territories.actor("outreach_worker")
        client.force_login(territories.account_of(outsider))
        client.post(
            reverse("portal:ask-emergency"),
            {"file": "M57-0042", "reason": "life", "words": "Elle est au CHU, il faut joindre ses enfants."},
        )
        client.force_login(territories.account_of(officer))

        main = shown(client)

        access = EmergencyAccess.objects.get(household=household)
        assert main.select_one(f"a[href='{reverse('portal:review-emergency', args=[access.pk])}']")
        assert "M57-0042" not in main.get_text()


class TestEmptyDay:
    @pytest.mark.parametrize("role", sorted(roles()))
    def test_says_why_and_offers_only_what_the_role_opens(self, client, role):
        actor = territories.actor(role)
        client.force_login(territories.account_of(actor))

        said = first_days.first_day(actor)
        main = shown(client)

        assert said.why in main.get_text()
        assert [client.get(act.url, follow=True).status_code for act in said.acts] == [200] * len(said.acts)
        assert not main.select(".cz-band")

    def test_of_an_account_without_role_leads_to_the_account(self, client):
        client.force_login(territories.user())

        assert shown(client).select_one("a[href='/account/']")


class TestRail:
    def test_counts_what_waits_in_each_room(self, client, worker):
        task(worker)
        task(worker, days=5)

        html = BeautifulSoup(client.get(reverse("portal:account")).content, "html.parser")

        links = html.select(".cz-rail a")
        counted = {link["href"]: link.select_one("small [aria-hidden]").get_text() for link in links if link.small}
        assert counted == {reverse("portal:day"): "2", reverse("support:support"): "2"}

    @pytest.mark.parametrize("role", sorted(roles()))
    def test_asks_the_database_once(self, role, django_assert_num_queries):
        actor = territories.actor(role)
        rooms = {kind.room for kind in waiting.kinds_of(actor)}

        with django_assert_num_queries(1):
            found = waiting.counts(actor=actor, on=TODAY)

        assert set(found) == rooms
        assert rooms <= {room.view for group in ROOMS for room in group if room.can is None or actor.may(room.can)}

    def test_asks_nothing_for_a_part_of_a_page(self, worker, django_assert_num_queries):
        request = RequestFactory().get("/day/", headers={"HX-Request": "true"})
        request.actor = worker

        with django_assert_num_queries(1):
            items = navigation(request)["navigation"]

        assert all(item.count is None for group in items for item in group)

    def test_writes_the_question_once_and_reads_the_answer_each_time(self, client, worker):
        before = waiting.counts(actor=worker, on=TODAY)["support:support"]
        task(worker)

        assert waiting.counts(actor=worker, on=TODAY)["support:support"] == before + 1
        assert waiting._question.cache_info().hits

    @pytest.mark.parametrize("role", sorted(roles()))
    def test_reads_nothing_to_write_the_question_so_that_keeping_it_keeps_no_answer(
        self, role, django_assert_num_queries
    ):
        actor = territories.actor(role)

        with django_assert_num_queries(0):
            waiting._question.__wrapped__(actor, TODAY, timezone.now())

    def test_keeps_no_question_of_an_emergency(self, worker):
        waiting._question.cache_clear()

        waiting.counts(actor=replace(worker, purpose=f"{EMERGENCY}1"), on=TODAY)

        assert waiting._question.cache_info().currsize == 0

    def test_finds_nothing_where_no_row_can_be(self, worker):
        nowhere = replace(worker, territory_ids=frozenset(), user_id=None)

        assert sum(waiting.counts(actor=nowhere, on=TODAY).values()) == 0

    def test_says_nothing_of_a_protected_household_to_who_is_outside(self, client, worker):
        task(worker)
        people_actions.protect_household(actor=worker, household=Task.objects.get().household, on=TODAY)
        stranger = territories.actor("lead_worker")

        assert waiting.counts(actor=stranger, on=TODAY)["support:support"] == 0
        assert waiting.counts(actor=worker, on=TODAY)["support:support"] == 1
