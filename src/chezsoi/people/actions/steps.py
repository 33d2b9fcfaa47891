"""The rows that one act writes, and how to put them back exactly. It knows rows, and nothing of what they mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from chezsoi.files.references import references_to
from chezsoi.people.choices import Closing

ALSO_MOVES = frozenset({"version", "last_contact_on"})
"""What any later act moves on, and no undoing puts back."""
STAYS_OPEN = "people.CircleMembership"
"""Every act moves the end of a circle: an undoing does not ask where it stands."""
HISTORY = frozenset({"people.LifeChange", "people.LifeChange_persons"})

Values = dict[str, str | None]


class ChangedSince(Exception):
    """Something written since rests on it: undoing it would destroy that."""


class Steps:
    """Note each row an act writes, for `Pen`, and give them for safe keeping."""

    def __init__(self) -> None:
        self._created: dict[tuple[str, str], models.Model] = {}
        self._before: dict[tuple[str, str], Values] = defaultdict(dict)

    def created(self, obj: models.Model) -> None:
        """Note a row that did not exist."""
        self._created[_key(obj)] = obj

    def updated(self, obj: models.Model, before: Mapping[str, Any]) -> None:
        """Note a row that was changed, with its former values; the first former value of a field is the one kept."""
        if _key(obj) in self._created:
            return
        for name, value in before.items():
            field: Any = obj._meta.get_field(name)
            if field.name not in ALSO_MOVES:
                self._before[_key(obj)].setdefault(field.attname, _text(value))

    def as_json(self) -> Any:
        """Give what was written, with the values that stand now in the database."""
        made = [{"made": True, **_row(key)} for key in self._created]
        changed = [{"made": False, "before": before, **_row(key)} for key, before in self._before.items()]
        return [*made, *changed]

    @staticmethod
    def take_back(steps: Iterable[Mapping[str, Any]], *, on: date) -> None:
        """
        Put rows back, all or nothing: memberships never began, files opened are closed, changed values return.

        :raises ChangedSince: if one was changed or is referred to since, or another act has taken its place.
        """
        made = [step for step in steps if step["made"]]
        changed = [step for step in steps if not step["made"]]
        rows = {(step["label"], step["pk"]): _held(step) for step in (*made, *changed)}
        for step in made:
            _check_unused(step, (*made, *changed))
        try:
            with transaction.atomic():
                for step in made:
                    _annul(rows[step["label"], step["pk"]], on)
                for step in changed:
                    _give_back(rows[step["label"], step["pk"]], step["before"])
        except IntegrityError as taken:
            raise ChangedSince("place taken") from taken


def _key(obj: models.Model) -> tuple[str, str]:
    return obj._meta.label, str(obj.pk)


def _text(value: Any) -> str | None:
    if isinstance(value, models.Model):
        value = value.pk
    return None if value is None else str(value)


def _row(key: tuple[str, str]) -> dict[str, Any]:
    label, pk = key
    row = apps.get_model(label)._base_manager.get(pk=pk)
    values = {each.attname: _text(getattr(row, each.attname)) for each in row._meta.concrete_fields}
    return {"label": label, "pk": pk, "after": {name: value for name, value in values.items() if _is_kept(label, name)}}


def _is_kept(label: str, name: str) -> bool:
    return name not in ALSO_MOVES and not (label == STAYS_OPEN and name == "ends_on")


def _held(step: Mapping[str, Any]) -> models.Model:
    """Find a row as the act left it; of a row that was there before, only what the act changed is compared."""
    model = apps.get_model(step["label"])
    row: models.Model | None = model._base_manager.select_for_update().filter(pk=step["pk"]).first()
    compared = step["after"] if step["made"] else step["before"]
    if row is None or any(_now(row, name) != step["after"].get(name) for name in compared if name in step["after"]):
        raise ChangedSince(step["label"])
    return row


def _now(row: models.Model, name: str) -> str | None:
    return _text(getattr(row, name))


def _check_unused(step: Mapping[str, Any], written: Iterable[Mapping[str, Any]]) -> None:
    """Refuse when rows that the act itself did not write refer to one it made."""
    model = apps.get_model(step["label"])
    own: dict[type[models.Model], set[Any]] = defaultdict(set)
    for each in written:
        other = apps.get_model(each["label"])
        own[other].add(other._meta.pk.to_python(each["pk"]))
    for reference in references_to(model):
        if reference.model._meta.label in HISTORY:
            continue
        if _in_force(reference.model, reference.foreign_rows([step["pk"]], own)):
            raise ChangedSince(reference.model._meta.label)


def _in_force(model: type[models.Model], keys: set[Any]) -> bool:
    """Leave out the memberships that were taken back: they began on no day."""
    rows = model._base_manager.filter(pk__in=keys)
    if {"starts_on", "ends_on"} <= {field.name for field in model._meta.concrete_fields}:
        rows = rows.exclude(ends_on=models.F("starts_on"))
    return rows.exists()


def _annul(row: models.Model, on: date) -> None:
    names = {field.name for field in row._meta.concrete_fields}
    if {"starts_on", "ends_on"} <= names:
        _write(row, ends_on=row.starts_on)  # type: ignore[attr-defined]
    elif "closed_because" in names:
        _write(row, closed_on=on, closed_because=Closing.MISTAKE)
    else:
        row.delete()


def _give_back(row: models.Model, before: Values) -> None:
    fields: dict[str, Any] = {each.attname: each for each in row._meta.concrete_fields}
    _write(row, **{name: fields[name].to_python(value) for name, value in before.items()})


def _write(row: models.Model, **values: Any) -> None:
    if hasattr(row, "version"):
        values["version"] = models.F("version") + 1
    type(row)._base_manager.filter(pk=row.pk).update(**values)
