"""What can be read of requests, rounds, sittings and answers."""

from chezsoi.allocation.queries.candidates import Line, candidates, why
from chezsoi.allocation.queries.offers import accepted, answer_to, candidacy, letter, letters_waiting, next_rank
from chezsoi.allocation.queries.requests import candidacies_of, household_numbered, request_of
from chezsoi.allocation.queries.rounds import grid_in_force, grids, proof, round_, round_of, rounds
from chezsoi.allocation.queries.sittings import (
    Item,
    accounts_to_seat,
    agenda,
    commission,
    commissions,
    commissions_seated,
    item,
    quorum,
    seated,
    seats,
    seats_to_end,
    sitting,
    sittings,
    sittings_to_come,
)

__all__ = [
    "Item",
    "Line",
    "accepted",
    "accounts_to_seat",
    "agenda",
    "answer_to",
    "candidacies_of",
    "candidacy",
    "candidates",
    "commission",
    "commissions",
    "commissions_seated",
    "grid_in_force",
    "grids",
    "household_numbered",
    "item",
    "letter",
    "letters_waiting",
    "next_rank",
    "proof",
    "quorum",
    "request_of",
    "round_",
    "round_of",
    "rounds",
    "seated",
    "seats",
    "seats_to_end",
    "sitting",
    "sittings",
    "sittings_to_come",
    "why",
]
