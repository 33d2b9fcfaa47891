from datetime import date

import pytest

from chezsoi.ui.lane import Segment, draw
from chezsoi.ui.shapes import Family

START = date(2024, 1, 1)
TODAY = date(2026, 1, 1)


def stay(label, started_on, ended_on=None, family=Family.SHELTER):
    return Segment(label=label, family=family, started_on=started_on, ended_on=ended_on)


def drawn(*segments):
    return draw(segments, start=START, today=TODAY)


class TestLane:
    def test_places_stays_to_scale(self):
        lane = drawn(stay("rue", START, date(2025, 1, 1), Family.STREET), stay("hôtel 115", date(2025, 1, 1)))

        widths = [(float(bar.x[:-1]), float(bar.width[:-1])) for bar in lane.bars]

        assert widths == [
            (0, pytest.approx(100 * 366 / 731, abs=0.001)),
            (pytest.approx(50.068), pytest.approx(49.932)),
        ]

    def test_cuts_what_began_earlier_and_leaves_out_what_ended_earlier(self):
        lane = drawn(
            stay("logement", date(2020, 1, 1), date(2022, 1, 1)), stay("rue", date(2022, 1, 1), date(2024, 7, 1))
        )

        assert [(bar.segment.label, bar.x) for bar in lane.bars] == [("rue", "0.000%")]
        assert len(lane.segments) == 2

    def test_writes_a_label_only_where_it_can_be_read(self):
        lane = drawn(stay("hôtel 115", START, date(2025, 12, 20)), stay("résidence sociale", date(2025, 12, 20)))

        assert [bar.fit for bar in lane.bars] == [16, 0]

    def test_the_legend_names_each_kind_once_by_its_least_readable_bar(self):
        lane = drawn(
            stay("rue", START, date(2025, 12, 1), Family.STREET),
            stay("hôtel", date(2025, 12, 1), date(2025, 12, 25)),
            stay("rue", date(2025, 12, 25), None, Family.STREET),
        )

        assert [(bar.segment.label, bar.fit) for bar in lane.legend] == [("rue", 0), ("hôtel", 0)]

    def test_marks_time_at_a_readable_pace_and_ends_today(self):
        lane = drawn(stay("rue", START))

        assert [tick.is_last for tick in lane.ticks] == [False] * (len(lane.ticks) - 1) + [True]
        assert 3 <= len(lane.ticks) <= 6

    def test_of_nobody_is_empty(self):
        assert drawn().bars == ()
