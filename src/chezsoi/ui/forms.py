"""How every form is rendered: one template for a form, one for a field, and the classes its widgets need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import django.forms
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy as _

from chezsoi.kernel.dates import PartialDate
from chezsoi.kernel.quality import Quality

UNSAID = frozenset({Quality.UNKNOWN, Quality.REFUSED, Quality.NOT_ASKED})
BLANK = ("??", "??", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice of a list; "unknown", "refused" and "not asked" stand apart from the answers."""

    tag: str
    id: str
    label: str
    is_unsaid: bool


class Field(forms.BoundField):
    """A form's field as its template needs it."""

    @property
    def kind(self) -> str:
        """Name the shape of the control: checkbox, choices, date, or a plain input."""
        widget = self.field.widget
        if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return "choices"
        if isinstance(widget, DayMonthYear):
            return "date"
        return "checkbox" if isinstance(widget, forms.CheckboxInput) else "input"

    @property
    def is_marked_optional(self) -> bool:
        """Say "optional" only where it tells fields apart, and unless the form forgoes it."""
        if self.field.required or not getattr(self.form, "marks_optional", True):
            return False
        return any(field.required and not field.widget.is_hidden for field in self.form.fields.values())

    @property
    def is_quiet(self) -> bool:
        """Tell whether the field only says why the one before has no answer: it then takes one quiet line."""
        return bool(getattr(self.field, "is_quiet", False))

    @property
    def anchor(self) -> str:
        """Name the element that the summary of errors leads to."""
        if self.kind in {"choices", "date"}:
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id

    @property
    def options(self) -> list[Option]:
        """List the choices."""
        return [
            Option(
                tag=each.tag(),
                id=each.id_for_label,
                label=each.choice_label,
                is_unsaid=str(each.data["value"]) in UNSAID,
            )
            for each in self.subwidgets
        ]

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if css := _css(widget):
            given = widget.attrs.get("class", "")
            attrs["class"] = f"{css} {given}".strip()
        if self.use_fieldset:
            attrs.pop("aria-describedby", None)
        return attrs


class Renderer(DjangoTemplates):
    """Render forms with the templates of `ui`, which know the words of every template."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
    bound_field_class = Field

    @cached_property
    def engine(self) -> Any:
        return self.backend(
            {
                "APP_DIRS": True,
                "DIRS": [Path(django.forms.__file__).parent / "templates"],
                "NAME": "forms",
                "OPTIONS": {"builtins": ["chezsoi.ui.templatetags.ui"]},
            }
        )


class DayMonthYear(forms.MultiWidget):
    """
    A date as three plain inputs; a part that is not known stays blank.

    Gives the text that `kernel.dates.parse_partial_date` reads: "03/1972", "1972", "".
    """

    template_name = "ui/widgets/day_month_year.html"
    use_fieldset = True
    parts = (("day", _("Day"), 2), ("month", _("Month"), 2), ("year", _("Year"), 4))

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        inputs: dict[str, forms.Widget | type[forms.Widget]] = {
            name: forms.TextInput({"inputmode": "numeric", "maxlength": size, "size": size, "autocomplete": "off"})
            for name, _word, size in self.parts
        }
        super().__init__(inputs, attrs)

    def decompress(self, value: Any) -> list[str]:
        """Give the three parts of a date, a partial date or its ISO text."""
        if isinstance(value, date):
            value = PartialDate.of(value)
        if isinstance(value, str):
            return _split(value)
        if not isinstance(value, PartialDate) or value.year is None:
            return ["", "", ""]
        return [str(part) if part else "" for part in (value.day, value.month, value.year)]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        values = [str(part or "").strip() for part in super().value_from_datadict(data, files, name)]
        return _join(*values)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for subwidget, (_name, word, _size) in zip(context["widget"]["subwidgets"], self.parts, strict=True):
            subwidget["word"] = word
        return context


def _css(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    return "" if widget.is_hidden else "form-control"


def _join(day: str, month: str, year: str) -> str:
    if not (day or month or year):
        return ""
    if not (day or month):
        return year
    return "/".join(part or blank for part, blank in zip((day, month, year), BLANK, strict=True))


def _split(text: str) -> list[str]:
    parts: Sequence[str] = text.split("/")
    if len(parts) == 1 and "-" in text:
        parts = text.removeprefix("~").split("-")[::-1]
    padded = [*[""] * (3 - len(parts)), *parts][-3:]
    return ["" if part == "??" else part for part in padded]
