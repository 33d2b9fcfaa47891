from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.engines.linkage import Identity, Index, RepeatedKey, blocking_keys, find_duplicates, score
from chezsoi.engines.linkage.duplicates import LARGEST_BLOCK
from chezsoi.kernel.dates import PartialDate

from .people import pairs, resembling
from .territory import write_territory

pytestmark = pytest.mark.slow

groups = st.integers(1, 6).flatmap(resembling)


def brute_force(records):
    matches = (score(one, other) for one, other in combinations(records, 2))
    return sorted((match for match in matches if match), key=lambda match: (-match.weight, match.a, match.b))


class TestFindDuplicates:
    @given(records=groups)
    def test_equals_scoring_every_pair_that_shares_a_key(self, records):
        keys = {record.key: blocking_keys(record) for record in records}

        expected = [match for match in brute_force(records) if keys[match.a] & keys[match.b]]

        assert list(find_duplicates(records)) == expected

    @given(records=groups, seed=st.randoms(use_true_random=False))
    def test_is_blind_to_the_order_of_the_records(self, records, seed):
        shuffled = seed.sample(records, len(records))

        assert find_duplicates(shuffled) == find_duplicates(records)

    @pytest.mark.slow
    def test_loses_nothing_of_a_territory(self):
        territory = write_territory(seed=11, households=436, met_later=0.5)

        assert list(find_duplicates(territory.identities)) == brute_force(territory.identities)

    def test_refuses_two_records_with_one_key(self):
        with pytest.raises(RepeatedKey):
            find_duplicates([Identity(key="a"), Identity(key="a")])

    def test_splits_the_telephone_of_a_hostel_by_name(self):
        records = [
            Identity(
                key=f"p{n:04}", names=(f"Name{'bcdfgklmnr'[n % 10]}",), given_names=("Ali",), phones=("0387000000",)
            )
            for n in range(LARGEST_BLOCK)
        ]
        koffi = Identity(key="x", names=("Ndiaye",), given_names=("Koffi",), phones=("0387000000",))

        found = find_duplicates([*records, koffi, replace(koffi, key="y")])

        assert ("x", "y") in {(match.a, match.b) for match in found}


class TestBlockingKeys:
    @given(pair=pairs)
    def test_are_shared_by_every_pair_that_is_listed(self, pair):
        if score(*pair):
            assert blocking_keys(pair[0]) & blocking_keys(pair[1])

    def test_are_none_for_a_record_without_a_name(self):
        assert not blocking_keys(Identity(key="a", phones=("0612345678",), birth=PartialDate(1980)))

    def test_leave_a_guessed_year_out(self):
        guessed = Identity(key="a", names=("Sow",), given_names=("Awa",), birth=PartialDate(1980, estimated=True))

        assert not blocking_keys(guessed)


class TestIndex:
    @given(records=groups)
    def test_answers_as_find_duplicates_does(self, records):
        index = Index()
        for record in records:
            index.add(record)

        for record in records:
            expected = [match for match in find_duplicates(records) if record.key in (match.a, match.b)]
            assert list(index.matches(record)) == expected

    def test_forgets_and_replaces(self):
        index = Index()
        koffi = Identity(key="a", names=("Ndiaye",), given_names=("Koffi",), birth=PartialDate(2004, 8, 29))
        index.add(koffi)
        index.add(replace(koffi, birth=PartialDate(1980, 2, 3)))

        assert len(index) == 1
        assert index.matches(replace(koffi, key="b")) == ()

        index.add(replace(koffi, key="c", given_names=("Awa",), birth=PartialDate(1980, 2, 3)))
        index.remove("a")
        index.remove("a")
        index.remove("c")

        assert len(index) == 0
        assert index.matches(replace(koffi, key="b", birth=PartialDate(1980, 2, 3))) == ()

    def test_gives_no_more_than_asked(self):
        index = Index()
        koffi = Identity(key="a", names=("Ndiaye",), given_names=("Koffi",), birth=PartialDate(2004, 8, 29))
        for rank in range(5):
            index.add(replace(koffi, key=f"p{rank}"))

        assert [match.b for match in index.matches(koffi, limit=2)] == ["p0", "p1"]

    def test_looks_behind_the_telephone_of_a_hostel_by_name(self):
        index = Index()
        koffi = Identity(key="x", names=("Ndiaye",), given_names=("Koffi",), phones=("0387000000",))
        for rank in range(LARGEST_BLOCK + 1):
            index.add(Identity(key=f"p{rank}", names=("Weber",), given_names=("Luc",), phones=("0387000000",)))
        index.add(koffi)

        assert [match.a for match in index.matches(replace(koffi, key="z"))] == ["x"]
