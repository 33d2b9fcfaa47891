from datetime import date
from decimal import Decimal

import pytest

from chezsoi.law import housing_aid
from chezsoi.law.housing_aid import UnknownCommune, standing_of

OCTOBER = date(2026, 10, 1)


class TestZone:
    @pytest.mark.parametrize(
        ("commune", "zone"),
        [("93066", 1), ("75056", 1), ("75111", 1), ("63113", 2), ("59350", 2), ("97608", 2), ("62041", 3)],
    )
    def test_is_the_one_of_the_list(self, commune, zone):
        assert standing_of(commune, on=OCTOBER).zone == zone

    def test_is_unknown_rather_than_two_for_a_commune_the_list_ignores(self):
        assert standing_of("55138", on=OCTOBER).zone is None

    def test_is_said_mixed_where_communes_of_several_zones_became_one(self):
        assert standing_of("49323", on=OCTOBER).is_mixed
        assert not standing_of("63113", on=OCTOBER).is_mixed

    def test_is_read_once_and_knows_every_commune_former_ones_too(self):
        housing_aid._zones.cache_clear()

        assert len(housing_aid._zones()) > 36_000
        assert housing_aid._zones() is housing_aid._zones()

    def test_asks_for_a_commune_that_exists(self):
        with pytest.raises(UnknownCommune):
            standing_of("99999", on=OCTOBER)


class TestShareOfRsa:
    def test_is_whole_but_in_mayotte(self):
        assert standing_of("97411", on=OCTOBER).rsa_share == 1
        assert standing_of("97608", on=OCTOBER).rsa_share == Decimal("0.5")
