import pytest

from tests.files.conftest import warm, warm_child  # noqa: F401  the same child, kept warm the same


@pytest.fixture(autouse=True)
def workbooks_are_read_in_forks(warm_child) -> None:  # noqa: F811
    """Start no Python for each workbook: `tests/files` does, and the walk of the territory's files."""
