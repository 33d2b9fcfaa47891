from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from chezsoi.people import actions, queries
from chezsoi.people.choices import MemberRole
from chezsoi.people.models import Household, PossibleDuplicate
from tests.factories import people, territories

TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def worker():
    return territories.actor("lead_worker")


@pytest.fixture
def couple(worker) -> Household:
    return people.looked_for(
        people.member(situation=people.street(YESTERDAY)),
        people.member("Karim", role=MemberRole.PARTNER),
        actor=worker,
        on=YESTERDAY,
    )


@pytest.fixture
def post(client, worker, couple):
    """Post a form of the couple's file as the worker who follows it."""
    client.force_login(territories.account_of(worker))

    def send(name: str, *pks: int, **typed: object):
        return client.post(reverse(f"people:{name}", args=[couple.pk, *pks]), typed)

    return send


def wrong(response) -> str:
    return BeautifulSoup(response.content, "html.parser").select_one(".cz-notice[role=alert]").get_text(" ")


class TestSituation:
    def test_is_recorded_for_one(self, post, worker, couple):
        post("situation", person=people.lead(couple).pk, situation="hotel", commune="Woippy")

        row = queries.last_observation(people.lead(couple), on_or_before=TODAY, actor=worker)
        assert (row.situation, row.commune.name, row.observed_on) == ("hotel", "Woippy", TODAY)

    def test_is_recorded_for_everybody(self, post, couple):
        post("situation", person=people.lead(couple).pk, situation="hotel", everybody="on")

        rows = [member.person.situations.order_by("-pk").first() for member in couple.members_on(TODAY)]
        assert [(row.situation, row.is_derived) for row in rows] == [("hotel", False)] * 2

    def test_cannot_begin_after_it_was_seen(self, post, couple):
        since = {"since_day": TODAY.day, "since_month": TODAY.month, "since_year": TODAY.year}
        seen = {"observed_on_day": 1, "observed_on_month": 1, "observed_on_year": TODAY.year}

        response = post("situation", person=people.lead(couple).pk, situation="hotel", **since, **seen)

        assert response.status_code == 422
        assert people.lead(couple).situations.count() == 1

    def test_is_withdrawn_with_its_reason_once(self, post, couple):
        row = people.lead(couple).situations.get()

        assert post("withdraw", row.pk).status_code == 200
        for _time in range(2):
            assert post("withdraw", row.pk, reason="autre personne").status_code == 302

        row.refresh_from_db()
        assert row.withdrawal_reason == "autre personne"


class TestMembers:
    def test_join(self, post, couple):
        post("add-member", role="child", given_names="Lina", family_name="Bouzid", birth_year="2017", sex="F")

        assert [row.role for row in couple.members_on(TODAY)] == ["lead", "partner", "child"]

    def test_do_not_join_a_household_nobody_leads(self, post, couple):
        couple.members.update(ends_on=TODAY)

        response = post("add-member", role="child", given_names="Lina")

        assert response.status_code == 422
        assert wrong(response)

    def test_leave(self, post, couple):
        karim = couple.members.get(role="partner").person

        assert post("leave", person=karim.pk).url == reverse("people:household", args=[couple.pk])

        assert couple.members_on(TODAY).count() == 1

    def test_say_who_follows_the_lead(self, post, couple):
        lead, karim = people.lead(couple), couple.members.get(role="partner").person

        assert post("leave", person=lead.pk).status_code == 422
        assert post("leave", person=lead.pk, new_lead=karim.pk).status_code == 302

        assert couple.members_on(TODAY).get().person == karim

    def test_leave_with_a_protected_file_of_their_own(self, post, couple):
        lead, karim = people.lead(couple), couple.members.get(role="partner").person

        response = post("leave", person=lead.pk, new_lead=karim.pk, protects="on", reason="départ")

        opened = Household.objects.exclude(pk=couple.pk).get()
        assert response.url == reverse("people:household", args=[opened.pk])
        assert opened.is_protected

    def test_who_are_alone_keep_their_file(self, client, worker):
        alone = people.looked_for(people.member("Zoé", "Weber"), actor=worker)
        client.force_login(territories.account_of(worker))

        response = client.post(
            reverse("people:leave", args=[alone.pk]), {"person": people.lead(alone).pk, "own_file": "on"}
        )

        assert response.status_code == 422


