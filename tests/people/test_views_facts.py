"""The pages by which one learns more of somebody: corrections, names, telephones, resources."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from chezsoi.kernel.dates import PartialDate
from chezsoi.people import actions
from chezsoi.people.models import ResourceStatement
from tests.factories import people, territories

TODAY = timezone.localdate()
PAGES = ("correct", "add-alias", "add-phone", "resources")


@pytest.fixture
def worker():
    return territories.actor("lead_worker")


@pytest.fixture
def signed_in(client):
    """Sign an actor in."""

    def sign_in(actor):
        client.force_login(territories.account_of(actor))
        return client

    return sign_in


def address(name, household):
    return reverse(f"people:{name}", args=[household.pk, people.lead(household).pk])


def links(response):
    page = BeautifulSoup(response.content, "html.parser")
    return {link.get("href") for link in page.select("#members a")}


class TestPages:
    @pytest.mark.parametrize("name", PAGES)
    def test_open_from_the_household(self, signed_in, worker, name):
        household = people.household(actor=worker)
        client = signed_in(worker)

        assert address(name, household) in links(client.get(reverse("people:household", args=[household.pk])))
        assert client.get(address(name, household)).status_code == 200

    @pytest.mark.parametrize("name", PAGES)
    def test_answer_404_outside_the_circle(self, signed_in, worker, name):
        household = people.household()

        assert signed_in(worker).get(address(name, household)).status_code == 404

    @pytest.mark.parametrize("name", PAGES)
    def test_answer_404_for_a_member_of_another_household(self, signed_in, worker, name):
        household, other = people.household(actor=worker), people.household()
        wrong = reverse(f"people:{name}", args=[household.pk, people.lead(other).pk])

        assert signed_in(worker).post(wrong, {"name": "Jo", "number": "0612345678"}).status_code == 404

    @pytest.mark.parametrize("name", PAGES)
    def test_answer_403_without_the_right(self, signed_in, name):
        household = people.household()

        assert signed_in(territories.actor("prospector")).get(address(name, household)).status_code == 403


class TestCorrect:
    TYPED = {
        "given_names": "Amina",
        "family_name": "Bouzide",
        "birth_day": "18",
        "birth_month": "3",
        "birth_year": "1971",
        "reason": "carte d’identité",
    }

    def test_replaces_and_keeps_what_was_written(self, signed_in, worker):
        household = people.household(people.member(birth_quality="known"), actor=worker)

        response = signed_in(worker).post(address("correct", household), {**self.TYPED, "version": household.version})

        assert response.status_code == 302
        person = people.lead(household)
        assert (person.full_name, person.birth_date) == ("Amina Bouzide", PartialDate(1971, 3, 18))
        assert {row.field for row in person.corrections.all()} == {"birth_name", "birth_date"}
        assert person.aliases.get().name == "Amina Bouzid"

    def test_shows_what_the_file_says(self, signed_in, worker):
        household = people.household(actor=worker)
        page = BeautifulSoup(signed_in(worker).get(address("correct", household)).content, "html.parser")

        assert page.select_one("input[name=family_name]")["value"] == "Bouzid"
        assert page.select_one("input[name=birth_year]")["value"] == "1970"

    def test_leaves_a_guessed_age_a_guess(self, signed_in, worker):
        household = people.household(people.member(birth_date=PartialDate(1970, estimated=True)), actor=worker)
        typed = {"given_names": "Amine", "family_name": "Bouzid", "birth_year": "1970", "version": 1}

        signed_in(worker).post(address("correct", household), typed)

        person = people.lead(household)
        assert (person.given_names, person.birth_date.estimated) == ("Amine", True)

    def test_takes_away_what_was_never_true(self, signed_in, worker):
        household = people.household(people.member(birth_quality="known"), actor=worker)

        signed_in(worker).post(address("correct", household), {"version": 1})

        person = people.lead(household)
        assert (person.full_name, person.birth_date.is_known) == ("– –", False)
        assert (person.name_quality, person.birth_quality) == ("unknown", "unknown")

    @pytest.mark.parametrize(
        "wrong", [{"birth_day": "31", "birth_month": "2"}, {"birth_year": "1850"}, {"birth_year": str(TODAY.year + 1)}]
    )
    def test_says_what_is_wrong_and_changes_nothing(self, signed_in, worker, wrong):
        household = people.household(actor=worker)

        response = signed_in(worker).post(address("correct", household), {**self.TYPED, **wrong, "version": 1})

        assert response.status_code == 422
        assert not people.lead(household).corrections.exists()

    def test_keeps_what_was_typed_when_somebody_wrote_meanwhile(self, signed_in, worker):
        household = people.household(actor=worker)
        actions.record_wishes(actor=worker, household=household, wishes="Metz", on=TODAY)
        client = signed_in(worker)

        refused = client.post(address("correct", household), {**self.TYPED, "version": 1})
        page = BeautifulSoup(refused.content, "html.parser")

        assert refused.status_code == 422
        assert not people.lead(household).corrections.exists()
        assert page.select_one("input[name=family_name]")["value"] == "Bouzide"
        version = page.select_one("input[name=version]")["value"]
        assert version == "2"
        assert client.post(address("correct", household), {**self.TYPED, "version": version}).status_code == 302
        assert people.lead(household).birth_name == "Bouzide"


class TestAddAlias:
    def test_notes_a_name_once(self, signed_in, worker):
        household = people.household(actor=worker)
        client = signed_in(worker)

        for _time in range(2):
            assert client.post(address("add-alias", household), {"name": "Mina"}).status_code == 302

        assert people.lead(household).aliases.get().name == "Mina"

    def test_asks_for_a_name(self, signed_in, worker):
        household = people.household(actor=worker)

        assert signed_in(worker).post(address("add-alias", household), {"name": " "}).status_code == 422


class TestAddPhone:
    def test_notes_a_number_as_the_house_writes_it(self, signed_in, worker):
        household = people.household(actor=worker)

        signed_in(worker).post(address("add-phone", household), {"number": "6 12 34 56 78"})

        assert people.lead(household).phones.get().number == "0612345678"

    @pytest.mark.parametrize("number", ["12", "le matin", "??"])
    def test_refuses_what_is_no_number(self, signed_in, worker, number):
        household = people.household(actor=worker)

        assert signed_in(worker).post(address("add-phone", household), {"number": number}).status_code == 422
        assert not people.lead(household).phones.exists()


class TestResources:
    def test_are_added_to_those_said_before(self, signed_in, worker):
        household = people.household(actor=worker)
        client = signed_in(worker)

        client.post(address("resources", household), {"kind": "rsa", "amount": "651,69"})
        client.post(address("resources", household), {"kind": "none"})

        said = ResourceStatement.objects.order_by("pk")
        assert [(row.kind, str(row.amount_per_month), row.stated_on) for row in said] == [
            ("rsa", "651.69", TODAY),
            ("none", "0.00", TODAY),
        ]

    def test_may_have_no_known_amount(self, signed_in, worker):
        household = people.household(actor=worker)

        signed_in(worker).post(address("resources", household), {"kind": "wage"})

        assert ResourceStatement.objects.get().amount_per_month is None

    @pytest.mark.parametrize(
        "wrong",
        [
            {"kind": ""},
            {"kind": "", "amount": "500"},
            {"kind": "rsa", "amount": "beaucoup"},
            {"kind": "rsa", "amount": "999999999"},
            {"kind": "none", "amount": "500"},
            {"kind": "lottery"},
            {"kind": "rsa", "stated_on_day": "1", "stated_on_month": "1", "stated_on_year": str(TODAY.year + 1)},
        ],
    )
    def test_refuse_what_cannot_be(self, signed_in, worker, wrong):
        household = people.household(actor=worker)

        assert signed_in(worker).post(address("resources", household), wrong).status_code == 422
        assert not ResourceStatement.objects.exists()

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_are_not_written_by_a_role_that_reads_them(self, signed_in, method):
        siao = territories.actor("siao_officer")
        household = people.household(actor=siao)
        client = signed_in(siao)

        assert getattr(client, method)(address("resources", household)).status_code == 403
        shown = links(client.get(reverse("people:household", args=[household.pk])))
        assert address("resources", household) not in shown
        assert address("correct", household) in shown
