"""The reference data shipped in `data/`: one folder a set, a CSV file and the description that vouches for it."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import lzma
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

DESCRIPTION = "datapackage.json"


class UnknownDataset(LookupError):
    """The data folder holds no set of that name."""


class DatasetAltered(ValueError):
    """A set's file is not the one its description vouches for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """What a set says of itself; `date` is that of the data, at the precision known."""

    name: str
    title: str
    source: str
    producer: str
    licence: str
    date: str
    columns: tuple[str, ...]
    rows: int
    path: Path
    sha256: str


_OPENERS: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.decompress, ".xz": lzma.decompress}


def read(name: str, *, directory: Path) -> tuple[dict[str, str], ...]:
    """
    Read the rows of a set, cells as text, empty when blank; .gz and .xz files are opened on the way.

    Raises
    ------
    UnknownDataset
        If the folder holds no such set.
    """
    path = describe(name, directory=directory).path
    payload = path.read_bytes()
    if opener := _OPENERS.get(path.suffix):
        payload = opener(payload)
    return tuple(csv.DictReader(io.StringIO(payload.decode("utf-8"), newline="")))


def describe(name: str, *, directory: Path) -> Dataset:
    """
    Read what a set says of itself: source, licence, date, columns.

    Raises
    ------
    UnknownDataset
        If the folder holds no such set.
    """
    if name not in names(directory):
        raise UnknownDataset(name)
    content = json.loads((directory / name / DESCRIPTION).read_text(encoding="utf-8"))
    return Dataset(
        name=content["name"],
        title=content["title"],
        source=content["source"],
        producer=content["producer"],
        licence=content["licence"],
        date=content["date"],
        columns=tuple(column["name"] for column in content["columns"]),
        rows=content["rows"],
        path=directory / name / content["path"],
        sha256=content["sha256"],
    )


def names(directory: Path) -> tuple[str, ...]:
    """List the sets of a data folder, sorted."""
    return tuple(sorted(path.parent.name for path in directory.glob(f"*/{DESCRIPTION}")))


def verify(directory: Path) -> None:
    """
    Check every set of a data folder against the fingerprint in its description.

    Raises
    ------
    DatasetAltered
        If a file is missing or differs; the message names every such set.
    """
    altered = [name for name in names(directory) if not _is_intact(describe(name, directory=directory))]
    if altered:
        raise DatasetAltered(f"not the files described: {', '.join(altered)}")


def _is_intact(dataset: Dataset) -> bool:
    return dataset.path.is_file() and hashlib.sha256(dataset.path.read_bytes()).hexdigest() == dataset.sha256
