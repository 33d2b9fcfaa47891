"""Each clause of what `chezsoi import people` promises, on small files."""

from datetime import timedelta

import pytest
from django.utils import timezone

from chezsoi.files.models import ImportBatch
from chezsoi.people.models import (
    CircleMembership,
    HeldRow,
    Household,
    HouseholdMember,
    Person,
    PossibleDuplicate,
    ResidentialSituation,
)
from chezsoi.trail.models import Entry
from tests.journeys.imports.bringing import bring, run, table

pytestmark = pytest.mark.slow

LEROY = "M1;LEROY;Zoé;14/03/1980;demandeur;0612345678;rue;01/02/2026"
DIALLO = "M2;DIALLO;Issa;1991;demandeur;;;"


def born(text: str) -> str:
    return f"M1;LEROY;Zoé;{text};demandeur;;;"


class TestExit:
    def test_is_0_when_loaded_row_errors_included(self, tmp_path):
        answer = bring(table(tmp_path, LEROY, "M2;DIALLO;Issa;31/02/1991;demandeur;;;"))

        assert (answer.code, answer.counts[0], len(answer.errors)) == (0, 1, 1)

    def test_is_1_when_no_row_is_good(self, tmp_path):
        answer = bring(table(tmp_path, "M2;DIALLO;Issa;31/02/1991;demandeur;;;"))

        assert (answer.code, answer.counts) == (1, (0,) * 6)
        assert not ImportBatch.objects.exists()

    def test_is_1_and_nothing_is_loaded_without_yes_nor_terminal(self, tmp_path):
        answer = bring(table(tmp_path, LEROY, "M2;DIALLO;Issa;31/02/1991;demandeur;;;"), yes=False)

        assert (answer.code, answer.counts, len(answer.errors)) == (1, (0,) * 6, 1)
        assert not Household.objects.exists()
        assert not Entry.objects.exists()

    @pytest.mark.parametrize(
        "options",
        [
            ("--territory", "atlantis"),
            ("--territory", "metz", "--as-of", "yesterday"),
            ("--territory", "metz", "--source", "not a key"),
            ("--territory", "metz", "--organisation", "nobody"),
            ("--territory", "metz", "--as", "nobody@example.org"),
            (),
        ],
    )
    def test_is_2_on_usage(self, tmp_path, options):
        done = run("import", "people", str(table(tmp_path, LEROY)), "--yes", "--json", *options)

        assert (done.exit_code, done.stdout) == (2, "")

    def test_is_1_for_a_file_that_is_not_there(self, tmp_path):
        answer = bring(tmp_path / "nothing.csv")

        assert (answer.code, answer.errors) == (1, [(None, None)])

    def test_says_on_stderr_alone_how_to_take_it_back(self, tmp_path):
        answer = bring(table(tmp_path, LEROY))

        assert str(ImportBatch.objects.get().reference) in answer.stderr


class TestBirthDate:
    @pytest.mark.parametrize(
        ("text", "kept", "quality"),
        [
            ("", "", "not_asked"),
            ("inconnue", "", "unknown"),
            ("1972", "1972", "approximate"),
            ("??/??/1972", "1972", "approximate"),
            ("05/1972", "1972-05", "approximate"),
            ("14/03/1980", "1980-03-14", "known"),
        ],
    )
    def test_may_be_unknown_or_known_in_part(self, tmp_path, text, kept, quality):
        answer = bring(table(tmp_path, born(text)))
        person = Person.objects.get()

        assert (answer.code, answer.errors) == (0, [])
        assert (str(person.birth_date), person.birth_quality) == (kept, quality)

    @pytest.mark.parametrize("text", ["31/02/1984", "12/13/1980", "hier", "01/01/2091", "2091", "03/05/1899", "1850"])
    def test_leaves_the_row_out_when_no_calendar_or_no_life_holds_it(self, tmp_path, text):
        answer = bring(table(tmp_path, born(text)))

        assert answer.errors == [(2, "date de naissance")]
        assert not Person.objects.exists()

    def test_of_120_years_ago_is_a_birth_date(self, tmp_path):
        today = timezone.localdate()
        at_120 = today.replace(year=today.year - 120)

        assert bring(table(tmp_path, born(f"{at_120:%d/%m/%Y}"))).errors == []
        assert bring(table(tmp_path, born(f"{at_120 - timedelta(days=1):%d/%m/%Y}"))).errors != []


