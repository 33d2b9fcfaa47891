"""The traps of OpenFisca-France, each by name; one system serves them all."""

import ast
from datetime import date
from decimal import Decimal

import pytest

from chezsoi.engines.benefits import (
    CautionCode,
    LawNotKnown,
    OfAnotherMonth,
    Place,
    Resource,
    ResourceKind,
    compare,
    engine_version,
    estimate,
    estimates,
    means_of,
    openfisca,
)
from tests.architecture.source import SRC
from tests.engines.benefits.builders import OCTOBER, home, household, person

pytestmark = pytest.mark.slow
ADAPTER = SRC / "engines" / "benefits" / "openfisca.py"


@pytest.fixture(scope="module")
def october():
    """Many situations in one run of the law of October 2026, each with the home asked."""
    given = {
        "rsa": household(),
        "net": household(person(salary_net=1000)),
        "gross": household(person(salary_gross=1280)),
        "not_asked": household(person(salary_net=300)),
        "asked": household(person(salary_net=300, rsa=0)),
        "young": household(person(born=date(2006, 3, 1), rsa=0)),
        "mayotte": household(place=Place(commune="97608", zone=2, rsa_share=Decimal("0.5"))),
        "child": household(person(rsa=0), person("child", born=date(2018, 3, 1))),
        "child_with_allowance": household(person(rsa=0, allowance=500), person("child", born=date(2018, 3, 1))),
        "old": household(person(born=date(1955, 3, 1), rsa=0, pension=300)),
        "disabled": household(person(aah="1041.59")),
        "past_wage": household(_paid_until(date(2026, 7, 1))),
    }
    return dict(zip(given, means_of(tuple(given.values()), on=OCTOBER), strict=True))


def _paid_until(last_month):
    wage = Resource(kind=ResourceKind.SALARY_NET, per_month=Decimal(1500), until=last_month)
    who = person()
    return type(who)(role=who.role, birth_date=who.birth_date, resources=(wage,))


def priced(means, **asked):
    return estimates(((means, home(**asked)),))[0]


def codes(found):
    return {each.code for each in found.warnings}


class TestSalaries:
    def test_a_net_salary_alone_feeds_the_base_through_its_taxable_one(self, october):
        assert priced(october["net"]).housing_benefit == 122
        assert CautionCode.ACTIVITY_BONUS_APART in codes(priced(october["net"]))

    def test_a_gross_salary_is_paid_net_and_counted_taxable(self, october):
        found = priced(october["gross"])

        assert found.housing_benefit == 116
        assert found.resources == Decimal("1013.24")

    def test_twelve_months_are_looked_at_though_the_wage_has_stopped(self, october):
        found = priced(october["past_wage"])

        assert found.resources == 0
        assert found.effort_is_infinite
        assert found.housing_benefit < priced(october["rsa"]).housing_benefit


class TestTenure:
    def test_an_agreed_private_home_has_no_rent_reduction(self, october):
        found = priced(october["rsa"], tenure="agreed_private")

        assert (found.rls, found.housing_benefit) == (0, 308)

    def test_a_furnished_home_counts_two_thirds_of_its_rent(self, october):
        assert priced(october["rsa"], tenure="furnished").housing_benefit == 215

    def test_a_residence_gives_a_figure_that_is_said_not_calculable(self, october):
        found = priced(october["rsa"], tenure="residence")

        assert found.rls == 0
        assert CautionCode.RESIDENCE_NOT_CALCULABLE in codes(found)

    def test_aah_keeps_the_benefit_of_a_dear_home(self, october):
        assert priced(october["rsa"], rent=1300, tenure="private").housing_benefit == 0
        assert priced(october["disabled"], rent=1300, tenure="private").housing_benefit == 308


class TestPlace:
    def test_the_zone_is_the_one_given_and_never_guessed_from_2011(self, october):
        merged = {zone: Place(commune="55138", zone=zone) for zone in (1, 2, 3)}

        found = [priced(october["rsa"], rent=400, place=place).housing_benefit for place in merged.values()]

        assert found[0] > found[1] > found[2]

    def test_an_unknown_zone_is_said(self, october):
        unknown = priced(october["rsa"], place=Place(commune="55138", zone=None))
        mixed = priced(october["rsa"], place=Place(commune="49323", zone=2, zone_is_mixed=True))

        assert unknown.housing_benefit == 277
        assert CautionCode.ZONE_UNKNOWN in codes(unknown)
        assert CautionCode.ZONE_MIXED in codes(mixed)

    def test_mayotte_pays_a_share_of_rsa(self, october):
        found = priced(october["mayotte"], place=Place(commune="97608", zone=2, rsa_share=Decimal("0.5")))

        assert found.rsa == Decimal("286.74")
        assert october["mayotte"].rsa_without_home == Decimal("325.85")
        assert CautionCode.RSA_OF_MAYOTTE in codes(found)


