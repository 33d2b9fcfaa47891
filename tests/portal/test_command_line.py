import csv
import io
import json
from datetime import date

import pytest
from typer.testing import CliRunner

from chezsoi import trail
from chezsoi.config import entry, environment
from chezsoi.observatory.choices import OF_THE_SIAO
from chezsoi.portal.command_line import app
from chezsoi.trail.models import Entry
from tests.factories import observatory, territories


@pytest.fixture
def run():
    runner = CliRunner()
    return lambda *arguments: runner.invoke(app, list(arguments))


def rows(output: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(output)))


class TestReportIndicators:
    HEADER = "territory,period,code,version,numerator,denominator,value,suppressed,qualifier"

    def test_prints_the_header_and_one_line_an_indicator_even_of_an_empty_territory(self, run):
        result = run("report", "indicators", "--territory", "metz", "--year", "2026", "--format", "csv")

        assert result.exit_code == 0
        assert result.stdout.splitlines() == [
            self.HEADER,
            "metz,2026,attribution.homeless,1,,,,true,exact",
            "metz,2026,attribution.homeless_share,1,,,,true,share_unavailable",
            "metz,2026,direct_access.households,1,,,,true,exact",
            *(f"metz,2026,{indicator.value},1,,,,true,exact" for indicator in OF_THE_SIAO),
        ]

    def test_prints_exact_figures_to_insiders_with_a_decimal_point(self, run):
        for _ in range(3):
            observatory.lease_of(("street", 200), signed_on=date(2026, 6, 1))
        asked = ("--territory", "metz", "--year", "2026")
        recorded = run("total", "social-allocations", "40", *asked, "--source", "SNE", "--dated-on", "2026-11-01")
        assert recorded.exit_code == 0

        result = run("report", "indicators", *asked, "--audience", "internal")

        homeless, share, direct = rows(result.stdout)[:3]
        assert (homeless["numerator"], homeless["value"], homeless["suppressed"]) == ("3", "3", "false")
        assert (share["numerator"], share["denominator"], share["value"]) == ("3", "40", "0.0750")
        assert direct["value"] == "3"

    def test_says_which_share_is_missing(self, run):
        observatory.lease_of(("street", 200), signed_on=date(2026, 6, 1))

        result = run("report", "indicators", "--territory", "metz", "--year", "2026", "--audience", "internal")

        share = rows(result.stdout)[1]
        assert (share["numerator"], share["value"], share["qualifier"]) == ("1", "", "share_unavailable")

    def test_lists_the_territories_when_one_is_unknown(self, run):
        result = run("report", "indicators", "--territory", "atlantis", "--year", "2026")

        assert result.exit_code == 2
        assert "metz" in result.stderr
        assert result.stdout == ""

    @pytest.mark.parametrize("year", ["1999", "abc"])
    def test_refuses_a_year_that_is_none(self, run, year):
        assert run("report", "indicators", "--territory", "metz", "--year", year).exit_code == 2

    def test_acts_as_an_account_within_its_rights(self, run):
        officer = territories.account_of(territories.actor("siao_officer"))
        asked = ("report", "indicators", "--territory", "metz", "--year", "2026", "--as", officer.email)

        assert run(*asked, "--audience", "partner").exit_code == 0
        refused = run(*asked, "--audience", "internal")
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert run(*asked[:-1], "nobody@example.org").exit_code == 2


class TestTotal:
    @pytest.mark.parametrize(("source", "day"), [(" ", "2026-11-01"), ("SNE", "1/11/2026")])
    def test_refuses_a_total_without_source_or_day(self, run, source, day):
        result = run(
            "total", "social-allocations", "40", "--territory", "metz", "--year", "2026",
            "--source", source, "--dated-on", day,
        )  # fmt: skip

        assert result.exit_code == 2
        assert "Nothing was recorded" in result.stderr

    def test_names_the_operator_and_the_user_of_the_machine(self, run):
        run(
            "total", "social-allocations", "40", "--territory", "metz", "--year", "2026",
            "--source", "SNE", "--dated-on", "2026-11-01",
        )  # fmt: skip

        entry_ = Entry.objects.get(verb="observatory.total.recorded")
        assert entry_.role == "command_line"
        assert entry_.actor_label.startswith("command line (")

    def test_refuses_an_account_that_may_not(self, run):
        officer = territories.account_of(territories.actor("siao_officer"))

        result = run(
            "total", "social-allocations", "40", "--territory", "metz", "--year", "2026",
            "--source", "SNE", "--dated-on", "2026-11-01", "--as", officer.email,
        )  # fmt: skip

        assert result.exit_code == 1


class TestTrail:
    def test_seals_and_finds_the_trail_whole(self, run, tmp_path):
        trail.record(territories.program(), "test.act")
        anchor = tmp_path / "anchors" / "one.json"

        assert run("trail", "seal", "--anchor", str(anchor)).exit_code == 0
        assert json.loads(anchor.read_text())["number"] == 1
        assert run("trail", "verify", "--anchor", str(anchor)).exit_code == 0

    def test_names_what_was_touched(self, run, tmp_path):
        written = trail.record(territories.program(), "test.act")
        anchor = tmp_path / "one.json"
        run("trail", "seal", "--anchor", str(anchor))
        Entry.objects.filter(pk=written.pk).update(verb="innocent")

        result = run("trail", "verify", "--anchor", str(anchor))

        assert result.exit_code == 1
        assert f"entry {written.pk} of batch 1 was edited" in result.stdout

    def test_keeps_the_last_anchor_in_the_data_directory(self, run, settings, tmp_path):
        settings.DATA_DIR = tmp_path
        assert "no anchor" in run("trail", "verify").stdout
        trail.record(territories.program(), "test.act")

        run("trail", "seal")

        assert (tmp_path / "trail-anchor.json").exists()
        assert run("trail", "verify").stdout == "The trail is whole.\n"

    def test_says_so_when_there_is_nothing_to_seal_or_no_anchor(self, run, tmp_path):
        assert run("trail", "seal", "--anchor", str(tmp_path / "a.json")).exit_code == 1
        assert run("trail", "verify", "--anchor", str(tmp_path / "none.json")).exit_code == 2


class TestEntry:
    def test_says_one_sentence_of_a_bad_setting(self, monkeypatch, capsys):
        def refuse() -> None:
            raise environment.BadSetting("CHEZSOI_MODE=x is not understood")

        monkeypatch.setattr(entry, "app", refuse)
        with pytest.raises(SystemExit) as stopped:
            entry.main()
        assert stopped.value.code == 2
        assert capsys.readouterr().err == "CHEZSOI_MODE=x is not understood\n"
