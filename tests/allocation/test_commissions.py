"""Commissions: who sits, who is present, who leaves a home, when it is over."""

from datetime import timedelta

import pytest

from chezsoi.allocation import actions, queries
from chezsoi.allocation.actions import commissions
from chezsoi.allocation.actions.tables import SittingClosed
from chezsoi.allocation.choices import CommissionKind, SittingState
from chezsoi.law.commission import AnswerDelayTooShort
from chezsoi.territories.access import NotAllowed
from chezsoi.trail.models import Entry
from tests.factories import allocation, territories


class TestRegisterCommission:
    def test_lets_a_local_one_set_its_own_quorum_and_delay(self):
        local = allocation.commission(CommissionKind.LOCAL, quorum=1, answer_days=3)

        assert (local.quorum, local.answer_days) == (1, 3)

    def test_refuses_a_caleol_that_leaves_nine_days(self):
        with pytest.raises(AnswerDelayTooShort):
            allocation.commission(answer_days=9)

    def test_refuses_a_local_one_that_leaves_none(self):
        with pytest.raises(AnswerDelayTooShort):
            allocation.commission(CommissionKind.LOCAL, answer_days=0)

    def test_refuses_to_decide_with_nobody(self):
        with pytest.raises(commissions.QuorumTooSmall):
            allocation.commission(quorum=0)


class TestEndMember:
    def test_ends_the_seat_that_day_and_leaves_a_trail(self):
        of = allocation.commission()
        member, other = allocation.members(of, 2)

        actions.end_member(actor=territories.program(), member=member, ends_on=allocation.today())

        assert list(of.members.in_force_on(allocation.today())) == [other]
        assert Entry.objects.filter(verb="allocation.member.ended", object_id=str(of.pk)).exists()

    def test_refuses_a_day_that_does_not_come_after_the_first(self):
        (member,) = allocation.members(allocation.commission(), 1)

        with pytest.raises(commissions.SeatTooShort):
            actions.end_member(actor=territories.program(), member=member, ends_on=member.starts_on)

    def test_keeps_the_seat_of_whoever_was_present_that_day(self):
        member = allocation.item().sitting.attendances.order_by("pk").first().member
        today = allocation.today()

        with pytest.raises(commissions.SatSince):
            actions.end_member(actor=territories.program(), member=member, ends_on=today)
        actions.end_member(actor=territories.program(), member=member, ends_on=today + timedelta(days=1))

        member.refresh_from_db()
        assert member.ends_on == today + timedelta(days=1)

    def test_is_refused_to_who_does_not_prepare_the_commission(self):
        (member,) = allocation.members(allocation.commission(), 1)

        for stranger in ("siao_officer", "commission_secretary"):
            with pytest.raises(NotAllowed):
                actions.end_member(actor=territories.actor(stranger), member=member, ends_on=allocation.today())


class TestCallSitting:
    def test_refuses_twice_the_same_day(self):
        called = allocation.sitting()

        with pytest.raises(commissions.SittingAlreadyCalled):
            allocation.sitting(called.commission)


class TestRecordAttendance:
    def test_opens_the_sitting(self):
        sat = allocation.sitting()
        present = allocation.members(sat.commission)

        actions.record_attendance(actor=territories.program(), sitting=sat, members=present)

        assert sat.state == SittingState.OPEN
        assert sat.attendances.count() == 3

    def test_can_be_put_right_before_a_decision(self):
        sat = allocation.sitting()
        first, second, _third = allocation.members(sat.commission)
        for members in ([first, second], [second]):
            actions.record_attendance(actor=territories.program(), sitting=sat, members=members)

        assert list(sat.attendances.values_list("member", flat=True)) == [second.pk]

    def test_lets_a_late_member_in_after_a_decision_but_takes_nobody_off(self):
        item = allocation.item()
        (late,) = allocation.members(item.sitting.commission, 1)
        self._decide_first(item)
        here = [row.member for row in item.sitting.attendances.select_related("member").order_by("pk")]

        actions.record_attendance(actor=territories.program(), sitting=item.sitting, members=[*here, late])
        with pytest.raises(commissions.AttendanceFixed):
            actions.record_attendance(actor=territories.program(), sitting=item.sitting, members=here[1:])

        assert item.sitting.attendances.count() == 4

    def test_refuses_somebody_of_another_commission(self):
        (stranger,) = allocation.members(allocation.commission(), 1)

        with pytest.raises(commissions.MemberElsewhere):
            actions.record_attendance(actor=territories.program(), sitting=allocation.sitting(), members=[stranger])

    def test_refuses_somebody_whose_seat_begins_later(self):
        sat = allocation.sitting(held_on=allocation.today() - timedelta(days=60))

        with pytest.raises(commissions.MemberElsewhere):
            actions.record_attendance(
                actor=territories.program(), sitting=sat, members=allocation.members(sat.commission, 1)
            )

    def test_refuses_a_closed_sitting(self):
        with pytest.raises(SittingClosed):
            actions.record_attendance(actor=territories.program(), sitting=allocation.decided().sitting, members=[])

    def _decide_first(self, item):
        actions.decide(
            actor=territories.program(),
            item=item,
            candidacy=allocation.candidates(item)[0],
            verdict=allocation.ranked(1),
            on=allocation.today(),
        )


class TestRecuse:
    def test_takes_the_member_out_of_the_quorum_of_that_home(self):
        item = allocation.item()
        member = item.sitting.attendances.order_by("pk").first().member

        actions.recuse(actor=territories.program(), item=item, member=member, reason="knows the household")

        assert queries.quorum(item, actor=territories.program()) == 2

    def test_lets_a_member_leave_for_itself_alone(self):
        item = allocation.item()
        sitter = territories.actor("commission_member")
        own = allocation.seat(item.sitting.commission, sitter)
        others = [row.member for row in item.sitting.attendances.order_by("pk")]
        actions.record_attendance(actor=territories.program(), sitting=item.sitting, members=[*others, own])

        actions.recuse(actor=sitter, item=item, member=own, reason="my cousin")
        with pytest.raises(NotAllowed):
            actions.recuse(actor=sitter, item=item, member=others[0], reason="his cousin")

        assert [row.member for row in item.recusals.select_related("member")] == [own]

    def test_refuses_without_a_reason(self):
        with pytest.raises(commissions.RecusalReasonMissing):
            self._recuse(allocation.item(), reason=" ")

    def test_refuses_a_closed_sitting(self):
        with pytest.raises(SittingClosed):
            self._recuse(allocation.decided())

    def test_refuses_who_is_absent(self):
        item = allocation.item()
        (absent,) = allocation.members(item.sitting.commission, 1)

        with pytest.raises(commissions.Absent):
            actions.recuse(actor=territories.program(), item=item, member=absent, reason="a conflict")

    def test_refuses_once_the_home_is_decided(self):
        item = allocation.item()
        TestRecordAttendance()._decide_first(item)

        with pytest.raises(commissions.AlreadyDecided):
            self._recuse(item)

    def _recuse(self, item, reason="a conflict"):
        member = item.sitting.attendances.order_by("pk").first().member
        return actions.recuse(actor=territories.program(), item=item, member=member, reason=reason)


class TestCloseSitting:
    def test_refuses_while_a_candidate_waits(self):
        with pytest.raises(commissions.UndecidedCandidates):
            actions.close_sitting(actor=territories.program(), sitting=allocation.item().sitting)

    def test_refuses_twice(self):
        with pytest.raises(SittingClosed):
            actions.close_sitting(actor=territories.program(), sitting=allocation.decided().sitting)
