"""The linter: every forbidden wording is found, nothing else is."""

import pytest

from chezsoi.engines.matching import FindingKind, lint
from tests.engines.matching import wordings


class TestLint:
    @pytest.mark.parametrize(("wording", "rule"), wordings.FORBIDDEN)
    def test_finds_a_precondition_or_a_penalty_in_a_text_and_in_a_name(self, wording, rule):
        assert rule in {finding.rule for finding in lint({"label": wording})}
        assert rule in {finding.rule for finding in lint({wording: True})}

    @pytest.mark.parametrize("wording", wordings.FORBIDDEN_UNSEEN + wordings.MILESTONES)
    def test_finds_wordings_it_was_not_written_from(self, wording):
        assert lint({"label": wording})

    @pytest.mark.parametrize(
        "wording", wordings.INNOCENT + wordings.INNOCENT_UNSEEN + wordings.INNOCENT_BESIDE_MILESTONES
    )
    def test_leaves_an_innocent_wording_alone(self, wording):
        assert lint({"label": wording}) == ()

    def test_says_where_what_and_in_which_words(self):
        (finding,) = lint({"rubrics": [{"criteria": [{"label": "Handicap"}, {"label": "Sobriété attestée"}]}]})

        assert finding.field == "rubrics[0].criteria[1].label"
        assert (finding.kind, finding.rule) == (FindingKind.PRECONDITION, "sobriety")
        assert finding.text == "Sobriété attestée"

    @pytest.mark.parametrize(
        ("rules", "rule"),
        [
            ({"max_offers": 3}, "limit_on_offers"),
            ({"on_refusal": {"effect": "suspension", "months": 12}}, "sanction_for_refusing"),
            ({"refusal": {"points": -20}}, "negative_points"),
            ({"points": -0.5}, "negative_points"),
            ({"requires": ("sobriety",)}, "sobriety"),
            ({"requires": {"employed"}}, "job"),
            ({"min_nights_in_shelter": 30}, "prior_shelter"),
        ],
    )
    def test_reads_structured_rules_as_sentences(self, rules, rule):
        assert rule in {finding.rule for finding in lint(rules)}

    def test_passes_over_a_rule_that_is_switched_off(self):
        assert lint({"sobriety_required": False, "max_offers": None}) == ()
