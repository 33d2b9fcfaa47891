"""The rows of a table, written without a template: a list holds hundreds of cells, and they are most of its page."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from chezsoi.ui.marks import tag
from chezsoi.ui.shapes import Cell, Column, Row, Table


def rows(table: Table) -> SafeString:
    """
    Write the rows; the first cell of each names it, and on a phone each cell carries the name of its column.

    Where rows are chosen, a box stands before each.
    """
    frames = [_frame(column, names_row=rank == 0) for rank, column in enumerate(table.columns)]
    return format_html_join("\n", "{}", ((_row(row, frames, _box(row, table)),) for row in table.rows))


def _frame(column: Column, *, names_row: bool) -> tuple[SafeString, SafeString]:
    """Write what stands before and after what each cell of a column holds."""
    name, role = ("th", 'scope="row" role="rowheader"') if names_row else ("td", 'role="cell"')
    look = ' class="cz-num"' if column.is_numeric else ' class="cz-code"' if column.is_code else ""
    opened = f'<{name} {role}{look} data-label="{{}}"><div class="cz-cell">'
    return format_html(opened, column.label), SafeString(f"</div></{name}>")


def _box(row: Row, table: Table) -> SafeString:
    if not table.chosen_for:
        return SafeString("")
    return format_html(
        '<td class="cz-choose" role="cell"><label><input class="form-check-input" type="checkbox" name="chosen" '
        'value="{}" form="{}"{}><span class="visually-hidden">{}</span></label></td>',
        row.key,
        table.chosen_for,
        " checked" if table.are_chosen else "",
        _("Choose %(name)s") % {"name": row.cells[0].text},
    )


def _row(row: Row, frames: list[tuple[SafeString, SafeString]], box: SafeString) -> SafeString:
    current = ' class="cz-current" aria-current="true"' if row.is_current else ""
    cells = "".join(f"{before}{_held(cell)}{after}" for (before, after), cell in zip(frames, row.cells, strict=True))
    return SafeString(f'<tr role="row"{current}>{box}{cells}</tr>')


def _held(cell: Cell) -> SafeString:
    parts = []
    if cell.text:
        parts.append(_text(cell))
    if cell.codes:
        listed = format_html_join(", ", '<bdi class="cz-whole">{}</bdi>', ((code,) for code in cell.codes))
        parts.append(format_html("<span>{}</span>", listed))
    if cell.tags:
        tags = format_html_join(" ", "{}", ((tag(each.label, each.kind),) for each in cell.tags))
        parts.append(format_html('<span class="cz-tags">{}</span>', tags))
    if cell.detail:
        parts.append(format_html('<span class="cz-detail"><bdi>{}</bdi></span>', cell.detail))
    return SafeString("\n".join(parts))


def _text(cell: Cell) -> SafeString:
    if cell.url:
        return format_html('<span><a href="{}"><bdi>{}</bdi></a></span>', cell.url, cell.text)
    if cell.is_strong:
        return format_html("<span><strong><bdi>{}</bdi></strong></span>", cell.text)
    return format_html("<span><bdi>{}</bdi></span>", cell.text)
