from datetime import timedelta

import pytest
from django.utils import timezone

from chezsoi.files.models import Source
from chezsoi.kernel.dates import PartialDate
from chezsoi.kernel.quality import Quality
from chezsoi.people import actions, queries
from chezsoi.people.choices import FAMILIES, Family, Situation
from chezsoi.people.models import Household, HouseholdMember, ResidentialSituation
from chezsoi.territories.models import Commune
from chezsoi.trail.models import Entry
from chezsoi.ui.shapes import Family as LaneFamily
from tests.factories import people, territories

TODAY = timezone.localdate()


def listed(*, actor, on, **wanted):
    return queries.listing(queries.Wanted(**wanted), actor=actor, on=on).households


@pytest.fixture
def siao():
    return territories.actor("siao_officer")


class TestFamilies:
    def test_hold_every_situation(self):
        assert set(FAMILIES) == set(Situation.values)

    def test_are_those_a_lane_draws(self):
        assert set(Family.values) == set(LaneFamily)


class TestHouseholds:
    def test_come_by_name_those_without_one_last(self, siao):
        for given, name in (("Zoé", "Weber"), ("Ali", "Étienne"), ("Jean", "Fabre")):
            people.household(people.member(given, name))
        nameless = people.household(actions.NewMember())

        found = listed(actor=siao, on=TODAY)

        cards = queries.cards(found, on=TODAY, actor=siao)
        assert [card.name for card in cards] == ["Ali Étienne", "Jean Fabre", "Zoé Weber", nameless.reference]

    @pytest.mark.parametrize(
        "text", ["bouzid", "AMINA", "bouzid amina", "Béa", "06 12 34 56 78", "m57-0001", "lina", " "]
    )
    def test_answer_to_any_name_number_or_telephone(self, siao, text):
        member = people.member(aliases=("Béa la Belle",), phones=("0612345678",))
        household = people.household(member, people.child(), reference="M57-0001")
        people.household(people.member("Zoé", "Weber"))

        found = listed(actor=siao, on=TODAY, text=text)

        assert found[0] == household
        assert len(found) == (1 if text.strip() else 2)

    @pytest.mark.parametrize("text", ["weber", "amina zoe", "0699999999", "—"])
    def test_do_not_answer_to_others(self, siao, text):
        people.household()

        assert not listed(actor=siao, on=TODAY, text=text)

    def test_are_kept_by_where_the_lead_is_now(self, siao):
        moved = people.household(people.member(situation=people.street(TODAY - timedelta(days=9))))
        people.household(people.member("Zoé", "Weber", situation=people.street(TODAY)))
        actions.record_situation(
            actor=siao, person=people.lead(moved), situation=people.seen(Situation.HOTEL), on=TODAY
        )

        assert list(listed(actor=siao, on=TODAY, family="shelter")) == [moved]
        assert moved not in listed(actor=siao, on=TODAY, family="street")

    def test_forget_a_withdrawn_situation(self, siao):
        household = people.household()
        ResidentialSituation.objects.update(withdrawn_at=timezone.now())

        assert household not in listed(actor=siao, on=TODAY, family="street")

    def test_answer_a_minimal_role_on_first_names_only(self):
        coordinator = territories.actor("coordinator")
        household = people.household()

        assert list(listed(actor=coordinator, on=TODAY, text="ami")) == [household]
        assert not listed(actor=coordinator, on=TODAY, text="bouzid")
        assert list(listed(actor=coordinator, on=TODAY, family="own")) == [household]


class TestHousehold:
    def test_does_not_exist_out_of_scope(self):
        household = people.household()

        with pytest.raises(Household.DoesNotExist):
            queries.household(household.pk, actor=territories.actor("outreach_worker"))


class TestCard:
    def test_gives_a_minimal_role_a_first_name_an_initial_a_size_and_ages(self):
        member = people.member(phones=("0612345678",), situation=people.street(TODAY))
        household = people.household(member, people.child(), reference="M57-0001")

        card = queries.card(household, on=TODAY, actor=territories.actor("coordinator"))

        assert (card.name, card.size, card.bands) == ("Amina B.", 2, ("40-59", "0-17"))
        assert (card.reference, card.situation, card.commune, card.nights) == ("", None, "", None)
        assert (card.ages, card.last_contact_on) == ((), None)
        assert "Bouzid" not in repr(card)

    def test_gives_a_full_role_the_situation_and_its_nights(self, siao):
        card = queries.card(people.household(), on=TODAY, actor=siao)

        assert (card.name, card.situation.situation, card.nights) == ("Amina Bouzid", "street", 200)
        assert card.ages == (56,)

    def test_gives_no_alias_to_a_minimal_role(self):
        household = people.household(actions.NewMember(aliases=("Le Grand Jo",)))

        card = queries.card(household, on=TODAY, actor=territories.actor("coordinator"))

        assert card.name == household.reference

    def test_stands_for_a_household_nobody_lives_in_any_more(self, siao):
        household = people.household(on=TODAY - timedelta(days=3))
        HouseholdMember.objects.update(ends_on=TODAY)

        assert queries.card(household, on=TODAY, actor=siao).name == household.reference

    def test_reads_fifty_in_as_many_queries_as_one(self, siao, django_assert_max_num_queries):
        for number in range(12):
            people.household(people.member(f"Nom{number}", situation=people.street(TODAY)))
        found = listed(actor=siao, on=TODAY)

        with django_assert_max_num_queries(5):
            queries.cards(found, on=TODAY, actor=siao)

    def test_of_a_program_is_minimal(self):
        assert not queries.sight(actor=territories.program()).identity


