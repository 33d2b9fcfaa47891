"""The page of the 54 actions: what the report says, and honestly what of it is served."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from chezsoi.portal.catalogue import State, actions, wording
from tests.factories import territories

pytestmark = pytest.mark.django_db
LANGUAGES = ("fr", "en")


def shown(client, language="fr", **asked):
    answer = client.get(reverse("portal:catalogue"), asked, headers={"accept-language": language})
    return BeautifulSoup(answer.content, "html.parser")


class TestActions:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_say_what_each_is_in_both_languages(self, language):
        assert [action.key for action in actions(language) if not (action.title and action.summary)] == []

    def test_serve_the_same_whatever_the_language(self):
        french, english = (
            [(action.state, bool(action.misses), len(action.figures)) for action in actions(language)]
            for language in LANGUAGES
        )

        assert french == english

    def test_name_places_the_page_can_open(self):
        assert {name for action in actions("fr") for name in action.pages} - wording.PLACES.keys() == set()

    def test_call_served_in_part_what_lacks_something(self):
        assert {action.state for action in actions("fr") if action.misses} == {State.IN_PART}


class TestPage:
    def test_is_open_to_anybody_and_shows_the_54_actions_by_sheet(self, client):
        read = shown(client)

        assert len(read.select("article")) == 54
        assert len(read.select("main h2")) == 10

    def test_says_what_is_served_what_is_not_and_what_shows_it(self, client):
        action = shown(client).select_one("#F03-03")

        assert "D’abord Toit" in action.h3.text
        assert "10 personnes logées" in action.text
        assert "servie en partie" in action.h3.text
        assert reverse("people:new") in [link["href"] for link in action.select("a")]
        assert "tests/journeys/test_street_to_home.py" in action.text

    def test_narrows_to_a_territory_and_to_a_state(self, client):
        keys = [each["id"] for each in shown(client, territory="mulhouse", state="not_yet").select("article")]

        assert keys == ["F06-02", "F07-02", "F10-03"]

    def test_says_so_when_nothing_answers(self, client):
        read = shown(client, "en", territory="cadema", state="served")

        assert read.select("article") == []
        assert "Show the 54 actions" in read.text

    def test_reads_in_english(self, client):
        action = shown(client, "en").select_one("#F03-02")

        assert "Mobile team" in action.h3.text
        assert "Two social workers and a nurse" in action.text

    def test_leads_an_account_only_where_it_may_go(self, client):
        client.force_login(territories.account_of(territories.actor("commission_member")))

        reached = {link["href"] for link in shown(client).select("article .cz-links a")}

        assert reached
        assert {client.get(path, follow=True).status_code for path in reached} == {200}

    def test_shows_a_visitor_where_everything_is_done(self, client):
        reached = {link["href"] for link in shown(client).select("article .cz-links a")}

        assert reached == {reverse(view) for name, (_, view) in wording.PLACES.items() if name in used()}


def used() -> set[str]:
    return {name for action in actions("fr") for name in action.pages}
