from datetime import date
from pathlib import Path

import pytest

from chezsoi.files.readers import Refusal, Row, Table, UnreadableFile, read_table
from chezsoi.files.readers.refusals import TROUBLES, Trouble
from tests.files import makers
from tests.files.makers import COLUMNS, ROW

HOUSEHOLDS = Path(__file__).parents[1] / "cases" / "territory" / "menages.csv"


@pytest.fixture
def read(tmp_path):
    def read(content: bytes | str, **options) -> Table:
        return read_table(makers.written(tmp_path, content), **options)

    return read


class TestTheTerritorysFile:
    def test_is_read_whole(self):
        table = read_table(HOUSEHOLDS, name=HOUSEHOLDS.name)

        assert len(table.columns) == 24
        assert table.columns[:3] == ("n° ménage", "nom", "prénom")
        assert (table.header_line, len(table.rows), table.problems) == (1, 733, ())
        assert (table.rows[0].line, table.rows[-1].line) == (2, 734)
        assert table.rows[-1].cells[0] == "M57-BAD4"


class TestEncodings:
    @pytest.mark.parametrize(
        "encoding",
        ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1", "mac_roman", "cp850"],
    )
    def test_are_told_from_the_bytes(self, read, encoding):
        content = makers.table(("M1", "LEROY", "Zoé", "Fère-en-Tardenois"), ("M2", "NOËL", "Thérèse", "Liège"))

        table = read(content.encode(encoding))

        assert table.columns == COLUMNS
        assert [row.cells[2] for row in table.rows] == ["Zoé", "Thérèse"]

    def test_a_stray_byte_in_utf_8_spoils_its_own_cell_only(self, read):
        lines = makers.table(
            ("M1", "LEROY", "Zoé", "Metz"), ("M2", "NOËL", "?", "Nancy"), ("M3", "NOËL", "Léa", "Woippy")
        )

        table = read(lines.encode().replace(b"?", b"L\xe9o"))

        assert [row.cells[2] for row in table.rows] == ["Zoé", "Léa"]
        assert [(problem.line, problem.column) for problem in table.problems] == [(3, "prénom")]


class TestDelimiters:
    @pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
    def test_are_found(self, read, delimiter):
        table = read(makers.text(delimiter.join(COLUMNS), delimiter.join(ROW)))

        assert table.rows == (Row(2, ROW),)

    def test_a_decimal_comma_is_none(self, read):
        table = read(makers.text("nom;ressources", "LEROY;580,0", "NOËL;12,50", "WEBER;3,1"))

        assert table.columns == ("nom", "ressources")

    def test_one_may_be_announced_as_spreadsheets_do(self, read):
        table = read(makers.text("sep=|", "nom|prénom", "LEROY|Zoé"))

        assert (table.header_line, table.rows) == (2, (Row(3, ("LEROY", "Zoé")),))

    def test_a_single_column_needs_none(self, read):
        assert read(makers.text("nom", "LEROY", "NOËL")).rows == (Row(2, ("LEROY",)), Row(3, ("NOËL",)))


class TestHeader:
    def test_is_found_below_a_title_and_blank_lines(self, read):
        table = read(makers.text("Ménages – extraction du 01/10/2026;;;", ";;;", ";".join(COLUMNS), ";".join(ROW)))

        assert (table.columns, table.header_line, table.dated_on) == (COLUMNS, 3, date(2026, 10, 1))
        assert table.rows == (Row(4, ROW),)

    def test_is_told_by_the_names_expected(self, read):
        content = makers.text("Service;Metz;Année;2026", ";".join(COLUMNS), ";".join(ROW))

        assert read(content).header_line == 1
        assert read(content, expected=["N° MENAGE", "Nom", "Prénoms"]).header_line == 2

    def test_keeps_names_given_twice(self, read):
        assert read(makers.text("nom;nom;ville", "LEROY;NOËL;Metz")).columns == ("nom", "nom", "ville")

    def test_alone_is_refused(self, read):
        with pytest.raises(UnreadableFile) as refused:
            read(makers.table())

        assert refused.value.refusal is Refusal.NO_ROWS

    def test_with_stray_quotes_is_refused_rather_than_skipped(self, read):
        with pytest.raises(UnreadableFile) as refused:
            read(makers.text('"n° ménage;nom;prénom;ville', *[";".join(ROW)] * 3))

        assert refused.value.refusal is Refusal.UNREADABLE_HEADER


class TestLines:
    def test_are_counted_through_quoted_line_ends(self, read):
        table = read(makers.text(";".join(COLUMNS), 'M1;LEROY;Zoé;"12 rue\nVerdun\nMetz"', "M2;NOËL;Léa;Metz"))

        assert table.rows == (
            Row(2, ("M1", "LEROY", "Zoé", "12 rue\nVerdun\nMetz")),
            Row(5, ("M2", "NOËL", "Léa", "Metz")),
        )

    @pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
    def test_may_end_in_any_way(self, read, end):
        assert read(makers.text("nom;ville", "LEROY;Metz", end=end)).rows == (Row(2, ("LEROY", "Metz")),)

    def test_blank_ones_are_no_rows(self, read):
        assert [row.line for row in read(makers.text("nom;ville", "", "LEROY;Metz", " ; ", "NOËL;Metz")).rows] == [3, 5]

    @pytest.mark.parametrize(
        ("line", "trouble"),
        [
            ("M2;NOËL;Léa;Metz;7", Trouble.TOO_MANY_CELLS),
            ("M2;NOËL;Léa", Trouble.TOO_FEW_CELLS),
            ('M2;"NOËL;Léa;Metz', Trouble.QUOTES),
            ('M2;"NOËL" dit "le grand";Léa;Metz', Trouble.QUOTES),
            ("M2;NOËL;L\0a;Metz", None),
            ("M2;NOËL;" + "a" * 140_000 + ";Metz", Trouble.LONG_CELL),
            ("M2;" + "a;" * 600_000 + "Metz", Trouble.LONG_LINE),
        ],
    )
    def test_a_bad_one_is_reported_and_the_others_kept(self, read, line, trouble):
        content = makers.text(";".join(COLUMNS), "M1;LEROY;Zoé;Metz", line, "M3;WEBER;Luc;Metz")
        if trouble is None:
            with pytest.raises(UnreadableFile):
                read(content)
            return

        table = read(content)

        assert [row.line for row in table.rows] == [2, 4]
        assert [(each.line, each.column) for each in table.problems] == [(3, None)]
        assert str(table.problems[0].message).startswith(str(TROUBLES[trouble]).split("{")[0])

    def test_blank_cells_beyond_the_header_hold_nothing_to_lose(self, read):
        assert read(makers.text("nom;ville", "LEROY;Metz;;")).rows == (Row(2, ("LEROY", "Metz")),)

    def test_two_stray_quotes_do_not_swallow_the_lines_between_them(self, read):
        lines = [f"M{n};LEROY;Zoé;Metz" for n in range(1, 40)]
        lines[5] = 'M6;"LEROY;Zoé;Metz'
        lines[20] = 'M21;LEROY";"Zoé;Metz'

        table = read(makers.text(";".join(COLUMNS), *lines))

        assert {row.line for row in table.rows} == set(range(2, 41)) - {7, 22}
        assert [problem.line for problem in table.problems] == [7, 22]

    def test_an_apostrophe_that_kept_a_formula_asleep_is_dropped(self, read):
        assert read(makers.text("nom;tél", "LEROY;'+33 6 12")).rows == (Row(2, ("LEROY", "+33 6 12")),)
