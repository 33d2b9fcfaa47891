"""The files of the database are written anew by who purges, and whoever asks knows whether all of it was."""

import sqlite3
from contextlib import closing

import pytest
from django.db import connection

from chezsoi.journeys.retention import actions
from chezsoi.territories.access import NotAllowed
from chezsoi.trail.models import Entry
from tests.factories import retention, territories
from tests.harness.drills import database_kind

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PLAIN = "chezsoi_plain"


@pytest.fixture
def officer():
    return retention.officer()


def said() -> list[str]:
    return list(Entry.objects.filter(verb="retention.files.scrubbed").values_list("detail", flat=True))


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)


@pytest.fixture
def without_privilege():
    """Work as an owner of tables that is not the owner of the server."""
    run(
        f"CREATE ROLE {PLAIN}",
        f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {PLAIN}",
        f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {PLAIN}",
        f"SET ROLE {PLAIN}",
    )
    yield
    run("RESET ROLE", f"DROP OWNED BY {PLAIN}", f"DROP ROLE {PLAIN}")


class TestScrub:
    def test_writes_all_anew_and_says_so(self, officer):
        assert actions.scrub(actor=officer) is True
        assert said() == ['{"whole":true}']

    def test_is_for_who_purges(self):
        with pytest.raises(NotAllowed):
            actions.scrub(actor=territories.actor("outreach_worker"))
        assert said() == []

    @pytest.mark.skipif(database_kind() == "postgresql", reason="PostgreSQL waits for nobody's journal")
    def test_says_when_somebody_was_reading(self, officer):
        run("PRAGMA busy_timeout=0")
        with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT COUNT(*) FROM trail_entry").fetchone()

            assert actions.scrub(actor=officer) is False
        connection.close()
        assert said() == ['{"whole":false}']

    @pytest.mark.skipif(database_kind() != "postgresql", reason="SQLite has no roles")
    def test_says_when_the_catalogue_is_another_s(self, officer, without_privilege):
        assert actions.scrub(actor=officer) is False
        assert said() == ['{"whole":false}']
