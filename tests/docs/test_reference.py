"""The pages that the program writes say what it does today; what a person writes in them names what exists."""

from itertools import chain

from tests.checks import asvs, commands, pains, progress, reference


class TestWrittenPages:
    def test_are_up_to_date(self):
        assert list(reference.stale()) == [], "run: python -m tests.checks.reference --write"

    def test_are_found_stale_when_they_say_something_else(self, tmp_path):
        for name, write in reference.pages().items():
            (tmp_path / name).write_text(write(), encoding="utf-8")
        (tmp_path / "commands.md").write_text("# Commands\n", encoding="utf-8")
        (tmp_path / "progress.md").unlink()

        assert list(reference.stale(tmp_path)) == ["commands.md", "progress.md"]


class TestCommands:
    def test_are_all_found_down_to_the_last_word(self):
        found = {name for name, _command in commands.commands()}

        assert {"chezsoi run", "chezsoi report indicators", "chezsoi total social-allocations"} <= found
        assert "chezsoi report" not in found

    def test_show_each_option_with_its_default(self):
        assert "| `--format <csv>` | How to print. [default: csv] |" in commands.page()

    def test_keep_their_columns_when_an_option_offers_a_choice(self):
        assert "`--audience <public\\|partner\\|internal>`" in commands.page()


class TestProgress:
    def test_speaks_of_the_54_actions_and_of_no_other(self):
        listed = [each.key for each in progress.actions("en")]

        assert len(listed) == 54
        assert set(progress.read_mapping()) == set(listed)

    def test_knows_no_other_word_than_its_own(self):
        entries = [entry for entry in progress.read_mapping().values() if entry]

        assert set(chain.from_iterable(entries)) == progress.KEYS

    def test_names_pages_that_exist(self):
        assert {name for each in progress.actions("en") for name in each.pages} - set(progress.addresses()) == set()

    def test_names_commands_that_exist(self):
        assert progress.unknown_commands(progress.actions("en")) == set()

    def test_names_tests_that_exist(self):
        served = [each for each in progress.actions("en") if each.serves]

        assert progress.unknown_tests(progress.actions("en")) == set()
        assert [each.key for each in served if not each.shown_by] == []

    def test_shows_something_to_open_wherever_it_claims_to_serve(self):
        bare = [each.key for each in progress.actions("en") if bool(each.serves) != bool(each.pages)]

        assert bare == []

    def test_finds_addresses_by_their_full_name(self):
        assert progress.addresses()["portal:day"] == "/day/"


class TestSecurity:
    def test_decides_every_requirement_and_names_tests_that_exist(self):
        assert list(asvs.faults(asvs.requirements())) == []

    def test_sees_what_is_undecided_and_what_is_no_test(self):
        kept = {**asvs.requirements(), "1.2.1": {"asks": "a", "tests": ["tests/docs/test_reference.py::test_none"]}}
        del kept["1.2.2"]

        assert list(asvs.faults(kept)) == [
            "1.2.2 is not decided",
            "1.2.1 names tests/docs/test_reference.py::test_none, which is no test",
        ]


class TestWhatPeopleAsk:
    def test_has_an_answer_and_names_tests_that_exist(self):
        assert list(pains.faults(pains.pains())) == []

    def test_without_an_answer_or_a_test_is_seen(self):
        kept = {**pains.pains(), "1": {"pain": "p", "asked": "a", "here": "h", "tests": ["tests/none.py::test_none"]}}
        del kept["2"]
        del kept["3"]["tests"]

        assert list(pains.faults(kept)) == [
            "2 is missing",
            "1 names tests/none.py::test_none, which is no test",
            "3 says neither its tests nor what it waits for",
        ]
