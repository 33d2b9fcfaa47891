import pytest
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.kernel.codes import (
    UnreadablePhone,
    UnreadableRequestNumber,
    is_insee_commune,
    parse_phone,
    parse_request_number,
)


class TestParsePhone:
    @pytest.mark.parametrize(
        "text",
        [
            "0669887843",
            "06 69 88 78 43",
            "06.69.88.78.43",
            "06-69-88-78-43",
            "06\u202f69\u00a088 78 43",
            "+33 669887843",
            "+33 (0)6 69 88 78 43",
            "+33 0669887843",
            "0033669887843",
            "33669887843",
            "tél. 06 69 88 78 43 (CCAS)",
        ],
    )
    def test_reads_one_number_typed_in_many_ways(self, text):
        assert parse_phone(text) == "0669887843"

    def test_restores_a_lost_leading_zero(self):
        assert parse_phone("675620439") == "0675620439"

    @pytest.mark.parametrize("text", ["0000000000", "0800000000"])
    def test_keeps_a_range_that_nobody_was_given(self, text):
        assert parse_phone(text) == text

    @pytest.mark.parametrize(
        ("text", "number"), [("+352 691 123 456", "+352691123456"), ("0049 30 1234567", "+49301234567")]
    )
    def test_keeps_a_number_from_abroad(self, text, number):
        assert parse_phone(text) == number

    @pytest.mark.parametrize("text", ["", "  ", "\u00a0"])
    def test_reads_nothing_in_a_blank(self, text):
        assert parse_phone(text) is None

    @pytest.mark.parametrize(
        "text",
        [
            "06123",
            "061234567",
            "06123456789",
            "6123456789",
            "aucun",
            "+",
            "+352 12",
            "+1234567890123456",
            "0612345678 / 0712345678",
        ],
    )
    def test_refuses_what_lacks_the_national_digits(self, text):
        with pytest.raises(UnreadablePhone):
            parse_phone(text)

    @given(st.from_regex(r"0[1-9][0-9]{8}", fullmatch=True), st.sampled_from(["", " ", ".", "-", "\u00a0"]))
    def test_sees_through_the_way_digits_are_grouped(self, number, separator):
        assert parse_phone(separator.join(number[i : i + 2] for i in range(0, 10, 2))) == number

    @given(st.from_regex(r"0[1-9][0-9]{8}", fullmatch=True))
    def test_reads_the_international_form_as_the_national_one(self, number):
        assert parse_phone(f"+33{number[1:]}") == parse_phone(number[1:]) == number

    @given(st.text(max_size=25))
    def test_gives_a_number_it_would_read_again(self, text):
        try:
            number = parse_phone(text)
        except UnreadablePhone:
            return
        assert number is None or parse_phone(number) == number


class TestParseRequestNumber:
    def test_reads_eighteen_digits_however_grouped(self):
        assert parse_request_number("057 147868.979965-898") == "057147868979965898"

    def test_reads_nothing_in_a_blank(self):
        assert parse_request_number("\u00a0") is None

    @pytest.mark.parametrize(
        "text", ["05714786897996589", "0571478689799658980", "05714786897996589A", "٠٥٧١٤٧٨٦٨٩٧٩٩٦٥٨٩٨"]
    )
    def test_refuses_anything_else(self, text):
        with pytest.raises(UnreadableRequestNumber):
            parse_request_number(text)


class TestIsInseeCommune:
    @pytest.mark.parametrize("code", ["57463", "2A004", "2B033", "97411", "01001"])
    def test_knows_the_form_of_a_commune(self, code):
        assert is_insee_commune(code)

    @pytest.mark.parametrize("code", ["5746", "574630", "2C004", "A2004", "", "57 46"])
    def test_knows_what_is_none(self, code):
        assert not is_insee_commune(code)
