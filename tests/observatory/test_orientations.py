"""What the indicators of a SIAO leave out: what was withdrawn, what is not known, whoever was not homeless before."""

from datetime import date

import pytest
from django.utils import timezone

from chezsoi.law.disclosure import Audience
from chezsoi.observatory import queries
from chezsoi.observatory.choices import Indicator
from chezsoi.people.choices import Situation
from chezsoi.siao.choices import Destination, StepKind, WorkerBefore
from tests.factories import siao, territories

IN_2019, ON = date(2019, 6, 3), date(2020, 9, 1)


@pytest.fixture
def metz():
    return territories.territory("metz")


@pytest.fixture
def count(metz):
    analyst = territories.actor("analyst", territory=metz)

    def numbers(indicator):
        found = queries.figure(indicator, metz, year=2019, audience=Audience.INTERNAL, on=ON, actor=analyst)
        return found.numerator, found.denominator

    return numbers


def test_count_a_household_oriented_twice_once_and_none_whose_orientation_was_withdrawn(metz, count):
    twice = siao.met(on=IN_2019, territory=metz, destination=Destination.CHRS)
    siao.oriented(twice, on=IN_2019)
    mistaken = siao.met(on=IN_2019, territory=metz)
    mistaken.orientations.update(withdrawn_at=timezone.now(), withdrawal_reason="another household")

    assert count(Indicator.ORIENTED_SHARE) == (1, 1)


def test_leave_out_of_both_numbers_whoever_was_not_asked_about_a_social_worker(metz, count):
    for worker in (WorkerBefore.NO, WorkerBefore.YES, WorkerBefore.UNKNOWN, WorkerBefore.NOT_ASKED):
        siao.assessed(siao.met(on=IN_2019, territory=metz), worker, on=IN_2019)

    assert count(Indicator.WITHOUT_WORKER) == (1, 2)


@pytest.mark.parametrize(
    ("situation", "step", "expected"),
    [
        (Situation.STREET, StepKind.ENTERED, (1, 1)),
        (Situation.CHRS, StepKind.ENTERED, (0, 1)),
        (Situation.OWN, StepKind.ENTERED, (0, 0)),
        (None, StepKind.ENTERED, (0, 0)),
        (Situation.STREET, StepKind.ACCEPTED, (0, 0)),
        (Situation.STREET, StepKind.NO_PLACE, (0, 0)),
    ],
)
def test_count_as_housed_whoever_moved_in_and_was_homeless_before(metz, count, situation, step, expected):
    siao.met(on=IN_2019, territory=metz, situation=situation, step=step)

    assert count(Indicator.ACCESS_STREET) == expected