class TestPhone:
    @pytest.mark.parametrize(
        ("text", "kept"),
        [
            ("612345678", ["0612345678"]),
            ("+33 612345678", ["0612345678"]),
            ("01 00 00 00 00", ["0100000000"]),
            ("06 12 34 56 78 / 07.22.33.44.55", ["0612345678", "0722334455"]),
            ("", []),
            ("inconnu", []),
        ],
    )
    def test_is_kept_whatever_its_range(self, tmp_path, text, kept):
        answer = bring(table(tmp_path, f"M1;LEROY;Zoé;;demandeur;{text};;"))

        assert answer.errors == []
        assert sorted(phone.number for phone in Person.objects.get().phones.order_by("pk")) == kept

    @pytest.mark.parametrize("text", ["06123", "061234567890", "pas de téléphone"])
    def test_is_unreadable_without_nine_or_ten_digits(self, tmp_path, text):
        assert bring(table(tmp_path, f"M1;LEROY;Zoé;;demandeur;{text};;")).errors == [(2, "téléphone")]


class TestRequestNumber:
    HEAD = "n° ménage;nom;prénom;numéro unique;quittance max;typologie min;typologie max;fauteuil roulant"

    def test_is_eighteen_digits_and_no_other_check(self, tmp_path):
        good = table(tmp_path, "M1;LEROY;Zoé;999 999999999999999;650,50 €;T3;T2;oui", head=self.HEAD)
        answer = bring(good)
        request = Household.objects.get().request

        assert answer.errors == []
        assert (request.number, str(request.max_outlay_per_month)) == ("9" * 18, "650.50")
        assert (request.rooms_min, request.rooms_max, request.needs_wheelchair_access) == (2, 3, True)

    def test_of_seventeen_digits_leaves_the_row_out_like_an_amount_in_words(self, tmp_path):
        bad = table(tmp_path, f"M1;LEROY;Zoé;{'9' * 17};douze;T1;T2;non", head=self.HEAD)

        assert bring(bad).errors == [(2, "numéro unique"), (2, "quittance max")]

    def test_is_evidence_that_two_files_are_one_person(self, tmp_path):
        rows = [f"{number};Leroy;Zoé;{'9' * 18};;;;" for number in ("M1", "M2")]

        assert bring(table(tmp_path, *rows, head=self.HEAD)).pairs == {("M1", "M2")}


class TestName:
    def test_may_lack_one_half(self, tmp_path):
        answer = bring(table(tmp_path, "M1;;Zoé;;demandeur;;;", "M2;DIALLO;inconnu;;demandeur;;;"))

        assert (answer.code, answer.counts[0], answer.errors) == (0, 2, [])
        assert set(Person.objects.order_by("pk").values_list("name_quality", flat=True)) == {"unknown"}

    @pytest.mark.parametrize("surname", ["Lê", "No", "Du", "Na", "D"])
    def test_may_be_short(self, tmp_path, surname):
        bring(table(tmp_path, f"M1;{surname};;;demandeur;;;"))

        assert Person.objects.get().birth_name == surname

    @pytest.mark.parametrize("names", [";", "inconnu;inconnue", "?;??"])
    def test_that_names_nobody_leaves_the_row_out(self, tmp_path, names):
        assert bring(table(tmp_path, f"M1;{names};;demandeur;;;")).errors == [(2, "nom")]


