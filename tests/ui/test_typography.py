import doctest
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.ui import typography
from chezsoi.ui.typography import NARROW, NO_BREAK


class TestExamples:
    def test_hold(self):
        assert doctest.testmod(typography).failed == 0


class TestNumber:
    @pytest.mark.parametrize(
        ("value", "decimals", "french", "english"),
        [
            (0, None, "0", "0"),
            (999, None, "999", "999"),
            (1000, None, f"1{NARROW}000", "1,000"),
            (Decimal("1234.5"), 2, f"1{NARROW}234,50", "1,234.50"),
            (Decimal("0.005"), 2, "0,01", "0.01"),
            (-1500, None, f"−1{NARROW}500", "−1,500"),
        ],
    )
    def test_is_written_as_the_language_writes_it(self, value, decimals, french, english):
        assert typography.number(value, decimals, "fr") == french
        assert typography.number(value, decimals, "en") == english

    def test_follows_the_page(self):
        with override("en"):
            assert typography.euros(1234) == "€1,234.00"
        with override("fr"):
            assert typography.euros(1234) == f"1{NARROW}234,00{NO_BREAK}€"

    @given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
    def test_loses_no_digit(self, value):
        text = typography.number(value, 2, "fr").replace(NARROW, "").replace(",", ".").replace("−", "-")

        assert Decimal(text) == value


class TestTypeset:
    @pytest.mark.parametrize(
        ("typed", "set_"),
        [
            ("Où dort-elle ?", f"Où dort-elle{NARROW}?"),
            ("Oui!", f"Oui{NARROW}!"),
            ("un point ; un autre", f"un point{NARROW}; un autre"),
            ("Adresse: rue Taison", f"Adresse{NARROW}: rue Taison"),
            ("« Un toit »", f"«{NARROW}Un toit{NARROW}»"),
            ("l'école", "l’école"),
            ("12 500 € et 30 %", f"12{NARROW}500{NO_BREAK}€ et 30{NARROW}%"),
        ],
    )
    def test_sets_what_a_keyboard_lacks(self, typed, set_):
        assert typography.typeset(typed, "fr") == set_

    @pytest.mark.parametrize("text", ["12:30", "https://exemple.fr/a?b=c;d", "06 69 88 78 43", "M57-0180"])
    def test_leaves_codes_alone(self, text):
        assert typography.typeset(text, "fr") == text

    def test_leaves_english_alone(self):
        assert typography.typeset("Why? It's here: 1 000", "en") == "Why? It's here: 1 000"

    @given(st.text(alphabet="ab 1;:!?«»'’€%\u00a0\u202f", max_size=30))
    def test_done_twice_changes_nothing_more(self, text):
        once = typography.typeset(text, "fr")

        assert typography.typeset(once, "fr") == once


class TestMaskedPhone:
    def test_shows_too_little_to_call(self):
        assert sum(character.isdigit() for character in typography.masked_phone("0669887843")) == 4
