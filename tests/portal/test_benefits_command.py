"""`chezsoi benefits`: no database is open in these tests, so none is read."""

import copy
import json

import pytest
from typer.testing import CliRunner

from chezsoi.portal.command_line import app

CASE = {
    "on": "2026-10-01",
    "commune": "63113",
    "persons": [
        {"role": "lead", "birth_date": "2006-03-01", "resources": [{"kind": "rsa", "per_month": 0}]},
    ],
    "home": {"rent_per_month": 300, "charges_per_month": 50, "tenure": "social"},
}
KEYS = [
    "housing_benefit",
    "rsa",
    "rls",
    "net_outlay",
    "effort_rate",
    "effort_is_infinite",
    "residual_income",
    "rav_per_day_uc",
    "engine_version",
    "law_date",
    "warnings",
]


@pytest.fixture
def run(tmp_path):
    def of(given):
        path = tmp_path / "case.json"
        path.write_bytes(given if isinstance(given, bytes) else json.dumps(given).encode())
        return CliRunner().invoke(app, ["benefits", str(path)])

    return of


def changed(*where, to):
    case = copy.deepcopy(CASE)
    inside = case
    for key in where[:-1]:
        inside = inside[key]
    inside[where[-1]] = to
    return case


@pytest.mark.slow
class TestResult:
    def test_has_its_keys_and_an_infinite_effort_is_null_and_said(self, run):
        result = run(CASE)

        assert result.exit_code == 0
        found = json.loads(result.stdout)
        assert list(found) == KEYS
        assert (found["effort_rate"], found["effort_is_infinite"]) == (None, True)
        assert (found["housing_benefit"], found["net_outlay"]) == (277, 41.42)
        assert '"housing_benefit": 277.00' in result.stdout
        assert "ne vaut pas droit" in found["warnings"][0]

    def test_gives_the_effort_as_a_fraction(self, run):
        found = json.loads(run(changed("persons", 0, "birth_date", to="1992-03-01")).stdout)

        assert (found["effort_rate"], found["effort_is_infinite"]) == (0.072224, False)

    @pytest.mark.parametrize("day", ["2010-01-01", "2090-01-01"])
    def test_refuses_a_day_whose_law_is_not_known(self, run, day):
        result = run(changed("on", to=day) | {"persons": [CASE["persons"][0] | {"birth_date": "1990-01-01"}]})

        assert (result.exit_code, result.stdout) == (2, "")
        assert "does not know the law" in result.stderr


REFUSED = {
    "not JSON": (b"{", "not JSON"),
    "too deep": (b"[" * 100_000, "not JSON"),
    "not UTF-8": (b"\xff\xfe{", "not a text in UTF-8"),
    "a list": ([], "must be an object"),
    "no home": ({key: CASE[key] for key in ("on", "commune", "persons")}, "lacks home"),
    "unknown key": (CASE | {"hair": 1}, "has hair"),
    "unknown role": (changed("persons", 0, "role", to="uncle"), "one of lead, partner, child"),
    "role of another type": (changed("persons", 0, "role", to=["lead"]), "one of lead, partner, child"),
    "unknown kind": (changed("persons", 0, "resources", 0, "kind", to="gold"), "one of salary_gross"),
    "unknown tenure": (changed("home", "tenure", to="castle"), "one of social"),
    "shared in words": (CASE | {"home": CASE["home"] | {"is_shared": "yes"}}, "true or false"),
    "born later": (changed("persons", 0, "birth_date", to="2026-10-02"), "comes after the day"),
    "born long ago": (changed("persons", 0, "birth_date", to="0001-01-01"), "nobody's who lives"),
    "no such day": (changed("on", to="2026-02-30"), "not a day"),
    "a day in another form": (changed("on", to="20261001"), "not a day"),
    "unknown commune": (changed("commune", to="99999"), "no commune"),
    "a commune in figures": (changed("commune", to=63113), "between quotes"),
    "below zero": (changed("home", "rent_per_month", to=-1), "below zero"),
    "too much": (changed("home", "rent_per_month", to=10**9), "above 100,000"),
    "true for money": (changed("home", "rent_per_month", to=True), "not an amount"),
    "not a number": (json.dumps(changed("home", "rent_per_month", to=float("nan"))).encode(), "not an amount"),
    "no lead": (changed("persons", 0, "role", to="child"), "one lead"),
    "nobody": (changed("persons", to=[]), "one lead"),
    "two partners": (
        changed("persons", to=[CASE["persons"][0]] + [CASE["persons"][0] | {"role": "partner"}] * 2),
        "one partner",
    ),
    "persons not a list": (changed("persons", to={}), "must be a list"),
    "Mayotte before its law": (changed("commune", to="97608") | {"on": "2015-01-01"}, "not kept here"),
}


@pytest.mark.parametrize(("given", "said"), REFUSED.values(), ids=REFUSED)
def test_refuses_in_one_sentence_and_prints_nothing(run, given, said):
    result = run(given)

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_refuses_a_file_that_is_not_there(tmp_path):
    result = CliRunner().invoke(app, ["benefits", str(tmp_path / "none.json")])

    assert (result.exit_code, result.stdout) == (2, "")
    assert "cannot be read" in result.stderr
