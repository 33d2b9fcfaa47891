"""The fields a rule says it reads are those it is seen to read, on both sides, and no other."""

from dataclasses import fields, replace

import pytest

from chezsoi.engines.matching import FIELDS_READ, Home, Household, RuleCode
from chezsoi.engines.matching.reasons import _RULES
from tests.engines.matching.builders import HOME, HOUSEHOLD, PRIVATE_HOME, RULES

SEEN: set[tuple[str, str]] = set()
HOUSEHOLD_FIELDS = {field.name for field in fields(Household)}
HOME_FIELDS = {field.name for field in fields(Home)}


class WatchedHousehold(Household):
    def __getattribute__(self, name):
        if name in HOUSEHOLD_FIELDS:
            SEEN.add(("household", name))
        return object.__getattribute__(self, name)


class WatchedHome(Home):
    def __getattribute__(self, name):
        if name in HOME_FIELDS:
            SEEN.add(("home", name))
        return object.__getattribute__(self, name)


def watched(kind, thing):
    return kind(**{field.name: getattr(thing, field.name) for field in fields(thing)})


COUPLE = replace(HOUSEHOLD, size=None, adults=2, children=0)
HOUSEHOLDS = [watched(WatchedHousehold, each) for each in (HOUSEHOLD, COUPLE, Household(ref="unknown"))]
HOMES = [watched(WatchedHome, each) for each in (HOME, PRIVATE_HOME)]


def seen_by(rule):
    SEEN.clear()
    codes = {rule(household, home, RULES).rule for household in HOUSEHOLDS for home in HOMES}
    return codes, set(SEEN)


@pytest.mark.parametrize("rule", _RULES, ids=lambda rule: rule.__name__)
def test_a_rule_reads_the_fields_it_names_and_no_other(rule):
    codes, seen = seen_by(rule)
    named = FIELDS_READ[codes.pop()]

    assert seen == {("household", name) for name in named.household} | {("home", name) for name in named.home}
    assert named.home
    assert not codes


def test_every_rule_names_its_fields():
    assert list(FIELDS_READ) == list(RuleCode)
