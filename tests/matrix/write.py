"""
Propose the table of the matrix: `python -m tests.matrix.write`, then read the difference before you keep it.

Cells already in the table are left as they were reviewed; `--anew` proposes them all again.
"""

import os
import sys

import django

import tests.harness.data_dir  # noqa: F401  settings make their keys in the data directory: not the developer's


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chezsoi.config.settings")
    django.setup()
    from tests.matrix import proposal, table
    from tests.matrix.world import ACTORS

    kept = {} if "--anew" in arguments or not table.PATH.exists() else table.read()
    rows = {}
    for key in proposal.rows():
        known = kept.get(key, {})
        rows[key] = {actor: known.get(actor) or proposal.outcome(actor, key) for actor in ACTORS}
    table.write(rows)
    print(f"{len(rows)} rows, {len(rows) * len(ACTORS)} cells: read what changed, then keep it.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
