"""Points: by hand, by property, and by a second reckoning written apart."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.engines.matching import FACTS, Facts, Grid, facts_of, score
from tests.engines.matching import strategies as some
from tests.engines.matching.builders import GRID, TODAY, grid_data, household

FACT_SETS = st.frozensets(st.sampled_from(sorted(FACTS)), max_size=8)
STARTS = st.none() | some.DAYS


def whole_months(start, end):
    """Count month by month, on the calendar, without the kernel."""
    months, year, month = 0, start.year, start.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        last = (date(year + (month == 12), month % 12 + 1, 1) - date(year, month, 1)).days
        if date(year, month, min(start.day, last)) > end:
            return months
        months += 1


def naive_points(data, codes, start, on):
    """Reckon points straight from the JSON, sharing nothing with the engine."""
    total = 0
    for rubric in data["rubrics"]:
        total += max(
            [c["points"] for c in rubric["criteria"] if any(all(f in codes for f in every) for every in c["any_of"])],
            default=0,
        )
    if start is not None:
        total += min(60, whole_months(start, on))
    return total


class TestScore:
    @pytest.mark.parametrize(
        ("who", "expected"),
        [
            ({"situation": "street", "waiting_since": None}, 90),
            ({"situation": "street", "waiting_since": date(2025, 1, 15)}, 90 + 22),
            ({"situation": "own", "waiting_since": date(2015, 1, 1)}, 60),
            ({"situation": "emergency", "labels": frozenset({"dalo"}), "waiting_since": None}, 210),
            ({"situation": "own", "labels": frozenset({"unfit_home", "disability"}), "waiting_since": None}, 60),
            ({"situation": "own", "labels": frozenset({"unfit_home"}), "waiting_since": None}, 50),
            ({"situation": "own", "labels": frozenset({"overcrowded"}), "children": 2, "waiting_since": None}, 40),
            ({"situation": "own", "labels": frozenset({"overcrowded"}), "children": 0, "waiting_since": None}, 0),
            (
                {
                    "situation": "vehicle",
                    "labels": frozenset({"dalo", "violence", "care_leaver", "effort_above_half"}),
                    "waiting_since": date(2020, 1, 1),
                },
                150 + 100 + 90 + 50 + 20 + 60,
            ),
        ],
    )
    def test_adds_the_best_of_each_rubric(self, who, expected):
        assert score(facts_of(household(**who)), GRID, TODAY).points == expected

    def test_shows_what_counted_and_what_a_better_one_replaced(self):
        facts = Facts(codes=frozenset({"street", "unfit_home"}), waiting_since=date(2026, 10, 23))

        shown = [
            (one.rubric, one.criterion, one.points, one.counts, one.facts, one.months)
            for one in score(facts, GRID, TODAY).contributions
        ]

        assert shown == [
            ("home", "rough", 90, True, ("street",), None),
            ("home", "unfit_home", 50, False, ("unfit_home",), None),
            ("seniority", "seniority", 1, True, (), 1),
        ]

    def test_bears_the_version_of_its_grid_and_its_day(self):
        found = score(Facts(codes=frozenset()), GRID, TODAY)

        assert (found.points, found.grid_code, found.grid_version, found.on) == (0, "sample", 1, TODAY)
        assert found.contributions[-1].months is None

    def test_gives_no_points_for_waiting_where_the_grid_gives_none(self):
        grid = Grid.from_mapping(grid_data() | {"seniority": None})

        assert score(Facts(codes=frozenset({"dalo"}), waiting_since=date(2020, 1, 1)), grid, TODAY).points == 150

    def test_reports_a_label_the_grid_does_not_know(self):
        assert score(Facts(codes=frozenset({"dallo", "dalo"})), GRID, TODAY).unknown_facts == ("dallo",)

    @given(FACT_SETS, STARTS)
    def test_equals_a_reckoning_written_apart(self, codes, start):
        expected = naive_points(grid_data(), codes, start, TODAY)

        assert score(Facts(codes=codes, waiting_since=start), GRID, TODAY).points == expected

    @given(FACT_SETS, STARTS, st.sampled_from(sorted(FACTS)))
    def test_never_falls_when_one_more_fact_is_known(self, codes, start, more):
        before = score(Facts(codes=codes, waiting_since=start), GRID, TODAY).points

        assert score(Facts(codes=codes | {more}, waiting_since=start), GRID, TODAY).points >= before

    @given(FACT_SETS, some.DAYS, some.DAYS)
    def test_never_falls_for_an_older_request(self, codes, one, other):
        older, younger = sorted((one, other))

        assert (
            score(Facts(codes=codes, waiting_since=older), GRID, TODAY).points
            >= score(Facts(codes=codes, waiting_since=younger), GRID, TODAY).points
        )
