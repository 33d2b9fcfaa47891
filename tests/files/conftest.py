from collections.abc import Iterator

import pytest

from chezsoi.files.readers import workbook
from tests.files.warm_child import WarmChild


@pytest.fixture(scope="session")
def warm() -> Iterator[WarmChild]:
    child = WarmChild()
    yield child
    child.close()


@pytest.fixture
def warm_child(warm, monkeypatch) -> None:
    """Read workbooks in forks of one child: for those whose subject is the file, not the start of the child."""
    monkeypatch.setattr(workbook, "subprocess", warm)
