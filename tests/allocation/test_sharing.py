"""Living with others: a wish, rooms shared out one by one, refusals kept quiet, and nobody's no at another's cost."""

import pytest
from django.utils import timezone, translation

from chezsoi.allocation import actions, plain_sheet, queries, wording
from chezsoi.allocation.actions import joint, offers, pausing, rounds, sharing
from chezsoi.allocation.choices import CandidacyState, CommissionKind, Sharing
from chezsoi.allocation.models import CompanyWish, JointAnswer
from chezsoi.journeys import company, snapshots
from chezsoi.people.choices import LinkJudgement, MemberRole
from chezsoi.people.models import HouseholdMember, PossibleDuplicate
from chezsoi.territories.access import NotAllowed
from tests.factories import allocation, people, territories

TODAY = allocation.today()


@pytest.fixture
def four(db):
    """Four households in the published order; the first three would share."""
    found = allocation.households(4)
    for each in found[:3]:
        allocation.sharing(each)
    return found


def proposed(drawn):
    rows = JointAnswer.objects.filter(joint=drawn).exclude(proposed=None)
    return {row.household_id: row.proposed.offer for row in rows.select_related("proposed__offer__dwelling")}


def served(drawn, households):
    found = proposed(drawn)
    return [each.pk in found for each in households]


class TestWishToShare:
    def test_nobody_who_did_not_ask_is_proposed_a_room(self, four):
        drawn = allocation.drawn_together(allocation.rooms(4))

        assert served(drawn, four) == [True, True, True, False]
        said = queries.answer(drawn, four[3].reference, actor=territories.actor("siao_officer"))
        assert said.possible == 0

    def test_whoever_wishes_only_to_share_is_proposed_no_home_of_its_own_and_may_change_its_mind(self, four):
        allocation.sharing(four[0], Sharing.ONLY)
        assert served(allocation.drawn_together([allocation.offer(), allocation.offer()]), four)[0] is False
        before = {row.ref: row.waiting_since for row in waiting()}

        allocation.sharing(four[0], Sharing.OWN)

        assert {row.ref: row.waiting_since for row in waiting()} == before
        assert served(allocation.drawn_together([allocation.offer(), allocation.offer()]), four)[0] is True

    def test_is_the_household_s_own_word(self, four):
        for actor, their, refused in (
            (territories.program(), False, pausing.NotTheirWish),
            (territories.actor("analyst"), True, NotAllowed),
        ):
            with pytest.raises(refused):
                actions.state_sharing(actor=actor, household=four[3], wish=Sharing.ALSO, on=TODAY, is_their_wish=their)


