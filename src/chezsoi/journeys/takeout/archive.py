"""The file of a takeout, before it is sealed: a zip of JSON lines, one member a table, believed once it was checked."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from chezsoi.files.backups.manifest import program_version

FORMAT = 1
MANIFEST = "manifest.json"
LARGEST, LONGEST_LINE, HIGHEST_RATIO = 2 << 30, 8 << 20, 200


class NotATakeout(Exception):
    """The file is not a takeout, or is one that no honest program writes; the message says in what."""


class Writer:
    """Writes the tables one after the other, then the manifest."""

    def __init__(self, target: Any, *, organisation: str) -> None:
        self._archive = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)
        self._said: dict[str, Any] = {"format": FORMAT, "version": program_version(), "organisation": organisation}
        self._said["tables"] = {}

    def table(self, label: str, rows: Iterable[dict[str, Any]]) -> int:
        """Write a table and give the number of its rows."""
        count, digest = 0, hashlib.sha256()
        with self._archive.open(_member(label), "w", force_zip64=True) as member:
            for count, row in enumerate(rows, start=1):  # noqa: B007  the last count is what is wanted
                line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
                digest.update(line)
                member.write(line)
        self._said["tables"][label] = {"rows": count, "sha256": digest.hexdigest()}
        return count

    def close(self) -> dict[str, Any]:
        """Write the manifest and give it."""
        self._archive.writestr(_info(MANIFEST), json.dumps(self._said, indent=1))
        self._archive.close()
        return self._said


class Reader:
    """
    Reads what a writer wrote, and refuses anything else: names, sizes and ratios are looked at before any content.

    :raises NotATakeout: if it is something else.
    """

    def __init__(self, source: BinaryIO, *, labels: Iterable[str]) -> None:
        try:
            self._archive = zipfile.ZipFile(source)
            _refuse_strange(self._archive, {MANIFEST, *(_member(label).filename for label in labels)})
            self.manifest = json.loads(self._archive.read(MANIFEST))
            self.tables: dict[str, Any] = self.manifest["tables"]
            self.organisation = str(self.manifest["organisation"])
        except (zipfile.BadZipFile, zlib.error, KeyError, TypeError, ValueError, EOFError, RuntimeError) as other:
            raise NotATakeout("its contents") from other
        if self.manifest.get("format") != FORMAT or set(self.tables) != set(labels):
            raise NotATakeout(f"the version of the program, {self.manifest.get('version')}")

    def rows(self, label: str) -> Iterator[dict[str, Any]]:
        """Give the rows of a table; its last is given only if the table is as it was written."""
        digest = hashlib.sha256()
        try:
            with self._archive.open(_member(label).filename) as member:
                while line := member.readline(LONGEST_LINE):
                    digest.update(line)
                    row = json.loads(line)
                    if not isinstance(row, dict) or not line.endswith(b"\n"):
                        raise NotATakeout(label)
                    yield row
        except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, RecursionError) as broken:
            raise NotATakeout(label) from broken
        if digest.hexdigest() != self.tables[label]["sha256"]:
            raise NotATakeout(label)


def _refuse_strange(archive: zipfile.ZipFile, expected: set[str]) -> None:
    members = archive.infolist()
    names = [each.filename for each in members]
    if set(names) != expected or len(names) != len(expected):
        raise NotATakeout("the names of its parts")
    if sum(each.file_size for each in members) > LARGEST:
        raise NotATakeout("its size")
    if any(each.file_size > HIGHEST_RATIO * max(each.compress_size, 1 << 10) for each in members):
        raise NotATakeout("its size")


def _member(label: str) -> zipfile.ZipInfo:
    return _info(f"tables/{label}.jsonl")


def _info(name: str) -> zipfile.ZipInfo:
    """Describe a member without the hour it was written: the same rows make the same bytes."""
    described = zipfile.ZipInfo(name)
    described.compress_type = zipfile.ZIP_DEFLATED
    return described
