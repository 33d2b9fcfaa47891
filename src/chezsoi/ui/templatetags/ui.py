"""The words of every template: components, and values written in the reader's language."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import template
from django.template.context import Context
from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from chezsoi.kernel.dates import PartialDate
from chezsoi.ui import cells, dates, sorting, typography
from chezsoi.ui.drafts import troubles
from chezsoi.ui.marks import SHAPES, icon, shape, tag
from chezsoi.ui.shapes import Column, Kind, Table
from chezsoi.ui.undoing import SECONDS, Offer, offered

register = template.Library()

THEMES = ("light", "dark")
MESSAGE_KINDS = {"success": Kind.HOME, "warning": Kind.ACT, "error": Kind.STOP}

register.simple_tag(icon)
register.simple_tag(shape)
register.simple_tag(tag)
register.simple_tag(cells.rows, name="table_rows")


@register.inclusion_tag("ui/button.html")
def button(
    label: str,
    *,
    kind: str = "line",
    url: str = "",
    icon: str = "",
    name: str = "",
    value: str = "",
    describes: str = "",
    disabled: bool = False,
) -> dict[str, Any]:
    """Show a button (kinds: home, the page's one main act; line; stop) or, with a url, a link that looks like one."""
    return {
        "label": label, "kind": kind, "url": url, "icon": icon, "name": name, "value": value,
        "describes": describes, "disabled": disabled,
    }  # fmt: skip


@register.inclusion_tag("ui/empty.html")
def empty(title: str, why: str = "", *, label: str = "", url: str = "", icon: str = "inbox") -> dict[str, Any]:
    """Say why there is nothing, and offer the next act."""
    return {"title": title, "why": why, "label": label, "url": url, "icon": icon}


@register.inclusion_tag("ui/progress.html")
def progress(label: str, done: int, total: int, *, unit: str = "", is_left_running: bool = False) -> dict[str, Any]:
    """Show what is done and what remains; say when the work goes on without its page."""
    return {"label": label, "done": done, "total": total, "left": max(0, total - done), "unit": unit,
            "is_left_running": is_left_running}  # fmt: skip


@register.inclusion_tag("ui/undo.html", takes_context=True)
def undo(context: Context, label: str, url: str, *, note: str = "", seconds: int = SECONDS) -> dict[str, Any]:
    """Say what was just done and let it be undone."""
    return {"label": label, "url": url, "note": note, "seconds": seconds, "csrf_token": context.get("csrf_token", "")}


@register.filter
def undo_offer(message: Any) -> Offer | None:
    """Read whether a message offers to undo what it says."""
    return offered(message)


@register.inclusion_tag("ui/draft.html", takes_context=True)
def draft(context: Context, title: str, *, key: str = "") -> dict[str, Any]:
    """
    Let the form around be received once, and be kept while it is typed, under the address of its page.

    A form that comes back with its errors stays the same form; `key` tells apart the forms of one page.
    """
    request = context.get("request")
    given = request.POST.get("submission", "") if request is not None else ""
    return {
        "reference": given or uuid4(),
        "key": request.path + (f"#{key}" if key else "") if request is not None else "",
        "title": title,
        "shell": context.get("shell"),
        "troubles": troubles(),
    }


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: Context, page_obj: Any) -> dict[str, Any]:
    """Move between the pages of a list; the filters in the address are kept."""
    return {"page_obj": page_obj, "request": context.get("request")}


@register.inclusion_tag("ui/heading.html", takes_context=True)
def heading(context: Context, column: Column, table: Table) -> dict[str, Any]:
    """Head a column; where its list sorts by it, with a link that keeps the filters and goes back to the first page."""
    made = sorting.heading(column, table.order) if table.order and column.sort else None
    return {"column": column, "sorts": made, "part": table.part, "request": context.get("request")}


@register.inclusion_tag("ui/sort.html")
def sort(table: Table, *, form: str = "") -> dict[str, Any]:
    """
    Let the order be chosen where no heading does it: on a phone, and everywhere for what has no column.

    `form` is the form of the filters, sent with the order; without one, the order has its own.
    """
    return {"table": table, "choices": list(sorting.choices(table)), "form": form}


@register.inclusion_tag("ui/take_away.html", takes_context=True)
def take_away(context: Context, name: str) -> dict[str, Any]:
    """Offer the list as a file: what the screen is narrowed to, in its order, all its pages."""
    return {"name": name, "request": context.get("request")}


