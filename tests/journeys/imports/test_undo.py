"""An import taken back leaves every table as it was, whatever it had changed."""

import pytest

from chezsoi.files.models import ImportBatch
from chezsoi.people.models import Household, Person
from tests.journeys.imports.bringing import bring, everything, run, table

HEAD = (
    "n° ménage;nom;prénom;date de naissance;lien;téléphone;situation résidentielle;depuis le;ressources mensuelles;"
    "nature des ressources;numéro unique;communes souhaitées;typologie min;accompagnement;publics prioritaires;"
    "dernier contact;référent"
)
OLD = (
    f"M1;LEROY;Zoé;1980;demandeur;0612345678;rue;01/02/2026;500;RSA;{'1' * 18};Metz, Woippy;"
    "T1;léger;DALO;01/05/2026;CCAS",
    "M1;LEROY;Ana;2015;enfant;;;;;;;;;;;;",
    "M2;SOW;Awa;;demandeur;;rue;;;;;;;;;01/05/2026;",
)
NEW = (
    f"M1;LEROY;Zoé;14/03/1980;demandeur;0712345678;CHRS;01/06/2026;600;RSA;{'1' * 18};Woippy, Marly;T2;intensif;"
    "DALO, violences;01/07/2026;SIAO",
    "M1;LEROY;Ana;2015;enfant;;;;;;;;;;;;",
    "M1;LEROY;Tom;2026;enfant;;;;;;;;;;;;",
    "M2;SOW;Awa;;demandeur;;rue;;;;;;;;;01/05/2026;",
    "M3;LEROY;Zoé;14/03/1980;demandeur;0712345678;;;;;;;;;;01/07/2026;",
)


def undo_last():
    return run("import", "undo", str(ImportBatch.objects.order_by("-pk").first().reference))


class TestUndo:
    def test_takes_a_first_import_back(self, tmp_path):
        bring(table(tmp_path, "Z9;KEITA;Fatou", head="n° ménage;nom;prénom"))
        before = everything()
        bring(table(tmp_path, *OLD, head=HEAD))

        assert undo_last().exit_code == 0
        assert everything() == before

    def test_takes_back_what_an_update_changed(self, tmp_path):
        bring(table(tmp_path, *OLD, head=HEAD))
        before = everything()
        answer = bring(table(tmp_path, *NEW, head=HEAD))
        changed = everything()
        done = undo_last()

        assert answer.counts == (1, 1, 1, 2, 1, 2)
        assert changed["people.Household"] != before["people.Household"]
        assert done.exit_code == 0
        assert everything() == before

    def test_is_refused_when_a_later_import_changed_the_same_rows(self, tmp_path):
        bring(table(tmp_path, *OLD, head=HEAD))
        first = ImportBatch.objects.get()
        bring(table(tmp_path, *NEW, head=HEAD))
        before = everything()
        done = run("import", "undo", str(first.reference))

        assert done.exit_code == 1
        assert everything() == before

    def test_lets_the_same_file_be_loaded_again(self, tmp_path):
        bring(table(tmp_path, *OLD, head=HEAD))
        undo_last()

        assert bring(table(tmp_path, *OLD, head=HEAD)).counts == (2, 0, 0, 3, 0, 0)

    def test_twice_says_that_it_was_undone(self, tmp_path):
        bring(table(tmp_path, *OLD, head=HEAD))

        assert [undo_last().exit_code for _time in range(2)] == [0, 1]

    @pytest.mark.parametrize("reference", ["nothing", "00000000-0000-0000-0000-000000000000"])
    def test_of_an_import_nobody_knows_is_a_usage_error(self, reference):
        assert run("import", "undo", reference).exit_code == 2


class TestLoad:
    def test_that_fails_leaves_nothing_behind(self, tmp_path, monkeypatch):
        from chezsoi.journeys.imports.people import load as people_load

        def fall(*_arguments, **_options):
            raise RuntimeError("the machine stopped")

        monkeypatch.setattr(people_load, "note_possible_duplicates", fall)
        answer = bring(table(tmp_path, *OLD, head=HEAD))

        assert (answer.code, answer.errors) == (1, [(None, None)])
        assert "Traceback" not in answer.stderr
        assert not Household.objects.exists()
        assert not Person.objects.exists()
        assert ImportBatch.objects.get().state == "failed"
