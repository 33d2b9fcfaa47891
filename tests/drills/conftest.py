from collections.abc import Iterator

import pytest

from tests.drills import world as worlds
from tests.drills.world import World


@pytest.fixture(scope="package")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with worlds.opened(tmp_path_factory.mktemp("world")) as made:
        yield made
