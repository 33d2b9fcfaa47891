import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.kernel.outlines import Border, Plane, area, distance, rings, thinned

SIDE = Border("a", "b", ((1, 0), (1, 1)))
A = Border("a", "", ((1, 1), (0, 1), (0, 0), (1, 0)))
B = Border("b", "", ((1, 0), (2, 0), (2, 1), (1, 1)))
POINTS = st.tuples(st.integers(-50, 50), st.integers(-50, 50))


class TestPlane:
    def test_measures_the_kilometres_between_paris_and_its_meridian_s_equator(self):
        # 48° 50' of a meridian of a globe of 6,371 km: 5,430 km.
        assert Plane(45).flat((2.35, 48.8333))[1] == pytest.approx(5_430_000, rel=0.001)

    @pytest.mark.parametrize(("latitude", "kilometres"), [(0, 111.2), (45, 78.6), (60, 55.6)])
    def test_narrows_a_degree_of_longitude_towards_the_pole(self, latitude, kilometres):
        assert Plane(latitude).flat((1, latitude))[0] == pytest.approx(kilometres * 1000, rel=0.001)

    @given(st.floats(41, 51), st.floats(-0.5, 0.5))
    def test_is_right_to_two_percent_half_a_degree_away(self, latitude, away):
        true = math.cos(math.radians(latitude + away)) / math.cos(math.radians(latitude))

        assert true == pytest.approx(1, abs=0.02)


class TestRings:
    def test_put_neighbours_together_from_the_border_they_share(self):
        assert [area(ring) for ring in rings({"a"}, [SIDE, A, B])] == [1]
        assert [area(ring) for ring in rings({"b"}, [SIDE, A, B])] == [1]

    def test_leave_out_the_border_between_places_taken_as_one(self):
        (ring,) = rings({"a", "b"}, [SIDE, A, B])

        assert area(ring) == 2
        assert ring[0] == ring[-1]
        assert {(1, 0), (1, 1)} < set(ring)
        assert ((1, 0), (1, 1)) not in set(pairwise(ring))

    def test_turn_right_around_a_hole(self):
        outer = Border("a", "", ((0, 0), (9, 0), (9, 9), (0, 9), (0, 0)))
        inner = Border("b", "a", ((1, 1), (2, 1), (2, 2), (1, 2), (1, 1)))

        assert sorted(area(ring) for ring in rings({"a"}, [outer, inner])) == [-1, 81]
        assert [area(ring) for ring in rings({"b"}, [outer, inner])] == [1]

    def test_close_two_outlines_that_touch_in_a_point(self):
        one = Border("a", "", ((0, 0), (1, 0), (1, 1), (0, 0)))
        two = Border("a", "", ((0, 0), (-1, 0), (-1, -1), (0, 0)))

        found = rings({"a"}, [one, two])

        assert sum(area(ring) for ring in found) == 1

    def test_are_none_for_a_place_without_border(self):
        assert rings({"elsewhere"}, [SIDE, A, B]) == ()


class TestThinned:
    @given(st.lists(POINTS, min_size=2, max_size=40), st.floats(0, 30))
    def test_keeps_the_line_within_the_distance_of_every_point(self, line, within):
        kept = thinned(line, within=within)

        for first, last in pairwise(kept):
            for rank in range(first, last + 1):
                assert distance(line[rank], line[first], line[last]) <= within + 1e-9

    @given(st.lists(POINTS, min_size=2, max_size=40), st.floats(0, 30))
    def test_keeps_both_ends(self, line, within):
        kept = thinned(line, within=within)

        assert kept[0] == 0
        assert kept[-1] == len(line) - 1
        assert list(kept) == sorted(set(kept))

    def test_keeps_the_furthest_point_of_a_loop(self):
        assert thinned([(0, 0), (1, 0), (9, 9), (0, 1), (0, 0)], within=100) == (0, 2, 4)


class TestDistance:
    def test_to_a_segment_without_length_is_that_to_its_end(self):
        assert distance((3, 4), (0, 0), (0, 0)) == 5