class TestApplicant:
    def test_that_lacks_leaves_the_whole_file_out(self, tmp_path):
        answer = bring(table(tmp_path, "M1;LEROY;Zoé;;conjoint;;;", "M1;LEROY;Ana;;enfant;;;", DIALLO))

        assert answer.counts[0] == 1
        assert answer.errors == [(2, "place dans le ménage"), (3, "place dans le ménage")]

    def test_that_is_left_out_takes_its_members_along(self, tmp_path):
        answer = bring(table(tmp_path, "M1;LEROY;Zoé;31/02/1980;demandeur;;;", "M1;LEROY;Ana;;enfant;;;"))

        assert (answer.code, [line for line, _column in answer.errors]) == (1, [2, 3])

    def test_may_come_after_the_members_and_apart_from_them(self, tmp_path):
        answer = bring(table(tmp_path, "M1;LEROY;Ana;;enfant;;;", DIALLO, LEROY))

        assert answer.counts == (2, 0, 0, 3, 0, 0)
        assert HouseholdMember.objects.filter(household__reference="M1", role="lead").get().person.given_names == "Zoé"

    def test_is_the_first_row_when_the_file_has_no_such_column(self, tmp_path):
        answer = bring(table(tmp_path, "M1;LEROY;Zoé", "M1;LEROY;Ana", head="n° dossier;nom;prénom"))

        assert answer.counts == (1, 0, 0, 2, 0, 0)

    def test_is_counted_once_when_two_rows_claim_it(self, tmp_path):
        bring(table(tmp_path, LEROY, "M1;DIALLO;Issa;;demandeur;;;"))

        assert sorted(HouseholdMember.objects.order_by("pk").values_list("role", flat=True)) == ["lead", "other"]


class TestLine:
    def test_is_the_physical_line_where_the_record_starts(self, tmp_path):
        path = tmp_path / "file.csv"
        path.write_text(
            'Extraction du 03/02/2026\n\nnom;prénom;note;téléphone\nLEROY;Zoé;"deux\nlignes";\nDIALLO;Issa;;12\n'
        )

        assert bring(path).errors == [(6, "téléphone")]

    def test_of_a_ragged_row_is_told_and_the_others_are_loaded(self, tmp_path):
        answer = bring(table(tmp_path, LEROY, "M2;DIALLO", "M3;SOW;Awa;;demandeur;;;"))

        assert (answer.counts[0], answer.errors) == (2, [(3, None)])


class TestUnknownCode:
    HEAD = "n° ménage;nom;situation résidentielle;commune actuelle;publics prioritaires;accompagnement;sexe"

    def test_is_kept_as_unknown_and_listed_and_is_no_error(self, tmp_path):
        answer = bring(table(tmp_path, "M1;LEROY;yourte;Atlantis;DALO, licorne;beaucoup;H", head=self.HEAD))
        seen = ResidentialSituation.objects.get()

        assert (answer.code, answer.errors) == (0, [])
        assert answer["unknown_codes"] == [
            {"column": "accompagnement", "value": "beaucoup", "lines": [2]},
            {"column": "commune actuelle", "value": "Atlantis", "lines": [2]},
            {"column": "publics prioritaires", "value": "licorne", "lines": [2]},
            {"column": "situation résidentielle", "value": "yourte", "lines": [2]},
        ]
        assert (seen.situation, seen.quality, seen.original_words, seen.commune) == (
            "unknown",
            "unknown",
            "yourte",
            None,
        )


