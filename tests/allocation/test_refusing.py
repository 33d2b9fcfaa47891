"""Who said no, and what it makes of the home and of the household: never a rank, never a point, never a wait."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from chezsoi.allocation import actions, motives, queries, wording
from chezsoi.allocation.actions import drawing, offers, refusing
from chezsoi.allocation.models import Candidacy, Refusal
from chezsoi.allocation.refusal_reasons import HOME_OFF, OWN_REASONS, REFUSALS, RefusalReason, RefusalSide
from chezsoi.journeys import snapshots
from chezsoi.portal import waiting
from chezsoi.territories.access import NotAllowed
from tests.factories import allocation, territories

TODAY = allocation.today()
LATER = TODAY + timedelta(days=30)
OTHERS = [reason for reason in RefusalReason if reason not in OWN_REASONS]
OF_EACH_SIDE = ["place", "landlord_size", "not_on_its_list", "siao_other", "unreachable"]


@pytest.fixture
def candidacy(db):
    allocation.households(3)
    return allocation.drawn(allocation.offer()).candidacies.order_by("rank").first()


@pytest.fixture
def officer(db):
    return territories.actor("siao_officer")


@pytest.fixture
def other(db):
    return territories.actor("coordinator")


def note(candidacy, reason, *, actor, **facts):
    return actions.note_refusal(actor=actor, candidacy=candidacy, reason=RefusalReason(reason), on=TODAY, **facts)


def look(refusal, *, actor, counts=True, words="looked at"):
    return actions.look_again(actor=actor, refusal=refusal, counts=counts, on=TODAY, words=words)


def again(row):
    row.refresh_from_db()
    return row


def known(household):
    rows = snapshots.waiting(territories.territory(), on=TODAY, actor=territories.program())
    (found,) = [row for row in rows if row.ref == household.reference]
    return found


def counted(candidacy, reason, officer, other):
    refusal = note(candidacy, reason, actor=officer)
    return refusal if reason in OWN_REASONS else look(refusal, actor=other)


class TestReasons:
    def test_have_each_an_effect_and_each_side_its_own(self):
        assert set(REFUSALS) == set(RefusalReason)
        assert {effect.side for effect in REFUSALS.values()} == set(RefusalSide)
        assert {REFUSALS[reason].side for reason in OF_EACH_SIDE} == set(RefusalSide)

    def test_say_nothing_the_law_or_the_house_forbids(self):
        for reason in RefusalReason:
            assert not wording.forbidden_motive(str(reason.label))


class TestRank:
    @pytest.mark.parametrize("reason", OF_EACH_SIDE)
    def test_in_the_next_round_alone_or_joint_is_the_same_after_any_refusal(self, candidacy, officer, other, reason):
        household, rank, points = candidacy.household, candidacy.rank, candidacy.points
        counted(candidacy, reason, officer, other)

        alone = allocation.drawn(allocation.offer()).candidacies.get(household=household)
        joint = allocation.drawn_together([allocation.offer(), allocation.offer()])
        place = joint.answers.get(household=household).place

        assert (alone.rank, alone.points) == (rank, points)
        assert place == rank
        assert joint.answers.get(household=household).proposed is not None

    def test_of_the_next_rounds_moves_for_nobody_else_either(self, candidacy, officer, other):
        before = {row.household_id: row.rank for row in candidacy.round.candidacies.all()}
        counted(candidacy, "landlord_other", officer, other)
        assert {row.household_id: row.rank for row in allocation.drawn(allocation.offer()).candidacies.all()} == before


class TestNoteRefusal:
    def test_of_the_household_counts_at_once_and_leaves_out_this_very_home_alone(self, candidacy, officer):
        before = known(candidacy.household)

        refusal = note(candidacy, "place", actor=officer, words="too far")

        assert (refusal.state, again(candidacy).state) == ("counts", "refused")
        after = known(candidacy.household)
        assert after.excluded_homes == {candidacy.offer.dwelling.reference}
        assert (after.waiting_since, after.labels) == (before.waiting_since, before.labels)

    @pytest.mark.parametrize("reason", OTHERS)
    def test_of_anybody_else_changes_nothing_before_a_second_look(self, candidacy, officer, other, reason):
        before = known(candidacy.household)

        refusal = note(candidacy, reason, actor=officer)

        assert (refusal.state, again(candidacy).state) == ("awaits", "proposed")
        assert look(refusal, actor=other).state == "counts"
        assert again(candidacy).state == "withdrawn"
        assert known(candidacy.household) == before

    def test_is_refused_twice_once_over_on_a_letter_on_health_or_by_who_may_not(self, candidacy, officer):
        with pytest.raises(NotAllowed):
            note(candidacy, "place", actor=territories.actor("peer_worker"))
        with pytest.raises(motives.ForbiddenMotive):
            note(candidacy, "landlord_other", actor=officer, words="schizophrénie")
        with pytest.raises(refusing.HomeBackTooSoon):
            note(candidacy, "home_works", actor=officer, home_back_on=TODAY - timedelta(days=1))
        Candidacy.objects.filter(pk=candidacy.pk).update(state="offered")
        with pytest.raises(refusing.AnswerOnTheLetter):
            note(candidacy, "place", actor=officer)
        note(candidacy, "landlord_size", actor=officer)
        with pytest.raises(refusing.RefusedAlready):
            note(candidacy, "landlord_other", actor=officer)
        Candidacy.objects.filter(pk=candidacy.pk).update(state="housed")
        with pytest.raises(refusing.ProposalOver):
            note(candidacy, "landlord_size", actor=officer)


class TestHome:
    def test_comes_off_the_list_until_its_day_once_the_refusal_counts(self, candidacy, officer, other):
        refusal = note(candidacy, "home_works", actor=officer, home_back_on=LATER)
        offer, grid = candidacy.offer, candidacy.round.grid
        drawing.check_opening(offer, grid, TODAY, actor=officer)

        look(refusal, actor=other)

        with pytest.raises(drawing.OfferNotAvailable):
            drawing.check_opening(offer, grid, LATER - timedelta(days=1), actor=officer)
        drawing.check_opening(offer, grid, LATER, actor=officer)
        assert again(refusal).reason in HOME_OFF

    def test_off_the_list_is_not_offered_to_the_next_and_otherwise_is(self, officer, other, db):
        item = allocation.decided()
        first, second = allocation.candidates(item)[:2]
        refusal = look(note(first, "home_kept", actor=officer), actor=other)
        program = territories.program()
        with pytest.raises(offers.HomeNoLongerOnOffer):
            actions.offer_next_rank(actor=program, item=item, sent_on=TODAY)

        actions.take_refusal_back(actor=officer, refusal=refusal)
        assert again(first).state == "decided"
        look(note(first, "landlord_other", actor=officer, home_back_on=LATER), actor=other)

        assert again(first).refusals.get(state="counts").home_back_on is None
        letter = actions.offer_next_rank(actor=program, item=item, sent_on=TODAY)
        assert letter.decision.candidacy == second


class TestLookAgain:
    def test_is_of_another_person_and_the_database_says_so_too(self, candidacy, officer, other):
        refusal = note(candidacy, "not_on_its_list", actor=officer)
        with pytest.raises(refusing.SameEyes):
            look(refusal, actor=officer)
        with pytest.raises(refusing.SameEyes):
            look(refusal, actor=territories.program())
        with pytest.raises(IntegrityError), transaction.atomic():
            Refusal.objects.update(looked_by_id=officer.user_id)

    def test_is_of_another_organisation_or_of_the_siao_and_never_of_the_same_for_a_no_of_the_siao(
        self, candidacy, officer
    ):
        colleague = territories.actor("siao_officer", organisation=territories.organisation_of(officer))
        with pytest.raises(refusing.SameEyes):
            look(note(candidacy, "siao_other", actor=officer), actor=colleague)
        Refusal.objects.all().delete()
        assert look(note(candidacy, "landlord_size", actor=officer), actor=colleague).state == "counts"

    def test_waits_in_the_day_of_who_may_look_and_of_nobody_else(self, candidacy, officer, other):
        refusal = note(candidacy, "landlord_size", actor=officer)

        assert waiting.of_each_kind(actor=other, on=TODAY)["second_look"] == 1
        assert waiting.of_each_kind(actor=officer, on=TODAY)["second_look"] == 0
        (kind,) = [each for each in waiting.KINDS if each.key == "second_look"]
        assert kind.due(refusal).lead == candidacy.household.reference
        look(refusal, actor=other)
        assert not queries.refusals_to_look_at(actor=other, on=TODAY).exists()

    def test_sets_aside_with_a_reason_and_the_proposal_goes_on_at_its_place(self, candidacy, officer, other):
        rank = candidacy.rank
        refusal = note(candidacy, "landlord_resources", actor=officer)
        with pytest.raises(refusing.NoWordsOfTheLook):
            look(refusal, actor=other, counts=False, words=" ")
        with pytest.raises(motives.ForbiddenMotive):
            look(refusal, actor=other, words="schizophrénie")

        look(refusal, actor=other, counts=False)

        assert (again(refusal).state, again(candidacy).state, candidacy.rank) == ("set_aside", "proposed", rank)
        assert note(candidacy, "place", actor=officer).state == "counts"
        with pytest.raises(refusing.LookedAtAlready):
            look(refusal, actor=other)

    def test_counts_no_more_once_the_proposal_is_over(self, candidacy, officer, other):
        refusal = note(candidacy, "landlord_resources", actor=officer)
        Candidacy.objects.filter(pk=candidacy.pk).update(state="lost")
        with pytest.raises(refusing.ProposalOver):
            look(refusal, actor=other)


class TestTakeBack:
    @pytest.mark.parametrize("reason", ["place", "landlord_size"])
    def test_puts_the_proposal_back_at_its_place(self, candidacy, officer, other, reason):
        refusal = counted(candidacy, reason, officer, other)

        actions.take_refusal_back(actor=officer, refusal=refusal)

        assert (again(candidacy).state, again(refusal).state) == ("proposed", "taken_back")
        assert known(candidacy.household).excluded_homes == set()
        with pytest.raises(refusing.NothingToTakeBack):
            actions.take_refusal_back(actor=officer, refusal=refusal)

    def test_of_one_that_awaits_touches_no_proposal(self, candidacy, officer):
        actions.take_refusal_back(actor=officer, refusal=note(candidacy, "landlord_size", actor=officer))
        assert again(candidacy).state == "proposed"

    def test_never_moves_what_moved_since_nor_takes_a_home_from_who_holds_it(self, candidacy, officer, other):
        Candidacy.objects.filter(pk=candidacy.pk).update(state="offered")
        refusal = counted(candidacy, "landlord_size", officer, other)
        following = candidacy.round.candidacies.get(rank=candidacy.rank + 1)
        Candidacy.objects.filter(pk=following.pk).update(state="offered")
        with pytest.raises(refusing.NothingToTakeBack):
            actions.take_refusal_back(actor=officer, refusal=refusal)
        Candidacy.objects.filter(pk=candidacy.pk).update(state="lost")
        with pytest.raises(refusing.NothingToTakeBack):
            actions.take_refusal_back(actor=officer, refusal=refusal)
        assert again(candidacy).state == "lost"


class TestPages:
    def test_note_look_again_and_take_back_without_a_script(self, client, candidacy, officer, other):
        client.force_login(territories.account_of(officer))
        refuse = reverse("allocation:refuse", args=[candidacy.pk])
        assert refuse in client.get(reverse("allocation:round", args=[candidacy.round_id])).content.decode()
        client.post(refuse, {"reason": "landlord_size", "words": "two rooms are not enough"})
        assert client.post(refuse, {"reason": "place"}).status_code == 422
        look_url = reverse("allocation:look", args=[Refusal.objects.get().pk])
        assert client.post(look_url, {"verdict": "counts", "words": "yes"}).status_code == 422

        client.force_login(territories.account_of(other))
        assert "two rooms" in client.get(look_url).content.decode()
        client.post(look_url, {"verdict": "counts", "words": "the law asks for more"})

        assert again(candidacy).state == "withdrawn"
        assert "the law asks" in client.get(refuse).content.decode()
        back = reverse("allocation:take-refusal-back", args=[Refusal.objects.get().pk])
        client.post(back)
        client.post(back)
        assert again(candidacy).state == "proposed"
        client.post(refuse, {"reason": "place"})
        assert again(candidacy).state == "refused"
