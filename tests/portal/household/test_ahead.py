"""What comes next, in the order of the days: only what is still to do, and late when its day is past."""

from datetime import date, timedelta
from types import SimpleNamespace

from chezsoi.people.models import Attachment
from chezsoi.portal.household.ahead import RENEWED_WITHIN, coming
from chezsoi.support.models import Task
from tests.factories import territories

TODAY = date(2026, 11, 2)


def task(days, **traits):
    return Task(pk=days + 100, kind="first_visit", due_on=TODAY + timedelta(days=days), **traits)


def paper(days):
    return Attachment(kind="identity", expires_on=None if days is None else TODAY + timedelta(days=days))


def copy(days, *, handed_on=None):
    asked = SimpleNamespace(pk=7, due_on=TODAY + timedelta(days=days), handed_on=handed_on)
    return SimpleNamespace(request=asked, name="Jean")


def ahead(*, tasks=(), documents=(), copies=(), gives=True):
    found = coming(
        SimpleNamespace(pk=1), tasks=tasks, candidacies=(), documents=documents, pauses=(),
        rights=SimpleNamespace(copies=copies, gives=gives), on=TODAY, actor=territories.program(),
    )  # fmt: skip
    return [each.entry for each in found]


class TestAhead:
    def test_follows_the_days_and_tells_what_is_late(self, db):
        told = ahead(tasks=[task(9), task(-1)], documents=[paper(3)], copies=[copy(1)])

        assert [entry.when for entry in told] == [TODAY + timedelta(days=days) for days in (-1, 1, 3, 9)]
        assert [entry.tag is not None for entry in told] == [True, False, False, False]

    def test_leaves_out_what_was_done_and_what_was_given_up(self, db):
        assert ahead(tasks=[task(1, done_on=TODAY), task(2, cancelled_on=TODAY)]) == []
        assert ahead(copies=[copy(1, handed_on=TODAY)]) == []

    def test_asks_for_a_new_paper_two_months_before_and_no_sooner(self, db):
        last = RENEWED_WITHIN.days

        assert [entry.when for entry in ahead(documents=[paper(last), paper(last + 1), paper(None)])] == [
            TODAY + RENEWED_WITHIN
        ]

    def test_leads_to_the_copy_only_who_gives_it(self, db):
        (given,), (told,) = ahead(copies=[copy(1)]), ahead(copies=[copy(1)], gives=False)

        assert given.url
        assert not told.url