class TestNewer:
    HEAD = "n° ménage;nom;prénom;situation résidentielle;téléphone;dernier contact"

    def bring(self, folder, situation, contact, *options, phone=""):
        return bring(table(folder, f"M1;LEROY;Zoé;{situation};{phone};{contact}", head=self.HEAD), *options)

    def test_is_added_and_erases_nothing(self, tmp_path):
        self.bring(tmp_path, "rue", "01/05/2026", phone="0612345678")
        answer = self.bring(tmp_path, "CHRS", "01/06/2026")

        assert answer.counts == (0, 1, 0, 0, 1, 0)
        rows = ResidentialSituation.objects.order_by("observed_on").values_list("situation", flat=True)
        assert list(rows) == ["street", "chrs"]
        assert Person.objects.get().phones.count() == 1
        assert str(Household.objects.get().last_contact_on) == "2026-06-01"

    def test_is_never_overwritten_by_older_by_the_last_contact(self, tmp_path):
        self.bring(tmp_path, "CHRS", "01/06/2026")
        answer = self.bring(tmp_path, "rue", "01/05/2026", "--as-of", "2026-11-01")

        assert answer.counts == (0, 0, 1, 0, 0, 1)
        assert ResidentialSituation.objects.get().situation == "chrs"

    def test_is_never_overwritten_by_older_by_the_date_of_the_file(self, tmp_path):
        self.bring(tmp_path, "CHRS", "", "--as-of", "2026-06-01")
        older = self.bring(tmp_path, "rue", "", "--as-of", "2026-05-01")
        newer = self.bring(tmp_path, "squat", "", "--as-of", "2026-07-01")

        assert (older.counts[1], newer.counts[1]) == (0, 1)
        assert ResidentialSituation.objects.filter(situation="street").count() == 0

    def test_is_confirmed_by_the_same_rows_sent_later(self, tmp_path):
        self.bring(tmp_path, "CHRS", "", "--as-of", "2026-06-01")
        same = self.bring(tmp_path, "CHRS", "", "--as-of", "2026-08-01")
        between = self.bring(tmp_path, "rue", "", "--as-of", "2026-07-01")

        assert same.counts == between.counts == (0, 0, 1, 0, 0, 1)

    def test_takes_the_date_of_the_title_row(self, tmp_path):
        path = tmp_path / "file.csv"
        path.write_text("Personnes suivies – extraction du 03/02/2026\n\nn° ménage;nom;situation\nM1;LEROY;rue\n")
        bring(path)

        assert str(ResidentialSituation.objects.get().observed_on) == "2026-02-03"

    def test_gives_members_the_contact_of_their_lead(self, tmp_path):
        rows = ["M1;LEROY;Zoé;rue;;01/05/2026;demandeur", "M1;LEROY;Ana;chez un tiers;;;enfant"]
        bring(table(tmp_path, *rows, head=self.HEAD + ";lien"))

        days = set(ResidentialSituation.objects.order_by("pk").values_list("observed_on", flat=True))
        assert {str(day) for day in days} == {"2026-05-01"}


class TestPersonOfAFile:
    def test_is_added_when_the_newer_file_names_somebody_new(self, tmp_path):
        bring(table(tmp_path, LEROY), "--as-of", "2026-05-01")
        answer = bring(table(tmp_path, LEROY, "M1;LEROY;Ana;2015;enfant;;;"), "--as-of", "2026-06-01")

        assert answer.counts == (0, 1, 0, 1, 1, 0)
        assert Household.objects.get().members.count() == 2
        assert Person.objects.get(given_names="Ana").situations.get().is_derived

    def test_is_the_same_when_a_birth_date_is_learned(self, tmp_path):
        bring(table(tmp_path, "M1;LEROY;Zoé;;demandeur;;;"), "--as-of", "2026-05-01")
        answer = bring(table(tmp_path, "M1;LEROY;Zoé;14/03/1980;demandeur;;;"), "--as-of", "2026-06-01")

        assert answer.counts == (0, 1, 0, 0, 1, 0)
        assert str(Person.objects.get().birth_date) == "1980-03-14"

    def test_is_another_when_name_and_birth_date_are_others(self, tmp_path):
        bring(table(tmp_path, LEROY, "M1;SOW;Awa;1990;conjoint;;;"), "--as-of", "2026-05-01")
        answer = bring(table(tmp_path, LEROY, "M1;KEITA;Fatou;1970;conjoint;;;"), "--as-of", "2026-06-01")

        assert answer["persons"]["created"] == 1
        assert Household.objects.get().members.count() == 3

    def test_repeated_in_its_file_is_an_error(self, tmp_path):
        answer = bring(table(tmp_path, LEROY, "M1;Ana;LEROY;2015;enfant;;;", "M1;Ana;LEROY;2015;enfant;;;"))

        assert (answer.counts[3], answer.errors) == (2, [(4, None)])

    def test_without_a_name_of_their_own_are_as_many_as_the_rows(self, tmp_path):
        answer = bring(table(tmp_path, LEROY, "M1;LEROY;;;enfant;;;", "M1;LEROY;;;enfant;;;"))

        assert (answer.counts[3], answer.errors) == (3, [])


