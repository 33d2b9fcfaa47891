"""The pages of the observatory, as anybody may ask for them."""

import pytest

from tests.factories import territories


class TestPublicFigures:
    @pytest.mark.parametrize(("year", "status"), [("0", 404), ("1", 200), ("9999", 200), ("10000", 404)])
    @pytest.mark.parametrize("kind", ["/", ".csv", ".csv?years", "/communes.csv"])
    def test_are_there_for_every_year_of_the_calendar_and_no_other(self, client, year, status, kind):
        key = territories.territory().key

        assert client.get(f"/observatory/public/{key}/{year}{kind}").status_code == status
