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
    @pytest.mark.parametrize("seed", range(20, 26))
    @pytest.mark.parametrize("households", [436, 5_000])
    def test_lists_the_true_pairs_and_few_others(self, seed, households):
        territory = write_territory(seed=seed, households=households)

        found = quality(files(find_duplicates(territory.identities), territory.identities), territory.truth)

        assert found.precision >= 0.95
        assert found.recall >= 0.95

    @pytest.mark.parametrize("seed", range(20, 23))
    def test_keeps_its_precision_where_everything_else_changed_between_two_meetings(self, seed):
        territory = write_territory(seed=seed, households=5_000, met_later=1.0)

        found = quality(files(find_duplicates(territory.identities), territory.identities), territory.truth)

        assert found.precision >= 0.95
        assert found.recall >= 0.80

    @pytest.mark.slow
    def test_finds_people_as_often_whatever_the_origin_of_their_name(self):
        true, right = defaultdict(int), defaultdict(int)
        for seed in range(30, 36):
            territory = write_territory(seed=seed, households=5_000, met_later=1.0)
            listed = files(find_duplicates(territory.identities), territory.identities)
            for pair in territory.truth:
                true[territory.origins[pair[0]]] += 1
                right[territory.origins[pair[0]]] += pair in listed

        recall = {origin: right[origin] / true[origin] for origin in true}

        assert len(recall) == 7
        assert max(recall.values()) - min(recall.values()) <= 0.10
