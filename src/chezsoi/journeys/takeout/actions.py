"""Take an organisation's records out, and bring them into an installation where nobody works yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction

from chezsoi import trail
from chezsoi.files.backups.restoring import is_empty
from chezsoi.files.models import Source
from chezsoi.journeys.takeout.archive import NotATakeout, Reader, Writer
from chezsoi.journeys.takeout.belongings import TABLES, Owner, Table, Taken, tables
from chezsoi.journeys.takeout.codes import NATURAL, Codes, Numbers, Unacceptable, natural_codes, read, written
from chezsoi.kernel.actor import Actor
from chezsoi.people.actions.identity import Filing
from chezsoi.people.actions.pen import Pen
from chezsoi.territories.access import Can, NotAllowed, authorize
from chezsoi.territories.models import Organisation

BATCH = 500


class InstallationInUse(Exception):
    """A takeout is brought into an installation where there is no account and no organisation yet."""


class RowRefused(Exception):
    """A row cannot be brought in; the message names its table, its line and its column."""


def export_organisation(*, actor: Actor, organisation: Organisation, target: Any, on: date) -> dict[str, Any]:
    """Write all that belongs to an organisation on a day, and give the manifest."""
    authorize(actor, Can.EXPORT_ORGANISATION)
    if actor.organisation_id != organisation.pk:
        raise NotAllowed("an organisation's records are taken out in its own name")
    with transaction.atomic():
        taken = _belongings(Owner(organisation=organisation, on=on))
        codes = _codes(taken)
        writer = Writer(target, organisation=organisation.key)
        for table in tables():
            writer.table(table.label, _lines(table, taken[table.label], codes))
        said = writer.close()
        count = sum(each["rows"] for each in said["tables"].values())
        trail.record(actor, "takeout.exported", organisation, detail={"rows": count})
    return said


def import_organisation(*, actor: Actor, source: BinaryIO, on: date) -> dict[str, int]:
    """
    Bring a takeout in, whole or not at all, and give the number of rows of each table.

    :raises InstallationInUse: if somebody works here already.
    :raises NotATakeout: if the file is something else.
    :raises RowRefused: if one row cannot be brought in.
    """
    authorize(actor, Can.EXPORT_ORGANISATION)
    if not is_empty():
        raise InstallationInUse
    reader = Reader(source, labels=[table.label for table in TABLES])
    with transaction.atomic():
        numbers = Numbers()
        loaded = {table.label: _load(table, reader, numbers) for table in tables()}
        Filing(pen=Pen(actor=actor), on=on).under_keys(numbers.every("people.Person"))
        organisation = Organisation.objects.get(pk=numbers.find("territories.Organisation", reader.organisation))
        trail.record(actor, "takeout.imported", organisation, detail={"rows": sum(loaded.values())})
    return loaded


def _belongings(owner: Owner) -> Taken:
    """Choose the rows: those of each rule, without those that hang on a row left here; then the names they cite."""
    taken: Taken = {}
    for table in TABLES:
        if table.rule is not None:
            taken[table.label] = set(table.rows(owner, taken).values_list("pk", flat=True))
    for table in tables():
        for column in table.columns:
            label = column.related_model._meta.label if column.is_relation else ""
            if column.many_to_one and not column.null and label in taken:
                rows = table.model._default_manager.filter(pk__in=taken[table.label])
                taken[table.label] = set(
                    rows.filter(**{f"{column.name}__in": taken[label]}).values_list("pk", flat=True)
                )
    own = Source.objects.filter(organisation=owner.organisation)
    taken["files.Source"] = set(own.values_list("pk", flat=True)) | _cited("files.Source", taken)
    taken["territories.Organisation"] = {owner.organisation.pk}
    taken["territories.Organisation"] |= _cited("territories.Organisation", taken)
    return taken


def _cited(label: str, taken: Taken) -> set[int]:
    found: set[int] = set()
    for table in TABLES:
        for column in table.columns:
            if column.many_to_one and column.related_model._meta.label == label and table.label in taken:
                rows = table.model._default_manager.filter(pk__in=taken[table.label]).exclude(**{column.name: None})
                found |= set(rows.values_list(column.attname, flat=True))
    return found


def _codes(taken: Taken) -> Codes:
    codes = Codes()
    natural_codes(codes, taken)
    for label, rows in taken.items():
        if label not in NATURAL:
            for rank, number in enumerate(sorted(rows), start=1):
                codes.learn(label, number, rank)
    return codes


def _lines(table: Table, rows: set[int], codes: Codes) -> Iterator[dict[str, Any]]:
    found = table.model._default_manager.filter(pk__in=rows)
    found = found.order_by(*table.natural) if table.label in NATURAL else found.order_by("pk")
    for row in found.iterator(chunk_size=BATCH):
        yield written(table, row, codes)


def _load(table: Table, reader: Reader, numbers: Numbers) -> int:
    """Write the rows of a table by batches, in their order, so that their ranks stay what they are."""
    count = 0
    waiting: list[tuple[Any, Any, dict[str, Any]]] = []
    for rank, said in enumerate(reader.rows(table.label), start=1):
        try:
            row, later = read(table, said, numbers, rank)
        except Unacceptable as column:
            raise RowRefused(f"{table.label}, line {rank}: {column}") from column
        if not isinstance(said["code"], str | int):
            raise RowRefused(f"{table.label}, line {rank}: code")
        if len(waiting) == BATCH or _names(later, waiting):
            _write(table, waiting, numbers)
            waiting = []
        waiting.append((said["code"], row, _named_now(table, row, later, numbers)))
        count = rank
    _write(table, waiting, numbers)
    return count


def _names(later: dict[str, Any], waiting: list[tuple[Any, Any, dict[str, Any]]]) -> bool:
    """Tell whether a row names, in its own table, one that is not written yet."""
    coming = {code for code, _row, _later in waiting} if later else set()
    return any(value in coming for value in later.values() if isinstance(value, str | int))


def _named_now(table: Table, row: Any, later: dict[str, Any], numbers: Numbers) -> dict[str, Any]:
    """Name the rows of its own table, which come before it; give what waits until the row itself is written."""
    for name, value in list(later.items()):
        if table.model._meta.get_field(name).many_to_many:
            continue
        found = numbers.find(table.label, value) if isinstance(value, str | int) else None
        if found is None and value is not None:
            raise RowRefused(f"{table.label}: {name}")
        setattr(row, f"{name}_id", found)
        del later[name]
    return later


def _write(table: Table, waiting: Iterable[tuple[Any, Any, dict[str, Any]]], numbers: Numbers) -> None:
    rows = [row for _code, row, _later in waiting]
    if table.label == "territories.User":
        for row in rows:
            row.set_unusable_password()
    try:
        with transaction.atomic():
            stamped = [each.name for each in table.columns if getattr(each, "auto_now_add", False)]
            instants = [{name: getattr(row, name) for name in stamped} for row in rows]
            table.model._default_manager.bulk_create(rows)
            _stamp(table, rows, stamped, instants)
    except IntegrityError as twice:
        raise RowRefused(f"{table.label}: {str(twice).splitlines()[0]}") from twice
    for code, row, _later in waiting:
        numbers.learn(table.label, code, row.pk)
    for _code, row, later in waiting:
        for name, others in later.items():
            getattr(row, name).set(others)


def _stamp(table: Table, rows: list[Any], names: list[str], instants: list[dict[str, Any]]) -> None:
    """Put back the instants that creating a row sets to now."""
    for row, said in zip(rows, instants, strict=True):
        for name, instant in said.items():
            setattr(row, name, instant)
    if names and rows:
        table.model._default_manager.bulk_update(rows, names, batch_size=BATCH)


__all__ = ["InstallationInUse", "NotATakeout", "RowRefused", "export_organisation", "import_organisation"]
