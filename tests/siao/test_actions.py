from datetime import date, timedelta

import pytest

from chezsoi.allocation.models import HousingRequest
from chezsoi.siao import actions, queries
from chezsoi.siao.choices import Asked, Destination, StepKind, TeamKind, WhyElsewhere, WorkerBefore
from chezsoi.siao.models import Orientation
from chezsoi.territories.access import NotAllowed
from chezsoi.trail.models import Entry
from tests.factories import allocation, people, siao, territories

TODAY = date(2026, 11, 23)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def officer():
    return territories.actor("siao_officer")


@pytest.fixture
def household():
    return people.household(on=TODAY)


def orient(officer, household, decision=None) -> Orientation:
    return actions.orient(
        actor=officer, household=household, decision=decision or siao.decision(decided_on=TODAY), on=TODAY
    )


def correct(officer, orientation, *, reason="wrong line") -> Orientation:
    return actions.correct(
        actor=officer, orientation=orientation, decision=siao.decision(decided_on=TODAY), reason=reason, on=TODAY
    )


class TestOrient:
    def test_keeps_what_was_asked_beside_where_they_are_oriented(self, officer, household):
        made = orient(officer, household, siao.elsewhere(decided_on=TODAY, asked_words=" chez moi "))

        assert (made.asked, made.asked_words, made.destination) == (Asked.HOME, "chez moi", Destination.CHRS)
        assert (made.why_elsewhere, made.recorded_by) == (WhyElsewhere.NO_HOME_YET, officer.user_id)
        assert made.organisation_id == officer.organisation_id
        assert "chrs" in Entry.objects.get(verb="siao.orientation.decided").detail

    def test_asks_what_is_missing_when_a_home_is_asked_and_not_given(self, officer, household):
        with pytest.raises(actions.NeedsWhyElsewhere):
            orient(officer, household, siao.decision(decided_on=TODAY, destination=Destination.HOTEL))

    def test_keeps_no_reason_when_they_are_oriented_to_what_they_ask(self, officer, household):
        made = orient(officer, household, siao.decision(decided_on=TODAY, why_elsewhere=WhyElsewhere.NO_HOME_YET))

        assert (made.why_elsewhere, made.is_elsewhere) == ("", False)

    def test_is_not_of_tomorrow(self, officer, household):
        with pytest.raises(actions.StillToCome):
            orient(officer, household, siao.decision(decided_on=TODAY + timedelta(days=1)))

    def test_takes_no_team_of_another_siao_nor_a_closed_one(self, officer, household):
        other = siao.team(territories.actor("siao_officer"))
        closed = siao.team(officer)
        closed.closed_on = TODAY

        for team in (other, closed):
            with pytest.raises(actions.TeamElsewhere):
                orient(officer, household, siao.decision(decided_on=TODAY, team=team))
        assert not Orientation.objects.exists()

    def test_is_the_siaos_alone(self, household):
        with pytest.raises(NotAllowed):
            orient(territories.actor("coordinator"), household)

    def test_touches_neither_the_request_nor_its_seniority(self, officer):
        waiting = allocation.household()
        before = HousingRequest.objects.values().get(household=waiting)

        made = siao.oriented(
            waiting, destination=Destination.EMERGENCY, why_elsewhere=WhyElsewhere.FOR_TONIGHT, step=StepKind.DECLINED
        )

        assert HousingRequest.objects.values().get(household=waiting) == before
        assert made.is_elsewhere


class TestCorrect:
    def test_keeps_the_old_value_and_lets_its_answer_go_on(self, officer, household):
        first = orient(officer, household, siao.elsewhere(decided_on=YESTERDAY))
        actions.note_step(actor=officer, orientation=first, kind=StepKind.ACCEPTED, happened_on=TODAY, on=TODAY)

        made = correct(officer, first)
        first.refresh_from_db()

        assert (first.destination, first.withdrawal_reason, first.withdrawn_by) == (
            Destination.CHRS, "wrong line", officer.user_id,
        )  # fmt: skip
        assert made.corrects == first
        assert [step.kind for step in made.steps.all()] == [StepKind.ACCEPTED]
        assert queries.orientation(made.pk, actor=officer).answer == StepKind.ACCEPTED

    def test_says_why(self, officer, household):
        first = orient(officer, household)

        with pytest.raises(actions.NeedsAReason):
            correct(officer, first, reason=" ")
        assert Orientation.objects.filter(withdrawn_at=None).get() == first

    def test_lets_no_answer_come_before_the_decision(self, officer, household):
        first = orient(officer, household, siao.decision(decided_on=YESTERDAY))
        actions.note_step(actor=officer, orientation=first, kind=StepKind.ACCEPTED, happened_on=YESTERDAY, on=TODAY)

        with pytest.raises(actions.BeforeTheDecision):
            correct(officer, first)
        assert Orientation.objects.get().withdrawn_at is None

    def test_is_the_siaos_alone(self, officer, household):
        first = orient(officer, household)

        with pytest.raises(NotAllowed):
            correct(territories.actor("coordinator"), first)


