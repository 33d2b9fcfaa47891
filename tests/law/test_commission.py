"""What a commission may decide, with how many candidates and present members."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.law.commission import (
    AnswerDelayTooShort,
    CommissionKind,
    Decision,
    UnknownException,
    commission_rules_on,
)
from chezsoi.law.parameters import NoValueInForce, Status

DAY = date(2026, 11, 23)
CALEOL = commission_rules_on(DAY, kind=CommissionKind.CALEOL)
LOCAL = commission_rules_on(DAY, kind=CommissionKind.LOCAL)


class TestCaleol:
    def test_examines_three_candidates(self):
        assert CALEOL.candidates_needed() == 3
        assert CALEOL.candidates.status is Status.TO_BE_CONFIRMED

    @pytest.mark.parametrize("exception", ["too_few_candidates", "dalo_designation", "plai_adapte"])
    def test_is_content_with_one_candidate_in_its_three_exceptions(self, exception):
        assert CALEOL.candidates_needed(exception) == 1

    def test_knows_no_other_exception(self):
        assert len(CALEOL.exceptions) == 3
        with pytest.raises(UnknownException):
            CALEOL.candidates_needed("urgency")

    def test_says_that_its_quorum_is_a_default_to_be_confirmed(self):
        assert CALEOL.quorum.status is Status.TO_BE_CONFIRMED
        assert "règlement intérieur" in CALEOL.quorum.set_by
        assert [CALEOL.quorum.is_met_by(present) for present in (2, 3)] == [False, True]

    def test_lets_the_mayor_break_a_tie_to_be_confirmed(self):
        assert (CALEOL.casting_vote.holder, CALEOL.casting_vote.status) == ("mayor", Status.TO_BE_CONFIRMED)
        assert LOCAL.casting_vote is None

    def test_leaves_ten_days_to_answer(self):
        assert CALEOL.last_answer_day(date(2026, 12, 24)) == date(2027, 1, 3)
        assert CALEOL.last_answer_day(DAY, days=15) == date(2026, 12, 8)

    def test_refuses_to_leave_fewer(self):
        with pytest.raises(AnswerDelayTooShort, match="9 days granted, 10 due"):
            CALEOL.last_answer_day(DAY, days=9)

    @given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(10, 90))
    def test_never_leaves_less_than_the_days_granted(self, offered_on, days):
        assert CALEOL.last_answer_day(offered_on, days=days) - offered_on == timedelta(days=days)

    def test_has_no_rule_before_the_first_known_day(self):
        with pytest.raises(NoValueInForce):
            commission_rules_on(date(1999, 12, 31), kind=CommissionKind.CALEOL)


class TestDecisions:
    @pytest.mark.parametrize("rules", [CALEOL, LOCAL], ids=["caleol", "local"])
    def test_are_the_five_of_the_code(self, rules):
        assert {rule.decision for rule in rules.decisions} == set(Decision)
        assert len(rules.decisions) == 5
        assert all("R441-3" in rule.reference for rule in rules.decisions)

    def test_need_what_makes_them_lawful(self):
        needs = {
            rule.decision: (rule.needs_rank, rule.needs_missing_document, rule.needs_reason)
            for rule in CALEOL.decisions
        }

        assert needs == {
            Decision.ALLOCATED: (False, False, False),
            Decision.ALLOCATED_RANKED: (True, False, False),
            Decision.ALLOCATED_CONDITIONALLY: (False, True, False),
            Decision.NOT_ALLOCATED: (False, False, True),
            Decision.REJECTED_INADMISSIBLE: (False, False, True),
        }

    def test_open_an_offer_only_when_they_allocate(self):
        offering = [decision for decision in Decision if CALEOL.rule_of(decision).opens_an_offer]

        assert offering == [Decision.ALLOCATED, Decision.ALLOCATED_RANKED, Decision.ALLOCATED_CONDITIONALLY]


class TestLocal:
    def test_needs_one_candidate_and_nobody_in_particular(self):
        assert LOCAL.candidates_needed() == 1
        assert LOCAL.exceptions == ()
        assert LOCAL.quorum.is_met_by(0)

    def test_imposes_no_delay_but_keeps_the_one_granted(self):
        assert LOCAL.last_answer_day(DAY) == DAY
        assert LOCAL.last_answer_day(DAY, days=3) == date(2026, 11, 26)

    def test_does_not_pass_for_law(self):
        assert "hors du droit" in LOCAL.candidates.reference
        assert LOCAL.candidates.why_no_link == "no text: a rule this program set for itself"
