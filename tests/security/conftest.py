"""The world of the matrix, entered by one role at a time."""

from collections.abc import Callable, Iterator

import pytest

from tests.matrix.conftest import built, every_page_is_in_shape, quiet  # noqa: F401  the same world, built the same
from tests.matrix.known import worked_out_once
from tests.matrix.world import World
from tests.security.house import Visit


@pytest.fixture(scope="module")
def visit(built: World) -> Iterator[Callable[[str], Visit]]:  # noqa: F811
    """Enter as one role, once a module: the other tests of this folder have the log and the sessions of the house."""
    known: dict[str, Visit] = {}

    def entered(role: str) -> Visit:
        return known.setdefault(role, Visit(world=built, role=role))

    with quiet(), worked_out_once():
        yield entered
