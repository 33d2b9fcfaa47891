"""The files of the law: complete, in order, and holding every value of the research table."""

import csv
import doctest
import importlib
import itertools
import pkgutil
import re
from collections import Counter
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

import chezsoi.law
from chezsoi.law.parameters import Status, codes, load, read_yaml

PARAMETERS = Path(chezsoi.law.__file__).with_name("parameters")
TABLE = Path(__file__).parents[1] / "cases" / "law" / "legal_parameters.csv"
FILE_KEYS = ["description", "unit", "last_value_still_valid_on", "values"]
VALUE_KEYS = {"value", "valid_from", "valid_to", "scope", "reference", "link", "status"}
OPTIONAL_KEYS = {"unit", "applies_to", "why_no_link", "source", "to_confirm"}
PLURAL_UNITS = {"months": "month", "weeks": "week", "years": "year", "month": "month", "year": "year"}
ENGLISH = re.compile(
    r"\b(?:the|of|and|for|is|by|its|from|not|read|law|decree|order|court|default|program|following|annex|several"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)\b",
    re.IGNORECASE,
)
SCOPES = {
    "national": "national",
    "metropole (6 in some départements)": "six months in some départements",
    "social or very social rent, 3 years": "social or very social rent, three years",
}


@pytest.mark.parametrize("code", codes())
class TestFile:
    def test_has_its_keys_and_no_other(self, code):
        content = _content(code)

        assert list(content) == FILE_KEYS
        assert content["values"]
        for entry in content["values"]:
            assert entry.keys() >= VALUE_KEYS
            assert entry.keys() <= VALUE_KEYS | OPTIONAL_KEYS

    def test_says_what_it_is_in_which_unit(self, code):
        assert load(code).description
        assert all(value.unit for value in load(code).values)

    def test_gives_a_reference_and_a_link_or_why_there_is_none(self, code):
        for value in load(code).values:
            assert value.reference
            assert (value.link is None) is bool(value.why_no_link)
            assert value.link is None or value.link.startswith("https://")

    def test_cites_french_law_in_french_whatever_the_language_of_the_page(self, code):
        for value in load(code).values:
            assert not ENGLISH.search(value.reference), value.reference

    def test_says_what_is_to_be_confirmed(self, code):
        for value in load(code).values:
            assert bool(value.to_confirm) is (value.status is Status.TO_BE_CONFIRMED)

    def test_is_sorted_and_its_periods_do_not_overlap(self, code):
        values = load(code).values

        assert list(values) == sorted(values, key=lambda value: (value.scope, value.valid_from or date.min))
        for earlier, later in itertools.pairwise(values):
            if earlier.scope == later.scope:
                assert earlier.valid_to is not None
                assert later.valid_from is not None
                assert earlier.valid_to < later.valid_from

    def test_never_ends_a_value_before_it_starts(self, code):
        for value in load(code).values:
            assert (value.valid_from or date.min) <= (value.valid_to or date.max)


class TestFolder:
    def test_holds_nothing_but_parameters(self):
        strangers = [path for path in PARAMETERS.rglob("*") if path.is_file() and path.suffix != ".yaml"]

        assert strangers == []
        assert len(codes()) == len(list(PARAMETERS.rglob("*.yaml")))


class TestResearchTable:
    def test_is_held_whole(self):
        wanted = Counter(_of_row(row) for row in _rows())
        held = Counter(_of_value(value) for code in codes() for value in load(code).values)

        assert wanted.total() == 304
        assert wanted - held == Counter()

    def test_never_turns_a_memory_into_a_certainty(self):
        uncertain = {_of_row(row) for row in _rows() if row["status"] != "verified" or "memory" in row["source"]}
        held = {_of_value(value) for code in codes() for value in load(code).values if value.status is Status.VERIFIED}

        assert len(uncertain) == 27
        assert uncertain & held == set()


class TestExamples:
    @pytest.mark.parametrize("name", [module.name for module in pkgutil.iter_modules(chezsoi.law.__path__)])
    def test_run_as_printed(self, name):
        outcome = doctest.testmod(importlib.import_module(f"chezsoi.law.{name}"))

        assert outcome.attempted > 0
        assert outcome.failed == 0


def _content(code):
    subject, name = code.split(".", 1)
    return read_yaml(PARAMETERS / subject / f"{name}.yaml")


def _rows():
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _of_row(row):
    code = re.sub(r"^(decency\.dpe_min)\..*", r"\1", row["code"]).removesuffix(".regions")
    for letter, name in {"s": "single", "c": "couple", "e": "one_dependant", "m": "per_further_dependant"}.items():
        code = re.sub(rf"^al\.rent_ceiling\.zone\d\.{letter}$", f"al.rent_ceiling.{name}", code)
    value, unit = row["value"], row["unit"]
    if unit in {"duration", "limit"}:
        value, unit = value.split(" ", 1)
    start, end = (date.fromisoformat(row[key]) if row[key] else None for key in ("valid_from", "valid_to"))
    scope = SCOPES.get(row["scope"], row["scope"])
    return code, _number(value), PLURAL_UNITS.get(unit, unit), start, end, scope


def _of_value(value):
    return value.code, value.value, value.unit, value.valid_from, value.valid_to, value.applies_to or value.scope


def _number(text):
    try:
        return Decimal(text)
    except InvalidOperation:
        return text
