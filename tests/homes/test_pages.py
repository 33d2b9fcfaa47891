"""The pages about homes, with and without a script."""

import pytest
from django.urls import reverse

from chezsoi.homes.choices import OfferState
from chezsoi.homes.models import Dwelling
from tests import htmx
from tests.factories import homes, territories


@pytest.fixture
def landlord():
    return territories.actor("social_landlord_agent")


@pytest.fixture
def own_offer(landlord):
    return homes.offer(homes.dwelling(owner=homes.owner(territories.organisation_of(landlord))))


def sign_in(client, actor):
    client.force_login(territories.account_of(actor))
    return client


class TestList:
    def test_says_once_why_homes_are_blocked_and_in_brief_beside_each(self, client):
        for _each in range(2):
            homes.offer(homes.dwelling(energy_class="G"))

        page = htmx.parse(sign_in(client, territories.actor("coordinator")).get(reverse("homes:homes")))

        (reason,) = page.select("#homes-list details p")
        assert "classe F" in reason.text
        assert [line.text for line in page.select("#homes-list td .cz-detail") if "Classe" in line.text] == [
            "Classe énergétique G"
        ] * 2

    def test_gives_no_reason_where_every_home_may_be_let(self, client):
        homes.offer()

        page = htmx.parse(sign_in(client, territories.actor("coordinator")).get(reverse("homes:homes")))

        assert not page.select("#homes-list details")

    def test_swaps_the_same_list_as_a_reload_shows(self, client):
        homes.offer()
        homes.offer(homes.dwelling(rooms=4))
        sign_in(client, territories.actor("coordinator"))
        address = reverse("homes:homes") + "?rooms=4"
        page = htmx.parse(client.get(reverse("homes:homes")))
        answer = client.get(address, headers={"HX-Request": "true"})

        htmx.swap(page, "form[hx-get]", answer)

        assert (
            page.select_one("#homes-list").text.split()
            == htmx.parse(client.get(address)).select_one("#homes-list").text.split()
        )

    def test_bears_an_unreadable_filter(self, client):
        sign_in(client, territories.actor("coordinator"))

        assert client.get(reverse("homes:homes") + "?rooms=many&commune=x&page=z").status_code == 200


class TestHome:
    def test_is_not_there_for_another_landlord(self, client, own_offer):
        other = territories.actor("social_landlord_agent")

        assert sign_in(client, other).get(reverse("homes:home", args=[own_offer.dwelling_id])).status_code == 404

    def test_shows_its_owner_the_way_to_change_it(self, client, landlord, own_offer):
        page = sign_in(client, landlord).get(reverse("homes:home", args=[own_offer.dwelling_id]))

        assert reverse("homes:terms", args=[own_offer.pk]) in page.content.decode()

    def test_is_there_without_an_offer(self, client):
        home = homes.dwelling(rooms=None, surface_m2=None, floor=None)
        page = sign_in(client, territories.actor("coordinator")).get(reverse("homes:home", args=[home.pk]))

        assert page.status_code == 200


class TestRecording:
    def test_records_a_home_and_its_offer(self, client, landlord):
        given = {
            "territory": territories.territory().pk,
            "reference": "N1",
            "stock": "social",
            "tenure": "direct",
            "funding": "PLAI",
        }

        answer = sign_in(client, landlord).post(reverse("homes:new"), given)

        made = Dwelling.objects.get(reference="N1")
        assert answer.url == reverse("homes:home", args=[made.pk])
        assert made.offers.get().state == OfferState.OPEN

    def test_refuses_a_reference_of_another_home_in_a_sentence(self, client, landlord, own_offer):
        given = {
            "territory": territories.territory().pk,
            "reference": own_offer.dwelling.reference,
            "stock": "social",
            "tenure": "direct",
            "funding": "PLAI",
        }

        page = sign_in(client, landlord).post(reverse("homes:new"), given)

        assert page.status_code == 200
        assert htmx.parse(page).select_one(".cz-errors")

    def test_changes_the_terms(self, client, landlord, own_offer):
        address = reverse("homes:terms", args=[own_offer.pk])
        sign_in(client, landlord)
        given = {"tenure": "direct", "funding": "PLAI", "rent_per_month": "310", "version": 1}

        assert client.get(address).status_code == 200
        assert client.post(address, given).status_code == 302
        own_offer.refresh_from_db()
        assert own_offer.rent_per_month == 310

    def test_says_that_somebody_changed_them_first(self, client, landlord, own_offer):
        given = {"tenure": "direct", "funding": "PLAI", "version": 7}

        page = sign_in(client, landlord).post(reverse("homes:terms", args=[own_offer.pk]), given)

        assert htmx.parse(page).select_one(".cz-errors")

    def test_withdraws_and_puts_back(self, client, landlord, own_offer):
        sign_in(client, landlord)
        for given in ({}, {"reason": "works"}, {"reason": "works"}):
            client.post(reverse("homes:withdraw", args=[own_offer.pk]), given)
        own_offer.refresh_from_db()
        assert own_offer.state == OfferState.WITHDRAWN
        page = client.post(
            reverse("homes:terms", args=[own_offer.pk]), {"tenure": "direct", "funding": "PLAI", "version": 1}
        )
        assert htmx.parse(page).select_one(".cz-errors")
        for _ in range(2):
            client.post(reverse("homes:reopen", args=[own_offer.pk]))
        own_offer.refresh_from_db()
        assert own_offer.state == OfferState.OPEN

    def test_is_closed_to_a_coordinator(self, client):
        assert sign_in(client, territories.actor("coordinator")).get(reverse("homes:new")).status_code == 403


class TestMap:
    def test_leads_from_a_commune_to_its_homes_in_the_list(self, client):
        homes.offer()
        sign_in(client, territories.actor("coordinator"))

        page = htmx.parse(client.get(reverse("homes:map")))
        (link,) = page.select("#homes-map svg a")

        assert link["href"] == reverse("homes:homes") + "?state=open&commune=57463"
        shown = htmx.parse(client.get(link["href"]))
        assert len(shown.select("#homes-list tbody tr")) == 1
        assert shown.select_one("select[name=commune] option[selected]").text == "Metz"

    def test_never_says_an_address(self, client):
        homes.offer(homes.dwelling(address="8 rue Clovis"))
        sign_in(client, territories.actor("coordinator"))

        for name in ("homes:map", "homes:map-csv"):
            assert "Clovis" not in client.get(reverse(name)).text

    def test_hides_where_few_homes_are_lived_in(self, client):
        made = homes.offer()
        made.state = OfferState.LET
        made.save()
        sign_in(client, territories.actor("coordinator"))

        page = htmx.parse(client.get(reverse("homes:map") + "?state=let"))
        lines = client.get(reverse("homes:map-csv") + "?state=let").text.splitlines()

        assert not page.select("#homes-map svg a")
        assert "57463,Metz,let,,true" in lines

    def test_shows_the_first_state_when_another_does_not_exist(self, client):
        sign_in(client, territories.actor("coordinator"))

        assert client.get(reverse("homes:map") + "?state=burnt&territory=nowhere").status_code == 200

    def test_lets_somebody_at_work_in_two_territories_choose(self, client):
        actor = territories.actor("coordinator")
        account = territories.account_of(actor)
        territories.assignment(
            "coordinator",
            territory=territories.territory("lille"),
            organisation=territories.organisation_of(actor),
            user=account,
        )
        client.force_login(account)

        page = htmx.parse(client.get(reverse("homes:map") + "?territory=lille"))

        assert [option["value"] for option in page.select("select[name=territory] option")] == ["metz", "lille"]
        assert "Lille" in page.select_one("#homes-finding").text
