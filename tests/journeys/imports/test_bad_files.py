"""Files nobody should send, through the command: the same object, one sentence, exit 1, never a traceback."""

import pytest

from chezsoi.files.readers.refusals import SENTENCES
from chezsoi.people.models import Household
from chezsoi.trail.models import Entry
from tests.files import makers
from tests.files.bad_files import READ, REFUSED
from tests.journeys.imports.bringing import bring, table

pytestmark = pytest.mark.slow


class TestBadFiles:
    @pytest.mark.slow
    @pytest.mark.parametrize("kind", ["people", "homes"])
    @pytest.mark.parametrize("name", REFUSED)
    def test_give_one_error_without_line_or_column(self, tmp_path, name, kind):
        answer = bring(makers.written(tmp_path, REFUSED[name][0]), kind=kind)

        assert (answer.code, answer.errors) == (1, [(None, None)])
        assert answer["errors"][0]["message"] in {str(sentence) for sentence in SENTENCES.values()}
        assert not Entry.objects.exists()

    @pytest.mark.slow
    @pytest.mark.parametrize("name", READ)
    def test_that_hold_a_table_are_loaded_or_refused_in_one_sentence(self, tmp_path, name):
        answer = bring(makers.written(tmp_path, READ[name]))

        assert answer.code in {0, 1}
        assert (answer.code == 0) == Household.objects.exists()

    def test_without_a_column_of_names_are_refused(self, tmp_path):
        answer = bring(table(tmp_path, "M1;rue", head="n° ménage;situation"))

        assert (answer.code, answer.errors) == (1, [(None, None)])

    def test_with_two_columns_for_one_field_are_refused_by_name(self, tmp_path):
        answer = bring(table(tmp_path, "LEROY;06;07", head="nom;téléphone;portable"))

        assert (answer.code, answer.errors) == (1, [(None, None)])
        assert "portable" in answer["errors"][0]["message"]

    def test_with_braces_in_their_headers_are_refused_like_others(self, tmp_path):
        answer = bring(table(tmp_path, "LEROY;06;07", head="nom;téléphone {0};téléphone {x.y}"))

        assert answer.code in {0, 1}

    def test_with_names_longer_than_a_column_leave_the_row_out(self, tmp_path):
        answer = bring(table(tmp_path, f"M1;{'A' * 200};Zoé", f"{'M' * 90};LEROY;Zoé", head="n° ménage;nom;prénom"))

        assert (answer.counts[0], answer.errors) == (1, [(2, "nom")])
        assert len(Household.objects.get().reference) <= 60

    def test_with_formulas_keep_them_as_texts(self, tmp_path):
        answer = bring(table(tmp_path, "M1;=HYPERLINK(1);@SUM(A1)", head="n° ménage;nom;prénom"))

        assert answer.counts[0] == 1
