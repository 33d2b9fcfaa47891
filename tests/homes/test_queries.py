"""Who sees which home."""

import pytest
from django.urls import reverse

from chezsoi.homes import actions, queries, tables, wording
from chezsoi.homes.choices import OfferState
from chezsoi.homes.models import Dwelling, Owner
from chezsoi.homes.queries import Filters
from chezsoi.territories.choices import OrganisationKind
from tests.factories import homes, territories
from tests.factories.homes import METZ, TODAY


class TestScope:
    @pytest.mark.parametrize("role", ["siao_officer", "coordinator", "commission_secretary"])
    def test_opens_a_territory_to_its_own_people(self, role):
        made = homes.offer()

        assert queries.offer(made.pk, actor=territories.actor(role)) == made

    @pytest.mark.parametrize("role", ["siao_officer", "coordinator", "commission_secretary", "social_landlord_agent"])
    def test_hides_the_homes_of_another_territory(self, role):
        made = homes.offer()
        stranger = territories.actor(role, territory=territories.territory("lille"))

        with pytest.raises(type(made).DoesNotExist):
            queries.offer(made.pk, actor=stranger)

    def test_shows_a_landlord_its_own_homes_alone(self):
        landlord = territories.actor("social_landlord_agent")
        own = homes.dwelling(owner=homes.owner(territories.organisation_of(landlord)))
        homes.dwelling()

        assert list(Dwelling.objects.visible_to(landlord)) == [own]

    def test_shows_a_prospector_what_it_recorded(self):
        prospector = territories.actor("prospector")
        found = homes.dwelling(actor=prospector, stock="private")

        assert queries.dwelling(found.pk, actor=prospector) == found
        with pytest.raises(Dwelling.DoesNotExist):
            queries.dwelling(found.pk, actor=territories.actor("prospector"))

    def test_shows_a_reservation_agent_its_own_quota(self):
        prefecture = territories.organisation(kind=OrganisationKind.STATE)
        agent = territories.actor("reservation_agent", organisation=prefecture)
        own = homes.offer()
        homes.offer(reservation_holder="municipality")

        assert list(queries.offers(actor=agent)) == [own]

    def test_gives_the_same_organisation_no_quota_in_another_role(self):
        prefecture = territories.organisation(kind=OrganisationKind.STATE)
        homes.offer()

        assert not queries.offers(actor=territories.actor("prospector", organisation=prefecture)).exists()

    @pytest.mark.parametrize("role", ["lead_worker", "outreach_worker", "landlord_user", "commission_member", "dpo"])
    def test_shows_nothing_to_the_others(self, role):
        homes.offer()
        homes.owner()
        actor = territories.actor(role)

        assert not queries.offers(actor=actor).exists()
        assert not queries.owners(actor=actor).exists()

    def test_gives_a_program_nothing_to_read(self):
        homes.offer()

        assert not Dwelling.objects.visible_to(territories.program()).exists()
        assert not Owner.objects.visible_to(territories.program()).exists()

    def test_shows_a_landlord_itself_and_a_coordinator_every_owner(self):
        landlord = territories.actor("social_landlord_agent")
        own = homes.owner(territories.organisation_of(landlord))
        other = homes.owner()

        assert list(queries.owners(actor=landlord)) == [own]
        assert set(queries.owners(actor=territories.actor("coordinator"))) == {own, other}


