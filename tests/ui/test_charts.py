from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from chezsoi.ui import charts, drawings


def point(label, value, **traits):
    return charts.Point(label=label, value=None if value is None else Decimal(value), **traits)


def chart(*points, kind=charts.Kind.BARS, **traits):
    series = [charts.Series(label="Homes", points=points)]
    asked = {"key": "k", "label": "Homes", "finding": "Homes rise.", "axis": "Year", "series": series}
    return charts.Chart(kind=kind, **{**asked, **traits})


def steps(*values, **traits):
    points = [point(str(rank), value) for rank, value in enumerate(values)]
    return [str(step.normalize()) for step in drawings.scale_of(chart(*points, **traits)).steps]


def html(drawn):
    return render_to_string("ui/chart.html", {"drawing": drawings.draw(drawn)})


class TestScaleOf:
    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            (("71", "84"), ["0", "5E+1", "1E+2"]),
            (("1", "2"), ["0", "1", "2"]),
            (("0", "0"), ["0", "1"]),
            ((None, None), ["0", "1"]),
            (("-3", "4"), ["-4", "-2", "0", "2", "4"]),
        ],
    )
    def test_holds_round_values_from_zero(self, values, expected):
        assert steps(*values) == expected

    def test_makes_room_for_what_is_aimed_at(self):
        assert steps("10", target=charts.Target(label="Aim", value=Decimal(90)))[-1] == "1E+2"


class TestDraw:
    def test_gives_bars_heights_in_the_ratio_of_their_values(self):
        low, high = drawings.draw(chart(point("2024", "40"), point("2025", "80"))).bars

        assert Decimal(high.height) == 2 * Decimal(low.height)
        assert Decimal(low.y) + Decimal(low.height) == drawings.BASE

    def test_leaves_a_gap_with_its_word_where_no_value_may_be_read(self):
        drawn = drawings.draw(chart(point("2024", None, gap="<11", said="fewer than 11"), point("2025", "80")))

        assert len(drawn.bars) == 1
        assert [word.text for word in drawn.gaps] == ["<11"]
        assert [row.cells[1].text for row in drawn.table.rows] == ["fewer than 11", "80"]

    def test_raises_every_other_long_word_of_gaps_side_by_side(self):
        def raised(*gaps):
            points = [point(str(rank), "8" if gap is None else None, gap=gap or "") for rank, gap in enumerate(gaps)]
            return [word.is_raised for word in drawings.draw(chart(*points)).gaps]

        assert raised("hidden", "hidden", "hidden", "hidden") == [False, True, False, True]
        assert raised("hidden", "hidden", None, "hidden") == [False, True, False]
        assert raised("< 11", "< 11", "hidden") == [False, False, False]

    def test_cuts_a_line_and_its_band_at_a_gap(self):
        known = {"low": Decimal(1), "high": Decimal(9)}
        points = (point("1", "4", **known), point("2", "5", **known), point("3", None), point("4", "6", **known))

        lines = drawings.draw(chart(*points, kind=charts.Kind.LINES)).lines

        assert [len(line.points.split()) for line in lines] == [2, 1]
        assert [len(line.band.split()) for line in lines] == [4, 2]

    def test_names_only_the_marks_it_draws(self):
        drawn = drawings.draw(chart(point("2025", "8"), point("2026", "3", mark=charts.Mark.PARTIAL)))

        assert [key.mark for key in drawn.keys] == ["partial"]

    def test_names_each_of_several_lines_apart(self):
        series = [charts.Series(label=name, points=[point("1", "4"), point("2", "5")]) for name in ("A", "B")]

        drawn = drawings.draw(chart(kind=charts.Kind.LINES, series=series))

        first, second = drawn.names
        assert (first.text, second.text) == ("A", "B")
        assert Decimal(second.y) - Decimal(first.y) >= drawings.LABEL_GAP

    def test_runs_as_the_language_is_read(self):
        years = chart(point("2024", "40"), point("2025", "80"))
        with override("ar"):
            mirrored = [word.x for word in drawings.draw(years).ticks]

        assert mirrored == [word.x for word in drawings.draw(years).ticks][::-1]

    def test_writes_values_as_the_language_does(self):
        with override("fr"):
            drawn = drawings.draw(chart(point("2024", "0.081"), is_share=True))

        assert [word.text for word in drawn.values] == ["8,1\u202f%"]


class TestTemplate:
    def test_draws_no_empty_axes_where_no_value_can_be_shown(self):
        hidden = html(chart(point("2025", None, gap="< 11", said="fewer than 11")))

        assert "cz-chart-frame" not in hidden
        assert "fewer than 11" in hidden
        assert "cz-chart-frame" in html(chart(point("2025", None), point("2026", "0")))

    def test_names_the_drawing_by_its_finding_and_gives_the_table(self):
        text = html(chart(point("2025", "80")))

        assert 'role="img" aria-labelledby="k-finding"' in text
        assert '<b id="k-finding">Homes rise.</b>' in text
        assert "<table" in text
