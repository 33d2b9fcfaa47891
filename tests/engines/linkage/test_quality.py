"""Pairs listed against the truth: the territory's file, and territories written with the same errors."""

import csv
import json
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from chezsoi.engines.linkage import Identity, find_duplicates
from chezsoi.kernel.codes import parse_phone, parse_request_number
from chezsoi.kernel.dates import parse_date, parse_partial_date

from .measure import files, quality
from .territory import write_territory

pytestmark = pytest.mark.slow

CASE = Path(__file__).parents[2] / "cases" / "territory"
TODAY = date(2026, 11, 23)
FIVE_THOUSAND = 5_000
# One large territory tells whether precision holds in a large file; the drill writes the others.
SIZES = [
    *((436, seed) for seed in range(20, 26)),
    (FIVE_THOUSAND, 20),
    *(pytest.param(FIVE_THOUSAND, seed, marks=pytest.mark.drill) for seed in range(21, 26)),
]
ALL_MET_LATER = [20, *(pytest.param(seed, marks=pytest.mark.drill) for seed in (21, 22))]


def read_case():
    truth = json.loads((CASE / "truth.json").read_text())
    with (CASE / "menages.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter=";") if row["n° ménage"] not in truth["bad_rows"]]
    return [identity(f"{rank:04}", row) for rank, row in enumerate(rows)], {
        (min(pair), max(pair)) for pair in truth["same_person_files"]
    }


def identity(key, row):
    phone = parse_phone(row["téléphone"])
    return Identity(
        key=key,
        names=(row["nom"],),
        given_names=(row["prénom"],),
        birth=parse_partial_date(row["date de naissance"], today=TODAY),
        sex={"H": "M", "F": "F"}.get(row["sexe"], ""),
        phones=(phone,) if phone else (),
        request_number=parse_request_number(row["numéro unique"]),
        commune=row["commune actuelle"],
        situation=row["situation résidentielle"],
        situation_since=parse_date(row["depuis le"], today=TODAY),
        household=row["n° ménage"],
    )


class TestTerritoryFile:
    def test_lists_the_true_pairs_and_no_other(self):
        identities, truth = read_case()

        found = quality(files(find_duplicates(identities), identities), truth)

        assert len(identities) == 729
        assert found.precision >= 0.95
        assert found.recall >= 0.95


class TestWrittenTerritory:
    @pytest.mark.parametrize(("households", "seed"), SIZES)
    def test_lists_the_true_pairs_and_few_others(self, households, seed):
        territory = write_territory(seed=seed, households=households)

        found = quality(files(find_duplicates(territory.identities), territory.identities), territory.truth)

        assert found.precision >= 0.95
        assert found.recall >= 0.95

    @pytest.mark.parametrize("seed", ALL_MET_LATER)
    def test_keeps_its_precision_where_everything_else_changed_between_two_meetings(self, seed):
        territory = write_territory(seed=seed, households=FIVE_THOUSAND, met_later=1.0)

        found = quality(files(find_duplicates(territory.identities), territory.identities), territory.truth)

        assert found.precision >= 0.95
        assert found.recall >= 0.80

    def test_finds_people_as_often_whatever_the_origin_of_their_name(self):
        """As many people met twice as six large territories hold, in a small one: most of its files are theirs."""
        territory = write_territory(seed=30, households=2_500, met_later=1.0, met_twice=0.456)

        recall = recall_by_origin([territory])

        assert len(territory.truth) == 1_140
        assert len(recall) == 7
        assert max(recall.values()) - min(recall.values()) <= 0.10

    @pytest.mark.drill
    def test_finds_people_as_often_in_large_territories(self):
        recall = recall_by_origin(
            write_territory(seed=seed, households=FIVE_THOUSAND, met_later=1.0) for seed in range(30, 36)
        )

        assert len(recall) == 7
        assert max(recall.values()) - min(recall.values()) <= 0.10


def recall_by_origin(territories):
    true, right = defaultdict(int), defaultdict(int)
    for territory in territories:
        listed = files(find_duplicates(territory.identities), territory.identities)
        for pair in territory.truth:
            true[territory.origins[pair[0]]] += 1
            right[territory.origins[pair[0]]] += pair in listed
    return {origin: right[origin] / true[origin] for origin in true}
