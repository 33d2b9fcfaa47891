"""The housing benefit of who has nothing, by hand from the law's own files: another way to the same euros."""

import itertools
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest

from chezsoi.engines.benefits import Place, estimates, means_of
from chezsoi.law.parameters import parameter
from tests.engines.benefits.builders import OCTOBER, home, household, person

pytestmark = pytest.mark.slow
CENT = Decimal("0.01")
MINIMUM_SHARE, TAKEN_OFF, OF_THE_REDUCTION, CRDS = Decimal("0.085"), 5, Decimal("0.98"), Decimal("0.005")
CHILD = date(2016, 5, 1)
FAMILIES = {
    "alone": (person(rsa=0),),
    "couple": (person(rsa=0), person("partner")),
    "one child": (person(rsa=0), person("child", born=CHILD)),
    "couple and three": (person(rsa=0), person("partner"), *(person("child", born=CHILD) for _each in range(3))),
}


def by_hand(zone, persons, rent, rls, on):
    """
    Give the benefit of somebody without resources in the rented stock of the mainland.

    L the rent up to the ceiling, C flat charges; the share of the household is the larger of 8.5 % of both and P0.
    """
    children = sum(each.role == "child" for each in persons)
    ceiling = _ceiling(zone, len(persons) - children, children, on)
    charges = _of("charges", on) + children * _of("charges_per_dependant", on)
    counted = min(rent, ceiling) + charges
    share = max((MINIMUM_SHARE * counted).quantize(CENT, ROUND_HALF_UP), _of("p0", on))
    gross = counted - share - TAKEN_OFF - OF_THE_REDUCTION * rls
    return (gross - (gross * CRDS).quantize(CENT, ROUND_DOWN)).quantize(Decimal(1), ROUND_DOWN)


def _ceiling(zone, adults, children, on):
    scope = f"zone_{zone}"
    if children:
        return _of("rent_ceiling.one_dependant", on, scope) + (children - 1) * _of(
            "rent_ceiling.per_further_dependant", on, scope
        )
    return _of("rent_ceiling.couple" if adults == 2 else "rent_ceiling.single", on, scope)


def _of(name, on, scope="metropole"):
    return parameter(f"al.{name}", on=on, scope=scope).number


@pytest.mark.parametrize("on", [OCTOBER, date(2023, 11, 1)])
def test_the_engine_gives_what_the_texts_give(on):
    places = {zone: Place(commune="63113", zone=zone) for zone in (1, 2, 3)}
    means = dict(zip(FAMILIES, means_of([household(*each) for each in FAMILIES.values()], on=on), strict=True))
    cases = list(itertools.product(places, FAMILIES, range(120, 620, 31), ("private", "social")))
    asked = [
        (means[family], home(rent=rent, charges=0, tenure=tenure, place=places[zone]))
        for zone, family, rent, tenure in cases
    ]

    found = estimates(asked)

    wrong = [
        (case, each.housing_benefit, expected)
        for case, each in zip(cases, found, strict=True)
        if each.housing_benefit != (expected := by_hand(case[0], FAMILIES[case[1]], Decimal(case[2]), each.rls, on))
    ]
    assert wrong == []
    assert len(cases) == 408
