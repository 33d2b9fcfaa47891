"""Who sees which round, which table, which candidate, and how much of the reasons."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from chezsoi.allocation import actions, queries
from chezsoi.allocation.models import Candidacy, Commission, OfferLetter, Round, Sitting
from chezsoi.people import actions as people_actions
from tests.factories import allocation, territories


@pytest.fixture
def english():
    with override("en"):
        yield


class TestRounds:
    @pytest.mark.parametrize("role", ["siao_officer", "coordinator"])
    def test_exist_for_their_territory_alone(self, role):
        allocation.household()
        round_ = allocation.drawn()
        stranger = territories.actor(role, territory=territories.territory("lille"))

        assert queries.round_(round_.pk, actor=territories.actor(role)) == round_
        with pytest.raises(Round.DoesNotExist):
            queries.round_(round_.pk, actor=stranger)

    def test_exist_for_the_landlord_of_the_home_alone(self):
        landlord = territories.actor("social_landlord_agent")
        allocation.household()
        own = allocation.drawn(allocation.offer(landlord=territories.organisation_of(landlord)))
        allocation.drawn()

        assert list(queries.rounds(actor=landlord)) == [own]

    def test_exist_for_the_commission_they_are_put_to(self):
        secretary = territories.actor("commission_secretary")
        own = allocation.commission(organisation=territories.organisation_of(secretary))
        item = allocation.item(at=allocation.sitting(own))
        allocation.item()

        assert list(queries.rounds(actor=secretary)) == [item.round]

    def test_exist_for_who_follows_a_candidate_and_show_that_one_alone(self):
        worker = territories.actor("lead_worker")
        own = allocation.household(actor=worker)
        allocation.households(3)
        round_ = allocation.drawn()

        assert list(queries.rounds(actor=worker)) == [round_]
        assert [line.file_number for line in queries.candidates(round_, actor=worker)] == [own.reference]
        assert len(queries.candidates(round_, actor=territories.actor("siao_officer"))) == 4
        assert not queries.rounds(actor=territories.actor("lead_worker")).exists()

    @pytest.mark.parametrize("role", ["outreach_worker", "prospector", "dpo", "analyst"])
    def test_do_not_exist_for_the_others(self, role):
        allocation.household()
        allocation.drawn()

        assert not queries.rounds(actor=territories.actor(role)).exists()

    def test_give_a_program_nothing_to_read(self):
        allocation.household()
        allocation.drawn()

        assert not Round.objects.visible_to(territories.program()).exists()
        assert not Commission.objects.visible_to(territories.program()).exists()

    def test_are_found_by_their_home_while_under_way(self):
        allocation.household()
        round_, actor = allocation.committed(), territories.actor("coordinator")
        assert queries.round_of(round_.offer, actor=actor) == round_

        actions.cancel_round(actor=actor, round_=round_, reason="a mistake")

        assert queries.round_of(round_.offer, actor=actor) is None


class TestGrids:
    def test_are_those_of_the_body_then_of_the_territory_then_of_the_house(self):
        common = allocation.grid()
        place, actor = territories.territory(), territories.actor("coordinator")

        def found(epci_siren=""):
            return list(queries.grids(place.pk, on=allocation.today(), actor=actor, epci_siren=epci_siren))

        assert found("200039865") == [common]
        first = actions.load_grid(
            actor=territories.program(), content=common.content | {"code": "metz"}, territory=place
        )
        assert found() == found("200039865") == [first]
        second = actions.load_grid(
            actor=territories.program(), content=common.content | {"code": "metz", "version": 2}, territory=place
        )
        assert found() == [second]
        local = allocation.published_grid(place, epci_siren="200039865")
        assert found("200039865") == [local]
        assert found() == [second]

    def test_count_once_begun_and_are_none_where_none_was_published(self):
        place, actor = territories.territory(), territories.actor("coordinator")
        assert queries.grid_in_force(place.pk, on=allocation.today(), actor=actor) is None

        allocation.published_grid(place, valid_from=allocation.today() + timedelta(days=1))

        assert queries.grid_in_force(place.pk, on=allocation.today(), actor=actor).territory is None


class TestWhy:
    def test_tells_every_rule_and_what_would_change(self, english):
        allocation.household(communes=["57463"])
        out = allocation.household("dalo", communes=["57751"])
        round_ = allocation.drawn()

        line = queries.why(round_, out.reference.lower(), actor=territories.actor("siao_officer"))

        assert (line.rank, len(line.reasons)) == (None, 13)
        assert "The household does not wish to live in Metz." in [reason.text for reason in line.reasons]
        assert line.separation == ("If it also accepted Metz, it would be proposed, at rank 1.",)

    def test_tells_what_separates_from_the_last_one_proposed(self, english):
        allocation.household("dalo")
        allocation.household("dalo")
        out = allocation.household()
        round_ = allocation.drawn(size=2)

        line = queries.why(round_, out.reference, actor=territories.actor("coordinator"))

        assert line.rank == 3
        assert "points" in line.separation[0]

    def test_is_open_on_everyone_to_territory_roles_alone(self):
        allocation.households(2)
        own = allocation.household(actor=(worker := territories.actor("lead_worker")), requested_on=None)
        landlord = territories.actor("social_landlord_agent")
        offer = allocation.offer(landlord=territories.organisation_of(landlord))
        round_ = allocation.drawn(offer, size=2)

        assert queries.why(round_, own.reference, actor=territories.actor("coordinator")) is not None
        assert queries.why(round_, own.reference, actor=landlord) is None
        first = queries.candidates(round_, actor=landlord)[0]
        assert queries.why(round_, first.file_number, actor=landlord).rank == 1
        assert queries.why(round_, own.reference, actor=worker) is None
        assert queries.why(round_, "nobody", actor=territories.actor("coordinator")) is None

    def test_is_open_to_who_follows_the_household(self):
        worker = territories.actor("lead_worker")
        own = allocation.household(actor=worker)
        other = allocation.household()
        round_ = allocation.drawn()

        assert queries.why(round_, own.reference, actor=worker).file_number == own.reference
        assert queries.why(round_, other.reference, actor=worker) is None

    def test_keeps_the_stay_and_the_income_from_those_who_do_not_follow(self, english):
        household = allocation.household(number="")
        round_ = allocation.drawn()

        coordinator = queries.why(round_, household.reference, actor=territories.actor("coordinator"))
        siao = queries.why(round_, household.reference, actor=territories.actor("siao_officer"))

        assert len(coordinator.reasons) == 11
        assert not any(word in str(coordinator.reasons) for word in ("stay", "income", "500"))
        assert "Regular stay to be confirmed with the household." in str(siao.reasons)


class TestCandidates:
    def test_hide_guarded_grounds_from_the_commission(self, english):
        allocation.household("violence", "dalo")
        round_ = allocation.drawn()

        siao = queries.candidates(round_, actor=territories.actor("siao_officer"))[0]
        coordinator = queries.candidates(round_, actor=territories.actor("coordinator"))[0]

        assert "violence · 100" in siao.grounds
        assert "violence" not in str(coordinator.grounds)
        assert "recognised ground of priority · 100" in coordinator.grounds

    def test_show_no_commune_of_a_protected_household(self):
        worker = territories.actor("lead_worker")
        household = allocation.household(actor=worker, communes=["57463"])
        people_actions.protect_household(actor=worker, household=household, on=allocation.today())
        round_ = allocation.drawn()

        line = queries.candidates(round_, actor=territories.actor("siao_officer"))[0]

        assert (line.is_protected, line.wish_rank) == (True, None)

    def test_tell_the_rank_of_the_wish(self):
        allocation.household(communes=["57751", "57463"])

        assert queries.candidates(allocation.drawn(), actor=territories.actor("coordinator"))[0].wish_rank == 2


class TestTables:
    def test_a_member_sees_its_own_alone(self):
        member = territories.actor("commission_member")
        own, other = allocation.sitting(), allocation.sitting()
        allocation.seat(own.commission, member)

        assert list(queries.sittings(actor=member)) == [own]
        assert queries.commission(own.commission_id, actor=member) == own.commission
        with pytest.raises(Sitting.DoesNotExist):
            queries.sitting(other.pk, actor=member)

    def test_a_secretary_sees_those_of_its_organisation(self):
        secretary = territories.actor("commission_secretary")
        own = allocation.sitting(allocation.commission(organisation=territories.organisation_of(secretary)))
        allocation.sitting()

        assert list(queries.sittings_to_come(actor=secretary)) == [own]

    def test_a_member_sees_candidates_under_their_file_number(self):
        item = allocation.item()
        member = territories.actor("commission_member")
        allocation.seat(item.sitting.commission, member)

        (home,) = queries.agenda(item.sitting, actor=member)

        assert len(home.lines) == 4
        assert home.is_quorate
        assert (home.voting, home.quorum) == (3, 2)

    def test_nobody_sees_the_table_of_another_territory(self):
        sat = allocation.sitting()
        stranger = territories.actor("coordinator", territory=territories.territory("lille"))

        with pytest.raises(Sitting.DoesNotExist):
            queries.sitting(sat.pk, actor=stranger)


class TestAnswers:
    def test_are_awaited_by_who_records_them(self):
        letter, siao = allocation.letter(), territories.actor("siao_officer")

        assert queries.letter(letter.pk, actor=siao) == letter
        assert list(queries.letters_waiting(actor=siao)) == [letter]
        assert queries.answer_to(letter, actor=siao) is None

        allocation.answer(letter, yes=True)

        assert not queries.letters_waiting(actor=siao).exists()
        assert queries.answer_to(letter, actor=siao).is_accepted
        assert [row.pk for row in queries.accepted(actor=siao)] == [letter.decision.candidacy_id]

    def test_are_not_there_for_another_territory(self):
        letter = allocation.letter()
        stranger = territories.actor("siao_officer", territory=territories.territory("lille"))

        with pytest.raises(OfferLetter.DoesNotExist):
            queries.letter(letter.pk, actor=stranger)
        with pytest.raises(Candidacy.DoesNotExist):
            queries.candidacy(letter.decision.candidacy_id, actor=stranger)


class TestCandidaciesOf:
    def test_are_those_of_one_household_for_who_follows_it_and_may_read_rounds(self):
        worker = territories.actor("lead_worker")
        own = allocation.household(actor=worker)
        allocation.households(3)
        round_ = allocation.drawn()

        (found,) = queries.candidacies_of(own, actor=worker)

        assert (found.household, found.round) == (own, round_)
        for role in ("lead_worker", "outreach_worker"):
            assert not queries.candidacies_of(own, actor=territories.actor(role)).exists()

    def test_of_a_protected_household_exist_for_its_circle_alone(self):
        worker, siao = territories.actor("lead_worker"), territories.actor("siao_officer")
        own = allocation.household(actor=worker)
        allocation.drawn()
        assert queries.candidacies_of(own, actor=siao).exists()

        people_actions.protect_household(actor=worker, household=own, on=allocation.today())

        assert queries.candidacies_of(own, actor=worker).exists()
        assert not queries.candidacies_of(own, actor=siao).exists()
