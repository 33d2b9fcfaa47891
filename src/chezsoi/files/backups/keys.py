"""The two secrets of an installation, kept apart from its backups and sealed under a passphrase."""

from __future__ import annotations

import json
import os
import tempfile
from io import BytesIO
from pathlib import Path

from django.conf import settings

from chezsoi.files import sealing
from chezsoi.files.backups.making import sync_folder

NAMES = ("encryption_key", "secret_key")


def keep(path: Path, passphrase: str) -> None:
    """Write the keys of this installation, sealed, mode 0600, in place of what the file held."""
    said = {name: (Path(settings.DATA_DIR) / name).read_text(encoding="ascii").strip() for name in NAMES}
    kept = BytesIO()
    with sealing.sealed(kept, passphrase) as clear:
        clear.write(json.dumps(said).encode())
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _put(path, kept.getvalue())


def read(path: Path, passphrase: str) -> dict[str, str]:
    """
    Open a file of keys.

    :raises sealing.NotSealed: if it is none.
    :raises sealing.WrongPassphrase: if the passphrase does not open it.
    """
    clear = BytesIO()
    with path.open("rb") as kept:
        sealing.unseal(kept, clear, passphrase)
    said = json.loads(clear.getvalue())
    if set(said) != set(NAMES):
        raise sealing.NotSealed
    return {name: str(said[name]) for name in NAMES}


def install(keys: dict[str, str]) -> None:
    """Put keys in place of those of the data folder; the ones replaced stay beside, under another name."""
    folder = Path(settings.DATA_DIR)
    for name in reversed(NAMES):
        path = folder / name
        before = path.read_text(encoding="ascii").strip() if path.exists() else keys[name]
        if before != keys[name]:
            _put(folder / f"{name}.replaced", before.encode("ascii"))
            _put(path, keys[name].encode("ascii"))


def _put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".key-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