@register.simple_tag
def announced(title: str, table: Table) -> str:
    """Say what a list holds and how it is sorted, for those who hear that it changed."""
    now = [choice.label for choice in sorting.choices(table) if choice.is_current]
    return _("%(title)s. Sorted by %(order)s.") % {"title": title, "order": now[0]} if now else title


@register.simple_block_tag(takes_context=True)
def sheet(
    context: Context, content: str, title: str = "", *, aside: str = "", key: str = "", level: int = 2
) -> SafeString:
    """Lay the content on a sheet of paper, with its title and, across from it, a few words or a link."""
    return _render(context, "ui/sheet.html", content, title=title, aside=aside, key=key, level=level)


@register.simple_block_tag(takes_context=True)
def notice(context: Context, content: str, title: str, *, kind: str = Kind.INFO) -> SafeString:
    """Tell something that matters; of an error: what happened, whether anything was lost, what to do."""
    shape = SHAPES[Kind(kind)]
    return _render(context, "ui/notice.html", content, title=title, kind=Kind(kind).value, shape=shape)


@register.simple_block_tag(takes_context=True)
def more(context: Context, content: str, summary: str, *, is_open: bool = False) -> SafeString:
    """Keep what few readers need one press away."""
    return _render(context, "ui/more.html", content, summary=summary, is_open=is_open)


@register.simple_block_tag(takes_context=True)
def dialog(context: Context, content: str, label: str, title: str, key: str) -> SafeString:
    """Open the content over the page from a button; it closes with Escape and needs no script."""
    return _render(context, "ui/dialog.html", content, label=label, title=title, key=key)


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """Read the theme the visitor chose; none chosen, the device decides."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in THEMES else ""


@register.filter
def message_kind(level: str) -> str:
    """Give a message's kind from its level."""
    return str(MESSAGE_KINDS.get(level, Kind.INFO).value)


@register.filter
def near_date(moment: date | None, today: date | None = None) -> str:
    """Say a date as people do when it is near; the full date stays on hover and for screen readers."""
    if moment is None:
        return ""
    day = dates.as_day(moment)
    words = dates.near(day, today or timezone.localdate())
    return _time(day, words)


@register.filter
def full_date(moment: date | None) -> str:
    """Write a date in full."""
    return "" if moment is None else _time(dates.as_day(moment), dates.full(dates.as_day(moment)))


@register.filter
def partial_date(day: PartialDate | None) -> str:
    """Write what is known of a date."""
    return dates.partial(day or PartialDate())


@register.filter
def euros(amount: Decimal | float | None, decimals: int | None = 2) -> str:
    """Write an amount; an unknown one is said, never shown as zero."""
    return _("unknown") if amount is None else typography.euros(amount, decimals)


@register.filter
def short_euros(amount: Decimal | float | None) -> str:
    """Write an amount without the cents it does not have."""
    return euros(amount, None)


@register.filter
def percent(share: Decimal | float | None, decimals: int = 0) -> str:
    """Write a share between 0 and 1 as a percentage."""
    return _("unknown") if share is None else typography.percent(share, decimals)


@register.filter
def number(value: Decimal | float | None, decimals: int | None = None) -> str:
    """Write a number with its thousands set apart."""
    return _("unknown") if value is None else typography.number(value, decimals)


@register.filter
def phone(digits: str | None) -> str:
    """Write a telephone number by pairs."""
    return typography.phone(digits) if digits else _("unknown")


@register.filter
def mask_phone(digits: str | None) -> str:
    """Write a telephone number so that only its owner knows it."""
    return typography.masked_phone(digits) if digits else _("unknown")


@register.filter
def typeset(text: str) -> str:
    """Set the spaces and apostrophes a typed French sentence lacks."""
    return typography.typeset(str(text))


@register.filter
def as_json(value: Any) -> str:
    """Write a value for an attribute that htmx reads."""
    return json.dumps(value)


def _render(context: Context, name: str, content: str, **parts: Any) -> SafeString:
    component: Any = get_template(name)
    return SafeString(component.template.render(context.new({"content": content, **parts})))


def _time(day: date, words: str) -> SafeString:
    full = dates.full(day)
    if words == full:
        return format_html('<time datetime="{}">{}</time>', day.isoformat(), words)
    return format_html(
        '<time datetime="{}" title="{}"><span aria-hidden="true">{}</span>'
        '<span class="visually-hidden">{}</span></time>',
        day.isoformat(), full, words, full,
    )  # fmt: skip
