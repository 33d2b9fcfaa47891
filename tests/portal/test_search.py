import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from typer.testing import CliRunner

from chezsoi.allocation import actions as allocation
from chezsoi.people import actions
from chezsoi.people.models import SearchPosting
from chezsoi.portal import search
from chezsoi.portal.command_line import app
from tests.factories import homes, people, territories

TODAY = timezone.localdate()
NUMBER = "057147868979965898"

pytestmark = pytest.mark.django_db


def found(text, actor, most=20):
    return search.find(text, actor=actor, on=TODAY, most=most)


def titles(text, actor):
    return [(group.key, hit.title) for group in found(text, actor).groups for hit in group.hits]


def asked(client, actor, text, **headers):
    client.force_login(territories.account_of(actor))
    return client.get(reverse("portal:search"), {"q": text}, headers=headers)


class TestKinds:
    def test_people_with_birth_place_and_whom_they_live_with(self):
        siao = territories.actor("siao_officer")
        people.household(people.member(situation=people.street(TODAY)), people.child(), reference="K7M-2QX4")

        [group] = found("lina bouzid", siao).groups
        [hit] = group.hits
        assert hit.title == "Lina Bouzid"
        assert "Amina Bouzid" in hit.detail
        assert "2017" in hit.detail
        assert "K7M-2QX4" in hit.detail
        assert hit.tag is not None

    def test_a_household_by_its_national_request_number(self):
        siao = territories.actor("siao_officer")
        household = people.household(actor=siao)
        allocation.record_request(
            actor=siao, household=household, facts=allocation.RequestFacts(number=NUMBER), heard_on=TODAY
        )

        assert titles("057 147868979965898", siao) == [("people", "Amina Bouzid")]
        assert not titles(NUMBER, territories.actor("outreach_worker"))
        assert not titles(NUMBER, territories.actor("coordinator"))

    def test_homes_by_reference_and_street_and_their_owners(self):
        dwelling = homes.dwelling(address="60 rue de la Gare", owner=homes.owner())
        siao = territories.actor("siao_officer")

        assert [kind for kind, _title in titles("gare 60", siao)] == ["homes"]
        assert [kind for kind, _title in titles(dwelling.reference.lower(), siao)] == ["homes"]
        assert ("owners", dwelling.owner.name) in titles(dwelling.owner.name, siao)

    def test_nothing_the_role_may_not_read(self):
        people.household()
        dwelling = homes.dwelling()

        assert not titles("bouzid", territories.actor("prospector"))
        assert not titles(dwelling.reference, territories.actor("outreach_worker"))
        assert not titles("bouzid", territories.actor("analyst"))

    @pytest.mark.parametrize("text", ["", " ", "b"])
    def test_nothing_for_less_than_two_letters(self, text):
        people.household()

        assert found(text, territories.actor("siao_officer")).count == 0


class TestPage:
    def test_works_without_a_script(self, client):
        household = people.household()

        page = BeautifulSoup(asked(client, territories.actor("siao_officer"), "bouzid").content, "html.parser")

        assert page.select_one("#search")["value"] == "bouzid"
        assert page.select_one(".cz-hits a")["href"] == reverse("people:household", args=[household.pk])

    def test_suggests_options_of_a_list_box(self, client):
        people.household()

        part = asked(client, territories.actor("siao_officer"), "bou", **{"HX-Request": "true"})

        box = BeautifulSoup(part.content, "html.parser").select_one("[role=listbox]")
        assert [option["aria-selected"] for option in box.select("[role=option]")] == ["false"]
        assert b"<html" not in part.content

    def test_says_that_services_follow_somebody_and_whom_to_ask(self, client):
        territories.organisation(kind="siao", name="SIAO de la Moselle")
        people.household()

        said = asked(client, territories.actor("outreach_worker"), "amina bouzid").content.decode()

        assert "SIAO de la Moselle" in said
        assert "Bouzid" not in said.replace("amina bouzid", "")

    @pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
    def test_is_silent_on_a_protected_file(self, client, headers):
        siao = territories.actor("siao_officer")
        actions.protect_household(actor=siao, household=people.household(actor=siao), on=TODAY)
        other = territories.actor("siao_officer")

        known = asked(client, other, "amina bouzid", **headers).content.decode()
        unknown = asked(client, other, "anina bauzid", **headers).content.decode()

        assert scrubbed(known.replace("amina bouzid", "")) == scrubbed(unknown.replace("anina bauzid", ""))

    @pytest.mark.parametrize("text", ["\x00", "%", "' OR 1=1 --", "é" * 500, "🏠🏠", "[]{}()"])
    def test_minds_nothing_that_is_typed(self, client, text):
        assert asked(client, territories.actor("siao_officer"), text).status_code == 200


def scrubbed(html: str) -> str:
    page = BeautifulSoup(html, "html.parser")
    return (page.select_one("main") or page).get_text(" ", strip=True)


class TestRebuild:
    def test_says_what_it_did(self):
        people.household()
        SearchPosting.objects.all().delete()

        said = CliRunner().invoke(app, ["search", "rebuild"])

        assert said.exit_code == 0
        assert "1 people read" in said.output
        assert SearchPosting.objects.exists()
