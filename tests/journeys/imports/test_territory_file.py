"""The people file of the case, on an empty migrated database."""

import json

import pytest

from chezsoi.allocation.models import HousingRequest, PriorityLabel, WishedCommune
from chezsoi.files.models import ImportBatch
from chezsoi.people.models import (
    CircleMembership,
    Household,
    HouseholdMember,
    Person,
    PossibleDuplicate,
    ResidentialSituation,
    ResourceStatement,
)
from chezsoi.support.models import NamedReferent, SupportWish
from chezsoi.territories.models import Organisation
from tests.journeys.imports.bringing import CASES, PEOPLE, bring, everything, run

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def imported(django_db_setup, django_db_blocker):
    """Import once for the module, in a transaction of its own that is taken back at the end."""
    from django.db import transaction

    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            yield bring(PEOPLE), bring(PEOPLE)
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def _inside(imported, db):
    """Let each test look inside the module's transaction."""


class TestFirstRun:
    def test_creates_every_household_and_person(self, imported):
        first, _second = imported

        assert first.code == 0
        assert first.counts == (436, 0, 0, 729, 0, 0)
        assert (Household.objects.count(), Person.objects.count()) == (436, 729)

    def test_names_the_four_bad_rows_with_one_error_a_cell(self, imported):
        assert imported[0].errors == [
            (731, "date de naissance"),
            (732, "date de naissance"),
            (733, "nom"),
            (734, "téléphone"),
            (734, "depuis le"),
            (734, "ressources mensuelles"),
        ]

    def test_lists_the_files_of_one_person_and_no_other(self, imported):
        truth = {tuple(pair) for pair in json.loads((CASES / "truth.json").read_text())["same_person_files"]}
        found = imported[0].pairs

        assert len(found & truth) >= 0.95 * len(found)
        assert len(found & truth) >= 0.95 * len(truth)
        assert all(a < b for a, b in found)
        assert len(found) == len(imported[0]["possible_duplicates"]) == PossibleDuplicate.objects.count()
        assert all(pair["reasons"] for pair in imported[0]["possible_duplicates"])

    def test_knows_every_word_of_the_file(self, imported):
        assert imported[0]["unknown_codes"] == []

    def test_writes_every_column(self, imported):
        household = Household.objects.get(reference="M57-0009")
        lead, partner = household.members.order_by("pk")
        request = household.request
        seen = lead.person.situations.get()

        assert (lead.person.birth_name, lead.person.given_names, str(lead.person.birth_date)) == (
            "LEROY", "Julien", "1967-06-05",
        )  # fmt: skip
        assert (lead.role, partner.role, lead.person.sex, partner.person.sex) == ("lead", "partner", "M", "F")
        assert lead.person.phones.get().number == "0602984135"
        assert (seen.situation, str(seen.since), seen.original_words) == (
            "emergency", "2026-08-31", "hébergement d'urgence",
        )  # fmt: skip
        assert (seen.commune.name, seen.is_derived, seen.origin) == ("Metz", False, "imported")
        assert partner.person.situations.get().derived_from == seen
        assert (request.number, str(request.requested_on)) == ("057243000555058418", "2023-05-27")
        assert (request.rooms_min, request.rooms_max, str(request.max_outlay_per_month)) == (2, 3, "562.00")
        names = request.wished_communes.order_by("rank").values_list("commune__name", flat=True)
        assert list(names) == ["Metz", "Montigny-lès-Metz"]
        assert request.labels.get().label == "disability"
        stated = lead.person.resources.get()
        assert (stated.kind, str(stated.amount_per_month), str(stated.stated_on)) == ("rsa", "977.54", "2026-05-27")
        assert household.support_wishes.get().intensity == "intensive"
        assert household.referents.get().label == "SIAO 57"
        assert str(household.last_contact_on) == "2026-05-27"

    def test_loses_no_row_of_any_column(self, imported):
        assert HousingRequest.objects.count() == SupportWish.objects.count() == NamedReferent.objects.count() == 436
        assert ResourceStatement.objects.count() == 436
        assert ResidentialSituation.objects.filter(is_derived=False).count() == 436
        assert HouseholdMember.objects.count() == 729
        assert PriorityLabel.objects.filter(label="dalo").count() == 58
        assert WishedCommune.objects.count() > 436

    def test_protects_the_households_where_there_was_violence(self, imported):
        assert Household.objects.filter(is_protected=True).count() == 10

    def test_opens_the_circle_of_the_service_that_brought_the_file(self, imported):
        service = Organisation.objects.get(key="metz-fichiers")

        assert CircleMembership.objects.filter(organisation=service, basis="import").count() == 436
        assert CircleMembership.objects.count() == 436

    def test_sees_a_situation_that_began_after_the_contact_when_it_began(self, imported):
        seen = Household.objects.get(reference="M57-0007").members.get(role="lead").person.situations.get()

        assert str(seen.since) == str(seen.observed_on) == "2026-08-22"


class TestSecondRun:
    def test_creates_and_updates_nothing(self, imported):
        _first, second = imported

        assert second.code == 0
        assert second.counts == (0, 0, 436, 0, 0, 729)

    def test_says_the_same_of_errors_and_duplicates(self, imported):
        first, second = imported

        for key in ("errors", "possible_duplicates", "unknown_codes"):
            assert second[key] == first[key]

    def test_writes_no_row(self, imported):
        batch = ImportBatch.objects.order_by("-pk").first()

        assert batch.changes.count() == 0


class TestUndo:
    def test_leaves_every_table_as_it_was(self, imported):
        import_first, import_second = ImportBatch.objects.order_by("pk")
        before_third = everything()
        undone = [run("import", "undo", str(each.reference)) for each in (import_second, import_first)]
        tables = everything()

        assert [each.exit_code for each in undone] == [0, 0]
        assert Household.objects.count() == Person.objects.count() == 0
        kept = {label for label, rows in tables.items() if rows}
        assert all(tables[label] == before_third[label] for label in kept), (
            "what stays is what the import did not write"
        )
        assert not {label for label in kept if label.startswith(("people.", "allocation.Housing", "support."))}
