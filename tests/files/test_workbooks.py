from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from chezsoi.files.readers import Row, UnreadableFile, read_table
from tests.files import makers
from tests.files.makers import COLUMNS, ROW

pytestmark = pytest.mark.slow

HOMES = Path(__file__).parents[1] / "cases" / "territory" / "logements.xlsx"


@pytest.fixture
def read(tmp_path, warm_child):
    def read(content: bytes, **options):
        return read_table(makers.written(tmp_path, content, "file.xlsx"), **options)

    return read


class TestTheTerritorysHomes:
    def test_are_read_below_their_title(self):
        table = read_table(HOMES, name=HOMES.name)

        assert (table.header_line, table.dated_on, table.sheet) == (3, date(2026, 10, 1), "logements")
        assert (len(table.rows), table.problems) == (90, ())
        assert table.rows[0].line == 4
        assert table.rows[0].cells[5:12] == ("T2", "50.4", "2", "oui", "non", "343.93", "62.48")


class TestCells:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (2.0, "2"),
            (343.93, "343.93"),
            (0.1 + 0.2, "0.3"),
            (-12, "-12"),
            (True, "oui"),
            (False, "non"),
            (date(2026, 10, 1), "2026-10-01"),
            (
                datetime(2026, 10, 1, 9, 30),  # noqa: DTZ001  spreadsheets have no time zone
                "2026-10-01T09:30:00",
            ),
            (time(9, 30), "09:30"),
            ("  Zoé\u00a0", "Zoé"),
            ("=1+1 n'est pas une formule"[1:], "1+1 n'est pas une formule"),
            (None, ""),
        ],
    )
    def test_are_written_as_a_person_would(self, read, value, text):
        assert read(makers.workbook(COLUMNS, ("M1", "LEROY", "Zoé", value), ROW)).rows[0].cells[3] == text

    @pytest.mark.parametrize(
        ("cell", "expected"),
        [
            ("<c r='D2'><f>1+1</f><v>2</v></c>", "2"),
            ("<c r='D2' t='str'><f>A1&amp;B1</f><v>Metz</v></c>", "Metz"),
            ("<c r='D2' t='str'><f>IF(A1,1,\"\")</f><v></v></c>", ""),
            (
                "<c r='D2' t='inlineStr'><is><r><t>Me</t></r><r><t>tz</t></r><rPh sb='0'><t>x</t></rPh></is></c>",
                "Metz",
            ),
            ("<c r='D2'><v>57147868979965898</v></c>", "57147868979965898"),
            ("<c r='D2' t='d'><v>2026-10-01</v></c>", "2026-10-01"),
        ],
    )
    def test_a_formula_counts_for_its_stored_result(self, read, cell, expected):
        rows = makers.xml_row(1, *COLUMNS) + makers.xml_row(2, *ROW[:3]).replace("</row>", cell + "</row>")

        assert read(makers.with_sheet(rows)).rows == (Row(2, (*ROW[:3], expected)),)

    @pytest.mark.parametrize(
        ("cell", "words"),
        [
            ("<c r='D2'><f>1+1</f></c>", "D2"),
            ("<c r='D2'><f>WEBSERVICE(\"x\")</f><v/></c>", "D2"),
            ("<c r='D2' t='e'><v>#REF!</v></c>", "#REF!"),
            ("<c r='D2'><v>5.7147868979965898E+16</v></c>", "D2"),
        ],
    )
    def test_one_without_a_value_is_a_problem_that_names_it(self, read, cell, words):
        rows = makers.xml_row(1, *COLUMNS) + makers.xml_row(2, *ROW[:3]).replace("</row>", cell + "</row>")

        table = read(makers.with_sheet(rows + makers.xml_row(3, *ROW)))

        assert table.rows == (Row(3, ROW),)
        assert [(problem.line, problem.column) for problem in table.problems] == [(2, "ville")]
        assert words in str(table.problems[0].message)

    def test_beyond_the_named_columns_are_a_problem(self, read):
        rows = [COLUMNS, *[ROW] * 40, (*ROW, None, "note")]

        table = read(makers.workbook(*rows))

        assert len(table.rows) == 40
        assert [problem.line for problem in table.problems] == [42]
        assert "F42" in str(table.problems[0].message)

    def test_merged_down_hold_for_each_row(self, read):
        book = openpyxl.Workbook()
        for row in (COLUMNS, ROW, (None, "LEROY", "Luc", "Metz"), ("M2", "NOËL", "Léa", "Metz")):
            book.active.append(row)
        book.active.merge_cells("A2:A3")

        assert [row.cells[0] for row in read(makers.saved(book)).rows] == ["M1", "M1", "M2"]


class TestSheets:
    def test_a_hidden_one_is_not_read(self, read):
        book = openpyxl.Workbook()
        book.active.append(("secret", "caché"))
        book.active.append(("a", "b"))
        shown = book.create_sheet("ménages")
        for row in (COLUMNS, ROW):
            shown.append(row)
        book.worksheets[0].sheet_state = "hidden"

        assert read(makers.saved(book)).sheet == "ménages"

    def test_the_one_with_the_names_expected_is_read(self, read):
        book = openpyxl.Workbook()
        for row in (("consigne", "détail"), ("1", "ne rien changer")):
            book.active.append(row)
        for row in (COLUMNS, ROW):
            book.create_sheet("suite") if len(book.worksheets) == 1 else None
            book["suite"].append(row)

        assert read(makers.saved(book), expected=["nom", "prenom"]).sheet == "suite"

    def test_rows_keep_their_number_whatever_is_left_out(self, read):
        rows = makers.xml_row(3, *COLUMNS) + makers.xml_row(9, *ROW) + makers.xml_row(1_000_000, *ROW)

        assert [row.line for row in read(makers.with_sheet(rows)).rows] == [9, 1_000_000]

    def test_a_name_that_says_csv_changes_nothing(self, tmp_path):
        path = makers.written(tmp_path, makers.workbook(COLUMNS, ROW), "menages.csv")

        assert read_table(path, name="menages.csv").rows == (Row(2, ROW),)

    def test_entities_are_refused_before_they_are_read(self, read):
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'

        with pytest.raises(UnreadableFile, match="code"):
            read(makers.with_sheet(makers.xml_row(1, "&b;"), before=bomb))