class TestCompany:
    def test_two_of_whom_one_refused_never_share_and_the_next_takes_the_room(self, four):
        allocation.refuses(four[1], four[0])
        late = allocation.sharing(four[3]).household

        drawn = allocation.drawn_together(allocation.rooms(2))

        assert served(drawn, four) == [True, False, True, False]
        stepped_over, too_late = answer(drawn, four[1]), answer(drawn, late)
        assert told(stepped_over) == told(too_late).replace(str(too_late.points), str(stepped_over.points))
        assert stepped_over.possible == too_late.possible == 2
        sheets = [sheet_of(each) for each in (four[1], four[3])]
        assert sheets[0] == sheets[1]
        assert not any("avant vous" in said for said in sheets[0])
        assert len(told(stepped_over).split()) <= 40

    def test_those_who_both_wish_it_live_together_when_it_costs_nobody_a_place(self, four):
        allocation.sharing(four[3])
        one, other = allocation.rooms(2), allocation.rooms(2)
        allocation.wishes(four[0], four[3])
        alone = company.company(territories.territory(), on=TODAY, actor=territories.program())
        allocation.wishes(four[3], four[0])

        drawn = allocation.drawn_together([*one, *other])

        homes = {pk: offer.dwelling.shared_home_id for pk, offer in proposed(drawn).items()}
        assert alone.together == ()
        assert served(drawn, four) == [True] * 4
        assert homes[four[0].pk] == homes[four[3].pk] != homes[four[1].pk]

    def test_whoever_must_not_live_with_somebody_there_is_kept_out_of_that_home_alone(self, four):
        first = allocation.rooms(2)
        held(first[0], four[0])
        allocation.refuses(four[1], four[0])

        drawn = allocation.drawn_together([first[1], *allocation.rooms(2)])

        assert proposed(drawn)[four[1].pk].dwelling.shared_home_id != first[1].dwelling.shared_home_id
        assert proposed(drawn)[four[2].pk]

    def test_a_refusal_follows_the_persons_into_the_household_where_they_are_now(self, four):
        allocation.refuses(four[1], four[0])
        moved = HouseholdMember.objects.get(household=four[0])
        HouseholdMember.objects.filter(pk=moved.pk).update(ends_on=TODAY)
        HouseholdMember.objects.create(household=four[2], person=moved.person, role=MemberRole.PARTNER, starts_on=TODAY)

        found = company.company(territories.territory(), on=TODAY, actor=territories.program()).apart

        assert set(found) == {tuple(sorted((four[1].reference, other.reference))) for other in (four[0], four[2])}

    def test_a_refusal_holds_for_every_file_judged_to_be_of_the_same_person(self, four):
        allocation.refuses(four[1], four[0])
        one, other, third = (people.lead(each) for each in (four[0], four[2], four[3]))
        for pair, judgement in (
            ({one, other}, LinkJudgement.SAME),
            ({other, third}, LinkJudgement.SAME),
            ({people.lead(four[1]), third}, LinkJudgement.DIFFERENT),
        ):
            first, second = sorted(pair, key=lambda each: each.pk)
            PossibleDuplicate.objects.create(
                territory=four[0].territory, first=first, second=second, weight=9.0, reasons=[],
                judgement=judgement, judged_at=timezone.now(),
            )  # fmt: skip

        found = company.company(territories.territory(), on=TODAY, actor=territories.program()).apart

        assert set(found) == {
            tuple(sorted((four[1].reference, each.reference))) for each in (four[0], four[2], four[3])
        }

    def test_the_last_word_on_the_same_household_counts_and_a_withdrawn_one_does_not(self, four):
        allocation.wishes(four[0], four[1])
        last = allocation.refuses(four[0], four[1])
        assert [row.withdrawn_on for row in CompanyWish.objects.order_by("pk")] == [TODAY, None]

        actions.withdraw_company(actor=territories.program(), company=last, on=TODAY)

        assert company.company(territories.territory(), on=TODAY, actor=territories.program()).apart == ()
        with pytest.raises(sharing.CompanyWithdrawn):
            actions.withdraw_company(actor=territories.program(), company=last, on=TODAY)

    def test_a_number_of_nobody_or_one_s_own_is_refused(self, four):
        for number, refused in (("none", sharing.NobodyOfThatNumber), (four[0].reference, sharing.WithThemselves)):
            with pytest.raises(refused):
                actions.state_company(
                    actor=territories.program(), household=four[0], file_number=number, kind="with", on=TODAY
                )

    def test_only_who_draws_rounds_gathers_everybody_s(self, four):
        with pytest.raises(NotAllowed):
            company.company(territories.territory(), on=TODAY, actor=territories.actor("lead_worker"))


