import csv
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.engines.disclosure import is_protected, withheld, withheld_beside

CASES = Path(__file__).parents[2] / "cases" / "disclosure" / "withheld.csv"
SMALL = st.lists(st.integers(0, 7), min_size=1, max_size=5)


def cases():
    with CASES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def numbers(text):
    return [int(number) for number in text.split("|") if number]


def splits(total, count):
    """List every way a total can be shared out: what a reader of the total and of the other cells can imagine."""
    return [split for split in product(range(total + 1), repeat=count) if sum(split) == total]


class TestWithheld:
    @pytest.mark.parametrize("case", cases(), ids=lambda case: case["cells"])
    def test_hides_what_was_worked_out_by_hand(self, case):
        cells = {f"{rank}": count for rank, count in enumerate(numbers(case["cells"]))}
        threshold = int(case["threshold"]) if case["threshold"] else None

        hidden = withheld(cells, threshold=threshold)

        assert sorted(cells[name] for name in hidden) == sorted(numbers(case["hidden"])), case["why"]

    @given(SMALL, st.integers(2, 4))
    def test_never_shows_a_cell_under_the_threshold(self, counts, threshold):
        cells = dict(enumerate(counts))

        assert {name for name, count in cells.items() if count < threshold} <= withheld(cells, threshold=threshold)

    @given(SMALL, st.integers(2, 4))
    def test_leaves_no_hidden_cell_to_be_found_from_the_total(self, counts, threshold):
        cells = dict(enumerate(counts))
        hidden = sorted(withheld(cells, threshold=threshold))
        if hidden == sorted(cells) or not hidden:
            return
        possible = splits(sum(cells[name] for name in hidden), len(hidden))

        for rank in range(len(hidden)):
            values = {split[rank] for split in possible}
            assert 0 in values
            assert max(values) >= threshold

    @given(SMALL, st.integers(2, 4))
    def test_leaves_a_reader_who_guesses_that_all_are_small_in_doubt(self, counts, threshold):
        cells = dict(enumerate(counts))
        hidden = sorted(withheld(cells, threshold=threshold))
        if hidden == sorted(cells) or any(cells[name] >= threshold for name in hidden):
            return
        small = [
            split
            for split in splits(sum(cells[name] for name in hidden), len(hidden))
            if max(split, default=0) < threshold
        ]

        assert all({split[rank] for split in small} == set(range(threshold)) for rank in range(len(hidden)))

    @given(SMALL, st.integers(2, 4))
    def test_hides_no_more_than_it_needs(self, counts, threshold):
        cells = dict(enumerate(counts))
        hidden = withheld(cells, threshold=threshold)
        added = [cells[name] for name in hidden if cells[name] >= threshold]
        if added:
            fewer = sorted(cells[name] for name in hidden)
            fewer.remove(max(added))
            assert not is_protected(fewer, threshold=threshold)

    def test_hides_everything_where_nothing_protects(self):
        assert withheld({"a": 12, "b": 0}, threshold=11) == {"a", "b"}


class TestWithheldBeside:
    TABLES = st.lists(
        st.integers(0, 9).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), min_size=1, max_size=5
    )

    @given(TABLES, st.integers(2, 4))
    def test_protects_what_is_counted_and_what_is_left_without_what_one_knows(self, table, threshold):
        cells, known = ({str(rank): pair[part] for rank, pair in enumerate(table)} for part in (0, 1))
        left = {name: cells[name] - known[name] for name in cells}

        hidden = withheld_beside(cells, known, threshold=threshold)

        partly = 0 < sum(known.values()) < sum(cells.values())
        for counts in [cells, *([left] if partly else [])]:
            assert {name for name, count in counts.items() if count < threshold} <= hidden
            if hidden and hidden != set(cells):
                assert is_protected([counts[name] for name in hidden], threshold=threshold)

    @given(TABLES, st.integers(2, 4))
    def test_is_as_for_anybody_when_nothing_or_everything_is_known(self, table, threshold):
        cells = {str(rank): count for rank, (count, _known) in enumerate(table)}

        for known in (dict.fromkeys(cells, 0), cells):
            assert withheld_beside(cells, known, threshold=threshold) == withheld(cells, threshold=threshold)

    def test_hides_nothing_without_a_threshold(self):
        assert withheld_beside({"a": 1, "b": 9}, {"a": 0, "b": 8}, threshold=None) == frozenset()
