"""
Write into a set's datapackage.json what its data file now is: fingerprint, size, number of rows.

Usage: python data/build/seal.py data/territories [data/actions …]
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import lzma
import sys
from pathlib import Path

OPENERS = {".csv": open, ".gz": gzip.open, ".xz": lzma.open}


def seal(folder: Path) -> None:
    """Bring the description of a set up to date with its file; the rest of the description is left as it is."""
    description = folder / "datapackage.json"
    content = json.loads(description.read_text(encoding="utf-8"))
    path = folder / content["path"]
    payload = path.read_bytes()
    content["sha256"] = hashlib.sha256(payload).hexdigest()
    content["bytes"] = len(payload)
    if path.suffix in OPENERS:
        content["rows"] = _count(path)
    description.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _count(path: Path) -> int:
    with OPENERS[path.suffix](path, "rt", encoding="utf-8", newline="") as lines:
        return sum(1 for _ in csv.DictReader(lines))


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        seal(Path(argument))
