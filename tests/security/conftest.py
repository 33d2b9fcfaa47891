"""The world of the matrix, entered by one role at a time."""

import logging
from collections.abc import Callable, Iterator

import pytest
from django.test import override_settings

from tests.matrix.conftest import built, every_page_is_in_shape  # noqa: F401  the same world, built the same
from tests.matrix.world import World
from tests.security.house import Visit


@pytest.fixture(scope="package")
def visit(built: World) -> Iterator[Callable[[str], Visit]]:  # noqa: F811
    """Enter as one role, once; thousands of refusals are not worth a line of log each."""
    known: dict[str, Visit] = {}

    def entered(role: str) -> Visit:
        return known.setdefault(role, Visit(world=built, role=role))

    logging.disable()
    try:
        with override_settings(SESSION_ENGINE="django.contrib.sessions.backends.cache"):
            yield entered
    finally:
        logging.disable(logging.NOTSET)