class TestRsa:
    def test_falls_when_a_home_and_its_benefit_come(self):
        change = compare(household(), home(), on=OCTOBER)

        assert (change.before.rsa, change.after.rsa) == (Decimal("651.69"), Decimal("573.49"))

    def test_is_nothing_unless_asked_for_and_that_is_said(self, october):
        found = priced(october["not_asked"])

        assert (found.rsa, found.resources) == (0, 300)
        assert CautionCode.RSA_NOT_ASKED in codes(found)
        assert priced(october["asked"]).rsa == Decimal("273.49")

    def test_is_nothing_under_25_and_that_is_said(self, october):
        found = priced(october["young"])

        assert found.rsa == 0
        assert found.effort_is_infinite
        assert CautionCode.RSA_UNDER_25 in codes(found)

    def test_comes_after_aspa_and_that_is_said(self, october):
        assert CautionCode.RSA_AND_OLD_AGE in codes(priced(october["old"]))
        assert CautionCode.TAXABLE_AS_NET in codes(priced(october["old"]))

    def test_counts_the_family_benefits_it_takes_off_unless_they_are_stated(self, october):
        assert october["child"].family_benefits == Decimal("201.78")
        assert october["child_with_allowance"].family_benefits == 0
        assert CautionCode.ALLOWANCE_APART in codes(priced(october["child_with_allowance"]))


class TestLaw:
    def test_every_result_says_estimate_version_and_date(self, october):
        for means in october.values():
            found = priced(means)
            assert found.warnings[0].code is CautionCode.ESTIMATE
            assert "ne vaut pas droit" in found.warnings[0].sentence
            assert (found.law_date, found.engine_version) == (OCTOBER, engine_version())

    def test_the_income_left_aside_is_said_to_be_that_of_2025(self, october):
        assert CautionCode.FREE_INCOME_FROZEN in codes(priced(october["net"]))
        assert CautionCode.FREE_INCOME_FROZEN not in codes(priced(october["rsa"]))

    def test_a_day_beyond_the_last_revaluations_is_refused_or_said(self):
        rsa, housing = openfisca.last_revaluations()

        assert (rsa, housing) == (date(2026, 4, 1), date(2026, 10, 1))
        assert CautionCode.NOT_REVALUED_YET in codes(estimate(household(), home(), on=date(2027, 4, 1)))
        for day in (date(2019, 9, 30), date(2027, 10, 1)):
            with pytest.raises(LawNotKnown):
                means_of((household(),), on=day)

    def test_months_of_the_law_are_not_mixed(self, october):
        later = means_of((household(),), on=date(2026, 11, 1))[0]

        with pytest.raises(OfAnotherMonth):
            estimates(((october["rsa"], home()), (later, home())))
        assert estimates(()) == ()


class TestWhatIsNeverAsked:
    def test_neither_frozen_ceilings_nor_wrong_codes_nor_visale_nor_the_lost_rls(self):
        words = {
            node.value
            for node in ast.walk(ast.parse(ADAPTER.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        variables = set(openfisca.system().variables)

        asked = words & variables
        assert "aide_logement" in asked
        assert "rls" not in variables
        assert not [name for name in asked if name.startswith(("logement_social", "visale", "contrat_engagement"))]

    def test_roles_are_named_by_their_keys(self):
        known = {
            entity.key: {sub.key for role in entity.roles for sub in (role.subroles or [role])}
            for entity in openfisca.system().group_entities
        }

        for entity, roles in openfisca.ROLES.items():
            assert set(roles) <= known[entity]


def test_many_households_at_once_get_what_each_gets_alone(october):
    many = (household(), household(person(salary_net=1000)), household(person(aah="1041.59")))

    together = means_of(many, on=OCTOBER)

    assert together == (october["rsa"], october["net"], october["disabled"])
