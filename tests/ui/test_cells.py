from bs4 import BeautifulSoup

from chezsoi.ui import cells
from chezsoi.ui.shapes import Cell, Column, Kind, Row, Table, Tag

HOSTILE = "<b>\"'&"


def written(*held, columns=None, is_current=False):
    columns = columns or [Column(label=f"Column {rank}") for rank, _cell in enumerate(held)]
    table = Table(caption="Homes", columns=columns, rows=[Row(cells=held, is_current=is_current)])
    return BeautifulSoup(f"<table>{cells.rows(table)}</table>", "html.parser")


class TestRows:
    def test_are_named_by_their_first_cell(self):
        row = written(Cell(text="T2, Borny"), Cell(text="3")).tr

        assert [(cell.name, cell["role"], cell.get("scope")) for cell in row.find_all(["th", "td"])] == [
            ("th", "rowheader", "row"),
            ("td", "cell", None),
        ]

    def test_name_the_column_of_each_cell(self):
        columns = [Column(label="Home"), Column(label="Rent", is_numeric=True), Column(label="File", is_code=True)]

        named = written(Cell(text="T2"), Cell(text="412"), Cell(text="K7M"), columns=columns).select("[data-label]")

        assert [(cell["data-label"], cell.get("class")) for cell in named] == [
            ("Home", None), ("Rent", ["cz-num"]), ("File", ["cz-code"]),
        ]  # fmt: skip

    def test_say_which_is_current(self):
        assert written(Cell(text="T2"), is_current=True).tr["aria-current"] == "true"
        assert "aria-current" not in written(Cell(text="T2")).tr.attrs


class TestCell:
    def test_sets_each_code_whole(self):
        held = written(Cell(codes=["D57-0022", HOSTILE])).th

        assert [code["class"] for code in held.select("bdi")] == [["cz-whole"], ["cz-whole"]]
        assert held.get_text(strip=True) == f"D57-0022,{HOSTILE}"

    def test_escapes_all_it_is_given(self):
        cell = Cell(text=HOSTILE, url=f"/?q={HOSTILE}", detail=HOSTILE, tags=(Tag(label=HOSTILE),))

        html = written(cell, columns=[Column(label=HOSTILE)])

        assert html.th["data-label"] == HOSTILE
        assert html.a["href"] == f"/?q={HOSTILE}"
        assert [each.get_text() for each in html.select("bdi")] == [HOSTILE] * 3
        assert html.b is None

    def test_shows_a_link_a_strong_text_or_a_text(self):
        shown = written(Cell(text="a", url="/a/"), Cell(text="b", is_strong=True), Cell(text="c"))

        assert [cell.span.contents[0].name for cell in shown.select(".cz-cell")] == ["a", "strong", "bdi"]

    def test_that_is_empty_holds_nothing(self):
        assert written(Cell()).select_one(".cz-cell").contents == []

    def test_sets_its_tags_and_its_detail_after_its_text(self):
        cell = Cell(text="T2", detail="Borny", tags=(Tag(label="à signer", kind=Kind.ACT), Tag(label="vacant")))

        held = written(cell).select_one(".cz-cell").find_all("span", recursive=False)

        assert [each.get_text() for each in held] == ["T2", "à signer vacant", "Borny"]
        assert [each["class"] for each in held[1].select(".cz-tag")] == [["cz-tag", "cz-act"], ["cz-tag", "cz-neutral"]]


class TestBox:
    def test_stands_before_a_row_for_the_form_that_takes_its_key(self):
        box = chosen(key="12").select_one("td.cz-choose input")

        assert (box["value"], box["form"], box.has_attr("checked")) == ("12", "together", False)
        assert box.parent.span.get_text() == f"Choisir {HOSTILE}"

    def test_comes_chosen_with_its_page(self):
        assert chosen(are_chosen=True).input.has_attr("checked")

    def test_is_not_there_where_nothing_is_chosen(self):
        assert written(Cell(text="T2")).input is None


def chosen(key="1", *, are_chosen=False):
    row = Row(cells=[Cell(text=HOSTILE)], key=key)
    table = Table(
        caption="Homes", columns=[Column(label="Home")], rows=[row], chosen_for="together", are_chosen=are_chosen
    )
    return BeautifulSoup(f"<table>{cells.rows(table)}</table>", "html.parser")
