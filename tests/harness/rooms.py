"""Which tests need no database: `python -m tests.harness.rooms` names them for `make test-fast`, and one job beside."""

from functools import cache
from pathlib import Path

TESTS = Path(__file__).parents[1]
WITHOUT_DATABASE = tuple(
    TESTS / name
    for name in (
        *("kernel", "engines", "law", "config", "architecture", "checks", "harness", "data", "docs", "contracts"),
        *("files/test_torture.py", "files/test_delimited.py", "files/test_workbooks.py", "files/test_columns.py"),
        *("files/test_exports.py", "files/test_sealing.py", "files/test_storage.py", "files/documents/test_kinds.py"),
        *("ui/test_typography.py", "ui/test_dates.py", "ui/test_stylesheets.py", "ui/test_forms.py", "ui/test_pdf.py"),
        *("ui/test_lane.py", "territories/test_datasets.py", "observatory/test_stays.py"),
        *("browser/test_colours.py", "browser/test_reflow.py", "browser/test_states.py", "browser/test_structure.py"),
    )
)
MAIN_JOB = TESTS / "journeys" / "test_housing.py"
"""From an accepted home to a lease, support and a first visit: the acts of every room, on a database."""


@cache
def needs_database(path: Path) -> bool:
    return not any(path.is_relative_to(room) for room in WITHOUT_DATABASE)


if __name__ == "__main__":
    print(*(room.relative_to(TESTS.parent) for room in (*WITHOUT_DATABASE, MAIN_JOB)))
