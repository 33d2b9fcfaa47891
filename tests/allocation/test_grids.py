"""Scoring grids: written as a draft, read over by a colleague, published once, in force where they hold."""

from datetime import timedelta

import pytest

from chezsoi.allocation import actions, queries
from chezsoi.allocation.actions import DraftFacts, WrittenCriterion, drafts, drawing, grids
from chezsoi.allocation.forms.grids import criterion_as_written
from chezsoi.allocation.models import GridDraft, ScoringGrid
from chezsoi.engines import matching
from chezsoi.journeys import impacts
from chezsoi.territories.access import NotAllowed
from chezsoi.trail.models import Entry
from tests.factories import allocation, homes, territories

METZ = "200039865"


@pytest.fixture
def program():
    return territories.program(territories.territory())


def begin(actor, **where):
    return actions.start_draft(
        actor=actor,
        origin=allocation.grid(),
        territory=where.pop("territory", None) or territories.territory(),
        on=allocation.today(),
        at=allocation.now(),
        **where,
    )


def write(actor, draft, code="", **changes):
    usual = {"rubric": "home", "label": "In a shelter", "points": 120, "one_of": ("chrs",)}
    written = WrittenCriterion(**(usual | changes))
    return actions.write_criterion(actor=actor, draft=draft, written=written, code=code, at=allocation.now())


def publish(actor, draft, on=None):
    return actions.publish_draft(actor=actor, draft=draft, on=on or allocation.today(), at=allocation.now())


def codes(draft):
    return [each["code"] for rubric in draft.content["rubrics"] for each in rubric["criteria"]]


class TestADraft:
    def test_starts_as_a_copy_that_no_round_reads(self, program):
        begun = begin(program)

        assert begun.content["rubrics"] == begun.origin.content["rubrics"]
        assert queries.grid_in_force(begun.territory_id, on=allocation.today(), actor=program) == begun.origin
        assert Entry.objects.filter(verb="allocation.grid.draft_begun").exists()

    def test_is_begun_once_a_place(self, program):
        begin(program)
        begin(program, epci_siren=METZ)

        with pytest.raises(drafts.DraftAlreadyBegun):
            begin(program)

    def test_needs_a_body_that_exists(self, program):
        with pytest.raises(drafts.BodyElsewhere):
            begin(program, epci_siren="000000000")

    def test_needs_a_body_of_its_territory(self, program):
        with pytest.raises(drafts.BodyElsewhere):
            begin(program, epci_siren="200093201")

    def test_is_not_written_by_those_who_open_no_round(self):
        with pytest.raises(NotAllowed):
            begin(territories.actor("lead_worker"))

    def test_is_not_written_from_elsewhere(self, program):
        stranger = territories.actor("coordinator", territory=territories.territory("lille"))

        with pytest.raises(NotAllowed):
            write(stranger, begin(program))

    def test_says_what_it_is_and_what_waiting_earns(self, program):
        facts = DraftFacts(
            title="Ours", source="PPGD", valid_from=allocation.today(), points_per_month=2, max_points=None
        )
        told = actions.describe_draft(actor=program, draft=begin(program), facts=facts, at=allocation.now())
        assert told.content["seniority"] == {"points_per_month": 2, "max_points": 0}
        assert str(told) == "Ours"

        none = DraftFacts(
            title="Ours", source="PPGD", valid_from=allocation.today(), points_per_month=None, max_points=None
        )
        told = actions.describe_draft(actor=program, draft=told, facts=none, at=allocation.now())
        assert "seniority" not in told.content

    def test_is_thrown_away(self, program):
        actions.discard_draft(actor=program, draft=begin(program))

        assert not GridDraft.objects.exists()
        assert ScoringGrid.objects.count() == 1


class TestACriterion:
    def test_joins_a_rubric_or_starts_one(self, program):
        draft = write(program, begin(program), proof="a paper", legal_basis="CCH L441-1")
        draft = write(program, draft, rubric="Work", label="In a shelter", one_of=(), all_of=("back_to_work", "dalo"))

        assert draft.content["rubrics"][2]["criteria"][-1] == {
            "code": "in_a_shelter", "label": "In a shelter", "points": 120, "any_of": [["chrs"]], "proof": "a paper",
            "legal_basis": "CCH L441-1",
        }  # fmt: skip
        new = draft.content["rubrics"][-1]
        assert (new["code"], new["label"], new["criteria"][0]["code"]) == ("work", "Work", "in_a_shelter_2")
        assert new["criteria"][0]["any_of"] == [["back_to_work", "dalo"]]

    def test_is_written_anew_where_it_stands_or_moved(self, program):
        draft = write(program, begin(program), code="dalo", rubric="recognised_right", label="DALO", one_of=("dalo",))
        assert (codes(draft)[0], draft.content["rubrics"][0]["criteria"][0]["points"]) == ("dalo", 120)

        moved = write(program, draft, code="dalo", rubric="home", one_of=("dalo", "violence"), all_of=("violence",))
        assert moved.content["rubrics"][0]["code"] == "protection"
        assert moved.content["rubrics"][1]["criteria"][-1]["any_of"] == [["dalo", "violence"], ["violence"]]

    def test_is_taken_out_with_its_empty_rubric(self, program):
        draft = actions.remove_criterion(actor=program, draft=begin(program), code="dalo", at=allocation.now())

        assert "recognised_right" not in {rubric["code"] for rubric in draft.content["rubrics"]}
        with pytest.raises(drafts.CriterionGone):
            actions.remove_criterion(actor=program, draft=draft, code="dalo", at=allocation.now())

    @pytest.mark.parametrize(
        ("facts", "refusal"), [({"one_of": ()}, drafts.NoFact), ({"one_of": ("sober",)}, drafts.UnknownFact)]
    )
    def test_counts_known_facts_and_at_least_one(self, program, facts, refusal):
        with pytest.raises(refusal):
            write(program, begin(program), **facts)

    def test_takes_a_code_from_a_label_without_letters(self, program):
        assert "criterion" in codes(write(program, begin(program), label="?"))

    @pytest.mark.parametrize(
        ("any_of", "one_of", "all_of"),
        [
            ([["dalo"]], ["dalo"], []),
            ([["street"], ["camp"]], ["camp", "street"], []),
            ([["disability", "unfit_home"]], [], ["disability", "unfit_home"]),
            ([["street", "dalo"], ["camp", "dalo"]], ["camp", "street"], ["dalo"]),
            ([["street", "dalo"], ["camp"]], [], []),
        ],
    )
    def test_is_read_back_as_it_was_ticked(self, any_of, one_of, all_of):
        shown = criterion_as_written("home", {"label": "A", "points": 1, "any_of": any_of})

        assert (shown["one_of"], shown["all_of"]) == (one_of, all_of)


