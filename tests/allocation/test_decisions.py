"""The five decisions: what each must come with, and what the house refuses to write."""

import pytest
from django.utils.translation import override

from chezsoi.allocation import actions, motives
from chezsoi.allocation.actions import decisions
from chezsoi.allocation.actions.decisions import Verdict
from chezsoi.allocation.choices import CandidacyState, DecisionKind, MissingDocument, ReasonCode
from chezsoi.allocation.models import Candidacy, Decision
from chezsoi.allocation.wording import forbidden_motive
from chezsoi.territories.access import NotAllowed
from tests.factories import allocation, territories

HEALTH_OR_ORIGIN = (
    "problème de santé",
    "Ménage d’origine étrangère",
    "troubles psychiatriques",
    "alcoolique",
    "mental illness",
)
CONDITIONS = (
    "Mme boit encore et refuse l'accompagnement.",
    "pas encore prêt pour un logement",
    "n'honore pas ses rendez-vous : rendez-vous honorés exigés",
    "must accept support first",
)


@pytest.fixture
def item():
    return allocation.item()


def decide(item, place, verdict, *, actor=None):
    """Decide on the candidate of a published rank."""
    return actions.decide(
        actor=actor or territories.program(),
        item=item,
        candidacy=item.round.candidacies.get(rank=place),
        verdict=verdict,
        on=allocation.today(),
    )


def verdict(kind, **traits):
    return Verdict(kind=kind, reason=traits.pop("reason", "in the published order"), **traits)


class TestDecide:
    def test_writes_the_decision_with_its_reason(self, item):
        made = decide(item, 1, allocation.ranked(1, " in the published order "))

        assert (made.kind, made.rank, made.reason) == ("allocated_ranked", 1, "in the published order")
        assert made.candidacy.state == CandidacyState.DECIDED

    def test_takes_each_of_the_five(self, item):
        decide(item, 1, verdict(DecisionKind.ALLOCATED))
        conditional = verdict(DecisionKind.ALLOCATED_CONDITIONALLY, rank=2, missing_document=MissingDocument.TAX_NOTICE)
        decide(item, 2, conditional)
        decide(item, 3, verdict(DecisionKind.REJECTED_INADMISSIBLE, reason_code=ReasonCode.CEILINGS))
        decide(item, 4, verdict(DecisionKind.NOT_ALLOCATED, reason_code=ReasonCode.OTHER_CANDIDATE))

        found = Decision.objects.order_by("candidacy__rank").values_list("kind", "rank", "missing_document")
        assert list(found) == [
            ("allocated", 1, ""),
            ("allocated_conditionally", 2, "tax_notice"),
            ("rejected_inadmissible", None, ""),
            ("not_allocated", None, ""),
        ]

    def test_refuses_without_quorum(self):
        thin = allocation.item(present=1)

        with pytest.raises(decisions.NoQuorum):
            decide(thin, 1, allocation.ranked(1))

    def test_counts_neither_the_recused_nor_those_without_a_vote(self, item):
        voters = [row.member for row in item.sitting.attendances.order_by("pk")]
        silent = allocation.members(item.sitting.commission, 3, has_vote=False)
        actions.record_attendance(actor=territories.program(), sitting=item.sitting, members=voters + silent)
        for member in voters[:2]:
            actions.recuse(actor=territories.program(), item=item, member=member, reason="a conflict")

        with pytest.raises(decisions.NoQuorum):
            decide(item, 1, allocation.ranked(1))

    def test_refuses_before_anybody_is_written_down_as_present(self):
        with pytest.raises(decisions.SittingNotOpen):
            decide(allocation.item(present=0), 1, allocation.ranked(1))

    def test_refuses_a_candidate_of_another_home(self, item):
        elsewhere = allocation.drawn()

        with pytest.raises(decisions.NotACandidateHere):
            actions.decide(
                actor=territories.program(),
                item=item,
                candidacy=elsewhere.candidacies.get(rank=1),
                verdict=allocation.ranked(1),
                on=allocation.today(),
            )

    def test_refuses_to_decide_twice(self, item):
        decide(item, 1, allocation.ranked(1))

        with pytest.raises(decisions.DecisionAlreadyTaken):
            decide(item, 1, allocation.ranked(2))

    def test_refuses_who_only_prepares(self, item):
        with pytest.raises(NotAllowed):
            decide(item, 1, allocation.ranked(1), actor=territories.actor("coordinator"))


