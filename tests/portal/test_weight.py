"""What the pages that open the day weigh, for somebody who comes for the first time with a telephone and few bars."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from chezsoi.people.choices import Situation
from tests.factories import allocation, homes, people, territories
from tests.ui.stylesheets import SHEETS
from tests.ui.weight import MOST, MOST_WORDS, fonts, weigh

TODAY = timezone.localdate()


@pytest.fixture
def officer(client):
    actor = territories.actor("siao_officer")
    client.force_login(territories.account_of(actor))
    return actor


def asked(client, name, *arguments):
    answer = client.get(reverse(name, args=arguments))
    assert answer.status_code == 200
    return weigh(answer.content)


def living(number: int, since: date):
    return people.household(
        people.member(f"Rahmatullah {number}", "Gebremariam-N’Diaye", situation=people.seen(Situation.HOTEL, since)),
        people.child(),
    )


def assert_light(weight):
    assert weight.total <= MOST
    assert weight.words <= MOST_WORDS


class TestPages:
    def test_before_one_is_known(self, client):
        for name in ("portal:home", "portal:sign-in", "observatory:public", "portal:catalogue"):
            assert_light(asked(client, name))

    def test_of_the_day_and_of_figures(self, client, officer):
        for name in ("portal:day", "allocation:sittings", "people:new"):
            assert_light(asked(client, name))
        assert_light(asked(client, "observatory:territory", "metz", TODAY.year))

    def test_of_people_the_list_being_full(self, client, officer):
        found = [living(number, TODAY - timedelta(days=number)) for number in range(51)]

        assert_light(asked(client, "people:list"))
        assert_light(asked(client, "people:household", found[0].pk))

    def test_of_homes_the_list_being_full(self, client, officer):
        for number in range(31):
            homes.offer(homes.dwelling(address=f"{number} rue des Trois-Lanternes"))

        assert_light(asked(client, "homes:homes"))

    def test_of_a_round(self, client, officer):
        allocation.households(20)

        assert_light(asked(client, "allocation:round", allocation.drawn(size=20).pk))


class TestFonts:
    def test_are_those_the_letters_need(self):
        plain, polish = (fonts(SHEETS[0], {ord(letter) for letter in text}) for text in ("Zoé, 1ᵉʳ étage", "Łucja"))

        assert {path.name for path in plain} == {"latin-400.woff2", "latin-700.woff2"}
        assert {path.name for path in polish} == {path.name for path in plain} | {
            "latin-ext-400.woff2", "latin-ext-700.woff2"
        }  # fmt: skip

    def test_an_address_that_is_no_file_is_seen(self):
        with pytest.raises(AssertionError, match="no file"):
            weigh(b'<script src="/static/ui/nothing.js"></script>')
