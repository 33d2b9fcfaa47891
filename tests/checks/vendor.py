"""Recompute the hash of every vendored file: `python -m tests.checks.vendor`."""

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

UI = Path(__file__).resolve().parents[2] / "src/chezsoi/ui"
FOLDERS = ("static/ui/vendor", "fonts")


def faults(ui: Path = UI) -> Iterator[str]:
    """Say what differs from `vendor.json`: a changed, missing or unlisted file, a package without its licence."""
    packages = json.loads((ui / "vendor.json").read_text())["packages"]
    listed = {name: digest for package in packages for name, digest in package["files"].items()}
    present = {str(path.relative_to(ui)) for folder in FOLDERS for path in (ui / folder).rglob("*") if path.is_file()}
    for package in packages:
        if not package["sha512"].startswith("sha512-"):
            yield f"{package['name']}: no hash of the package it came from"
        if not any(Path(name).name == "LICENSE" for name in package["files"]):
            yield f"{package['name']}: no licence beside its files"
    for name in sorted(listed.keys() | present):
        if name not in present:
            yield f"{name}: listed but missing"
        elif name not in listed:
            yield f"{name}: present but not listed"
        elif hashlib.sha256((ui / name).read_bytes()).hexdigest() != listed[name]:
            yield f"{name}: changed since it was vendored"


def main() -> int:
    """Print the faults; exit with 1 if there is any."""
    found = list(faults())
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
