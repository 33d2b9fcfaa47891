"""A database is prepared once; what a test emptied comes back as it was."""

import sqlite3
from contextlib import closing

import pytest
from django.db import connection

from chezsoi.territories.models import Commune, ReferenceSet, Territory
from tests.harness.prepared import Prepared

pytestmark = pytest.mark.django_db
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL copies a template of its own")


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_what_was_emptied_comes_back(database_prepared):
    before = Territory.objects.count(), Commune.objects.count()
    for emptied in (Territory, Commune, ReferenceSet):
        emptied.objects.all().delete()

    database_prepared.restore()

    assert (Territory.objects.count(), Commune.objects.count()) == before
    assert min(before) > 0


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_copy_is_ready_when_it_is_whole(tmp_path):
    prepared = Prepared(tmp_path)
    assert not prepared.is_ready()

    prepared.keep()

    assert prepared.is_ready()
    assert [file.name for file in tmp_path.iterdir()] == [prepared.file.name]
    with closing(sqlite3.connect(prepared.file)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_finds_what_another_left(is_first):
    assert Territory.objects.exists()
    Territory.objects.all().delete()
