import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.files import exports
from chezsoi.files.readers import read_table
from tests.files import makers

DANGEROUS = [
    "=1+1",
    "+33 6 12",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    " =1",
]


class TestAsText:
    @pytest.mark.parametrize("value", DANGEROUS)
    def test_puts_an_apostrophe_before_a_formula(self, value):
        assert exports.as_text(value) == "'" + value

    @pytest.mark.parametrize("value", ["-12", "-3,50", "0612345678", "Metz", "l'eau"])
    def test_leaves_the_rest_as_it_is(self, value):
        assert exports.as_text(value) == value

    @given(st.text())
    def test_never_starts_as_a_formula(self, value):
        written = exports.as_text(value)

        assert not written.strip().startswith(("=", "+", "@", "＝", "＋", "－", "＠"))


class TestCsvLines:
    def test_open_in_a_french_spreadsheet(self):
        lines = list(exports.csv_lines(("nom", "tél"), [("Zoé; L.", "0612345678")]))

        assert lines == ["\ufeffnom;tél\r\n", '"Zoé; L.";0612345678\r\n']

    def test_are_read_back_the_same(self, tmp_path):
        rows = [("LEROY", "+33 6 12", "=1+1"), ("NOËL", "0612345678", "12 rue\nVerdun")]
        path = makers.written(tmp_path, "".join(exports.csv_lines(("nom", "tél", "note"), rows)))

        assert [row.cells for row in read_table(path).rows] == rows


class TestWorkbook:
    def test_holds_texts_only(self):
        content = exports.workbook(
            ("nom", "tél"), [("=1+1", "0612345678"), ("a\0b\x1f", 57147868979965898)], title="a/b"
        )

        sheet = openpyxl.load_workbook(io.BytesIO(content)).active

        assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
            ["'=1+1", "0612345678"],
            ["ab", "57147868979965898"],
        ]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}

    def test_is_read_back_the_same(self, tmp_path):
        rows = [("LEROY", "+33 6 12"), ("NOËL", "057147868979965898")]
        path = makers.written(tmp_path, exports.workbook(("nom", "n°"), rows, title="liste"))

        assert [row.cells for row in read_table(path).rows] == rows