class TestSteps:
    def step(self, officer, orientation, kind=StepKind.ENTERED, on=TODAY, **more):
        return actions.note_step(actor=officer, orientation=orientation, kind=kind, happened_on=on, on=TODAY, **more)

    def test_the_last_that_holds_says_where_it_stands(self, officer, household):
        made = orient(officer, household)
        self.step(officer, made, StepKind.THINKING)
        no = self.step(officer, made, StepKind.DECLINED)

        assert queries.orientation(made.pk, actor=officer).state == "closed"
        actions.withdraw_step(actor=officer, step=no, reason="another household")
        shown = queries.orientation(made.pk, actor=officer)

        assert (shown.answer, shown.state, shown.steps.count()) == (StepKind.THINKING, "open", 2)

    @pytest.mark.parametrize(
        ("on", "refused"),
        [(TODAY + timedelta(days=1), actions.StillToCome), (YESTERDAY, actions.BeforeTheDecision)],
    )
    def test_comes_after_the_decision_and_not_later_than_today(self, officer, household, on, refused):
        with pytest.raises(refused):
            self.step(officer, orient(officer, household), on=on)

    def test_is_refused_on_one_withdrawn(self, officer, household):
        made = actions.withdraw_orientation(actor=officer, orientation=orient(officer, household), reason="mistake")

        with pytest.raises(actions.WithdrawnBefore):
            self.step(officer, made)
        with pytest.raises(actions.WithdrawnBefore):
            actions.withdraw_orientation(actor=officer, orientation=made, reason="again")


class TestTeams:
    def test_bear_a_name_once_in_a_siao(self, officer):
        siao.team(officer)

        with pytest.raises(actions.TeamNamedAlready):
            siao.team(officer, kind=TeamKind.OUTREACH)

    def test_list_a_household_once_at_a_time(self, officer, household):
        team = siao.team(officer)
        row = actions.list_household(actor=officer, team=team, household=household, on=TODAY)

        with pytest.raises(actions.ListedAlready):
            actions.list_household(actor=officer, team=team, household=household, on=TODAY)
        actions.unlist_household(actor=officer, row=row, on=TODAY)
        with pytest.raises(actions.NotListed):
            actions.unlist_household(actor=officer, row=row, on=TODAY)
        actions.list_household(actor=officer, team=team, household=household, on=TODAY)

        assert [row.household for row in queries.on_list(team, actor=officer)] == [household]

    def test_close_when_they_follow_nobody_and_keep_what_they_did(self, officer, household):
        team = siao.team(officer)
        made = orient(officer, household, siao.decision(decided_on=TODAY, team=team))
        row = actions.list_household(actor=officer, team=team, household=household, on=TODAY)

        with pytest.raises(actions.TeamStillFollows):
            actions.close_team(actor=officer, team=team, on=TODAY)
        actions.unlist_household(actor=officer, row=row, on=TODAY)
        actions.close_team(actor=officer, team=team, on=TODAY)

        assert list(queries.teams(actor=officer)) == list(queries.teams_of(actor=officer)) == []
        assert list(queries.teams_of(actor=officer, also=team.pk)) == [queries.orientation(made.pk, actor=officer).team]
        with pytest.raises(NotAllowed):
            actions.close_team(actor=territories.actor("siao_officer"), team=team, on=TODAY)

    def test_lists_are_their_own_siaos(self, officer, household):
        row = actions.list_household(actor=officer, team=siao.team(officer), household=household, on=TODAY)

        with pytest.raises(NotAllowed):
            actions.unlist_household(actor=territories.actor("siao_officer"), row=row, on=TODAY)


class TestAssess:
    def assess(self, officer, household, **traits):
        usual = {"person": people.lead(household), "worker_before": WorkerBefore.NO, "assessed_on": TODAY}
        return actions.assess(actor=officer, household=household, on=TODAY, **{**usual, **traits})

    def test_says_whether_a_social_worker_followed_them(self, officer, household):
        made = self.assess(officer, household, team=siao.team(officer))

        assert (made.worker_before, made.recorded_by) == (WorkerBefore.NO, officer.user_id)

    def test_is_of_somebody_who_lives_there(self, officer, household):
        with pytest.raises(actions.NotOfTheHousehold):
            self.assess(officer, household, person=people.lead(people.household(on=TODAY)))

    def test_is_not_of_tomorrow(self, officer, household):
        with pytest.raises(actions.StillToCome):
            self.assess(officer, household, assessed_on=TODAY + timedelta(days=1))

    def test_is_withdrawn_with_its_reason_and_stays(self, officer, household):
        made = self.assess(officer, household)

        actions.withdraw_assessment(actor=officer, assessment=made, reason="twice")

        assert [row.withdrawal_reason for row in queries.assessments_of(household, actor=officer)] == ["twice"]


class TestReading:
    def test_is_refused_to_a_role_that_does_not_see_orientations(self, officer, household):
        orient(officer, household)
        actions.list_household(actor=officer, team=siao.team(officer), household=household, on=TODAY)
        siao.assessed(household, on=TODAY)
        stranger = territories.actor("prospector", organisation=territories.organisation_of(officer))

        assert not queries.orientations(actor=stranger, on=TODAY)
        assert not queries.assessments_of(household, actor=stranger)
        assert not queries.teams(actor=stranger)
        assert not queries.listed(household, actor=stranger, on=TODAY)
        assert not queries.without_support(actor=stranger, on=TODAY)
