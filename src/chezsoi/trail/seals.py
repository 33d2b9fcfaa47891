"""
Seal the trail in chained batches, and find what was touched since.

A batch's digest covers the digest of each of its rows, in order, and the digest of the batch before. The anchor of the
last seal is exported outside the database (paper, mail, another machine); against it, an edited, deleted or
reordered row is found even when the seals themselves were rewritten.

Entries whose time is over are erased batch by batch, the oldest first (`forgetting`): the seal keeps the digests of the
rows, so the chain still holds, and the day they were erased, which may not come before their time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from django.db import connection, transaction
from django.utils import timezone

from chezsoi.law.retention import TRAIL
from chezsoi.trail.models import Entry, Seal

GENESIS = "0" * 64
BATCH_SIZE = 1000
COVERED = [
    "id",
    "at",
    "actor_id",
    "actor_label",
    "role",
    "organisation_id",
    "territory_id",
    "purpose",
    "verb",
    "object_type",
    "object_id",
    "detail",
    "reason",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What is written down outside the database: the last seal's number and digest."""

    number: int
    digest: str
    sealed_at: str

    def to_json(self) -> str:
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Anchor:
        """Read an anchor file; raises ValueError when it is not one."""
        try:
            return cls(**json.loads(text))
        except TypeError as wrong:
            raise ValueError("this file is not an anchor of the trail") from wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One place where the trail no longer says what was sealed."""

    batch: int
    entry: int | None
    fact: str


def seal() -> Anchor | None:
    """Seal every entry not sealed yet, in batches; None when the trail is empty."""
    with transaction.atomic():
        _lock()
        last = Seal.objects.order_by("-number").first()
        waiting = Entry.objects.filter(batch=None).order_by("id")
        while entries := list(waiting[:BATCH_SIZE]):
            last = _seal_batch(entries, last)
    return None if last is None else _anchor(last)


def verify(anchor: Anchor | None = None) -> tuple[Breach, ...]:
    """Find every edited, deleted, added or reordered row among the sealed ones; empty when the trail is whole."""
    return tuple(_breaches(anchor))


def digest_of(entry: Entry) -> str:
    """Digest every covered column of one entry."""
    values = [_plain(getattr(entry, name)) for name in COVERED]
    return hashlib.sha256(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _breaches(anchor: Anchor | None) -> Iterator[Breach]:
    previous = GENESIS
    number = 0
    anchored = ""
    is_oldest = True
    for number, seal_ in enumerate(Seal.objects.order_by("number").iterator(), start=1):
        if seal_.number != number:
            yield Breach(batch=number, entry=None, fact="missing_seal")
            return
        rows = json.loads(seal_.row_digests)
        if _chain(previous, rows) != seal_.digest or len(rows) != seal_.count:
            yield Breach(batch=number, entry=None, fact="seal_rewritten")
        yield from _erasure_breaches(seal_, is_oldest) if seal_.forgotten_on else _row_breaches(number, rows)
        is_oldest = is_oldest and seal_.forgotten_on is not None
        previous = seal_.digest
        if anchor is not None and anchor.number == number:
            anchored = seal_.digest
    if Entry.objects.filter(batch__gt=number).exists():
        yield Breach(batch=number + 1, entry=None, fact="missing_seal")
    if anchor is not None and anchored != anchor.digest:
        fact = "anchor_ahead" if anchor.number > number else "anchor_differs"
        yield Breach(batch=anchor.number, entry=None, fact=fact)


def _erasure_breaches(seal_: Seal, is_oldest: bool) -> Iterator[Breach]:
    """Find entries erased before the time of the latest of them was over, or while older ones were kept."""
    last, erased_on = seal_.last_entry_at or seal_.sealed_at, seal_.forgotten_on
    is_too_soon = erased_on is None or timezone.localdate(last) > TRAIL.last_day_kept(on=erased_on)
    if is_too_soon or not is_oldest or Entry.objects.filter(batch=seal_.number).exists():
        yield Breach(batch=seal_.number, entry=None, fact="erased_too_soon")


def _row_breaches(number: int, rows: list[list[object]]) -> Iterator[Breach]:
    entries = {entry.id: digest_of(entry) for entry in Entry.objects.filter(batch=number).order_by("id")}
    for entry_id, digest in rows:
        found = entries.pop(int(str(entry_id)), None)
        if found is None:
            yield Breach(batch=number, entry=int(str(entry_id)), fact="deleted_or_moved")
        elif found != digest:
            yield Breach(batch=number, entry=int(str(entry_id)), fact="edited")
    for entry_id in entries:
        yield Breach(batch=number, entry=entry_id, fact="added_or_moved")


def _seal_batch(entries: list[Entry], last: Seal | None) -> Seal:
    rows = [[entry.id, digest_of(entry)] for entry in entries]
    number = 1 if last is None else last.number + 1
    sealed = Seal.objects.create(
        number=number,
        sealed_at=timezone.now(),
        count=len(rows),
        digest=_chain(GENESIS if last is None else last.digest, rows),
        row_digests=json.dumps(rows, separators=(",", ":")),
        last_entry_at=max(entry.at for entry in entries),
    )
    Entry.objects.filter(pk__in=[entry.pk for entry in entries]).update(batch=number)
    return sealed


def _chain(previous: str, rows: list[list[object]]) -> str:
    return hashlib.sha256((previous + json.dumps(rows, separators=(",", ":"))).encode()).hexdigest()


def _anchor(sealed: Seal) -> Anchor:
    return Anchor(number=sealed.number, digest=sealed.digest, sealed_at=_plain(sealed.sealed_at) or "")


def _plain(value: object) -> str | None:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return None if value is None else str(value)


def _lock() -> None:
    """Let one sealer in at a time; SQLite's IMMEDIATE transaction already does."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE trail_seal IN EXCLUSIVE MODE")
