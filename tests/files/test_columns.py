import pytest
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.files.columns import Ambiguity, FieldSpec, match_columns, normalise, spellings

NUMBER = FieldSpec(key="number", label="n° ménage", synonyms=("n° dossier", "numéro de fiche"), required=True)
NAME = FieldSpec(key="name", label="nom", synonyms=("nom de famille",), required=True)
BORN = FieldSpec(key="born_on", label="date de naissance", synonyms=("né(e) le",))
SPECS = (NUMBER, NAME, BORN)


class TestNormalise:
    @pytest.mark.parametrize(
        "header", ["n° ménage", "N°MENAGE", "num_menage", "Numéro ménage", "no. ménages", "numMénage", "Nº  Ménage :"]
    )
    def test_sees_one_name_under_its_spellings(self, header):
        assert normalise(header) == "numero menage"

    @pytest.mark.parametrize(
        "header", ["Date naiss.", "date de naissance", "DATE_NAISSANCE", "dt naiss", "dateNaissance"]
    )
    def test_knows_usual_abbreviations(self, header):
        assert normalise(header) == "date naissance"

    def test_drops_units_but_not_a_header_that_is_only_one(self):
        assert (normalise("surface (m²)"), normalise("(autre)")) == ("surface", "autre")

    @given(st.text())
    def test_changes_nothing_the_second_time(self, header):
        assert normalise(normalise(header)) == normalise(header)


class TestMatchColumns:
    def test_finds_fields_by_label_synonym_and_other_order(self):
        plan = match_columns(("Naissance (date)", "N° DOSSIER", "NOM", "naissance date"), SPECS)

        assert plan.matched == {"number": 1, "name": 2, "born_on": 3}
        assert plan.unknown == ("Naissance (date)",)
        assert plan.is_complete

    def test_names_the_required_fields_without_a_column(self):
        plan = match_columns(("nom", "âge"), SPECS)

        assert (plan.missing, plan.unknown) == (("number",), ("âge",))

    def test_takes_neither_of_two_columns_as_good(self):
        plan = match_columns(("nom", "Nom", "n° ménage"), SPECS)

        assert plan.matched == {"number": 2}
        assert plan.ambiguous == (Ambiguity(headers=("nom", "Nom"), keys=("name",)),)
        assert plan.missing == ("name",)

    def test_takes_none_of_two_fields_of_the_same_name(self):
        twin = FieldSpec(key="birth_name", label="nom")

        plan = match_columns(("nom",), (NAME, twin))

        assert plan.matched == {}
        assert plan.ambiguous == (Ambiguity(headers=("nom",), keys=("name", "birth_name")),)

    def test_what_a_person_confirmed_wins(self):
        plan = match_columns(("nom", "patronyme", "n° ménage"), SPECS, {"patronyme": "name", "numero menage": ""})

        assert plan.matched == {"name": 1}
        assert (plan.unknown, plan.missing) == (("nom",), ("number",))

    def test_blank_headers_are_no_columns(self):
        assert match_columns(("", "nom"), SPECS).unknown == ()

    @given(st.lists(st.sampled_from(["nom", "NOM", "n° dossier", "né le", "naissance date", "x", ""]), max_size=8))
    def test_never_reads_one_column_twice_nor_a_field_from_two(self, headers):
        plan = match_columns(headers, SPECS)

        assert len(set(plan.matched.values())) == len(plan.matched)
        for doubt in plan.ambiguous:
            assert not set(doubt.keys) & set(plan.matched)


class TestSpellings:
    def test_hold_every_name(self):
        assert spellings((NUMBER,)) == {"numero menage", "numero dossier", "numero fiche"}
