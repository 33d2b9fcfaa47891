"""Joint rounds: frozen together, drawn together, answered household by household, proved, forgotten."""

from datetime import timedelta

import pytest

from chezsoi.allocation import actions, queries, wording
from chezsoi.allocation.actions import drawing, joint, rounds
from chezsoi.allocation.choices import CandidacyState, ReasonCode, RoundState
from chezsoi.allocation.models import Candidacy, Examination, JointAnswer, JointRound, Round
from chezsoi.homes import actions as homes_actions
from chezsoi.people.choices import Closing
from chezsoi.people.models import Household
from chezsoi.territories.access import NotAllowed
from tests.factories import allocation, territories


def two_homes():
    return [allocation.offer(), allocation.offer()]


class TestOpening:
    def test_freezes_who_waits_once_and_one_seed_for_every_home(self):
        allocation.households(3)

        opened = allocation.joint(two_homes())

        rows = list(opened.rounds.all())
        assert (opened.examined, opened.state, len(rows)) == (3, RoundState.COMMITTED, 2)
        assert {row.seed_commitment for row in rows} == {opened.seed_commitment}
        assert all("F-" not in row.snapshot for row in rows)

    @pytest.mark.parametrize("number", [0, 1])
    def test_refuses_fewer_than_two_homes(self, number):
        allocation.household()

        with pytest.raises(joint.TooFewHomes):
            allocation.joint(two_homes()[:number], territory=territories.territory())

    def test_refuses_a_home_searched_for_or_gone(self):
        allocation.household()
        offers = two_homes()
        allocation.committed(offers[0])
        gone = allocation.offer()
        homes_actions.withdraw_offer(actor=territories.program(), offer=gone, reason="works")

        with pytest.raises(rounds.RoundAlreadyOpen):
            allocation.joint(offers)
        with pytest.raises(drawing.OfferNotAvailable):
            allocation.joint([gone, offers[1]])
        assert not JointRound.objects.exists()

    def test_refuses_when_nobody_waits_and_who_may_not(self):
        offers = two_homes()

        with pytest.raises(drawing.NobodyToExamine):
            allocation.joint(offers)
        with pytest.raises(NotAllowed):
            actions.open_joint_round(
                actor=territories.actor("lead_worker"),
                territory=territories.territory(),
                offers=offers,
                snapshot=(),
                grid=allocation.grid(),
                on=allocation.today(),
                at=allocation.now(),
            )


class TestDrawing:
    def test_proposes_each_home_to_the_next_in_the_published_order(self):
        first, second, third = allocation.households(3)

        found = allocation.drawn_together(two_homes())

        answers = {row.household_id: row for row in found.answers.all()}
        assert [answers[each.pk].place for each in (first, second, third)] == [1, 2, 3]
        assert [answers[each.pk].proposed is not None for each in (first, second, third)] == [True, True, False]
        assert answers[third.pk].last_place == 2
        assert len(answers[third.pk].blocking) == 2

    def test_each_home_has_its_candidates_the_one_proposed_first(self):
        households = allocation.households(4)

        found = allocation.drawn_together(two_homes())

        for row in found.rounds.all():
            lined = list(Candidacy.objects.filter(round=row).order_by("rank"))
            proposed = JointAnswer.objects.get(proposed=row)
            assert lined[0].household_id == proposed.household_id
            assert [each.household_id for each in lined[1:3]] == [each.pk for each in households[2:]]
            assert Examination.objects.filter(round=row).count() == len(lined) == 4
            assert (row.state, row.compatible) == (RoundState.DRAWN, 4)

    def test_leaves_out_a_home_that_is_gone_and_says_so(self):
        allocation.households(2)
        offers = [*two_homes(), allocation.offer()]
        opened = allocation.joint(offers)
        homes_actions.withdraw_offer(actor=territories.program(), offer=offers[0], reason="works")

        found = _draw(opened)

        assert Round.objects.get(offer=offers[0]).state == RoundState.CANCELLED
        assert queries.joint_round(found.pk, actor=territories.actor("siao_officer")).homes == 2
        assert queries.joint_proof(found, actor=territories.actor("siao_officer")).holds

    def test_refuses_when_every_home_is_gone(self):
        allocation.household()
        offers = two_homes()
        opened = allocation.joint(offers)
        for offer in offers:
            homes_actions.withdraw_offer(actor=territories.program(), offer=offer, reason="works")

        with pytest.raises(joint.NothingLeftToDraw):
            _draw(opened)

    def test_draws_once_and_never_one_home_alone(self):
        allocation.households(2)
        opened = allocation.joint(two_homes())

        with pytest.raises(rounds.DrawnWithOthers):
            actions.draw_round(
                actor=territories.program(),
                round_=opened.rounds.first(),
                public=allocation.public_number(),
                at=allocation.now(),
            )
        _draw(opened)
        with pytest.raises(drawing.RoundNotCommitted):
            _draw(opened)

    def test_a_closed_file_keeps_its_rank_and_is_withdrawn(self):
        household, *_others = allocation.households(3)
        opened = allocation.joint(two_homes())
        Household.objects.filter(pk=household.pk).update(closed_on=allocation.today(), closed_because=Closing.GONE)

        _draw(opened)

        states = Candidacy.objects.filter(household=household).values_list("state", flat=True)
        assert set(states) == {CandidacyState.WITHDRAWN}


