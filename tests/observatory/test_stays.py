import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chezsoi.observatory.queries.stays import History, Observation
from chezsoi.people.choices import Situation

DAY = date(2026, 6, 1)
NIGHTS = 14


def seen(situation: str, observed: int, since: int | None = None) -> Observation:
    """Say where somebody was, in days before the signature."""
    began = None if since is None else DAY - timedelta(days=since)
    return Observation(situation=situation, observed_on=DAY - timedelta(days=observed), since=began)


def last_stable(*observations: Observation) -> str | None:
    stay = History(observations).last_stable(until=DAY, nights=NIGHTS)
    return stay and stay.family


class TestLastStable:
    def test_is_the_street_after_months_in_it(self):
        assert last_stable(seen("street", 10, since=200)) == "rough"

    def test_needs_more_than_fourteen_nights(self):
        assert last_stable(seen("street", 14)) is None
        assert last_stable(seen("street", 15)) == "rough"

    def test_forgets_a_short_stay_in_accommodation(self):
        assert last_stable(seen("street", 100), seen("hotel", 14)) == "rough"
        assert last_stable(seen("street", 100), seen("hotel", 15)) == "accommodated"

    def test_adds_together_accommodation_stays_that_follow_each_other(self):
        assert last_stable(seen("street", 100), seen("hotel", 16), seen("emergency", 8)) == "accommodated"
        assert last_stable(seen("street", 100), seen("hotel", 14), seen("chrs", 7)) == "rough"

    def test_adds_together_stays_in_the_street_that_follow_each_other(self):
        moving = [seen(place, 40 - 10 * i) for i, place in enumerate(["squat", "camp", "vehicle", "street"])]

        assert last_stable(seen("chrs", 300), *moving) == "rough"

    def test_does_not_add_accommodation_broken_by_the_street(self):
        assert last_stable(seen("street", 60), seen("hotel", 25), seen("street", 12), seen("hotel", 10)) == "rough"

    def test_tells_staying_with_others_from_accommodation(self):
        assert last_stable(seen("hotel", 30), seen("with_others", 20)) == "with_others"

    def test_takes_the_day_it_began_rather_than_the_day_it_was_seen(self):
        assert last_stable(seen("street", 1, since=15)) == "rough"
        assert last_stable(seen("street", 1, since=14)) is None

    def test_never_lets_a_stay_begin_before_something_else_was_seen(self):
        assert last_stable(seen("street", 30), seen("hotel", 10, since=90)) == "accommodated"
        assert last_stable(seen("street", 12, since=40), seen("hotel", 10, since=90)) == "rough"

    def test_reads_the_last_word_of_a_day(self):
        assert last_stable(seen("hotel", 30), seen("street", 30)) == "rough"
        assert last_stable(seen("street", 30), seen("hotel", 30)) == "accommodated"

    def test_ignores_what_comes_after_the_day(self):
        assert last_stable(seen("street", 40), seen("own", -5), seen("own", 0)) == "rough"

    def test_knows_nothing_of_somebody_never_seen(self):
        assert last_stable() is None


situations = st.sampled_from(list(Situation.values))
observations = st.lists(
    st.builds(
        lambda situation, observed, before: seen(situation, observed, None if before is None else observed + before),
        situations,
        st.integers(-20, 400),
        st.none() | st.integers(0, 200),
    ),
    max_size=12,
)


class TestStays:
    @given(observations)
    def test_part_the_time_from_the_first_night_to_the_day(self, rows):
        stays = History(tuple(rows)).stays(until=DAY)

        for before, after in itertools.pairwise(stays):
            assert before.period.end == after.period.start
            assert before.family != after.family
        assert all(stay.period.start < stay.period.end for stay in stays)
        assert not stays or stays[-1].period.end == DAY

    @given(observations)
    def test_agree_with_counting_night_by_night(self, rows):
        """An independent reading: colour each night by the observation that speaks of it last."""
        ordered = sorted(rows, key=lambda row: row.observed_on)
        nights: dict[date, str] = {}
        for index, row in enumerate(ordered):
            earlier = ordered[index - 1].observed_on if index else date.min
            night = max(row.since or row.observed_on, earlier)
            while night < DAY:
                nights[night] = row.family
                night += timedelta(days=1)
        coloured = {
            stay.period.start + timedelta(days=n): stay.family
            for stay in History(tuple(rows)).stays(until=DAY)
            for n in range(stay.period.nights_until(DAY))
        }
        assert coloured == nights
