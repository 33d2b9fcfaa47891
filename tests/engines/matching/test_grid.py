"""The grid as data: what is read, what is refused and where."""

import hashlib
import json

import pytest

from chezsoi.engines.matching import Grid, GridBreaksHousingFirst, UnusableGrid, lint
from tests.engines.matching import wordings
from tests.engines.matching.builders import GRID, GRID_FILE, grid_data

DALO = {"code": "dalo", "label": "DALO", "points": 150, "any_of": [["dalo"]]}


def changed(path, value):
    data = grid_data()
    *inner, last = path
    place = data
    for key in inner:
        place = place[key]
    place[last] = value
    return data


class TestSampleGrid:
    def test_holds_the_points_of_the_rulebook(self):
        points = {criterion.code: criterion.points for criterion in GRID.criteria}

        assert points == {
            "dalo": 150,
            "violence": 100,
            "rough": 90,
            "accommodated": 60,
            "eviction_without_rehousing": 60,
            "disability_in_unfit_home": 60,
            "unfit_home": 50,
            "care_leaver": 50,
            "overcrowded_with_child": 40,
            "effort_above_half": 20,
        }
        assert (GRID.seniority.points_per_month, GRID.seniority.max_points, GRID.counts_waiting) == (1, 60, True)

    def test_follows_housing_first(self):
        assert lint(grid_data()) == ()

    def test_is_the_file_its_description_vouches_for(self):
        description = json.loads((GRID_FILE.parent / "datapackage.json").read_text(encoding="utf-8"))
        payload = GRID_FILE.read_bytes()

        assert (description["path"], description["bytes"]) == (GRID_FILE.name, len(payload))
        assert description["sha256"] == hashlib.sha256(payload).hexdigest()


class TestFromMapping:
    CRITERION = ("rubrics", 0, "criteria", 0)

    @pytest.mark.parametrize(
        ("path", "value", "field"),
        [
            (("code",), " ", "code"),
            (("version",), 0, "version"),
            (("version",), True, "version"),
            (("version",), "1", "version"),
            (("title",), 3, "title"),
            (("valid_from",), "31/01/2026", "valid_from"),
            (("valid_from",), None, "valid_from"),
            (("rubrics",), [], "rubrics"),
            (("rubrics",), "dalo", "rubrics"),
            (("rubrics",), [3], "rubrics[0]"),
            (("rubrics", 1, "code"), "recognised_right", "rubrics[1].code"),
            (("rubrics", 0, "weight"), 2, "rubrics[0].weight"),
            ((*CRITERION, "points"), 1.5, "rubrics[0].criteria[0].points"),
            ((*CRITERION, "points"), 10**6, "rubrics[0].criteria[0].points"),
            ((*CRITERION, "any_of"), [[]], "rubrics[0].criteria[0].any_of[0]"),
            ((*CRITERION, "any_of"), [["dallo"]], "rubrics[0].criteria[0].any_of[0]"),
            ((*CRITERION, "proof"), 3, "rubrics[0].criteria[0].proof"),
            ((*CRITERION, "code"), "violence", "rubrics"),
            (("seniority",), {"points_per_month": 1}, "seniority.max_points"),
            (("local_facts",), {"flood": "Home lost in the flood of 2024"}, "local_facts"),
            (("local_facts",), {}, "local_facts"),
        ],
    )
    def test_names_the_field_it_refuses(self, path, value, field):
        with pytest.raises(UnusableGrid) as refused:
            Grid.from_mapping(changed(path, value))

        assert refused.value.field == field
        assert str(refused.value) == f"{field}: {refused.value.problem}"

    @pytest.mark.parametrize("field", ["code", "version", "title", "source", "valid_from", "rubrics"])
    def test_needs_every_field(self, field):
        data = grid_data()
        del data[field]

        with pytest.raises(UnusableGrid) as refused:
            Grid.from_mapping(data)

        assert (refused.value.field, refused.value.problem) == (field, "is missing")

    def test_reads_a_grid_without_seniority(self):
        grid = Grid.from_mapping({key: value for key, value in grid_data().items() if key != "seniority"})

        assert grid.counts_waiting is False

    def test_allows_a_criterion_that_is_shown_and_earns_nothing(self):
        assert Grid.from_mapping(changed((*self.CRITERION, "points"), 0)).criteria[0].points == 0

    @pytest.mark.parametrize("meaning", wordings.MILESTONES)
    def test_counts_no_fact_beside_the_published_list(self, meaning):
        counting = changed((*self.CRITERION, "any_of"), [["local"]])

        with pytest.raises(UnusableGrid):
            Grid.from_mapping(counting | {"local_facts": {"local": meaning}})
        with pytest.raises(UnusableGrid, match="not a fact of the published list"):
            Grid.from_mapping(counting)

    @pytest.mark.parametrize(
        ("path", "value", "rule"),
        [
            ((*CRITERION, "label"), "Abstinence depuis un an", "sobriety"),
            ((*CRITERION, "points"), -20, "negative_points"),
            (("max_offers",), 3, "limit_on_offers"),
            (("on_refusal",), "delisted", "sanction_for_refusing"),
            (("local_facts",), {"housing_ready": "Évaluation favorable"}, "readiness"),
        ],
    )
    def test_refuses_a_grid_that_breaks_housing_first(self, path, value, rule):
        with pytest.raises(GridBreaksHousingFirst) as refused:
            Grid.from_mapping(changed(path, value))

        assert [finding.rule for finding in refused.value.findings] == [rule]
        assert refused.value.field.startswith(str(path[0]))