class TestRoomsInARound:
    def test_a_room_is_never_searched_for_alone_but_may_be_shared_out_by_itself(self, four):
        room, _other = allocation.rooms(2)
        with pytest.raises(rounds.RoomsGoTogether):
            allocation.committed(room)

        assert served(allocation.drawn_together([room]), four) == [True, False, False, False]
        with pytest.raises(joint.TooFewHomes):
            allocation.joint([allocation.offer()])

    def test_has_one_candidate_so_that_no_list_tells_who_stays_away(self, four):
        drawn = allocation.drawn_together([*allocation.rooms(2), allocation.offer()])

        lined = {row.offer.dwelling.shared_home_id: row.candidacies.count() for row in drawn.rounds.all()}
        assert lined.pop(None) > 1
        assert list(lined.values()) == [1]

    def test_one_s_no_takes_nothing_from_the_others_and_the_room_is_shared_out_again(self, four):
        drawn = allocation.drawn_together(allocation.rooms(2))
        homes, before = proposed(drawn), order_of(four[1])
        letters = {pk: allocation.letter(decided(drawn, offer)) for pk, offer in homes.items()}

        allocation.answer(letters[four[0].pk], yes=False)
        other = allocation.answer(letters[four[1].pk], yes=True)
        freed = homes[four[0].pk]
        actions.cancel_round(actor=territories.program(), round_=freed.rounds.get(), reason="a no")
        again = allocation.drawn_together([freed])

        assert other.state == CandidacyState.ACCEPTED
        assert served(again, four) == [False, False, True, False]
        assert order_of(four[1]) == before

    def test_nobody_can_ask_who_would_come_if_another_left(self, four):
        allocation.refuses(four[1], four[0])
        drawn = allocation.drawn_together(allocation.rooms(2))
        homes, officer = proposed(drawn), territories.actor("siao_officer")
        letters = {pk: allocation.letter(decided(drawn, offer)) for pk, offer in homes.items()}
        allocation.answer(letters[four[0].pk], yes=False)

        assert queries.if_refused(drawn, homes[four[0].pk].rounds.get(), actor=officer) == ()
        assert queries.after_decisions(drawn, actor=officer) == ()
        assert queries.after_decisions(drawn, actor=territories.actor("analyst")) == ()

    def test_who_is_proposed_no_room_lives_with_nobody(self, four):
        officer = territories.actor("siao_officer")
        drawn = allocation.drawn_together(allocation.rooms(2))

        alone = JointAnswer.objects.filter(joint=drawn, proposed=None).first()

        assert queries.roommates_of(alone, actor=officer) == 0

    def test_a_room_is_not_offered_to_who_must_not_live_with_one_who_holds_another(self, four):
        drawn = allocation.drawn_together(allocation.rooms(2))
        homes = proposed(drawn)
        items = {pk: decided(drawn, offer) for pk, offer in homes.items()}
        allocation.letter(items[four[0].pk])
        allocation.refuses(four[1], four[0])

        with pytest.raises(offers.MustNotShare):
            allocation.letter(items[four[1].pk])

    def test_the_proof_gives_the_same_back_with_company(self, four):
        allocation.refuses(four[1], four[0])
        drawn = allocation.drawn_together(allocation.rooms(2))

        assert queries.joint_proof(drawn, actor=territories.actor("siao_officer")).holds


def waiting():
    return snapshots.waiting(territories.territory(), on=TODAY, actor=territories.program())


def order_of(left_aside):
    return [row.ref for row in waiting() if row.ref != left_aside.reference]


def answer(drawn, household):
    return JointAnswer.objects.get(joint=drawn, household=household)


def sheet_of(household):
    """Give the words of the sheet handed over, but for its figures: the answer, and what would change it."""
    officer = territories.actor("siao_officer")
    stood = queries.standing_of(household, actor=officer)
    with translation.override("fr"):
        return [
            *map(str, plain_sheet._answer(stood, household, with_private=True)),
            *map(str, plain_sheet._change(stood, household)),
        ]


def told(found):
    return wording.unproposed(found, wording.Reader())


def decided(drawn, offer):
    """Let a local commission decide on a room, in the published order."""
    at = allocation.sitting(allocation.commission(CommissionKind.LOCAL))
    return allocation.decided(allocation.item(drawn.rounds.get(offer=offer), at=at))


def held(offer, household):
    """Let a household hold a room."""
    drawn = allocation.drawn_together([offer])
    return allocation.letter(decided(drawn, offer))