class TestAddressOfAHomeThatIsLet:
    @pytest.fixture
    def let(self):
        made = homes.offer(homes.dwelling(address="8 rue Clovis", owner=homes.owner(territories.organisation())))
        return actions.mark_let(actor=territories.program(), offer=made, on=TODAY)

    @pytest.mark.parametrize("role", ["siao_officer", "coordinator", "commission_secretary"])
    def test_is_read_by_nobody_who_only_sees_homes(self, let, role):
        actor = territories.actor(role)

        (listed,) = queries.offers(Filters(state=OfferState.LET), actor=actor)

        assert listed.known_address is None
        assert "Clovis" not in f"{tables.homes([listed], on=TODAY)}{tables.exported([listed])}"
        assert queries.dwelling(let.dwelling_id, actor=actor).known_address is None
        assert queries.offer(let.pk, actor=actor).known_address is None

    def test_is_found_by_no_word_of_it(self, let):
        actor = territories.actor("coordinator")

        assert queries.named("Clovis", actor=actor, most=5) == []
        assert queries.named(let.dwelling.reference, actor=actor, most=5) == [let.dwelling]

    def test_is_read_by_its_own_landlord(self, let):
        landlord = territories.actor("social_landlord_agent", organisation=let.dwelling.owner.organisation)

        assert queries.dwelling(let.dwelling_id, actor=landlord).known_address == "8 rue Clovis"
        assert queries.named("Clovis", actor=landlord, most=5) == [let.dwelling]

    def test_is_read_again_once_nobody_lives_there(self, let):
        actor = territories.actor("coordinator")
        actions.reopen_offer(actor=territories.program(), offer=let, on=TODAY)

        assert queries.dwelling(let.dwelling_id, actor=actor).known_address == "8 rue Clovis"
        assert [row.known_address for row in queries.offers(actor=actor)] == ["8 rue Clovis"]

    def test_is_not_read_by_who_had_proposed_somebody_else(self, let):
        worker = territories.actor("lead_worker")
        actions.show_dwelling(
            actor=territories.program(),
            dwelling=let.dwelling,
            organisation_ids=frozenset({worker.organisation_id}),
            on=TODAY,
        )

        assert queries.dwelling(let.dwelling_id, actor=worker).known_address is None

    def test_is_no_gap_that_a_page_leaves_unsaid(self, let, client):
        client.force_login(territories.account_of(territories.actor("coordinator")))

        page = client.get(reverse("homes:home", args=[let.dwelling_id])).content.decode()

        assert "Clovis" not in page
        assert "non affichée" in page


class TestOffers:
    def test_narrows_to_what_was_asked(self):
        actor = territories.actor("coordinator")
        two = homes.offer()
        four = homes.offer(homes.dwelling(rooms=4, stock="private", commune=homes.commune("57751")))

        assert list(queries.offers(Filters(rooms=4), actor=actor)) == [four]
        assert list(queries.offers(Filters(commune=METZ), actor=actor)) == [two]
        assert list(queries.offers(Filters(stock="private"), actor=actor)) == [four]
        assert list(queries.offers(Filters(available_by=TODAY), actor=actor)) == [two, four]
        assert [row.name for row in queries.communes(actor=actor)] == ["Metz", "Woippy"]

    def test_keeps_blocked_homes_in_sight_with_their_sentence(self):
        actor = territories.actor("coordinator")
        homes.offer()
        blocked = homes.offer(homes.dwelling(energy_class="G"))

        assert list(queries.not_offerable(actor=actor)) == [blocked]
        assert queries.offers(actor=actor).count() == 2
        assert queries.available(actor=actor) == 1
        assert "G" in tables.homes(queries.not_offerable(actor=actor), on=TODAY).rows[0].cells[-1].detail

    def test_lists_every_offer_of_a_dwelling_the_newest_first(self):
        first = homes.offer()
        actions.withdraw_offer(actor=territories.program(), offer=first, reason="works")
        second = homes.offer(first.dwelling)
        actor = territories.actor("coordinator")

        assert list(queries.offers_of(first.dwelling, actor=actor)) == [second, first]
        assert [row.pk for row in queries.offers(Filters(state=OfferState.WITHDRAWN), actor=actor)] == [first.pk]

    def test_offers_the_communes_where_one_works(self):
        names = {row.name for row in queries.communes_at_work(actor=territories.actor("prospector"))}

        assert {"Metz", "Woippy"} <= names
        assert "Lille" not in names


