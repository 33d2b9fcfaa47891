"""What does not ask OpenFisca anything: arithmetic, refusals, what is kept."""

import doctest
import math
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.engines.benefits import (
    Caution,
    CautionCode,
    Means,
    NegativeAmount,
    NoLead,
    NotBornYet,
    Place,
    Resource,
    ResourceKind,
    TooManyPartners,
    UnknownZone,
    affordability,
    means_of,
    months,
    without_home,
)
from tests.engines.benefits.builders import GROWN, OCTOBER, home, household, person

MONEY = st.decimals(min_value=0, max_value=5_000, places=2)


def means(**changed):
    told = {
        "law_date": OCTOBER,
        "engine_version": "openfisca-france 0",
        "stated": Decimal("300.00"),
        "family_benefits": Decimal("0.00"),
        "aid_base": Decimal("0.00"),
        "dependants": 0,
        "is_couple": False,
        "is_disabled": False,
        "asks_for_rsa": True,
        "rsa_floor": Decimal("651.6900"),
        "rsa_resources": Decimal("300.0000"),
        "rsa_without_home": Decimal("351.69"),
        "rsa_share": Decimal(1),
        "parents": 1,
        "rsa_children": 0,
        "units": Decimal(1),
        "other_charges": Decimal(20),
        "cautions": (
            Caution(code=CautionCode.ESTIMATE),
            Caution(code=CautionCode.FAMILY_BENEFITS, amount=Decimal("1.20")),
        ),
    }
    return Means(**(told | changed))


@pytest.mark.parametrize("module", [affordability, months])
def test_examples_run_as_printed(module):
    outcome = doctest.testmod(module)

    assert outcome.attempted > 0
    assert outcome.failed == 0


class TestEffort:
    @given(MONEY)
    def test_is_infinite_without_resources_whatever_is_paid(self, outlay):
        assert math.isinf(affordability.effort_rate(outlay, Decimal(0)))

    @given(MONEY, MONEY, MONEY, MONEY)
    def test_nothing_left_to_pay_is_never_below_zero(self, rent, charges, rls, aid):
        outlay = affordability.net_outlay(rent=rent, charges=charges, rls=rls, housing_benefit=aid)

        assert outlay == max(rent + charges - rls - aid, 0)


class TestConsumptionUnits:
    def test_a_child_weighs_more_from_fourteen(self):
        child = person("child", born=date(2012, 10, 2))
        two = (person(), child)

        assert affordability.consumption_units(two, date(2026, 10, 1)) == Decimal("1.3")
        assert affordability.consumption_units(two, date(2026, 10, 2)) == Decimal("1.5")


class TestMeans:
    def test_come_back_as_they_were_kept(self):
        kept = means()

        assert Means.from_mapping(kept.to_mapping()) == kept

    def test_of_another_version_are_refused(self):
        with pytest.raises(TypeError):
            Means.from_mapping(means().to_mapping() | {"hair": "brown"})

    def test_without_a_home_leave_rsa_whole_and_nothing_to_pay(self):
        found = without_home(means())

        assert (found.rsa, found.net_outlay, found.effort_rate) == (Decimal("351.69"), 0, 0)
        assert found.residual_income == Decimal("631.69")


class TestRefusals:
    def test_a_household_has_one_lead(self):
        with pytest.raises(NoLead):
            household(person("child"))
        with pytest.raises(NoLead):
            household(person(), person())

    def test_a_household_has_one_partner_at_most(self):
        with pytest.raises(TooManyPartners):
            household(person(), person("partner"), person("partner"))

    @pytest.mark.parametrize(
        "build", [lambda: person(aah=-1), lambda: home(rent=-1), lambda: household(other_charges_per_month=Decimal(-1))]
    )
    def test_no_amount_is_below_zero(self, build):
        with pytest.raises(NegativeAmount):
            build()

    def test_a_zone_is_one_two_or_three(self):
        with pytest.raises(UnknownZone):
            Place(commune="63113", zone=4)

    def test_nobody_moves_in_before_birth(self):
        with pytest.raises(NotBornYet):
            household(person(), person("child", born=date(2026, 10, 2))).check_born_by(OCTOBER)

    def test_nobody_is_nobody(self):
        assert means_of((), on=OCTOBER) == ()


class TestDatedResource:
    def test_is_paid_in_its_months_both_ends_counted(self):
        paid = Resource(kind=ResourceKind.AAH, per_month=Decimal(1), since=date(2026, 2, 1), until=date(2026, 3, 1))

        told = [date(2026, month, 1) for month in range(1, 5) if paid.is_paid_in(date(2026, month, 1))]

        assert told == [date(2026, 2, 1), date(2026, 3, 1)]
        assert person(born=GROWN).age_on(OCTOBER) == 34
