"""
Remember what an import does to rows, and put them back exactly.

It knows rows and references, and nothing of what they mean.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from types import SimpleNamespace, TracebackType
from typing import Any, Self

from django.apps import apps
from django.db import models, transaction

from chezsoi.fields import blind_index
from chezsoi.files.choices import ChangeKind
from chezsoi.files.models import BatchChange, ImportBatch
from chezsoi.files.references import references_to

_FLUSH_AT = 500
_WHOLE = "*"
_PLAIN = (str, int, float, list, dict, type(None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """Rows that keep an import from being undone: `referred` to those it created, or `changed` since."""

    model_label: str
    reason: str
    count: int


class ImportHasConsequences(Exception):
    """What the import wrote has been used or changed since: undoing it would destroy that."""

    def __init__(self, consequences: tuple[Consequence, ...]) -> None:
        self.consequences = consequences
        super().__init__(", ".join(f"{each.count} {each.model_label} {each.reason}" for each in consequences))


def snapshot(obj: models.Model) -> dict[str, Any]:
    """Take a row's values as they stand in the database, to pass to `Recorder.updated` once it is changed."""
    row = type(obj)._base_manager.get(pk=obj.pk)
    return {each.attname: getattr(row, each.attname) for each in _fields(type(obj))}


class Recorder:
    """
    Note each row an import writes, inside the transaction that writes it.

    Use it as a context manager, or call `flush` before the transaction ends: rows are read back from the database, so
    what is compared later is what was stored. Rows joined by a plain many-to-many are undone with the row that has it.
    """

    def __init__(self, batch: ImportBatch) -> None:
        self._batch = batch
        last = BatchChange.objects.filter(batch=batch).aggregate(last=models.Max("sequence"))["last"]
        self._next = 0 if last is None else last + 1
        self._pending: list[tuple[ChangeKind, models.Model, Mapping[str, Any]]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        if kind is None:
            self.flush()

    def created(self, obj: models.Model) -> None:
        """Note a row that did not exist."""
        self._note(ChangeKind.CREATED, obj, {})

    def updated(self, obj: models.Model, before: Mapping[str, Any]) -> None:
        """Note a row that was changed; `before` holds the previous values of at least the fields that changed."""
        self._note(ChangeKind.UPDATED, obj, before)

    def flush(self) -> None:
        """Write down what was noted."""
        pending, self._pending = self._pending, []
        rows = _current({(obj._meta.label, str(obj.pk)) for _, obj, _ in pending})
        changes: list[BatchChange] = []
        for kind, obj, before in pending:
            row = rows.get((obj._meta.label, str(obj.pk)))
            change = self._change(kind, row, _differences(before, row)) if row else None
            if change:
                changes.append(change)
                self._next += 1
        BatchChange.objects.bulk_create(changes)

    def _note(self, kind: ChangeKind, obj: models.Model, before: Mapping[str, Any]) -> None:
        self._pending.append((kind, obj, before))
        if len(self._pending) >= _FLUSH_AT:
            self.flush()

    def _change(self, kind: ChangeKind, row: models.Model, before: Any) -> BatchChange | None:
        if kind is ChangeKind.UPDATED and not before:
            return None
        return BatchChange(
            batch=self._batch,
            sequence=self._next,
            kind=kind,
            model_label=row._meta.label,
            object_id=str(row.pk),
            before=before,
            digests={_WHOLE: _digest(row)} | {name: _digest(row, name) for name in before},
        )


def undo(batch: ImportBatch) -> Counter[str]:
    """
    Delete the rows an import created and give back their values to those it updated, all or nothing.

    Rows that somebody deleted since stay deleted.

    :raises ImportHasConsequences: if a row it did not create refers to one it created, or if one it wrote was changed.
    :returns: how many rows of each model were put back or removed.
    """
    with transaction.atomic():
        history = _history(batch)
        consequences = _changed_since(history) + _referred_to(history)
        if consequences:
            raise ImportHasConsequences(tuple(consequences))
        _delete_created(history)
        for change in BatchChange.objects.filter(batch=batch, kind=ChangeKind.UPDATED).order_by("-sequence").iterator():
            _restore(change)
        BatchChange.objects.filter(batch=batch).delete()
    return Counter(label for label, _ in history)


@dataclass(slots=True)
class _Written:
    """What an import last wrote in one row."""

    is_created: bool = False
    whole: str = ""
    digests: dict[str, str] = field(default_factory=dict)


_Key = tuple[str, str]


def _history(batch: ImportBatch) -> dict[_Key, _Written]:
    history: dict[_Key, _Written] = defaultdict(_Written)
    rows = BatchChange.objects.filter(batch=batch).order_by("sequence")
    for kind, label, pk, digests in rows.values_list("kind", "model_label", "object_id", "digests").iterator():
        written = history[label, pk]
        written.is_created = written.is_created or kind == ChangeKind.CREATED
        written.whole = digests[_WHOLE]
        written.digests |= digests
    return history


def _changed_since(history: Mapping[_Key, _Written]) -> list[Consequence]:
    changed: Counter[str] = Counter()
    keys = iter(history)
    while chunk := set(islice(keys, _FLUSH_AT)):
        for key, row in _current(chunk, lock=True).items():
            changed[key[0]] += _is_changed(row, history[key])
    return [Consequence(model_label=label, reason="changed", count=n) for label, n in sorted(changed.items()) if n]


def _is_changed(row: models.Model, written: _Written) -> bool:
    if written.is_created:
        return _digest(row) != written.whole
    return any(_digest(row, name) != digest for name, digest in written.digests.items() if name != _WHOLE)


def _created(history: Mapping[_Key, _Written]) -> dict[type[models.Model], set[Any]]:
    created: dict[type[models.Model], set[Any]] = defaultdict(set)
    for (label, pk), written in history.items():
        if written.is_created:
            model = apps.get_model(label)
            created[model].add(model._meta.pk.to_python(pk))
    return created


def _referred_to(history: Mapping[_Key, _Written]) -> list[Consequence]:
    created = _created(history)
    counts: dict[str, set[Any]] = defaultdict(set)
    for model, keys in created.items():
        for reference in references_to(model):
            for chunk in _chunks(keys):
                counts[reference.model._meta.label] |= reference.foreign_rows(chunk, created)
    return [Consequence(model_label=label, reason="referred", count=len(n)) for label, n in sorted(counts.items()) if n]


def _restore(change: BatchChange) -> None:
    model = apps.get_model(change.model_label)
    values = {name: model._meta.get_field(name).to_python(value) for name, value in change.before.items()}
    model._base_manager.filter(pk=change.object_id).update(**values)


def _delete_created(history: Mapping[_Key, _Written]) -> None:
    """Delete without cascade: references were checked, and the database checks them again when the transaction ends."""
    for model, keys in _created(history).items():
        for chunk in _chunks(keys):
            for reference in references_to(model):
                if reference.is_own_link:
                    _erase(reference.rows(chunk))
            _erase(model._base_manager.filter(pk__in=chunk))


def _erase(rows: models.QuerySet[Any]) -> None:
    rows._raw_delete(rows.db)


def _current(keys: Iterable[_Key], *, lock: bool = False) -> dict[_Key, models.Model]:
    """Read rows as they stand, by model and key."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for label, pk in keys:
        wanted[label].append(pk)
    found: dict[_Key, models.Model] = {}
    for label, pks in wanted.items():
        rows = apps.get_model(label)._base_manager.order_by("pk")
        rows = rows.select_for_update() if lock else rows
        found |= {(label, str(row.pk)): row for row in rows.filter(pk__in=pks)}
    return found


def _differences(before: Mapping[str, Any], row: models.Model) -> dict[str, Any]:
    """Keep the previous values that are no longer those of the row, ready for JSON."""
    found = {}
    for name, value in before.items():
        each: Any = row._meta.get_field(name)
        previous = _as_json(each, each.to_python(value.pk if isinstance(value, models.Model) else value))
        if previous != _as_json(each, getattr(row, each.attname)):
            found[each.attname] = previous
    return found


def _digest(row: models.Model, name: str = "") -> str:
    """Digest one value of a row, or all, with the installation's key: it can be compared and not read."""
    fields: list[Any] = [row._meta.get_field(name)] if name else _fields(type(row))
    values = {each.attname: _as_json(each, getattr(row, each.attname)) for each in fields}
    return blind_index(json.dumps(values, sort_keys=True), purpose="import")[:32]


def _as_json(each: Any, value: Any) -> Any:
    return value if isinstance(value, _PLAIN) else each.value_to_string(SimpleNamespace(**{each.attname: value}))


def _fields(model: type[models.Model]) -> list[Any]:
    return list(model._meta.concrete_fields)


def _chunks(keys: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(keys)
    while chunk := list(islice(rest, _FLUSH_AT)):
        yield chunk
