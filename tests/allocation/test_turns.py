"""The turns of a vacancy: one holder at a time, then the next, at last the landlord; nobody is passed over."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from chezsoi.allocation import actions, motives, queries
from chezsoi.allocation.actions import turns
from chezsoi.allocation.choices import FlowExitReason, HandBackReason
from chezsoi.allocation.models import Candidacy, Round, Turn
from chezsoi.homes.models import Dwelling, Offer
from chezsoi.portal import waiting
from chezsoi.territories.access import NotAllowed
from tests.factories import allocation, territories
from tests.factories import reservations as made

TODAY = allocation.today()
DAY = timedelta(days=1)


@pytest.fixture
def officer(prefect):
    return territories.actor("reservation_agent", organisation=prefect)


@pytest.fixture
def offer(landlord, prefect, town):
    """Share a landlord's flow between two holders, and give a vacancy of it: the first turn is the prefect's."""
    made.agreement(landlord, prefect, 30, answer_days=5)
    made.agreement(landlord, town, 20, kind="municipality")
    earlier = allocation.offer(landlord=landlord)
    assert made.turn(earlier).state == "own"
    return allocation.offer(landlord=landlord)


def again(row):
    row.refresh_from_db()
    return row


def back(turn, *, actor, reason=HandBackReason.NOBODY, **words):
    return actions.hand_back(actor=actor, turn=turn, reason=reason, on=TODAY, **words)


def propose(turn, household, *, actor, **more):
    return actions.propose(actor=actor, turn=turn, household=household, on=TODAY, **more)


def states(offer):
    return list(Turn.objects.filter(offer=offer).order_by("pk").values_list("state", flat=True))


class TestTurnOver:
    def test_goes_to_who_is_owed_most_until_its_day_and_says_why(self, offer, prefect, agent):
        given = actions.turn_over(actor=agent, offer=offer, on=TODAY)

        assert (given.holder, given.due_on, given.state) == (prefect, TODAY + 5 * DAY, "running")
        assert given.facts == {"rule": "gap", "share": "0.3", "vacancies": 2, "turned_over": 0, "gap": "0.6"}
        assert (again(offer).reservation_holder, offer.reserved_for) == ("prefect", prefect)
        with pytest.raises(turns.AnotherTurn):
            actions.turn_over(actor=agent, offer=offer, on=TODAY)
        with pytest.raises(IntegrityError), transaction.atomic():
            Turn.objects.create(
                offer=offer, landlord=given.landlord, holder=prefect, kind="prefect", turned_on=TODAY, due_on=TODAY,
                facts={},
            )  # fmt: skip

    def test_without_an_agreement_is_the_prefects_who_answers_here(self, landlord, agent):
        offer = allocation.offer(landlord=landlord)
        with pytest.raises(turns.NoPrefectHere):
            actions.turn_over(actor=agent, offer=offer, on=TODAY)
        made.holder()
        answering = territories.organisation_of(territories.actor("reservation_agent"))

        given = actions.turn_over(actor=agent, offer=offer, on=TODAY)

        assert (given.holder, given.agreement, given.facts["rule"]) == (answering, None, "no_agreement")

    def test_of_a_commune_counts_the_vacancies_of_that_commune(self, landlord, prefect, town):
        metz = allocation.homes.commune()
        made.agreement(landlord, prefect, 30)
        made.agreement(landlord, town, 40, kind="municipality", commune=allocation.homes.commune("57751"))
        allocation.offer(landlord=landlord)
        offer = allocation.offer(landlord=landlord)
        assert offer.dwelling.commune == metz
        assert made.turn(offer).holder == landlord

    def test_is_of_vacant_social_homes_in_the_flow_by_their_landlord(self, landlord, agent, offer):
        with pytest.raises(NotAllowed):
            actions.turn_over(actor=territories.actor("social_landlord_agent"), offer=offer, on=TODAY)
        for wrong in (allocation.offer(stock="private", landlord=landlord), allocation.offer()):
            with pytest.raises(turns.NotInTheFlow):
                made.turn(wrong)
        actions.take_out_of_flow(actor=agent, offer=offer, reason=FlowExitReason.SECURITY_STAFF, on=TODAY)
        with pytest.raises(turns.OutOfTheFlow):
            made.turn(offer)
        actions.put_back_in_flow(actor=agent, offer=offer, on=TODAY)
        Offer.objects.filter(pk=offer.pk).update(state="let")
        with pytest.raises(turns.HomeNotVacant):
            made.turn(offer)

    def test_shows_the_home_to_who_has_the_turn_alone(self, offer, officer, town):
        clerk = territories.actor("reservation_agent", organisation=town)
        stranger = territories.actor("reservation_agent")
        given = made.turn(offer)
        assert [Offer.objects.visible_to(who).filter(pk=offer.pk).exists() for who in (officer, clerk, stranger)] == [
            *(True, False, False)
        ]
        back(given, actor=officer)
        assert [Offer.objects.visible_to(who).filter(pk=offer.pk).exists() for who in (officer, clerk)] == [False, True]


class TestNext:
    def test_after_each_holder_at_last_the_landlord_and_nobody_twice(self, offer, officer, town, landlord):
        first = made.turn(offer)
        back(first, actor=officer, words="nobody waits for three rooms")
        assert (again(first).reason, first.ended_on) == ("nobody", TODAY)
        second = Turn.objects.get(offer=offer, state="running")
        assert second.holder == town

        back(second, actor=territories.actor("reservation_agent", organisation=town))

        last = Turn.objects.get(offer=offer, state="own")
        assert (last.holder, last.due_on, last.facts["rule"]) == (landlord, None, "landlord_last")
        assert again(offer).reserved_for is None
        assert queries.next_turn(offer, on=TODAY, actor=officer).holder == landlord

    def test_is_answered_by_the_holder_alone_once_without_health(self, offer, officer, agent):
        given = made.turn(offer)
        for other in (agent, territories.actor("reservation_agent")):
            with pytest.raises(NotAllowed):
                back(given, actor=other)
        with pytest.raises(motives.ForbiddenMotive):
            back(given, actor=officer, words="schizophrénie")
        back(given, actor=officer)
        with pytest.raises(turns.TurnOver):
            back(given, actor=officer)

    def test_lapses_after_its_last_day_not_on_it_and_once(self, offer):
        given = made.turn(offer)
        program = territories.program()
        assert actions.lapse_turns(actor=program, on=given.due_on) == ()

        assert actions.lapse_turns(actor=program, on=given.due_on + 3 * DAY) == (given,)

        assert actions.lapse_turns(actor=program, on=given.due_on + 3 * DAY) == ()
        assert (again(given).state, given.ended_on) == ("lapsed", given.due_on + DAY)
        following = Turn.objects.get(offer=offer, state="running")
        assert following.turned_on == given.due_on + 3 * DAY

    def test_is_nobodys_for_a_home_let_or_sold_since_and_the_others_go_on(self, offer, landlord, agent):
        vacant = [offer, *(allocation.offer(landlord=landlord) for _number in range(4))]
        let, sold, going_on = [turn for turn in map(made.turn, vacant) if turn.state == "running"]
        Offer.objects.filter(pk=let.offer_id).update(state="let")
        Dwelling.objects.filter(pk=sold.offer.dwelling_id).update(stock="private")

        actions.lapse_turns(actor=territories.program(), on=sold.due_on + DAY)

        assert [states(each.offer) for each in (let, sold)] == [["lapsed"], ["lapsed"]]
        assert states(going_on.offer) == ["lapsed", "running"]
        assert again(offer).reserved_for is None
        Offer.objects.filter(pk=offer.pk).update(state="open")
        assert list(queries.to_turn_over(actor=agent)) == [offer]

    def test_taken_back_counts_for_nobody_unless_somebody_is_proposed(self, offer, prefect, officer, agent):
        given = made.turn(offer)
        actions.take_turn_back(actor=agent, turn=given, on=TODAY)
        assert again(offer).reserved_for is None
        with pytest.raises(turns.TurnOver):
            actions.take_turn_back(actor=agent, turn=again(given), on=TODAY)
        second = made.turn(offer)
        assert (second.holder, second.facts["vacancies"]) == (prefect, 2)
        allocation.household()
        propose(second, allocation.drawn(offer).candidacies.get().household, actor=officer)
        with pytest.raises(turns.SomebodyProposed):
            actions.take_turn_back(actor=agent, turn=again(second), on=TODAY)


class TestPropose:
    def test_keeps_the_rank_of_the_search_and_stops_the_clock(self, offer, officer, prefect):
        allocation.households(3)
        given = made.turn(offer)
        second = allocation.drawn(offer).candidacies.get(rank=2)

        propose(given, second.household, actor=officer)

        assert again(given).state == "proposed"
        assert again(second).rank == 2
        assert actions.lapse_turns(actor=territories.program(), on=given.due_on + DAY) == ()
        with pytest.raises(turns.ProposedAlready):
            propose(given, second.household, actor=officer)
        assert len(queries.proposable(given, on=TODAY, actor=officer)) == 2

    def test_adds_whom_the_search_found_fit_at_its_own_rank_and_the_proof_holds(self, offer, officer, prefect):
        waiters = allocation.households(5)
        given = made.turn(offer)
        round_ = allocation.drawn(offer, size=3)
        last = waiters[4]
        assert last not in [
            household for household, _rank, _asked in queries.proposable(given, on=TODAY, actor=officer)
        ]
        asked = made.ask(last, prefect)
        assert (last, 5, True) in queries.proposable(given, on=TODAY, actor=officer)
        assert queries.fits_at_turns(asked, on=TODAY, actor=officer) == [given]

        propose(given, last, actor=officer, ask=asked)

        assert list(round_.candidacies.order_by("rank").values_list("rank", flat=True)) == [1, 2, 3, 5]
        assert again(asked).state == "proposed"
        assert queries.proof(round_, actor=officer).holds
        Candidacy.objects.filter(round=round_, rank=5).update(household=waiters[3])
        assert not queries.proof(round_, actor=officer).holds

    def test_a_candidate_added_by_nobody_breaks_the_proof(self, offer, officer):
        waiters = allocation.households(5)
        made.turn(offer)
        round_ = allocation.drawn(offer, size=3)
        points = round_.examinations.get(household=waiters[4]).points
        Candidacy.objects.create(round=round_, offer=offer, household=waiters[4], rank=5, points=points)
        assert not queries.proof(round_, actor=officer).holds

    def test_needs_a_search_that_found_the_household_fit_before_the_commission_closed(self, offer, officer):
        waiters = allocation.households(2)
        given = made.turn(offer)
        with pytest.raises(turns.NoSearchDrawn):
            propose(given, waiters[0], actor=officer)
        assert queries.proposable(given, on=TODAY, actor=officer) == []
        round_ = allocation.drawn(offer, size=1)
        stranger = allocation.household()
        Candidacy.objects.filter(household=waiters[0]).update(state="withdrawn")
        for wrong in (stranger, waiters[0]):
            with pytest.raises(turns.DoesNotFit):
                propose(given, wrong, actor=officer)
        Round.objects.filter(pk=round_.pk).update(state="cancelled")
        with pytest.raises(turns.NoSearchDrawn):
            propose(given, waiters[1], actor=officer)

    def test_adds_nobody_who_asked_for_a_pause_and_proposes_no_home_let_since(self, offer, officer, prefect):
        waiters = allocation.households(2)
        given, asked = made.turn(offer), made.ask(waiters[1], prefect)
        listed = allocation.drawn(offer, size=1).candidacies.get().household
        actions.ask_pause(
            actor=territories.program(), household=waiters[1], on=TODAY, until_on=TODAY + 30 * DAY, is_their_wish=True
        )
        assert [each for each, _rank, _asked in queries.proposable(given, on=TODAY, actor=officer)] == [listed]
        assert queries.fits_at_turns(asked, on=TODAY, actor=officer) == []
        assert not queries.asks_to_answer(on=TODAY, actor=officer).exists()
        with pytest.raises(turns.SeeksNoHome):
            propose(given, waiters[1], actor=officer)
        with pytest.raises(turns.SeeksNoHome):
            made.ask(waiters[1], prefect)
        Offer.objects.filter(pk=offer.pk).update(state="let")
        with pytest.raises(turns.HomeNotVacant):
            propose(given, listed, actor=officer)

    def test_is_too_late_once_the_sitting_is_closed(self, landlord, prefect, officer):
        made.agreement(landlord, prefect, 30)
        item = allocation.decided()
        offer = item.round.offer
        Turn.objects.create(
            offer=offer, landlord=landlord, holder=prefect, kind="prefect", turned_on=TODAY, due_on=TODAY, facts={}
        )
        with pytest.raises(turns.TooLateToPropose):
            propose(Turn.objects.get(), item.round.candidacies.first().household, actor=officer)

    def test_passes_on_once_nobody_proposed_is_a_candidate(self, offer, officer, agent, town):
        allocation.households(2)
        given = made.turn(offer)
        with pytest.raises(turns.TurnOver):
            actions.pass_on(actor=agent, turn=given, on=TODAY)
        first = allocation.drawn(offer).candidacies.get(rank=1)
        propose(given, first.household, actor=officer)
        with pytest.raises(turns.StillACandidate):
            actions.pass_on(actor=agent, turn=again(given), on=TODAY)
        assert not queries.turns_to_pass_on(actor=agent).exists()
        Candidacy.objects.filter(pk=first.pk).update(state="refused")
        assert list(queries.turns_to_pass_on(actor=agent)) == [given]
        assert waiting.of_each_kind(actor=agent, on=TODAY)["pass_on"] == 1
        (kind,) = [each for each in waiting.KINDS if each.key == "pass_on"]
        assert kind.due(given).detail == given.holder.name

        actions.pass_on(actor=agent, turn=again(given), on=TODAY)

        assert states(offer) == ["fruitless", "running"]
        assert Turn.objects.get(state="running").holder == town


class TestDay:
    def test_of_the_holder_shows_the_turn_until_it_is_answered(self, offer, officer):
        given = made.turn(offer)
        counts = [waiting.of_each_kind(actor=officer, on=TODAY)["turn"]]
        (kind,) = [each for each in waiting.KINDS if each.key == "turn"]
        assert kind.due(queries.turns_awaiting(actor=officer).get()).on == given.due_on
        back(given, actor=officer)
        assert [*counts, queries.turns_awaiting(actor=officer).count()] == [1, 0]


class TestPages:
    def test_turn_over_propose_and_pass_on_without_a_script(self, client, offer, officer, agent):
        allocation.households(2)
        url = reverse("allocation:turns", args=[offer.pk])
        client.force_login(territories.account_of(agent))
        assert "30" in client.get(url).content.decode()
        for _twice in range(2):
            client.post(reverse("allocation:turn-over", args=[offer.pk]))
        given = Turn.objects.get(offer=offer)
        client.post(reverse("allocation:take-turn-back", args=[given.pk]))
        client.post(reverse("allocation:turn-over", args=[offer.pk]))
        given = Turn.objects.get(offer=offer, state="running")

        client.force_login(territories.account_of(officer))
        candidacy = allocation.drawn(offer).candidacies.get(rank=1)
        assert candidacy.household.reference in client.get(url).content.decode()
        proposing = reverse("allocation:propose", args=[given.pk])
        client.post(proposing, {"household": ""})
        client.post(proposing, {"household": candidacy.household_id})
        assert again(given).state == "proposed"

        client.force_login(territories.account_of(agent))
        passing = reverse("allocation:pass-on", args=[given.pk])
        client.post(passing)
        assert again(given).state == "proposed"
        Candidacy.objects.filter(pk=candidacy.pk).update(state="refused")
        client.post(passing)
        assert again(given).state == "fruitless"

    def test_hand_back_without_a_script(self, client, offer, officer):
        given = made.turn(offer)
        client.force_login(territories.account_of(officer))
        handing = reverse("allocation:hand-back", args=[given.pk])
        client.post(handing, {"reason": ""})
        assert again(given).state == "running"
        client.post(handing, {"reason": "other", "words": "schizophrénie"})
        assert again(given).state == "running"
        client.post(handing, {"reason": "other", "words": "the works are not done"})
        assert again(given).state == "handed_back"
        assert client.post(handing, {"reason": "other"}).status_code == 404

    def test_of_a_home_that_is_not_shared_says_so(self, client, landlord, agent):
        client.force_login(territories.account_of(agent))
        url = reverse("allocation:turns", args=[allocation.offer(stock="private", landlord=landlord).pk])
        assert client.get(url).status_code == 200
        lonely = allocation.offer(landlord=landlord)
        assert client.get(reverse("allocation:turns", args=[lonely.pk])).status_code == 200
        client.post(reverse("allocation:turn-over", args=[lonely.pk]))
        assert not Turn.objects.exists()
