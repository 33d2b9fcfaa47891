"""
F03-07, Amiens: the SIAO orients to homes, and a coordinator makes sure that the right support is used.

The report: 52 % of the households spotted by the SIAO oriented to housing in 2019, against 35 % in 2018; 107 homeless
households housed in 2019, 84 % in ordinary housing and 16 % in adapted housing; half from the street, half from
accommodation. The records below are invented so as to say the same; the program reads the figures from them.
"""

from datetime import date
from decimal import Decimal
from itertools import cycle

import pytest
from django.db import transaction
from django.urls import reverse

from chezsoi.homes.models import Dwelling
from chezsoi.law.disclosure import Audience
from chezsoi.observatory import queries
from chezsoi.observatory.choices import Indicator, Qualifier
from chezsoi.people.choices import Situation
from chezsoi.siao.choices import Asked, Destination, StepKind
from chezsoi.siao.models import Orientation
from chezsoi.support import actions as support
from chezsoi.support.choices import Intensity
from chezsoi.tenancies.choices import LeaseKind
from chezsoi.tenancies.models import Lease
from tests.factories import people, siao, tenancies, territories

IN_2018, IN_2019, SIGNED = date(2018, 5, 14), date(2019, 3, 4), date(2019, 9, 2)
ON = date(2020, 9, 1)
BEFORE = (Situation.STREET, Situation.EMERGENCY, Situation.SQUAT, Situation.CHRS)


@pytest.fixture
def amiens():
    return territories.territory("amiens")


@pytest.fixture
def analyst(amiens):
    return territories.actor("analyst", territory=amiens)


@pytest.fixture(scope="module")
def two_years(django_db_setup, django_db_blocker):
    """Write two years once: 35 of 100 households oriented to housing, then 107 of 206, by 90 leases and 17 entries."""
    with django_db_blocker.unblock(), transaction.atomic():
        amiens = territories.territory("amiens")
        for number in range(100):
            to = Destination.ORDINARY if number < 35 else Destination.CHRS
            siao.met(on=IN_2018, territory=amiens, destination=to)
        for _number in range(99):
            siao.met(on=IN_2019, territory=amiens, destination=Destination.EMERGENCY)
        offer = tenancies.offer(agent=territories.actor("social_landlord_agent", territory=amiens))
        for number, situation in zip(range(107), cycle(BEFORE), strict=False):
            if number < 90:
                _sign(siao.met(on=IN_2019, territory=amiens, situation=situation), offer, number)
            else:
                to = Destination.BOARDING_HOUSE
                siao.met(on=IN_2019, territory=amiens, destination=to, situation=situation, step=StepKind.ENTERED)
        yield
        transaction.set_rollback(True)


def _sign(household, offer, number):
    home = Dwelling.objects.create(
        territory=household.territory, reference=f"A-{number}", owner=offer.dwelling.owner, stock="social"
    )
    Lease.objects.create(
        territory=household.territory, household=household, dwelling=home, offer=offer, kind=LeaseKind.DIRECT,
        is_social=True, signed_on=SIGNED, starts_on=SIGNED,
    )  # fmt: skip


def figure(indicator, place, actor, *, year=2019, audience=Audience.INTERNAL):
    return queries.figure(indicator, place, year=year, audience=audience, on=ON, actor=actor)


def test_half_are_oriented_to_housing_against_a_third_the_year_before(two_years, amiens, analyst):
    after = figure(Indicator.ORIENTED_SHARE, amiens, analyst)
    before = figure(Indicator.ORIENTED_SHARE, amiens, analyst, year=2018)

    assert (after.numerator, after.denominator, round(after.value, 2)) == (107, 206, Decimal("0.52"))
    assert (before.numerator, before.denominator, before.value) == (35, 100, Decimal("0.35"))
    assert len(queries.rows_of(Indicator.ORIENTED_SHARE, amiens, year=2019, actor=analyst)) == 206


