"""A date of which a part may be unknown, stored as ISO text so that it sorts."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from chezsoi.kernel.dates import PartialDate


class PartialDateField(models.CharField):  # type: ignore[type-arg]
    """A `PartialDate`; empty text when nothing is known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 11)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", PartialDate())
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Leave the default out of migrations: it is always "nothing is known"."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("default", None)
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, expression: object, connection: object) -> PartialDate | None:
        return None if value is None else PartialDate.parse_iso(value)

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, PartialDate):
            return value
        try:
            return PartialDate.parse_iso(str(value))
        except ValueError as unreadable:
            raise ValidationError(str(unreadable)) from unreadable

    def get_prep_value(self, value: Any) -> Any:
        return value if value is None else str(self.to_python(value))

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))
