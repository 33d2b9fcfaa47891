from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.kernel.money import UnreadableAmount, parse_amount, to_cents

AMOUNTS = st.decimals(0, 999_999, places=2)


class TestParseAmount:
    @pytest.mark.parametrize(
        ("text", "amount"),
        [
            ("651,69", "651.69"),
            ("651.69", "651.69"),
            ("580,0", "580.00"),
            ("760", "760.00"),
            ("760 €", "760.00"),
            ("€ 760", "760.00"),
            ("1 041,59 €", "1041.59"),
            ("1\u202f041,59\u00a0€", "1041.59"),
            ("1.041,59", "1041.59"),
            ("1,041.59", "1041.59"),
            ("1'041,59", "1041.59"),
            ("12€50", "12.50"),
            ("450 euros / mois", "450.00"),
            ("450 EUR", "450.00"),
            ("573.4883333333333", "573.49"),
            ("0", "0.00"),
        ],
    )
    def test_reads_what_services_type(self, text, amount):
        assert parse_amount(text) == Decimal(amount)

    @pytest.mark.parametrize("text", ["", " ", "\u00a0"])
    def test_reads_nothing_in_a_blank(self, text):
        assert parse_amount(text) is None

    @pytest.mark.parametrize(
        "text", ["douze cents", "-12", "€", "1e3", "12,", ",5", "1 2 3 x", "9" * 40, "NaN", "Infinity", "1,2,3"]
    )
    def test_refuses_what_is_no_amount(self, text):
        with pytest.raises(UnreadableAmount):
            parse_amount(text)

    @given(AMOUNTS)
    def test_reads_every_amount_as_french_accounts_print_it(self, amount):
        printed = f"{amount:,.2f} €".replace(",", "\u202f").replace(".", ",")

        assert parse_amount(printed) == amount

    @given(st.text(max_size=20))
    def test_gives_whole_cents_or_refuses(self, text):
        try:
            amount = parse_amount(text)
        except UnreadableAmount:
            return
        assert amount is None or (amount >= 0 and amount == to_cents(amount))


class TestToCents:
    @pytest.mark.parametrize(
        ("exact", "rounded"), [("0.005", "0.01"), ("-0.005", "-0.01"), ("2.675", "2.68"), ("1", "1.00")]
    )
    def test_rounds_halves_away_from_zero(self, exact, rounded):
        assert str(to_cents(Decimal(exact))) == rounded

    @given(AMOUNTS)
    def test_leaves_whole_cents_alone(self, amount):
        assert to_cents(amount) == amount
