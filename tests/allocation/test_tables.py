"""What may be put on the table of a commission: three candidates, or one of the three exceptions, each checked."""

import pytest

from chezsoi.allocation import actions
from chezsoi.allocation.actions import tables
from chezsoi.allocation.choices import CommissionKind, FewCandidates
from chezsoi.homes.choices import Stock
from chezsoi.territories.access import NotAllowed
from tests.factories import allocation, territories


def put(round_, *, why=FewCandidates.NONE, sitting=None, actor=None):
    return actions.put_on_table(
        actor=actor or territories.program(),
        sitting=sitting or allocation.sitting(),
        round_=round_,
        few_candidates=why,
    )


class TestPutOnTable:
    def test_takes_three_candidates(self):
        allocation.households(3)

        assert put(allocation.drawn()).few_candidates == ""

    def test_refuses_two_to_a_caleol(self):
        allocation.households(2)

        with pytest.raises(tables.TooFewCandidates):
            put(allocation.drawn())

    def test_takes_one_in_a_local_commission(self):
        allocation.household()
        round_ = allocation.drawn(allocation.offer(stock=Stock.PRIVATE))

        assert put(round_, sitting=allocation.sitting(allocation.commission(CommissionKind.LOCAL)))

    def test_takes_two_when_really_no_more_are_compatible(self):
        allocation.households(2)

        assert put(allocation.drawn(), why=FewCandidates.TOO_FEW).few_candidates == "too_few_candidates"

    def test_refuses_that_exception_when_more_were_compatible(self):
        allocation.households(4)

        with pytest.raises(tables.ExceptionUnfounded):
            put(allocation.drawn(size=2), why=FewCandidates.TOO_FEW)

    def test_takes_one_household_recognised_dalo(self):
        allocation.household("dalo")
        allocation.households(3)

        assert put(allocation.drawn(size=1), why=FewCandidates.DALO_DESIGNATED)

    def test_refuses_that_exception_without_the_label(self):
        allocation.households(4)

        with pytest.raises(tables.ExceptionUnfounded):
            put(allocation.drawn(size=1), why=FewCandidates.DALO_DESIGNATED)

    def test_takes_one_for_a_home_with_the_plai_adapte_subsidy(self):
        allocation.households(4)

        assert put(allocation.drawn(allocation.offer(funding="PLAI_A"), size=1), why=FewCandidates.PLAI_ADAPTED)

    def test_refuses_that_exception_for_another_funding(self):
        allocation.households(4)

        with pytest.raises(tables.ExceptionUnfounded):
            put(allocation.drawn(size=1), why=FewCandidates.PLAI_ADAPTED)

    @pytest.mark.parametrize("why", [FewCandidates.TOO_FEW, "whatever"])
    def test_refuses_an_exception_that_is_not_needed_or_not_the_laws(self, why):
        allocation.households(3)

        with pytest.raises(tables.ExceptionUnfounded):
            put(allocation.drawn(), why=why)

    def test_refuses_an_exception_of_no_law(self):
        allocation.households(2)

        with pytest.raises(tables.ExceptionUnfounded):
            put(allocation.drawn(), why="whatever")

    def test_refuses_a_round_with_nobody(self):
        allocation.household(max_outlay_per_month=1)

        with pytest.raises(tables.NoCandidate):
            put(allocation.drawn(), why=FewCandidates.TOO_FEW)

    def test_refuses_a_round_not_drawn(self):
        allocation.household()

        with pytest.raises(tables.RoundNotDrawnYet):
            put(allocation.committed())

    def test_refuses_a_closed_sitting(self):
        closed = allocation.decided()

        with pytest.raises(tables.SittingClosed):
            put(closed.round, sitting=closed.sitting)

    @pytest.mark.parametrize(
        ("stock", "kind"), [(Stock.PRIVATE, CommissionKind.CALEOL), (Stock.SOCIAL, CommissionKind.LOCAL)]
    )
    def test_refuses_the_commission_of_another_stock(self, stock, kind):
        allocation.households(3)

        with pytest.raises(tables.WrongCommission):
            put(
                allocation.drawn(allocation.offer(stock=stock)), sitting=allocation.sitting(allocation.commission(kind))
            )

    def test_refuses_the_commission_of_another_landlord(self):
        allocation.households(3)
        landlord = territories.organisation()

        with pytest.raises(tables.WrongCommission):
            put(allocation.drawn(allocation.offer(landlord=landlord)))

    def test_takes_the_landlords_own(self):
        allocation.households(3)
        landlord = territories.organisation()
        own = allocation.sitting(allocation.commission(organisation=landlord))

        assert put(allocation.drawn(allocation.offer(landlord=landlord)), sitting=own)

    def test_refuses_the_same_round_twice(self):
        allocation.households(3)
        round_ = allocation.drawn()
        put(round_)

        with pytest.raises(tables.AlreadyOnATable):
            put(round_)

    def test_refuses_who_prepares_no_commission(self):
        allocation.households(3)

        with pytest.raises(NotAllowed):
            put(allocation.drawn(), actor=territories.actor("siao_officer"))