class TestPublishing:
    def test_makes_the_next_version_and_leaves_no_draft(self, program):
        first = allocation.published_grid()
        second_draft = allocation.draft()
        second = publish(program, second_draft)

        assert (first.key, first.version, second.version) == ("metz", "1", "2")
        assert matching.Grid.from_mapping(second.content).version == 2
        assert not GridDraft.objects.exists()
        assert second.published_at is not None

    def test_waits_for_a_colleague(self):
        writer, colleague = territories.actor("coordinator"), territories.actor("siao_officer")
        draft = allocation.draft(actor=writer)

        with pytest.raises(grids.OwnDraft):
            publish(writer, draft)
        published = publish(colleague, draft)

        assert queries.publisher(published, actor=writer) == colleague.label
        assert queries.publisher(allocation.grid(), actor=writer) == ""

    def test_refuses_a_precondition_whatever_wrote_it(self, program):
        draft = write(program, begin(program), label="Accepte l'accompagnement")

        with pytest.raises(matching.GridBreaksHousingFirst):
            publish(program, draft)
        assert ScoringGrid.objects.count() == 1

    def test_refuses_a_grid_without_criterion(self, program):
        draft = begin(program)
        GridDraft.objects.filter(pk=draft.pk).update(content=draft.content | {"rubrics": []})

        with pytest.raises(matching.UnusableGrid):
            publish(program, draft)

    def test_refuses_a_day_past(self, program):
        with pytest.raises(grids.StartsInThePast):
            publish(program, allocation.draft(), on=allocation.today() + timedelta(days=1))

    def test_refuses_a_version_that_changes_nothing(self, program):
        first = allocation.published_grid()
        draft = actions.start_draft(
            actor=program, origin=first, territory=first.territory, on=allocation.today(), at=allocation.now()
        )

        with pytest.raises(grids.DraftUnchanged):
            publish(program, draft)


class TestInAPlace:
    def test_a_round_takes_the_grid_of_where_the_home_is(self):
        allocation.household()
        local = allocation.published_grid(epci_siren=METZ)
        here = allocation.offer()

        assert drawing._holds(local, here)
        far = allocation.offer()
        far.dwelling.commune = homes.commune("57672")
        assert not drawing._holds(local, far)
        far.dwelling.commune = None
        assert not drawing._holds(local, far)


class TestDifferences:
    def test_name_what_was_added_changed_and_removed(self, program):
        draft = write(program, begin(program), code="dalo", rubric="recognised_right", one_of=("dalo",))
        draft = actions.remove_criterion(actor=program, draft=draft, code="care_leaver", at=allocation.now())
        draft = write(program, draft, label="New")

        found = queries.differences(draft.origin.content, draft.content, actor=program)

        said = {each.code: (each.before is None, each.after is None) for each in found}
        assert said == {"dalo": (False, False), "new": (True, False), "care_leaver": (False, True)}


class TestThePreview:
    def test_says_what_would_change_and_names_no_file_of_a_round(self, program):
        allocation.household("dalo", max_outlay_per_month=900)
        street = allocation.household(max_outlay_per_month=900)
        offer = allocation.offer()
        draft = write(program, begin(program), code="rough", rubric="home", points=900, one_of=("street",))

        found = impacts.preview(draft, on=allocation.today(), actor=territories.actor("coordinator"))

        assert (found.waiting, found.before, found.exclusions) == (2, draft.origin, ())
        assert [home.home for home in found.impact.homes] == [offer.dwelling.reference]
        assert street.reference in {move.ref for move in found.impact.moves}
        assert {str(dimension) for dimension in found.groups} == {"family", "sex", "age", "origin"}

    def test_counts_whom_a_precondition_would_shut_out_and_compares_nothing(self, program):
        allocation.household()
        draft = write(program, begin(program), label="Passage préalable en CHRS")

        found = impacts.preview(draft, on=allocation.today(), actor=territories.actor("coordinator"))

        assert found.impact is None
        assert [(each.finding.rule, each.excluded, each.waiting) for each in found.exclusions] == [
            ("prior_shelter", 1, 1)
        ]

    def test_is_of_the_body_alone_and_nothing_without_criteria(self, program):
        allocation.offer()
        draft = begin(program, epci_siren=METZ)
        GridDraft.objects.filter(pk=draft.pk).update(content=draft.content | {"rubrics": []})
        draft.refresh_from_db()

        assert impacts.preview(draft, on=allocation.today(), actor=program).impact is None

    def test_is_for_those_who_open_rounds_here(self, program):
        with pytest.raises(NotAllowed):
            impacts.preview(begin(program), on=allocation.today(), actor=territories.actor("commission_secretary"))
