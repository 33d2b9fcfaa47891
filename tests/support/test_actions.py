from datetime import timedelta

import pytest
from django.utils import timezone

from chezsoi.support import actions, queries
from chezsoi.support.choices import Intensity, MeasureState, Scheme, TaskKind
from chezsoi.support.models import SupportMeasure
from chezsoi.territories.access import NotAllowed
from tests.factories import people, territories

TODAY = timezone.localdate()


@pytest.fixture
def worker():
    return territories.actor("lead_worker")


@pytest.fixture
def household(worker):
    return people.household(actor=worker)


def open_measure(worker, household, intensity=Intensity.LIGHT) -> SupportMeasure:
    return actions.open_measure(
        actor=worker,
        household=household,
        scheme=Scheme.AVDL,
        intensity=intensity,
        opened_on=TODAY,
        organisation=territories.organisation_of(worker),
    )


def plan(worker, household, measure=None):
    return actions.plan_task(
        actor=worker,
        household=household,
        kind=TaskKind.FIRST_VISIT,
        due_on=TODAY + timedelta(days=7),
        organisation=territories.organisation_of(worker),
        measure=measure,
    )


class TestStateWish:
    def test_keeps_each_wish_and_reads_the_last(self, worker, household):
        actions.state_wish(actor=worker, household=household, intensity=Intensity.STRONG, stated_on=TODAY)
        earlier = TODAY - timedelta(days=30)
        actions.state_wish(actor=worker, household=household, intensity=Intensity.NONE, stated_on=earlier)

        assert queries.wish_of(household, on=TODAY, actor=worker).intensity == Intensity.STRONG
        assert queries.wish_of(household, on=earlier, actor=worker).intensity == Intensity.NONE
        assert household.support_wishes.count() == 2

    def test_is_hidden_from_those_who_do_not_follow_the_household(self, worker, household):
        actions.state_wish(actor=worker, household=household, intensity=Intensity.LIGHT, stated_on=TODAY)

        for role in ("lead_worker", "coordinator", "social_landlord_agent"):
            assert queries.wish_of(household, on=TODAY, actor=territories.actor(role)) is None
            assert not queries.wishes_of(household, actor=territories.actor(role)).exists()

    def test_lists_the_newest_first(self, worker, household):
        for days in (9, 0, 30):
            actions.state_wish(
                actor=worker, household=household, intensity=Intensity.LIGHT, stated_on=TODAY - timedelta(days=days)
            )

        listed = queries.wishes_of(household, actor=worker)

        assert [(TODAY - wish.stated_on).days for wish in listed] == [0, 9, 30]


class TestNameReferent:
    def test_lists_the_newest_first(self, worker, household):
        old = actions.name_referent(
            actor=worker, household=household, label="SIAO 57", stated_on=TODAY - timedelta(days=9)
        )
        new = actions.name_referent(actor=worker, household=household, label="CCAS Metz", stated_on=TODAY)

        assert list(queries.referents_of(household, actor=worker)) == [new, old]
        assert not queries.referents_of(household, actor=territories.actor("coordinator")).exists()
        assert not queries.referents_of(household, actor=territories.actor("lead_worker")).exists()


class TestOpenMeasure:
    def test_runs_when_support_is_wished(self, worker, household):
        assert open_measure(worker, household).state == MeasureState.RUNNING

    def test_is_only_offered_when_none_is_wished(self, worker, household):
        assert open_measure(worker, household, Intensity.NONE).state == MeasureState.OFFERED

    def test_is_refused_outside_the_circle(self, household):
        with pytest.raises(NotAllowed):
            open_measure(territories.actor("lead_worker"), household)