def test_107_are_housed_84_in_ordinary_and_16_in_adapted_housing_half_from_the_street(two_years, amiens, analyst):
    housed, ordinary, adapted, street = (
        figure(each, amiens, analyst)
        for each in (
            Indicator.ACCESS, Indicator.ACCESS_ORDINARY, Indicator.ACCESS_ADAPTED, Indicator.ACCESS_STREET,
        )
    )  # fmt: skip

    assert (housed.numerator, round(ordinary.value, 2), round(adapted.value, 2)) == (
        107, Decimal("0.84"), Decimal("0.16"),
    )  # fmt: skip
    assert ordinary.value + adapted.value == 1
    assert round(street.value, 1) == Decimal("0.5")
    rows = queries.rows_of(Indicator.ACCESS_ADAPTED, amiens, year=2019, actor=analyst)
    assert (len(rows), sum(row.is_above for row in rows)) == (107, 17)


def test_it_is_published_and_opens_to_its_rows(two_years, amiens, analyst, client):
    public = client.get(reverse("observatory:public-csv", args=["amiens", 2019])).content.decode()
    assert "amiens,2019,siao.orientation_to_housing_rate,1,107,206,0.5194,false,exact" in public

    client.force_login(territories.account_of(analyst))
    shown = client.get(reverse("observatory:territory", args=["amiens", 2019])).content.decode()
    assert "51,9" in shown
    for code in ("siao.orientation_to_housing_rate", "access.share_adapted", "siao.housing_orientations_growth"):
        address = reverse("observatory:rows", args=["amiens", 2019, code])
        assert address in shown
        assert client.get(address).status_code == 200


def test_a_small_number_and_what_it_would_be_found_from_are_hidden():
    place = territories.territory("grenoble")
    analyst = territories.actor("analyst", territory=place)
    for number in range(20):
        to = Destination.BOARDING_HOUSE if number < 3 else Destination.ORDINARY
        siao.met(on=IN_2019, territory=place, destination=to, step=StepKind.ENTERED)

    shown = {
        each: figure(each, place, analyst, audience=Audience.PUBLIC)
        for each in (Indicator.ACCESS, Indicator.ACCESS_ORDINARY, Indicator.ACCESS_ADAPTED, Indicator.ORIENTED_SHARE)
    }

    assert [each for each, hidden in shown.items() if hidden.is_suppressed] == [
        Indicator.ACCESS_ORDINARY, Indicator.ACCESS_ADAPTED, Indicator.ORIENTED_SHARE,
    ]  # fmt: skip
    assert shown[Indicator.ACCESS].value == 20
    nobody = figure(Indicator.ORIENTED_SHARE, place, analyst, year=2017)
    assert (nobody.value, nobody.qualifier) == (None, Qualifier.NOTHING_COUNTED)


def test_the_officer_orients_and_the_coordinator_finds_who_has_no_support(client):
    place = territories.territory("grenoble")
    officer = territories.actor("siao_officer", territory=place)
    client.force_login(territories.account_of(officer))
    household = people.household(territory=place)
    given = {"asked": Asked.HOME, "destination": Destination.INTERMEDIATION, "decided_on": "2019-03-04", "team": ""}
    assert client.post(reverse("siao:orient", args=[household.pk]), given).status_code == 302
    assert Orientation.objects.get(household=household).asked == Asked.HOME

    coordinator = territories.actor("coordinator", territory=place)
    client.force_login(territories.account_of(coordinator))
    support.state_wish(
        actor=territories.program(place), household=household, intensity=Intensity.STRONG, stated_on=IN_2019
    )
    assert "Amina" in client.get(reverse("siao:without-support")).content.decode()
    support.open_measure(
        actor=territories.program(place),
        household=household,
        scheme="local",
        intensity=Intensity.STRONG,
        opened_on=IN_2019,
        organisation=None,
    )
    assert "Amina" not in client.get(reverse("siao:without-support")).content.decode()
