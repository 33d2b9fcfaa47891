"""
Check that every locked distribution has a wheel for each machine the README names: `make lock` runs it.

It asks the registry, so it is no part of `make test`; nothing is installed.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLATFORMS = ("x86_64-manylinux_2_28", "aarch64-manylinux_2_28", "aarch64-apple-darwin")
PYTHONS = ("3.11", "3.12", "3.13")
LOCKS = ("run", "test")


def main() -> int:
    found = [fault for platform in PLATFORMS for python in PYTHONS for fault in check(platform, python)]
    print("\n".join(found) or f"Wheels for {', '.join(PLATFORMS)}, Python {', '.join(PYTHONS)}.")
    return 1 if found else 0


def check(platform: str, python: str) -> list[str]:
    """Name what a platform cannot install without building it."""
    faults = []
    for lock in LOCKS:
        asked = [
            *(str(ROOT / ".venv/bin/uv"), "pip", "install", "--dry-run", "--quiet", "--no-deps"),
            *("--only-binary", ":all:"),
            *("--target", str(ROOT / ".venv/elsewhere"), "--python-platform", platform, "--python-version", python),
            *("--require-hashes", "--requirement", str(ROOT / f"requirements/{lock}.lock")),
        ]
        answer = subprocess.run(asked, capture_output=True, text=True, check=False)
        if answer.returncode:
            faults.append(f"{lock}.lock on {platform}, Python {python}: {answer.stderr.strip().splitlines()[-1]}")
    return faults


if __name__ == "__main__":
    sys.exit(main())