class TestReasons:
    def test_are_compulsory(self, item):
        with pytest.raises(decisions.NoReason):
            decide(item, 1, allocation.ranked(1, "  "))

    @pytest.mark.parametrize("kind", [DecisionKind.NOT_ALLOCATED, DecisionKind.REJECTED_INADMISSIBLE])
    @pytest.mark.parametrize("ground", ["", "behaviour", "health"])
    def test_of_a_refusal_have_a_ground_of_the_closed_list(self, item, kind, ground):
        with pytest.raises(decisions.NoGround):
            decide(item, 1, verdict(kind, reason_code=ground))

    @pytest.mark.parametrize("document", ["", "a promise to accept support"])
    def test_of_a_condition_name_a_document_of_the_list(self, item, document):
        with pytest.raises(decisions.DocumentMissing):
            decide(item, 1, verdict(DecisionKind.ALLOCATED_CONDITIONALLY, missing_document=document))

    @pytest.mark.parametrize(
        ("refusal", "text"),
        [
            *((motives.ForbiddenMotive, text) for text in HEALTH_OR_ORIGIN),
            *((motives.SetsACondition, text) for text in CONDITIONS),
        ],
    )
    def test_are_never_health_or_origin_nor_a_condition_of_what_somebody_does(self, item, refusal, text):
        with pytest.raises(refusal):
            decide(item, 1, allocation.ranked(1, text))
        with pytest.raises(refusal):
            decide(item, 1, verdict(DecisionKind.ALLOCATED, departure_reason=text))

        assert not Decision.objects.exists()

    @pytest.mark.parametrize(
        "text",
        [
            "dans l'ordre publié",
            "ressources au-dessus du plafond",
            "origine des ressources à confirmer",
            "logement trop petit pour cinq personnes",
            "dossier incomplet après relance écrite",
            "the file of another household comes first",
        ],
    )
    def test_may_say_the_rest(self, text):
        motives.check_words(text)

    def test_names_the_word_that_is_refused(self):
        assert forbidden_motive("Raison : Santé fragile") == "sante"


class TestRanks:
    def test_are_given_to_allocations_in_order(self, item):
        with pytest.raises(decisions.RankMissing):
            decide(item, 1, verdict(DecisionKind.ALLOCATED_RANKED))

    def test_start_at_one(self, item):
        with pytest.raises(decisions.RankMissing):
            decide(item, 1, allocation.ranked(0))

    def test_are_never_equal_on_one_home(self, item):
        decide(item, 1, allocation.ranked(1))

        with pytest.raises(decisions.EqualRank):
            decide(item, 2, allocation.ranked(1))

    def test_make_one_first_alone(self, item):
        decide(item, 1, verdict(DecisionKind.ALLOCATED))

        with pytest.raises(decisions.EqualRank):
            decide(item, 2, verdict(DecisionKind.ALLOCATED))

    def test_are_not_given_to_a_refusal(self, item):
        with pytest.raises(decisions.RankNotAllowed):
            decide(item, 1, verdict(DecisionKind.NOT_ALLOCATED, rank=1, reason_code=ReasonCode.SIZE))

    def test_leave_the_published_order_only_with_a_reason(self, item):
        decide(item, 2, allocation.ranked(1))
        with pytest.raises(decisions.OrderDepartedFrom):
            decide(item, 1, allocation.ranked(2))

        decide(item, 1, verdict(DecisionKind.ALLOCATED_RANKED, rank=2, departure_reason="moves nearer to her work"))

        assert Candidacy.objects.get(round=item.round, rank=1).reordering_reason == "moves nearer to her work"

    def test_cannot_be_left_by_setting_the_better_placed_aside(self, item):
        decide(item, 2, allocation.ranked(1))

        with pytest.raises(decisions.OrderDepartedFrom):
            decide(item, 1, allocation.refused())

    def test_are_not_departed_from_when_the_better_placed_no_longer_seeks(self, item):
        decide(item, 1, allocation.refused(ReasonCode.NO_LONGER_SEEKING))
        decide(item, 2, allocation.ranked(1))
        decide(item, 3, allocation.refused())
        decide(item, 4, allocation.refused())

        assert Decision.objects.filter(rank=1).get().candidacy.rank == 2


class TestSentences:
    def test_tell_each_refusal_in_words(self):
        from chezsoi.allocation.views import refusals

        with override("en"):
            naming = (motives.ForbiddenMotive, motives.SetsACondition)
            for fact in naming:
                assert "these words" in refusals.sentence(fact("these words"))
            for fact in refusals.REFUSED:
                if fact not in naming:
                    assert 4 <= len(refusals.sentence(fact()).split()) <= 40
