"""The 25 preconditions a territory may be tempted to write, in both languages; and whom each would shut out."""

from pathlib import Path

import pytest
import yaml

from chezsoi.engines.matching import (
    LABELS,
    SITUATIONS,
    FindingKind,
    Grid,
    GridBreaksHousingFirst,
    Household,
    exclusions,
    lint,
)
from chezsoi.engines.matching.households import FACTS
from tests.engines.matching.builders import grid_data

CASES = yaml.safe_load(
    (Path(__file__).parents[2] / "cases" / "matching" / "preconditions.yaml").read_text(encoding="utf-8")
)
FORBIDDEN = [(case["rule"], case[language]) for case in CASES["forbidden"] for language in ("fr", "en")]
ALSO_FORBIDDEN = [(case["rule"], case[language]) for case in CASES["also_forbidden"] for language in ("fr", "en")]
SENSITIVE = [(case["rule"], case[language]) for case in CASES["sensitive"] for language in ("fr", "en")]
LEGITIMATE = [case[language] for case in CASES["legitimate"] for language in ("fr", "en")]


class TestTheList:
    def test_holds_twenty_five_preconditions_in_both_languages(self):
        assert len(FORBIDDEN) == 50

    @pytest.mark.parametrize(("rule", "wording"), [*FORBIDDEN, *ALSO_FORBIDDEN])
    def test_is_found_whole(self, rule, wording):
        found = lint({"rubrics": [{"code": "local", "criteria": [{"code": "local", "label": wording}]}]})

        assert rule in {finding.rule for finding in found}
        assert all(finding.kind is not FindingKind.SENSITIVE for finding in found)

    @pytest.mark.parametrize(("rule", "wording"), SENSITIVE)
    def test_lets_no_rule_count_who_people_are(self, rule, wording):
        assert (FindingKind.SENSITIVE, rule) in {(finding.kind, finding.rule) for finding in lint({"label": wording})}

    @pytest.mark.parametrize("wording", LEGITIMATE)
    def test_leaves_what_grids_do_write(self, wording):
        assert lint({"label": wording}) == ()

    def test_names_the_words_it_found(self):
        (finding,) = lint({"label": "Ménage reconnu, avec abstinence"})

        assert (finding.words, finding.text) == ("abstinence", "Ménage reconnu, avec abstinence")
        assert lint({"label": "Accepte l’accompagnement"})[0].words == "Accepte l’accompagnement"
        assert lint({"mustAcceptSupport": True})[0].words == "mustAcceptSupport"
        assert lint({"label": "Absence : -10 points"})[0].words == "-10 points"

    def test_is_read_in_names_as_in_texts(self):
        with pytest.raises(GridBreaksHousingFirst):
            Grid.from_mapping(grid_data() | {"local_facts": {"french_nationality": "as declared"}})


# Each label is one letter of CCH L441-1, save those another text recognises. Letters b and e name where a household
# comes from (a therapeutic flat, long unemployment): they help it, and no grid can ask for the contrary.
GROUNDS = {
    "disability": "a",
    "therapeutic_flat": "b",
    "hardship": "c",
    "temporary_home": "d",
    "back_to_work": "e",
    "unfit_home": "f",
    "violence": "g",
    "prostitution_exit": "h",
    "trafficking": "i",
    "overcrowded": "j",
    "without_home": "k",
    "eviction_without_rehousing": "l",
    "care_leaver": "m",
}


class TestTheClosedListOfFacts:
    def test_holds_grounds_of_the_law_places_where_people_live_and_children_and_nothing_else(self):
        assert {*GROUNDS, "dalo", "effort_above_half"} == LABELS
        assert sorted(GROUNDS.values()) == list("abcdefghijklm")
        assert {*LABELS, *SITUATIONS, "minor_child"} == FACTS

    @pytest.mark.parametrize("fact", sorted(FACTS))
    def test_asks_for_no_care_sobriety_behaviour_work_or_support(self, fact):
        assert lint({"label": fact}) == lint({fact: True}) == ()


WAITING = (
    Household(ref="street", situation="street", excluded_homes=frozenset({"T2"})),
    Household(ref="shelter", situation="chrs", labels=frozenset({"back_to_work"})),
    Household(ref="prison", situation="prison"),
    Household(ref="eviction", situation="own_eviction"),
    Household(ref="unknown"),
)


class TestExclusions:
    @pytest.mark.parametrize(
        ("wording", "excluded", "unproven"),
        [
            ("Passage préalable en CHRS", 3, 1),
            ("Deux propositions au plus", 1, 0),
            ("Radiation après deux refus", 1, 0),
            ("Sans antécédent d'expulsion", 1, 4),
            ("Casier judiciaire vierge", 1, 4),
            ("Emploi stable exigé", 0, 4),
            ("Sobriété attestée", 0, 5),
        ],
    )
    def test_count_whom_a_rule_would_shut_out_today(self, wording, excluded, unproven):
        found = exclusions(lint({"label": wording}), WAITING)[0]

        assert (found.excluded, found.unproven, found.waiting) == (excluded, unproven, 5)

    def test_leave_whoever_was_evicted_by_a_label_too(self):
        labelled = Household(ref="a", labels=frozenset({"eviction_without_rehousing"}))

        assert exclusions(lint({"label": "never_evicted"}), [labelled])[0].excluded == 1

    def test_are_none_where_nothing_is_forbidden(self):
        assert exclusions(lint({"label": "Handicap"}), WAITING) == ()