class TestWishes:
    def test_are_written_in_their_words(self, post, couple):
        post("wishes", wishes="Près de l’école", version=couple.version)

        couple.refresh_from_db()
        assert couple.wishes == "Près de l’école"

    def test_keep_what_was_typed_when_somebody_wrote_first(self, post, worker, couple):
        actions.record_wishes(actor=worker, household=couple, wishes="Metz", on=TODAY)

        response = post("wishes", wishes="Woippy", version=1)

        page = BeautifulSoup(response.content, "html.parser")
        assert page.select_one("textarea").get_text().strip() == "Woippy"
        assert Household.objects.get(pk=couple.pk).wishes == "Metz"
        again = page.select_one("input[name=version]")["value"]
        assert post("wishes", wishes="Woippy", version=again).status_code == 302


class TestCircle:
    def test_opens_to_a_service(self, post, couple):
        service = territories.organisation()

        post("open-circle", organisation=service.pk, basis="agreement", purpose="logement")

        assert couple.circle.filter(organisation=service).exists()
        assert post("open-circle", organisation=service.pk, basis="agreement", purpose="x").status_code == 422

    def test_closes_and_shows_the_file_no_more(self, post, couple):
        membership = couple.circle.get()

        assert post("close-circle", membership.pk).status_code == 200
        assert post("close-circle", membership.pk, reason="fini").url == reverse("people:list")

        assert post("close-circle", membership.pk, reason="fini").status_code == 404

    def test_closes_once(self, post, couple):
        other = territories.organisation()
        post("open-circle", organisation=other.pk, basis="agreement", purpose="logement")
        membership = couple.circle.get(organisation=other)

        for _time in range(2):
            response = post("close-circle", membership.pk, reason="fini")
            assert response.url == reverse("people:household", args=[couple.pk])


class TestProtection:
    def test_is_set_and_lifted(self, post, couple):
        for expected in (True, False):
            couple.refresh_from_db()
            post("protect", version=couple.version, reason="demandé par elle")
            couple.refresh_from_db()
            assert couple.is_protected is expected

    def test_waits_when_somebody_wrote_first(self, post, worker, couple):
        actions.record_wishes(actor=worker, household=couple, wishes="Metz", on=TODAY)

        assert post("protect", version=1).status_code == 422
        couple.refresh_from_db()
        assert not couple.is_protected

    def test_shows_what_it_will_do(self, client, worker, couple):
        client.force_login(territories.account_of(worker))
        before = client.get(reverse("people:protect", args=[couple.pk])).content
        actions.protect_household(actor=worker, household=couple, on=TODAY)

        assert client.get(reverse("people:protect", args=[couple.pk])).content != before


class TestDuplicates:
    @pytest.fixture
    def pair(self, worker) -> PossibleDuplicate:
        for _time in range(2):
            people.looked_for(people.member("Zoé", "Weber", phones=("0612345678",)), actor=worker)
        return PossibleDuplicate.objects.get()

    def test_are_judged_side_by_side(self, client, worker, pair):
        client.force_login(territories.account_of(worker))
        page = BeautifulSoup(client.get(reverse("people:duplicates")).content, "html.parser")
        judged_at = reverse("people:judge", args=[pair.pk])
        answers = [button["value"] for button in page.select(f"#pairs form[action='{judged_at}'] button")]
        assert answers == ["same", "different", "unsure"]

        client.post(reverse("people:judge", args=[pair.pk]), {"judgement": "same"})

        pair.refresh_from_db()
        assert pair.judgement == "same"
        assert client.get(reverse("people:duplicates")).status_code == 200

    def test_are_left_as_they_are_by_an_answer_that_is_none(self, client, worker, pair):
        client.force_login(territories.account_of(worker))

        assert client.post(reverse("people:judge", args=[pair.pk]), {"judgement": "merge"}).status_code == 302

        pair.refresh_from_db()
        assert pair.judgement == "waiting"

    def test_do_not_exist_for_others(self, client, pair):
        client.force_login(territories.account_of(territories.actor("lead_worker")))

        assert client.post(reverse("people:judge", args=[pair.pk]), {"judgement": "same"}).status_code == 404