class TestWording:
    @pytest.mark.parametrize(
        ("floor", "lift", "said"),
        [(None, None, "floor not known"), (0, False, "ground floor"), (3, True, "floor 3, with a lift")],
    )
    def test_says_the_floor(self, floor, lift, said, settings):
        settings.LANGUAGE_CODE = "en"
        home = homes.dwelling(floor=floor, has_lift=lift)

        from django.utils.translation import override

        with override("en"):
            assert said in wording.floor(home)
            assert home.is_ground_or_lift is (None if floor is None else True)

    def test_names_a_home_of_which_nothing_is_known(self):
        home = homes.dwelling(rooms=None, address="", commune=None, floor=4, has_lift=False)

        assert wording.title(home)
        assert home.is_ground_or_lift is False


class TestByCommune:
    @staticmethod
    def counts(state, **asked):
        asked = {"actor": territories.actor("coordinator"), **asked}
        found = queries.by_commune(territories.territory(), state=state, on=TODAY, **asked)
        return {row.commune.name if row.commune else "": row.homes for row in found.rows}

    def test_counts_the_homes_of_each_commune_in_a_state(self):
        homes.offer()
        homes.offer(homes.dwelling(commune=homes.commune("57751")))
        homes.offer(homes.dwelling(energy_class="G"))

        found = self.counts(OfferState.OPEN)

        assert (found["Metz"], found["Woippy"], found["Marly"]) == (1, 1, 0)
        assert self.counts(OfferState.NOT_OFFERABLE)["Metz"] == 1

    def test_lists_every_commune_of_the_territory(self):
        assert len(self.counts(OfferState.OPEN)) == 46

    def test_counts_a_home_once_by_the_offer_that_runs(self):
        made = homes.offer()
        actions.withdraw_offer(actor=territories.program(), offer=made, reason="works")
        homes.offer(made.dwelling)

        assert self.counts(OfferState.OPEN)["Metz"] == 1
        assert self.counts(OfferState.WITHDRAWN)["Metz"] == 0

    def test_counts_a_home_by_the_older_offer_when_that_one_runs_again(self):
        older = homes.offer()
        actions.withdraw_offer(actor=territories.program(), offer=older, reason="works")
        newer = homes.offer(older.dwelling)
        actions.withdraw_offer(actor=territories.program(), offer=newer, reason="works")
        actions.reopen_offer(actor=territories.program(), offer=older, on=TODAY)

        assert self.counts(OfferState.OPEN)["Metz"] == 1
        assert self.counts(OfferState.WITHDRAWN)["Metz"] == 0

    @pytest.mark.parametrize(("let", "said"), [(0, None), (1, None), (4, None), (5, 5)])
    def test_never_says_that_a_few_homes_are_lived_in(self, let, said):
        for _each in range(let):
            made = homes.offer()
            made.state = OfferState.LET
            made.save()

        assert self.counts(OfferState.LET)["Metz"] == said
        assert self.counts(OfferState.LET)["Marly"] is None

    def test_counts_apart_what_lies_in_no_commune_of_the_territory(self):
        homes.offer(homes.dwelling(commune=None))
        homes.offer(homes.dwelling(commune=homes.commune("57630")))

        assert self.counts(OfferState.OPEN)[""] == 2

    def test_shows_a_landlord_its_own_homes_alone(self):
        landlord = territories.actor("social_landlord_agent")
        homes.offer(homes.dwelling(owner=homes.owner(territories.organisation_of(landlord))))
        homes.offer()

        assert self.counts(OfferState.OPEN, actor=landlord)["Metz"] == 1

    def test_writes_a_hidden_count_as_a_blank(self):
        row = queries.CommuneCount(commune=None, homes=None)

        assert row.as_csv("let") == ("", "", "let", "", "true")
        assert queries.CommuneCount(commune=homes.commune(), homes=7).as_csv("let")[:2] == ("57463", "Metz")
