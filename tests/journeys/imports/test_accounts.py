"""Who may import from the command line, and what they may read afterwards."""

from chezsoi.people.models import Household, PossibleDuplicate
from chezsoi.trail.models import Entry
from tests.journeys.imports.bringing import bring, run, table
from tests.journeys.imports.test_pages import LEROY, member

AGAIN = "X9;Leroy;Zoe;14/03/1980;demandeur;0612345678;rue;01/02/2026"


class TestAs:
    def test_writes_in_the_name_of_the_account(self, tmp_path):
        user = member("claire@example.org", "siao_officer")
        answer = bring(table(tmp_path, LEROY), "--as", user.email)

        assert answer.code == 0
        assert set(
            Entry.objects.filter(verb__startswith="people.").order_by("pk").values_list("actor_id", flat=True)
        ) == {user.pk}
        assert Household.objects.get().circle.get().organisation.key == "siao-57"

    def test_is_refused_without_the_right(self, tmp_path):
        member("a@example.org", "analyst")
        done = run(
            "import", "people", str(table(tmp_path, LEROY)), "--territory", "metz", "--yes", "--as", "a@example.org"
        )

        assert done.exit_code == 1
        assert not Household.objects.exists()

    def test_does_not_tell_of_files_of_others(self, tmp_path):
        bring(table(tmp_path, LEROY, name="first.csv"), "--source", "one")
        Household.objects.update(reference="SECRET-1")
        user = member("zoe@example.org", "outreach_worker", key="maraude")
        answer = bring(table(tmp_path, AGAIN), "--as", user.email)

        assert (answer.counts[0], answer.pairs) == (1, set())
        assert PossibleDuplicate.objects.count() == 1

    def test_holds_a_row_without_a_number_that_others_know_without_naming_them(self, tmp_path):
        bring(table(tmp_path, LEROY))
        Household.objects.update(reference="SECRET-1")
        user = member("zoe@example.org", "outreach_worker", key="maraude")
        bare = table(tmp_path, "Leroy;Zoe;14/03/1980", "SOW;Awa;", head="nom;prénom;date de naissance", name="b.csv")
        answer = bring(bare, "--as", user.email)

        assert (answer.counts[0], answer.pairs) == (1, {("elsewhere", "line:2")})

    def test_leaves_no_mark_of_a_protected_file(self, tmp_path):
        bring(table(tmp_path, LEROY))
        Household.objects.update(is_protected=True)
        user = member("zoe@example.org", "outreach_worker", key="maraude")
        bare = table(tmp_path, "Leroy;Zoe;14/03/1980", head="nom;prénom;date de naissance", name="b.csv")
        answer = bring(bare, "--as", user.email)

        assert (answer.counts[0], answer.pairs) == (1, set())
        assert PossibleDuplicate.objects.count() == 1


class TestService:
    def test_is_the_only_siao_of_the_territory(self, tmp_path):
        member("claire@example.org", "siao_officer")
        bring(table(tmp_path, LEROY))

        assert Household.objects.get().circle.get().organisation.key == "siao-57"

    def test_stays_the_one_that_brought_the_file_before(self, tmp_path):
        bring(table(tmp_path, LEROY))
        member("claire@example.org", "siao_officer")
        answer = bring(table(tmp_path, LEROY))

        assert answer.counts[2] == 1

    def test_may_be_named(self, tmp_path):
        member("claire@example.org", "siao_officer")
        member("zoe@example.org", "outreach_worker", key="maraude")
        bring(table(tmp_path, LEROY), "--organisation", "maraude")

        assert Household.objects.get().circle.get().organisation.key == "maraude"
