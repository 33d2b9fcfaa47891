"""What a worker sees and types when something changed."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from chezsoi.allocation import actions as allocation
from chezsoi.allocation.actions import RequestFacts
from chezsoi.kernel.dates import PartialDate
from chezsoi.people import actions, queries
from chezsoi.people.choices import Closing, MemberRole
from chezsoi.people.models import Correction, Household, LifeChange, PossibleDuplicate
from tests.factories import people, territories

TODAY = timezone.localdate()
BEFORE = TODAY - timedelta(days=30)


@pytest.fixture
def siao():
    return territories.actor("siao_officer")


@pytest.fixture
def couple(siao) -> Household:
    return people.looked_for(
        people.member(situation=people.street(BEFORE)),
        people.member("Karim", role=MemberRole.PARTNER),
        actor=siao,
        on=BEFORE,
    )


@pytest.fixture
def alone(siao) -> Household:
    return people.looked_for(people.member("Zoé", "Weber"), actor=siao, on=BEFORE)


@pytest.fixture
def post(client, siao):
    client.force_login(territories.account_of(siao))

    def send(name: str, household: Household, *pks: int, **typed: object):
        return client.post(reverse(f"journeys:{name}", args=[household.pk, *pks]), typed)

    return send


@pytest.fixture
def read(client, siao):
    client.force_login(territories.account_of(siao))

    def get(name: str, *pks: int) -> str:
        response = client.get(reverse(name, args=pks))
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)

    return get


def person(household: Household, given_names: str) -> int:
    return household.members.get(person__given_names=given_names, ends_on=None).person_id


class TestMenu:
    def test_offers_what_may_happen_to_a_couple(self, read, couple):
        said = read("journeys:changed", couple.pk)

        assert "Ils ne vivent plus ensemble" in said
        assert "Nous n’avons plus de nouvelles" in said
        assert "Quelqu’un est revenu" not in said

    def test_offers_what_may_happen_to_somebody_alone_and_lost(self, siao, read, alone, couple):
        actions.lose_sight(actor=siao, household=alone, on=TODAY)

        said = read("journeys:changed", alone.pk)

        assert "Ils ne vivent plus ensemble" not in said
        assert "de nouveau des nouvelles" in said

    def test_offers_to_come_back_once_somebody_left(self, siao, read, couple):
        karim = couple.members.get(role=MemberRole.PARTNER).person
        actions.end_membership(actor=siao, household=couple, person=karim, on=TODAY, reason="")

        assert "Quelqu’un est revenu" in read("journeys:changed", couple.pk)

    @pytest.mark.parametrize("name", ["split", "join", "death", "back", "news", "lead"])
    def test_leads_to_pages_that_open(self, read, couple, name):
        assert "Ce que cela change" in read(f"journeys:{name}", couple.pk)


class TestActs:
    def test_a_couple_parts(self, post, read, couple):
        response = post("split", couple, leaving=[person(couple, "Karim")], reason="séparation")

        opened = LifeChange.objects.get().other
        assert response.url == reverse("people:household", args=[opened.pk])
        said = read("people:household", couple.pk)
        assert "Ne vivent plus ensemble" in said
        assert "séparation" in said

    def test_a_protected_departure_reads_as_any_other_to_the_rest(self, post, client, couple):
        post("split", couple, leaving=[person(couple, "Karim")], reason="coups", protects="on")
        client.force_login(territories.account_of(territories.actor("siao_officer")))

        page = client.get(reverse("people:household", args=[couple.pk])).content.decode()

        assert "Est parti" in page
        assert "1 personne" in page
        assert "coups" not in page
        assert LifeChange.objects.get().other.reference not in page

    def test_who_leaves_is_said(self, post, couple):
        assert post("split", couple).status_code == 422
        everybody = [person(couple, "Amina"), person(couple, "Karim")]
        assert post("split", couple, leaving=everybody).status_code == 422
        assert LifeChange.objects.count() == 0

    def test_two_households_join_by_the_number(self, post, couple, alone):
        everybody = [person(couple, "Amina"), person(couple, "Karim")]

        response = post("join", couple, leaving=everybody, number=alone.reference.lower())

        couple.refresh_from_db()
        assert response.url == reverse("people:household", args=[alone.pk])
        assert couple.closed_because == Closing.JOINED

    def test_no_number_opens_what_is_hidden(self, post, couple):
        other = territories.actor("siao_officer")
        hidden = people.looked_for(people.member("Léa", "Roux"), actor=other, on=BEFORE)
        actions.protect_household(actor=other, household=hidden, on=TODAY)

        for number in (hidden.reference, "none such"):
            response = post("join", couple, leaving=[person(couple, "Karim")], number=number)
            assert response.status_code == 422
            assert "Aucun dossier que vous pouvez ouvrir" in response.content.decode()

    def test_somebody_dies(self, post, couple):
        typed = {"person": person(couple, "Amina"), "new_lead": person(couple, "Karim")}

        assert post("death", couple, **typed).status_code == 302

        couple.refresh_from_db()
        assert couple.members_on(TODAY).get().role == MemberRole.LEAD

    def test_somebody_alone_comes_back(self, siao, post, read, alone):
        zoe = queries.lead(alone, on=TODAY, actor=siao).person
        actions.end_membership(actor=siao, household=alone, person=zoe, on=TODAY, reason="")
        assert "dossier fermé" in read("people:household", alone.pk)

        assert post("back", alone, person=zoe.pk).status_code == 302

        alone.refresh_from_db()
        assert alone.closed_on is None

    def test_they_are_lost_then_heard_of(self, post, read, alone):
        post("news", alone)
        assert "la place est gardée" in read("people:household", alone.pk)

        post("news", alone)
        assert "la place est gardée" not in read("people:household", alone.pk)

    def test_the_file_changes_its_name(self, siao, post, couple):
        post("lead", couple, person=person(couple, "Karim"))

        assert queries.lead(couple, on=TODAY, actor=siao).person.given_names == "Karim"

    def test_a_mistake_is_undone_and_stays_readable(self, post, read, couple):
        post("split", couple, leaving=[person(couple, "Karim")])
        change = LifeChange.objects.get()

        assert post("undo-change", couple, change.pk, reason="").status_code == 422
        assert post("undo-change", couple, change.pk, reason="autre ménage").status_code == 302
        assert post("undo-change", couple, change.pk, reason="encore").status_code == 422

        assert couple.members_on(TODAY).count() == 2
        assert "autre ménage" in read("people:household", couple.pk)

    def test_a_change_of_another_household_is_not_undone_from_here(self, post, couple, alone):
        post("news", alone)

        assert post("undo-change", couple, LifeChange.objects.get().pk, reason="x").status_code == 404

    def test_an_outreach_worker_follows_those_who_leave(self, client):
        outreach = territories.actor("outreach_worker")
        made = people.looked_for(people.member("Nadia"), people.child("Sami"), actor=outreach, on=BEFORE)
        client.force_login(territories.account_of(outreach))

        response = client.post(reverse("journeys:split", args=[made.pk]), {"leaving": [person(made, "Sami")]})

        assert response.url == reverse("people:household", args=[LifeChange.objects.get().other_id])


class TestCorrections:
    def test_a_request_keeps_what_it_said_before_with_who_and_when(self, siao, read, couple):
        for rooms in (2, 3):
            facts = RequestFacts(rooms_min=rooms, needs_wheelchair_access=rooms == 2, requested_on=BEFORE)
            allocation.record_request(actor=siao, household=couple, facts=facts, heard_on=TODAY)

        kept = {row.field: (row.old_value, row.corrected_by) for row in Correction.objects.order_by("pk")}
        assert kept == {"rooms_min": ("2", siao.user_id), "needs_wheelchair_access": ("True", siao.user_id)}
        said = read("people:household", couple.pk)
        assert "avant\u202f: oui" in said
        assert siao.label in said

    def test_what_nobody_knew_was_never_said(self, siao, couple):
        for rooms in (None, 3):
            facts = RequestFacts(rooms_min=rooms)
            allocation.record_request(actor=siao, household=couple, facts=facts, heard_on=TODAY)

        assert not Correction.objects.exists()

    def test_a_name_shows_what_it_was_and_why(self, siao, read, couple):
        amina = queries.lead(couple, on=TODAY, actor=siao).person
        actions.correct_person(
            actor=siao, person=amina, values={"given_names": "Aminata"}, on=TODAY, reason="lu sur sa carte"
        )

        said = read("people:household", couple.pk)

        assert "avant\u202f: Amina" in said
        assert "lu sur sa carte" in said

    def test_are_not_shown_to_who_reads_neither_names_nor_situations(self, siao, couple):
        assert queries.corrections(couple, [], actor=territories.actor("coordinator")) == ()

    def test_a_wrong_link_is_taken_back_and_stays_readable(self, siao, client, read, couple):
        twin = people.looked_for(people.member(), actor=siao, on=BEFORE)
        pair = PossibleDuplicate.objects.get()
        client.force_login(territories.account_of(siao))
        judge = reverse("people:judge", args=[pair.pk])
        client.post(judge, {"judgement": "same"})
        assert "Ce sont deux personnes" in read("people:household", twin.pk)

        client.post(judge, {"judgement": "different"})

        pair.refresh_from_db()
        assert pair.judgement == "different"
        for household in (couple, twin):
            assert "avant\u202f: la même personne" in read("people:household", household.pk)

    def test_a_day_a_birth_and_a_silence_are_said_in_words(self, siao, read, couple):
        amina = queries.lead(couple, on=TODAY, actor=siao).person
        for values in ({"use_name": "Haddad"}, {"birth_date": PartialDate(1971)}):
            actions.correct_person(actor=siao, person=amina, values=values, on=TODAY)
        for day in (BEFORE, TODAY):
            facts = RequestFacts(requested_on=day)
            allocation.record_request(actor=siao, household=couple, facts=facts, heard_on=TODAY)

        said = read("people:household", couple.pk)

        assert "avant\u202f: rien" in said
        assert "avant\u202f: 18/03/1970" in said or "avant\u202f: 18 mars 1970" in said