class TestEndMeasure:
    def test_ends_with_its_reason(self, worker, household):
        measure = actions.end_measure(
            actor=worker, measure=open_measure(worker, household), ended_on=TODAY, reason="at her request"
        )

        assert (measure.state, measure.ended_on, measure.end_reason) == ("ended", TODAY, "at her request")

    def test_refuses_to_end_twice_or_before_it_opened(self, worker, household):
        measure = open_measure(worker, household)

        with pytest.raises(actions.EndBeforeStart):
            actions.end_measure(actor=worker, measure=measure, ended_on=TODAY - timedelta(days=1), reason="?")
        actions.end_measure(actor=worker, measure=measure, ended_on=TODAY, reason="moved")
        with pytest.raises(actions.MeasureAlreadyEnded):
            actions.end_measure(actor=worker, measure=measure, ended_on=TODAY, reason="again")


class TestCancelMeasure:
    def test_cancels_what_was_still_to_do_and_keeps_what_was_done(self, worker, household):
        measure = open_measure(worker, household)
        done, waiting = plan(worker, household, measure), plan(worker, household, measure)
        actions.complete_task(actor=worker, task=done, done_on=TODAY)

        cancelled = actions.cancel_measure(actor=worker, measure=measure, on=TODAY, reason="wrong lease")

        done.refresh_from_db()
        waiting.refresh_from_db()
        assert cancelled.state == MeasureState.CANCELLED
        assert (done.cancelled_on, waiting.cancelled_on) == (None, TODAY)
        with pytest.raises(actions.MeasureAlreadyEnded):
            actions.cancel_measure(actor=worker, measure=measure, on=TODAY, reason="again")

    def test_may_come_before_a_measure_that_opens_later(self, worker, household):
        measure = open_measure(worker, household)

        cancelled = actions.cancel_measure(actor=worker, measure=measure, on=TODAY - timedelta(days=2), reason="early")

        assert cancelled.ended_on == TODAY


class TestTasks:
    def test_wait_for_the_team_they_were_given_to_the_most_urgent_first(self, worker, household):
        later = plan(worker, household)
        sooner = actions.plan_task(
            actor=worker,
            household=household,
            kind=TaskKind.FIRST_VISIT,
            due_on=TODAY,
            organisation=territories.organisation_of(worker),
        )

        assert list(queries.tasks_to_do(actor=worker)) == [sooner, later]
        assert queries.task(later.pk, actor=worker) == later
        assert not queries.tasks_to_do(actor=territories.actor("lead_worker")).exists()
        assert not queries.tasks_to_do(actor=territories.actor("outreach_worker")).exists()
        assert not queries.tasks_to_do(actor=territories.actor("coordinator")).exists()

    def test_given_to_nobody_wait_for_whoever_follows_the_household(self, worker, household):
        task = plan(worker, household)
        type(task).objects.update(organisation=None)

        assert list(queries.tasks_to_do(actor=worker)) == [task]
        assert not queries.tasks_to_do(actor=territories.actor("lead_worker")).exists()

    def test_are_settled_once(self, worker, household):
        done, cancelled = plan(worker, household), plan(worker, household)
        actions.complete_task(actor=worker, task=done, done_on=TODAY)
        actions.cancel_task(actor=worker, task=cancelled, on=TODAY)

        for task in (done, cancelled):
            with pytest.raises(actions.TaskAlreadySettled):
                actions.complete_task(actor=worker, task=task, done_on=TODAY)
            with pytest.raises(actions.TaskAlreadySettled):
                actions.cancel_task(actor=worker, task=task, on=TODAY)


class TestMeasures:
    def test_are_listed_for_those_who_follow_the_household(self, worker, household):
        measure = open_measure(worker, household)

        assert queries.measure(measure.pk, actor=worker) == measure
        assert list(queries.measures_of(household, actor=worker)) == [measure]
        assert not queries.measures(actor=territories.actor("peer_worker")).exists()
        assert not queries.measures(actor=territories.actor("siao_officer")).exists()
        assert (measure.territory_id, plan(worker, household).territory_id) == (household.territory_id,) * 2


class TestHandOverMeasure:
    def test_is_refused_once_it_ended(self, worker, household):
        measure = open_measure(worker, household)
        actions.end_measure(actor=worker, measure=measure, ended_on=TODAY, reason="moved")

        with pytest.raises(actions.MeasureAlreadyEnded):
            actions.hand_over_measure(actor=worker, measure=measure, household=household)
