"""
The strict harness: what would pass by luck fails.

Warnings are errors, sockets stay on this machine and tests run in random order (pyproject.toml); an undefined template
variable, a query that relies on an order it did not ask for, a GET that writes and a page without its h1 fail here.
"""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import translation

from tests.harness import data_dir, drills, ordering, pages, patience, prepared, reading, templates
from tests.harness.rooms import needs_database

MISSING_BROWSER = "chromium is not installed: browser tests did not run"

templates.forbid_undefined_variables(settings.TEMPLATES)
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
if settings.DATABASES["default"]["ENGINE"].endswith("sqlite"):
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(data_dir.DATA_DIR / "tests.sqlite3")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    chromium = shutil.which("chromium")
    for item in items:
        if item.get_closest_marker("browser") and chromium is None:
            item.add_marker(pytest.mark.skip(reason=MISSING_BROWSER))
        if needs_database(item.path) and item.get_closest_marker("django_db") is None:
            item.add_marker(pytest.mark.django_db)


class LastOnes:
    """Put the tests that empty every table after the others: each of them loads the reference data again."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=empties_the_database)


def pytest_configure(config: pytest.Config) -> None:
    patience.be_patient(config.getoption("hypothesis_profile") or "")
    config.pluginmanager.register(LastOnes())
    config.pluginmanager.register(drills)


def empties_the_database(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return marker is not None and bool(marker.kwargs.get("transaction"))


@pytest.fixture(scope="session")
def database_prepared(tmp_path_factory, worker_id) -> prepared.Prepared:
    """Say where the processes of this run leave each other the database that the first of them prepares."""
    mine = tmp_path_factory.getbasetemp()
    return prepared.Prepared(mine if worker_id == "master" else mine.parent)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb, database_prepared) -> bool:
    return django_db_keepdb or database_prepared.is_a_file()


@pytest.fixture(scope="session")
def django_db_setup(request, database_prepared, django_db_modify_db_settings, django_db_blocker) -> None:
    """Make the test database and load the reference data into it, as `chezsoi migrate` does; or copy what is made."""
    from chezsoi.territories import reference

    with database_prepared.alone(), django_db_blocker.unblock():
        if database_prepared.is_ready():
            database_prepared.put_in_place()
            request.getfixturevalue("django_db_setup")
        else:
            request.getfixturevalue("django_db_setup")
            reference.load()
            database_prepared.keep()


@pytest.fixture
def left_as_it_was(request, django_db_setup, database_prepared, django_db_blocker) -> Iterator[None]:
    """Bring back what a test that commits leaves empty, before anything else is built on it."""
    yield
    if empties_the_database(request.node):
        with django_db_blocker.unblock():
            database_prepared.restore()


@pytest.fixture
def _django_db_helper(left_as_it_was, _django_db_helper) -> None:
    """Bring the database back once pytest-django has emptied it, not before."""


@pytest.fixture(autouse=True)
def unordered_queries_come_in_any_order(request: pytest.FixtureRequest) -> Iterator[None]:
    if request.node.get_closest_marker("unordered"):
        yield
        return
    with ordering.random_order_where_none_is_given():
        yield


@pytest.fixture(autouse=True)
def each_test_starts_in_the_first_language() -> None:
    """Forget the language of the last request that an earlier test made."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def reading_never_writes() -> Iterator[None]:
    with reading.reading_never_writes():
        yield


@pytest.fixture(autouse=True)
def every_page_is_in_shape() -> Iterator[None]:
    with pages.every_page_is_in_shape():
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    # Playwright's loop runs in the thread that asks the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    return {**browser_type_launch_args, "executable_path": shutil.which("chromium")}
