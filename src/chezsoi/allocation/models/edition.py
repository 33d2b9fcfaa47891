"""Which program drew: its version, and the digest of the engine whose code decides."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from chezsoi.engines import matching

DIGITS = 12


@cache
def edition() -> str:
    """Name the program that runs, so that a draw made again says whether the same code made it."""
    folder = Path(matching.__file__).parent
    code = sha256()
    for path in sorted(folder.rglob("*.py")):
        code.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{version('chezsoi')}+{code.hexdigest()[:DIGITS]}"
