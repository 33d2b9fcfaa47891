"""The lottery, and the few lines with which an outsider checks it."""

import hashlib
import hmac
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.engines.matching import (
    CommittedTooLate,
    DrawnTooEarly,
    InstantWithoutTimeZone,
    SeedDoesNotOpenCommitment,
    SeedTooShort,
    commit,
    opens,
    ticket,
)
from tests.engines.matching.builders import LOTTERY, SEED

CLOSED_AT = LOTTERY.snapshot_closed_at
SEEDS = st.binary(min_size=16, max_size=64)


def drawn(at):
    return replace(LOTTERY.public_randomness, drawn_at=at)


class TestTicket:
    @given(SEEDS, st.text(), st.text(min_size=1))
    def test_is_what_the_standard_library_computes_alone(self, seed, chance, ref):
        key = hashlib.sha256(seed + chance.encode()).digest()

        assert ticket(seed, chance, ref) == hmac.digest(key, ref.encode(), "sha256")

    def test_depends_on_the_seed_the_public_draw_and_the_household(self):
        tickets = {
            ticket(SEED, "4 11 23", "a"),
            ticket(SEED, "4 11 24", "a"),
            ticket(SEED, "4 11 23", "b"),
            ticket(SEED[::-1], "4 11 23", "a"),
        }

        assert len(tickets) == 4

    def test_puts_each_of_four_households_first_as_often(self):
        firsts = [min("abcd", key=lambda ref: ticket(SEED, str(draw), ref)) for draw in range(2000)]

        assert all(430 < firsts.count(ref) < 570 for ref in "abcd")


class TestCommit:
    def test_reproduces_a_published_digest(self):
        thirty_two_zero_bytes = "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"

        assert commit(bytes(32)) == thirty_two_zero_bytes

    @given(SEEDS, SEEDS)
    def test_opens_with_its_seed_alone(self, seed, other):
        assert opens(commit(seed).upper(), seed)
        assert opens(commit(seed), other) == (seed == other)

    def test_refuses_a_seed_that_could_be_guessed(self):
        with pytest.raises(SeedTooShort):
            commit(bytes(15))


class TestLottery:
    def test_draws_the_tickets_of_its_seed_and_its_public_draw(self):
        assert LOTTERY.ticket_of("a") == ticket(SEED, LOTTERY.public_randomness.value, "a")

    @pytest.mark.parametrize(
        ("change", "refusal"),
        [
            ({"seed": bytes(32)}, SeedDoesNotOpenCommitment),
            ({"committed_at": CLOSED_AT}, CommittedTooLate),
            ({"public_randomness": drawn(CLOSED_AT)}, DrawnTooEarly),
            ({"public_randomness": drawn(CLOSED_AT - timedelta(days=1))}, DrawnTooEarly),
            ({"committed_at": datetime(2026, 11, 1)}, InstantWithoutTimeZone),  # noqa: DTZ001
        ],
    )
    def test_refuses_what_could_have_been_steered(self, change, refusal):
        with pytest.raises(refusal):
            replace(LOTTERY, **change)

    def test_accepts_a_draw_one_second_after_the_list_is_closed(self):
        assert replace(
            LOTTERY,
            public_randomness=drawn(CLOSED_AT + timedelta(seconds=1)),
            committed_at=datetime(2020, 1, 1, tzinfo=UTC),
        )
