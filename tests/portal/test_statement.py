"""What is owed to everybody: how accessible the service is, said on every page, and the way to complain."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from chezsoi.law.parameters import Status, codes, load
from tests.factories import territories


def read(client, address):
    return BeautifulSoup(client.get(address).content, "html.parser")


class TestFooter:
    @pytest.mark.parametrize("name", ["portal:home", "portal:sign-in", "portal:catalogue", "portal:accessibility"])
    def test_says_the_level_to_anybody(self, client, name):
        link = read(client, reverse(name)).select_one("footer a[href='/accessibility/']")

        assert link.text == "Accessibilité\u202f: non conforme"

    def test_says_it_to_those_at_work(self, client):
        client.force_login(territories.account_of(territories.actor("lead_worker")))

        assert read(client, reverse("portal:day")).select_one("footer a[href='/accessibility/']")


class TestStatement:
    def test_says_not_conformant_and_why(self, client):
        page = read(client, reverse("portal:accessibility"))

        assert page.h1.text == "Accessibilité\u202f: non conforme"
        assert "50" in page.main.text
        assert "29 novembre 2029" in page.main.text

    def test_leads_to_the_defenseur_des_droits(self, client):
        page = read(client, reverse("portal:accessibility"))

        assert page.select_one("main a[href='https://www.defenseurdesdroits.fr/']")
        assert "Libre réponse 71120" in page.main.text

    def test_names_its_texts_and_that_they_are_still_to_be_confirmed(self, client):
        page = read(client, reverse("portal:accessibility"))
        texts = [value for code in codes() if code.startswith("accessibility.") for value in load(code).values]

        assert len(texts) == 2
        for text in texts:
            assert text.reference in page.main.text
        assert page.main.text.count("à confirmer") == sum(text.status is Status.TO_BE_CONFIRMED for text in texts)

    def test_is_there_in_english(self, client):
        client.cookies["django_language"] = "en"

        assert read(client, reverse("portal:accessibility")).h1.text == "Accessibility: not conformant"
