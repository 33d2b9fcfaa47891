from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from chezsoi.kernel.dates import PartialDate
from chezsoi.people import actions, queries
from chezsoi.people.choices import Situation
from chezsoi.people.models import Household, Person, PossibleDuplicate
from chezsoi.territories.models import Commune
from chezsoi.trail.models import Entry
from tests import htmx
from tests.factories import people, territories

TODAY = timezone.localdate()
ACTS = ("situation", "add-member", "leave", "wishes", "open-circle", "protect")


@pytest.fixture
def siao():
    return territories.actor("siao_officer")


@pytest.fixture
def signed_in(client):
    """Sign an actor in."""

    def sign_in(actor):
        client.force_login(territories.account_of(actor))
        return client

    return sign_in


def words(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def address(name: str, *pks: int) -> str:
    return reverse(f"people:{name}", args=pks)


class TestDoors:
    @pytest.mark.parametrize("name", ["household", *ACTS])
    def test_answer_404_outside_the_circle(self, signed_in, name):
        household = people.looked_for()

        assert signed_in(territories.actor("lead_worker")).get(address(name, household.pk)).status_code == 404

    @pytest.mark.parametrize("name", ["household", *ACTS])
    def test_answer_403_without_the_right(self, signed_in, name):
        household = people.looked_for()

        assert signed_in(territories.actor("prospector")).get(address(name, household.pk)).status_code == 403

    @pytest.mark.parametrize("name", ["list", "new", "duplicates"])
    def test_ask_who_one_is(self, client, name):
        assert client.get(reverse(f"people:{name}")).status_code == 302

    def test_are_closed_to_a_disabled_account(self, signed_in, siao):
        household = people.looked_for(actor=siao)
        client = signed_in(siao)
        account = territories.account_of(siao)
        account.is_active = False
        account.save()

        assert client.get(address("household", household.pk)).status_code == 302


class TestList:
    def test_shows_households_by_name_and_writes_down_which(self, signed_in, siao):
        household = people.looked_for(
            people.member(situation=people.street(TODAY)), people.child(), actor=siao, reference="M57-0001"
        )

        said = words(signed_in(siao).get(reverse("people:list")))

        assert "Amina Bouzid M57-0001" in said
        assert "200" in said
        assert f'"households":[{household.pk}]' in Entry.objects.get(verb="people.households.listed").detail

    def test_shows_minimal_cards_without_a_link_to_a_coordinator(self, signed_in):
        people.looked_for(people.member(), people.child())

        response = signed_in(territories.actor("coordinator")).get(reverse("people:list"))

        assert "Amina B." in words(response)
        assert "Bouzid" not in words(response)
        assert b"/people/1/" not in response.content
        assert b'name="family"' not in response.content

    def test_says_why_it_is_empty_and_what_to_do(self, signed_in, siao):
        client = signed_in(siao)

        assert BeautifulSoup(client.get(reverse("people:list")).content, "html.parser").select(".cz-empty a")
        assert BeautifulSoup(client.get(reverse("people:list"), {"text": "x"}).content, "html.parser").select(
            ".cz-empty a"
        )
        peer = signed_in(territories.actor("peer_worker")).get(reverse("people:list"))
        assert not BeautifulSoup(peer.content, "html.parser").select(".cz-empty a")

    def test_changes_its_rows_only_and_shows_what_a_reload_shows(self, signed_in, siao):
        people.looked_for(actor=siao)
        people.looked_for(people.member("Zoé", "Weber"), actor=siao)
        client = signed_in(siao)
        whole = htmx.parse(client.get(reverse("people:list")))

        part = client.get(reverse("people:list"), {"text": "weber"}, headers={"HX-Request": "true"})
        htmx.swap(whole, "form[hx-get]", part)

        reloaded = htmx.parse(client.get(reverse("people:list"), {"text": "weber"}))
        assert str(whole.select_one("#people-rows")) == str(reloaded.select_one("#people-rows"))
        assert "Bouzid" not in part.content.decode()

    def test_ignores_a_filter_that_does_not_exist(self, signed_in, siao):
        people.looked_for(actor=siao)

        assert "Amina Bouzid" in words(signed_in(siao).get(reverse("people:list"), {"family": "castle"}))

    def test_tags_a_protected_household_and_one_nobody_asked(self, signed_in, siao):
        household = people.looked_for(people.member(), actor=siao)
        actions.protect_household(actor=siao, household=household, on=TODAY)
        people.looked_for(people.member("Zoé", "Weber", situation=people.seen(Situation.REFUSED)), actor=siao)

        response = signed_in(siao).get(reverse("people:list"))

        assert len(BeautifulSoup(response.content, "html.parser").select(".cz-tag.cz-stop")) == 1


class TestIntake:
    TYPED = {
        "given_names": "Amina",
        "family_name": "Bouzid",
        "birth_year": "1970",
        "size": "2",
        "situation": "street",
        "commune": "Metz",
        "reach": "06 12 34 56 78",
        "wishes": "Près de l’école",
    }

    def test_opens_a_file_from_six_answers(self, signed_in, siao):
        response = signed_in(siao).post(reverse("people:new"), self.TYPED)

        household = Household.objects.get()
        assert response.url == address("household", household.pk)
        person = people.lead(household)
        assert (person.full_name, person.birth_date) == ("Amina Bouzid", PartialDate(1970))
        assert [phone.number for phone in person.phones.all()] == ["0612345678"]
        assert person.situations.get().commune == Commune.objects.get(pk="57463")
        assert (household.wishes, household.stated_size, household.reach_quality) == ("Près de l’école", 2, "known")

    def test_takes_unknown_and_refused_for_answers(self, signed_in, siao):
        said = {"name_unsaid": "refused", "birth_unsaid": "unknown", "situation": "refused", "wishes_unsaid": "unknown"}

        signed_in(siao).post(reverse("people:new"), said)

        household = Household.objects.get()
        person = people.lead(household)
        assert (person.name_quality, person.birth_quality, person.full_name) == ("refused", "unknown", "– –")
        assert (person.situations.get().quality, household.wishes_quality) == ("refused", "unknown")
        assert household.size_quality == "not_asked"

    def test_takes_an_apparent_age_and_words_for_how_to_reach_them(self, signed_in, siao):
        said = {"alias": "Le Grand Jo", "age_band": "40-59", "reach": "le matin, gare de Metz"}

        signed_in(siao).post(reverse("people:new"), said)

        household = Household.objects.get()
        person = people.lead(household)
        assert (person.birth_date.estimated, person.birth_quality) == (True, "approximate")
        assert household.reach == "le matin, gare de Metz"
        assert person.aliases.get().name == "Le Grand Jo"

    def test_asks_for_one_answer(self, signed_in, siao):
        response = signed_in(siao).post(reverse("people:new"), {"given_names": ""}, follow=True)

        assert response.status_code == 422
        assert not Household.objects.exists()

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"birth_day": "31", "birth_month": "2", "birth_year": "1970"}, "birth"),
            ({"birth_year": str(TODAY.year + 1)}, "birth"),
            ({"birth_year": "1850"}, "birth"),
            ({"since_year": "2025"}, "since"),
            ({"commune": "Nulle-Part-sur-Rien"}, "commune"),
            ({"size": "0"}, "size"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(self, signed_in, siao, wrong, field):
        response = signed_in(siao).post(reverse("people:new"), self.TYPED | wrong)

        assert response.status_code == 422
        page = BeautifulSoup(response.content, "html.parser")
        assert len(page.select(".cz-field-wrong")) == 1
        assert page.select_one(f"#id_{field}_field.cz-field-wrong")
        assert page.select_one("input[name=given_names]")["value"] == "Amina"
        assert not Household.objects.exists()

    def test_warns_that_somebody_may_be_known_and_never_blocks(self, signed_in, siao):
        known = people.looked_for(people.member(phones=("0612345678",)), actor=siao)
        client = signed_in(siao)

        warned = client.post(reverse("people:new"), self.TYPED)
        page = BeautifulSoup(warned.content, "html.parser")
        assert page.select(f'#known a[href="{address("household", known.pk)}"]')
        assert Household.objects.count() == 1

        shown = page.select_one("#known input[name=different]")["value"]
        client.post(reverse("people:new"), self.TYPED | {"somebody_else": "1", "different": [shown, "x"]})

        assert Household.objects.count() == 2
        assert PossibleDuplicate.objects.get().judgement == "different"

    def test_leaves_to_a_reviewer_what_the_asker_was_not_shown(self, signed_in, siao):
        people.looked_for(people.member(phones=("0612345678",)), actor=siao)

        signed_in(siao).post(reverse("people:new"), self.TYPED | {"somebody_else": "1", "different": "999999"})

        assert PossibleDuplicate.objects.get().judgement == "waiting"

    def test_gives_the_hotline_a_number_and_no_file(self, signed_in):
        people.looked_for(people.member(phones=("0612345678",)))
        client = signed_in(territories.actor("hotline_agent"))

        warned = client.post(reverse("people:new"), self.TYPED)
        assert "Amina" not in BeautifulSoup(warned.content, "html.parser").select_one("#known").get_text()
        done = client.post(reverse("people:new"), self.TYPED | {"somebody_else": "1", "different": "1"})

        number = Household.objects.order_by("pk").last().reference
        assert number in words(client.get(done["Location"]))
        assert client.get(reverse("people:registered", args=["forged"])).status_code == 404

    def test_asks_in_which_territory_when_there_are_several(self, signed_in, siao):
        territories.assignment(
            "siao_officer",
            territory=territories.territory("lille"),
            organisation=territories.organisation_of(siao),
            user=territories.account_of(siao),
        )
        client = signed_in(siao)
        assert client.get(reverse("people:new")).content.count(b'<option value="lille"') == 1

        assert client.post(reverse("people:new"), {"alias": "Jo"}).status_code == 422
        client.post(reverse("people:new"), {"alias": "Jo", "territory": "lille"})

        assert Household.objects.get().territory.key == "lille"

    def test_names_the_commune_only_where_the_territory_is_known(self, signed_in, siao):
        territories.assignment(
            "siao_officer",
            territory=territories.territory("lille"),
            organisation=territories.organisation_of(siao),
            user=territories.account_of(siao),
        )

        response = signed_in(siao).post(reverse("people:known"), {"alias": "Jo", "commune": "Metz"})

        assert b'id="known"' in response.content


class TestKnown:
    def test_changes_its_panel_only(self, signed_in, siao):
        household = people.looked_for(people.member(phones=("0612345678",)), actor=siao)
        client = signed_in(siao)
        whole = htmx.parse(client.get(reverse("people:new")))

        part = client.post(reverse("people:known"), TestIntake.TYPED, headers={"HX-Request": "true"})
        htmx.swap(whole, "#known", part)

        assert part.content.strip().startswith(b'<section id="known"')
        assert whole.select(f'#known a[href="{address("household", household.pk)}"]')
        full = htmx.parse(client.post(reverse("people:known"), TestIntake.TYPED))
        assert htmx.text_of(whole.select_one("#known")) == htmx.text_of(full.select_one("#known"))

    def test_answers_whatever_is_wrong_elsewhere(self, signed_in, siao):
        people.looked_for(people.member(phones=("0612345678",)), actor=siao)

        part = signed_in(siao).post(reverse("people:known"), TestIntake.TYPED | {"size": "many", "birth_day": "99"})

        assert part.status_code == 200

    def test_counts_services_outside_the_circle(self, signed_in):
        people.looked_for(people.member(phones=("0612345678",)))

        part = signed_in(territories.actor("outreach_worker")).post(reverse("people:known"), TestIntake.TYPED)

        panel = BeautifulSoup(part.content, "html.parser").select_one("#known").get_text()
        assert "Amina" not in panel
        assert "1 service" in panel or "1 service" in panel.replace("\xa0", " ")


class TestHouseholdPage:
    def test_says_who_where_and_since_when_and_writes_it_down(self, signed_in, siao):
        household = people.looked_for(
            people.member(situation=people.street(TODAY), phones=("0612345678",), aliases=("Mina",)),
            people.child(),
            actor=siao,
            wishes="Près de l’école",
            reach="le matin",
        )

        said = words(signed_in(siao).get(address("household", household.pk)))

        for part in ("Amina Bouzid", "200", "Près de l’école", "06", "Mina", "Lina Bouzid", "le matin"):
            assert part in said
        assert Entry.objects.filter(verb="people.household.read", object_id=str(household.pk)).exists()

    @pytest.mark.parametrize("quality", ["refused", "unknown", "not_asked"])
    def test_says_why_there_is_no_wish(self, signed_in, siao, quality):
        household = people.looked_for(actions.NewMember(), actor=siao, wishes_quality=quality)

        response = signed_in(siao).get(address("household", household.pk))

        sheet = BeautifulSoup(response.content, "html.parser").select_one("#wishes")
        assert sheet.select("blockquote") == []
        assert bool(sheet.select(".cz-empty")) == (quality == "not_asked")

    def test_shows_what_was_withdrawn_derived_and_closed(self, signed_in, siao):
        household = people.looked_for(
            people.member(situation=people.street(TODAY)), people.child(), actor=siao, stated_size=2
        )
        actions.protect_household(actor=siao, household=household, on=TODAY)
        wrong = actions.record_situation(
            actor=siao, person=people.lead(household), situation=people.seen(Situation.OWN), on=TODAY
        )
        actions.withdraw_situation(actor=siao, situation=wrong, reason="autre personne", on=TODAY)
        actions.close_circle(actor=siao, membership=household.circle.get(user=None), on=TODAY, reason="fini")

        said = words(signed_in(siao).get(address("household", household.pk)))

        assert "autre personne" in said

    def test_shows_what_they_live_on_to_who_may_read_it(self, signed_in):
        worker = territories.actor("lead_worker")
        resources = (
            actions.NewResources(kind="rsa", stated_on=TODAY, amount_per_month=651),
            actions.NewResources(kind="other", stated_on=TODAY),
        )
        household = people.looked_for(people.member(resources=resources), actor=worker)

        page = BeautifulSoup(signed_in(worker).get(address("household", household.pk)).content, "html.parser")

        assert "651" in page.select_one("#means").get_text()
        peer = territories.actor("peer_worker", organisation=territories.organisation_of(worker))
        page = BeautifulSoup(signed_in(peer).get(address("household", household.pk)).content, "html.parser")
        assert page.select_one("#means") is None
        assert page.select_one("#members a.btn") is None

    def test_shows_the_other_file_of_somebody_from_either_side(self, signed_in, siao):
        first, second = people.looked_for(actor=siao), people.looked_for(actor=siao)
        client = signed_in(siao)

        for one, other in ((first, second), (second, first)):
            page = BeautifulSoup(client.get(address("household", one.pk)).content, "html.parser")
            assert page.select(f'#pairs a[href="{address("household", other.pk)}"]')

    def test_says_that_nobody_lives_there_any_more(self, signed_in, siao):
        household = people.looked_for(actor=siao, on=TODAY - timedelta(days=2))
        household.members.update(ends_on=TODAY)

        assert signed_in(siao).get(address("household", household.pk)).status_code == 200


def test_a_person_is_never_invented():
    people.looked_for(actions.NewMember(), stated_size=5)

    assert Person.objects.count() == 1
    assert queries.household_size_and_ages(Household.objects.get(), on=TODAY, actor=territories.program()).size == 5