class TestReading:
    def test_the_proof_holds_and_sees_a_touched_result(self):
        allocation.households(2)
        found = allocation.drawn_together(two_homes())
        officer = territories.actor("siao_officer")

        assert queries.joint_proof(found, actor=officer).holds
        JointRound.objects.filter(pk=found.pk).update(result_sha256="0" * 64)
        touched = queries.joint_proof(found, actor=officer)
        assert (touched.snapshot_is_untouched, touched.order_is_the_same) == (True, False)
        Round.objects.filter(joint=found).update(snapshot_sha256="0" * 64)
        assert not queries.joint_proof(found, actor=officer).snapshot_is_untouched

    def test_whoever_says_no_keeps_its_place_and_is_proposed_the_other_home(self):
        first, second, third = allocation.households(3)
        found = allocation.drawn_together(two_homes())
        officer = territories.actor("siao_officer")
        refused, other = (JointAnswer.objects.get(household=each).proposed for each in (first, second))

        changes = {each.file_number: each for each in queries.if_refused(found, refused, actor=officer)}

        assert {name: (each.before, each.after) for name, each in changes.items()} == {
            first.reference: (refused, other),
            second.reference: (other, refused),
        }
        assert third.reference not in changes
        assert queries.after_decisions(found, actor=officer) == ()

    def test_a_home_proposed_to_nobody_changes_nothing(self):
        allocation.household()
        found = allocation.drawn_together(two_homes())
        left = found.rounds.exclude(pk=JointAnswer.objects.get(joint=found).proposed_id).get()

        assert queries.if_refused(found, left, actor=territories.actor("siao_officer")) == ()

    def test_a_decision_taken_holds_and_the_rest_is_proposed_around_it(self):
        first, second, third = allocation.households(3)
        found = allocation.drawn_together(two_homes())
        home = JointAnswer.objects.get(household=first).proposed
        elsewhere = allocation.refused(ReasonCode.CEILINGS)
        verdicts = {first: elsewhere, second: elsewhere, third: allocation.ranked(1)}
        item = allocation.item(home)
        allocation.decided(item, [verdicts[each.household] for each in allocation.candidates(item)])
        officer = territories.actor("siao_officer")

        changes = {each.file_number: each for each in queries.after_decisions(found, actor=officer)}

        assert changes[third.reference].after == home
        assert home not in {each.after for name, each in changes.items() if name != third.reference}

    def test_tells_somebody_who_is_no_candidate_why(self):
        allocation.households(5)
        last = allocation.household(max_outlay_per_month=1)
        found = allocation.drawn_together(two_homes())
        officer = territories.actor("siao_officer")

        line = queries.why(found.rounds.first(), last.reference, actor=officer)
        answer = queries.answer(found, last.reference, actor=officer)

        assert (line.is_compatible, line.rank) == (False, None)
        assert (answer.possible, answer.proposed) == (0, None)
        assert queries.answer(found, "nobody", actor=officer) is None
        assert queries.why(found.rounds.first(), "nobody", actor=officer) is None

    def test_who_follows_households_reads_their_answers_alone(self):
        worker = territories.actor("lead_worker")
        mine = allocation.household(actor=worker)
        allocation.households(3)
        found = allocation.drawn_together(two_homes())

        seen = {queries.answer(found, row.household.reference, actor=worker) for row in found.answers.all()}

        assert {each.household for each in seen if each is not None} == {mine}
        assert queries.joint_rounds(actor=territories.actor("social_landlord_agent")).count() == 0
        assert queries.joint_rounds(actor=territories.program()).count() == 0


class TestAudit:
    def test_counts_everybody_no_rule_refused_candidate_or_not(self):
        allocation.households(6)
        allocation.household(max_outlay_per_month=1)
        found = allocation.drawn_together(two_homes())

        audit = queries.audit_of_round(
            found.rounds.first(), on=allocation.today(), actor=territories.actor("coordinator")
        )

        assert (audit.eligible, audit.proposed) == (6, 4)


class TestEnding:
    def test_ends_every_home_and_nobody_loses_anything(self):
        allocation.households(2)
        found = allocation.drawn_together(two_homes())

        with pytest.raises(rounds.NoCancellationReason):
            actions.cancel_joint_round(actor=territories.program(), joint=found, reason=" ")
        actions.cancel_joint_round(actor=territories.program(), joint=found, reason="begun by mistake")

        assert set(found.rounds.values_list("state", flat=True)) == {RoundState.CANCELLED}
        assert set(Candidacy.objects.values_list("state", flat=True)) == {CandidacyState.LOST}

    def test_what_was_frozen_is_erased_with_the_first_file(self):
        allocation.households(2)
        found = allocation.drawn_together(two_homes())
        one = found.rounds.first()

        erased = actions.forget_facts(actor=territories.program(), rounds=[one.pk], on=allocation.today())

        found.refresh_from_db()
        assert erased == 2
        assert (found.snapshot, found.facts_erased_on) == ("", allocation.today())


class TestWords:
    @pytest.mark.parametrize("blocking", [["A"], ["A", "B", "C"]])
    def test_a_household_reads_why_in_forty_words(self, blocking):
        relaxation = {"wish": "commune_is_wished", "accept": "57751", "home": "A"}
        answer = JointAnswer(possible=3, blocking=blocking, last_points=61, points=54, relaxation=relaxation)
        reader = wording.Reader(communes={"57751": "Woippy"})

        said = wording.unproposed(answer, reader)

        assert len(said.split()) <= 40
        assert "61" in said
        assert "54" in said
        assert "Woippy" in said

    def test_where_nothing_fits_says_so(self):
        said = wording.unproposed(JointAnswer(possible=0, blocking=[], points=54), wording.Reader())

        assert said
        assert "54" not in said


def _draw(opened):
    return actions.draw_joint_round(
        actor=territories.program(),
        joint=opened,
        public=allocation.public_number(allocation.now() - timedelta(hours=1)),
        at=allocation.now(),
    )
