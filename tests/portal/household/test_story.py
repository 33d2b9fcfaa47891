"""One history of a household, made of what each app told."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from chezsoi.people import tables
from chezsoi.people.choices import Origin, Situation
from chezsoi.people.queries.pages import Observation
from chezsoi.portal.household.story import SHOWN, story
from chezsoi.ui.shapes import Entry

DAY = date(2026, 11, 2)


def observed(pk, person, **traits):
    facts = {
        "situation": Situation.STREET, "since": None, "observed_on": DAY, "commune": "Metz", "origin": Origin.STATED,
        "source": "CCAS", "is_derived": False, "withdrawal_reason": "", "is_withdrawn": False,
    }  # fmt: skip
    return Observation(pk=pk, person=person, **facts | traits)


def composed(*rows, may_withdraw=True, leases=(), measures=()):
    return {
        "card": SimpleNamespace(pk=1),
        "rights": SimpleNamespace(record_situation=may_withdraw),
        "history": tables.history(rows),
        "life": SimpleNamespace(moments=(), moves=(), corrections=()),
        "sections": SimpleNamespace(
            asked=(),
            received=(),
            homes=SimpleNamespace(allocated=(), leases=leases),
            support=SimpleNamespace(told=measures, visits=()),
        ),
    }


class TestStory:
    def test_gives_one_line_to_those_seen_together(self):
        (step,) = story(composed(observed(1, "Jean"), observed(2, "Lina", is_derived=True))).recent

        assert step.entry.lead == "Jean, Lina"
        assert [act.label for act in step.acts] == ["Jean"]

    def test_says_what_was_taken_from_the_applicant_where_the_applicant_is_not_named(self):
        rows = (observed(1, "Jean", is_withdrawn=True), observed(2, "Lina", is_derived=True))
        withdrawn, taken = story(composed(*rows)).recent

        assert withdrawn.entry.lead == "Jean"
        assert taken.entry.detail.endswith(" · repris du titulaire")
        assert "titulaire" not in withdrawn.entry.detail

    @pytest.mark.parametrize(
        "apart", [{"commune": "Woippy"}, {"is_withdrawn": True}, {"observed_on": DAY - timedelta(1)}]
    )
    def test_keeps_apart_what_differs(self, apart):
        assert len(story(composed(observed(1, "Jean"), observed(2, "Lina", **apart))).recent) == 2

    def test_is_told_newest_first_and_keeps_the_older_behind(self):
        rows = [observed(n, "Jean", observed_on=DAY - timedelta(days=n)) for n in range(SHOWN + 3)]
        told = story(composed(*reversed(rows)))

        assert [step.entry.when for step in (*told.recent, *told.older)] == [row.observed_on for row in rows]
        assert len(told.older) == 3

    def test_is_narrowed_to_a_chapter_and_never_offers_an_empty_one(self):
        lease = Entry(when=DAY, title="8 rue Clovis")
        page = composed(observed(1, "Jean"), leases=(lease,))

        assert [step.entry for step in story(page, chapter="housed").recent] == [lease]
        assert [each.value for each in story(page).filters] == ["", "seen", "housed"]
        assert len(story(page, chapter="supported").recent) == 2

    def test_offers_no_withdrawal_to_those_who_may_not(self):
        (step,) = story(composed(observed(1, "Jean"), may_withdraw=False)).recent

        assert step.acts == ()
