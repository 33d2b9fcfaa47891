import pytest

from tests import machine


class TestMissing:
    def test_names_the_programs_that_are_not_there(self):
        assert machine.missing(lambda program: None if program == "chromium" else "/bin/true") == ["chromium"]


class TestReport:
    def test_says_nothing_when_everything_runs(self, capsys):
        assert machine.report([], strict=True) == 0
        assert capsys.readouterr().out == ""

    @pytest.mark.parametrize(("strict", "status"), [(True, 1), (False, 0)])
    def test_says_in_one_line_what_will_not_run(self, strict, status, capsys):
        assert machine.report(["browser tests (chromium is not installed)"], strict=strict) == status
        assert capsys.readouterr().out == "Not run: browser tests (chromium is not installed).\n"


class TestIsStrict:
    @pytest.mark.parametrize(("environment", "strict"), [({"CI": "true"}, True), ({"CI": "1"}, False), ({}, False)])
    def test_is_so_in_continuous_integration(self, environment, strict):
        assert machine.is_strict(environment) is strict