class TestSight:
    def test_takes_a_condition_not_met_for_a_no(self):
        legal = queries.sight(actor=territories.actor("legal_adviser"))

        assert (legal.identity, legal.household, legal.situation, legal.resources) == (False, True, True, True)

    def test_opens_resources_to_a_right_and_a_category_together(self, siao):
        assert queries.sight(actor=siao).resources
        assert not queries.sight(actor=territories.actor("peer_worker")).resources

    def test_tells_what_a_role_writes(self, siao):
        assert queries.writes("C1_identity", actor=siao)
        assert not queries.writes("C5_resources", actor=siao)


class TestHouseholdPage:
    def full(self, actor, **traits) -> Household:
        resources = (
            actions.NewResources(kind="wage", stated_on=TODAY - timedelta(days=90)),
            actions.NewResources(kind="rsa", stated_on=TODAY),
            actions.NewResources(kind="other", stated_on=TODAY - timedelta(days=1)),
        )
        member = people.member(
            phones=("0612345678",), aliases=("Mina",), situation=people.street(TODAY), resources=resources
        )
        return people.household(
            member, people.child(), actor=actor, wishes="Près de l’école", wishes_quality=Quality.KNOWN,
            reach="accueil de jour", **traits,
        )  # fmt: skip

    def test_says_everything_to_a_role_of_the_circle(self):
        worker = territories.actor("lead_worker")
        household = self.full(worker)

        page = queries.household_page(household, actor=worker, on=TODAY)

        assert (page.wishes, page.reach) == ("Près de l’école", "accueil de jour")
        amina, lina = page.members
        assert (amina.name, amina.phones, amina.aliases) == ("Amina Bouzid", ("0612345678",), ("Mina",))
        assert (lina.role, lina.birth) == ("child", PartialDate(2017, 5, 2))
        assert [row.is_derived for row in page.history] == [False, True]
        assert [each.kind for each in page.resources] == ["wage", "other", "rsa"]
        assert [each.organisation for each in page.circle if each.is_open]
        assert [each.situation for each in page.lane] == ["street"]

    def test_names_a_worker_of_the_circle_and_a_closed_membership(self, siao):
        household = people.household(actor=siao)
        actions.protect_household(actor=siao, household=household, on=TODAY)
        actions.close_circle(actor=siao, membership=household.circle.get(user=None), on=TODAY, reason="over")

        named, closed = queries.household_page(household, actor=siao, on=TODAY).circle

        assert (named.worker, named.ends_on, named.is_open) == ("Sophie Hoffmann", None, True)
        assert (closed.worker, closed.is_open) == ("", False)

    def test_hides_from_a_legal_adviser_without_a_mandate_who_they_are(self):
        legal = territories.actor("legal_adviser")
        household = self.full(territories.program(organisation=territories.organisation_of(legal)))

        page = queries.household_page(household, actor=legal, on=TODAY)

        assert page.members[0].name == "Amina B."
        assert (page.members[0].phones, page.members[0].aliases, page.reach) == ((), (), "")
        assert not page.members[0].birth.is_known
        assert page.wishes
        assert "Bouzid" not in repr(page)
        assert "0612345678" not in repr(page)

    def test_gives_a_coordinator_the_minimal_card_and_nothing_else(self):
        household = self.full(territories.program())

        page = queries.household_page(household, actor=territories.actor("coordinator"), on=TODAY)

        assert (page.members, page.history, page.lane, page.resources, page.wishes) == ((), (), (), (), "")

    def test_of_an_empty_household_is_empty(self, siao):
        household = people.household(actor=siao, on=TODAY - timedelta(days=3))
        HouseholdMember.objects.update(ends_on=TODAY)

        page = queries.household_page(household, actor=siao, on=TODAY)

        assert (page.members, page.history, page.lane) == ((), (), ())

    def test_tells_where_each_thing_was_seen_and_from_whom(self, siao):
        household = people.household(actor=siao)
        place = Commune.objects.get(pk="57463")
        source = Source.objects.create(
            territory=household.territory, organisation=territories.organisation_of(siao), key="f", name="CCAS",
            kind="people",
        )  # fmt: skip
        actions.record_situation(
            actor=siao, person=people.lead(household), situation=people.seen(commune=place), on=TODAY, source=source
        )

        row = queries.household_page(household, actor=siao, on=TODAY).history[0]

        assert (row.commune, row.source) == ("Metz", "CCAS")

    def test_finds_its_own_things_only(self, siao):
        household, other = people.household(actor=siao), people.household(people.member("Zoé", "Weber"), actor=siao)
        situation = people.lead(household).situations.get()

        with pytest.raises(ResidentialSituation.DoesNotExist):
            queries.observation(situation.pk, household=other, actor=siao, on=TODAY)
        with pytest.raises(HouseholdMember.DoesNotExist):
            queries.member(other.pk, people.lead(household).pk, on=TODAY, actor=siao)
        with pytest.raises(type(household.circle.get()).DoesNotExist):
            queries.circle_membership(household.circle.get().pk, household=other, actor=siao)


class TestNotes:
    def test_of_a_reading_name_the_household(self, siao):
        household = people.household(actor=siao)

        actions.note_reading(actor=siao, household=household)
        actions.note_listing(actor=siao, households=[household.pk], text="Bouzid")
        actions.note_pairs_read(actor=siao, pairs=[1])

        assert Entry.objects.filter(verb="people.household.read", object_id=str(household.pk)).exists()
        assert "ouzid" not in Entry.objects.get(verb="people.households.listed").detail
