"""Every address, every method, every kind of thing, every actor: told what the reviewed table says, and no more."""

import pytest

from tests.matrix import address, addresses, proposal, readings, sample, table, visits
from tests.matrix.visits import Answer
from tests.matrix.world import ACTORS


class TestTable:
    def test_leaves_no_address_out(self):
        named = list(addresses.names())

        assert [name for name in named if name not in addresses.ADDRESSES] == []
        assert sorted(addresses.ADDRESSES.keys() - set(named)) == []

    def test_leaves_no_cell_undecided(self):
        decided = table.read()
        undecided = [
            f"{' '.join(key)} for {actor}"
            for key in proposal.rows()
            for actor in ACTORS
            if decided.get(key, {}).get(actor) not in proposal.OUTCOMES
        ]

        assert undecided == []

    def test_asks_nothing_that_has_no_address(self):
        assert sorted(table.read().keys() - set(proposal.rows())) == []

    def test_opens_nothing_of_another_territory(self):
        opened = [
            f"{' '.join(key)} for {actor}"
            for key, cells in table.read().items()
            for actor in ACTORS
            if key[2] in {"elsewhere", "mixed"} and cells[actor] == proposal.OPEN and not _is_public(key[0])
        ]

        assert opened == []


class TestSample:
    def test_asks_of_every_address_and_method_every_answer_it_gives(self):
        decided = table.read()
        asked = {(key[:2], decided[key][actor]) for actor in ACTORS for key in sample.cells(actor)}

        assert asked == {(key[:2], cells[actor]) for key, cells in decided.items() for actor in ACTORS}

    def test_opens_every_thing_that_opens_and_looks_for_every_thing_that_does_not_exist(self):
        decided = table.read()
        asked = {(key, decided[key][actor]) for actor in ACTORS for key in sample.cells(actor)}
        told = {(key, cells[actor]) for key, cells in decided.items() for actor in ACTORS}

        assert [each for each in told - asked if each[1] in sample.ABOUT_THE_THING] == []

    def test_asks_every_actor_and_is_the_same_each_time(self):
        assert min(len(sample.cells(actor)) for actor in ACTORS) > 10
        assert sample._asked.__wrapped__() == sample._asked()


@pytest.mark.slow
@pytest.mark.parametrize("actor", ACTORS)
def test_actor_is_told_what_the_table_says_and_reads_no_word_that_is_not_theirs(ask, actor):
    assert _faults(actor, ask(actor)) == []


@pytest.mark.drill
def test_every_cell_of_every_actor_is_asked_one_by_one(built, quietly, record_result):
    faults, sightings = [], 0
    for actor in ACTORS:
        answers = visits.ask_everything(built, actor)
        faults += [f"{actor}: {fault}" for fault in _faults(actor, answers)]
        sightings += sum(len(answer.seen) for answer in answers.values())

    assert faults == []
    cells = len(ACTORS) * len(table.read())
    record_result("matrix", actors=len(ACTORS), cells=cells, words_read=sightings, faults=len(faults))


def _faults(actor: str, answers: dict[proposal.Key, Answer]) -> list[str]:
    """Name what was told against the table, what was read against the roles, what should be read and was not."""
    decided = table.read()
    return [
        *(
            f"{' '.join(key)}: {decided[key][actor]} expected, {answer.outcome} told"
            for key, answer in answers.items()
            if answer.outcome != decided[key][actor]
        ),
        *(
            f"{' '.join(key)} shows {sighting}"
            for key, answer in answers.items()
            for sighting in answer.seen
            if not readings.may_read(actor, key, sighting)
        ),
        *(
            f"{' '.join(key)} lets {sighting} out in {where}"
            for key, answer in answers.items()
            for where, sighting in answer.let_out
        ),
        *(
            f"the search finds nothing of the household that {actor} follows"
            for seen in [answers["portal:search", "GET", "none"].seen]
            if readings.must_read(actor) and "own" not in {kind for kind, _category, _word in seen}
        ),
        *(
            f"no page shows the {category} of the household that {actor} follows"
            for category in sorted(readings.must_read(actor) - _read_of_own(answers))
        ),
    ]


def _read_of_own(answers: dict[proposal.Key, Answer]) -> set[str]:
    return {category for answer in answers.values() for kind, category, _word in answer.seen if kind == "own"}


def _is_public(name: str) -> bool:
    return addresses.ADDRESSES[name].can == address.ANYBODY