class TestWithoutFileNumbers:
    HEAD = "nom;prénom;date de naissance;téléphone"
    ZOE, ISSA = "LEROY;Zoé;14/03/1980;0612345678", "DIALLO;Issa;02/04/1991;"

    def test_makes_each_row_its_own_household(self, tmp_path):
        path = table(tmp_path, self.ZOE, self.ISSA, head=self.HEAD)
        first, second = bring(path), bring(path)

        assert first.counts == (2, 0, 0, 2, 0, 0)
        assert second.counts == (0, 0, 2, 0, 0, 2)

    def test_leaves_an_identical_row_out(self, tmp_path):
        answer = bring(table(tmp_path, self.ZOE, self.ISSA, self.ZOE, head=self.HEAD))

        assert (answer.counts[0], answer.errors) == (2, [(4, None)])
        assert "2" in answer["errors"][0]["message"]

    def test_holds_a_possible_duplicate_for_a_human(self, tmp_path):
        path = table(tmp_path, self.ZOE, self.ISSA, "Leroy;Zoe;14/03/1980;", head=self.HEAD)
        first, second = bring(path), bring(path)

        assert first.counts == (2, 0, 0, 2, 0, 0)
        assert first.pairs == second.pairs == {("line:2", "line:4")}
        assert second.counts == (0, 0, 2, 0, 0, 2)
        held = HeldRow.objects.order_by("pk").first()
        assert (held.line, held.cells) == (4, ["Leroy", "Zoe", "14/03/1980", ""])

    def test_holds_a_row_that_looks_like_somebody_on_file(self, tmp_path):
        bring(table(tmp_path, LEROY))
        answer = bring(table(tmp_path, self.ZOE, self.ISSA, head=self.HEAD, name="other.csv"))

        assert (answer.code, answer.counts[0], answer.pairs) == (0, 1, {("M1", "line:2")})
        assert not PossibleDuplicate.objects.exists()

    def test_makes_each_row_its_own_household_whatever_place_it_gives(self, tmp_path):
        answer = bring(table(tmp_path, "LEROY;Zoé;enfant", "PETIT;Noé;demandeur", head="nom;prénom;lien"))

        assert (answer.code, answer.errors, answer.counts[0]) == (0, [], 2)


class TestPairs:
    def test_are_listed_once_and_joined_never(self, tmp_path):
        again = "A0;Leroy;Zoe;14/03/1980;demandeur;0612345678;rue;01/02/2026"
        answer = bring(table(tmp_path, LEROY, again))

        assert answer.pairs == {("A0", "M1")}
        assert len(answer["possible_duplicates"]) == PossibleDuplicate.objects.count() == 1
        assert Household.objects.count() == 2


class TestOperator:
    def test_is_recorded_with_the_user_of_the_system(self, tmp_path):
        bring(table(tmp_path, LEROY))

        labels = set(Entry.objects.order_by("pk").values_list("actor_label", flat=True))
        assert len(labels) == 1
        assert labels.pop().startswith("command line (")

    def test_keeps_one_source_when_the_name_of_the_file_changes(self, tmp_path):
        bring(table(tmp_path, LEROY, name="octobre.csv"))
        answer = bring(table(tmp_path, LEROY, name="novembre.csv"))

        assert answer.counts[2] == 1

    def test_keeps_two_sources_apart(self, tmp_path):
        bring(table(tmp_path, LEROY))
        answer = bring(table(tmp_path, LEROY), "--source", "maraude")

        assert answer.counts[0] == 1
        assert len(answer.pairs) == 1
        assert CircleMembership.objects.count() == 2
