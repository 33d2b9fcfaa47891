"""The world of the matrix, built once a process and taken back; its pages are too many to hold each to its shape."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import override_settings

from chezsoi.territories import reference
from chezsoi.territories.models import Territory
from tests.harness.templates import no_copy_kept
from tests.matrix import sample, visits, world
from tests.matrix.proposal import Key

Ask = Callable[[str], dict[Key, visits.Answer]]


@pytest.fixture
def every_page_is_in_shape() -> None:
    """Leave the shape of pages to the tests of pages."""


@pytest.fixture(scope="package")
def built(django_db_setup, django_db_blocker) -> Iterator[world.World]:
    with django_db_blocker.unblock():
        if not Territory.objects.exists():
            reference.load()
        with transaction.atomic():
            yield world.build()
            transaction.set_rollback(True)


@pytest.fixture(scope="package")
def quietly() -> Iterator[None]:
    with quiet():
        yield


@contextmanager
def quiet() -> Iterator[None]:
    """Keep sessions in memory, refusals out of the log, and no copy of what thousands of pages were given."""
    logging.disable()
    try:
        with override_settings(SESSION_ENGINE="django.contrib.sessions.backends.cache"), no_copy_kept():
            yield
    finally:
        logging.disable(logging.NOTSET)


@pytest.fixture(scope="package")
def ask(built: world.World, quietly: None) -> Ask:
    """Ask the sample as one actor, once."""
    known: dict[str, dict[Key, visits.Answer]] = {}

    def asked(actor: str) -> dict[Key, visits.Answer]:
        if actor not in known:
            known[actor] = visits.ask_some(built, actor, sample.asked_here(actor))
        return known[actor]

    return asked
