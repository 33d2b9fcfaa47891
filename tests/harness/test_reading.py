import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.urls import path

from tests.harness import reading


class TestTableWritten:
    @pytest.mark.parametrize(
        ("sql", "table"),
        [
            ('INSERT INTO "people_person" ("name") VALUES (%s)', "people_person"),
            ('INSERT OR IGNORE INTO "people_person" VALUES (%s)', "people_person"),
            ('UPDATE "trail_entry" SET "a" = 1', "trail_entry"),
            ('  delete from "people_person"', "people_person"),
            ("TRUNCATE TABLE people_person", "people_person"),
            ('DROP TABLE "people_person"', "people_person"),
            ('SELECT "people_person"."id" FROM "people_person"', None),
            ("SAVEPOINT s1", None),
            ("PRAGMA foreign_keys=ON", None),
        ],
    )
    def test_names_what_a_statement_changes(self, sql, table):
        assert reading.table_written(sql) == table


@pytest.mark.django_db
class TestNothingButTheTrail:
    def test_refuses_to_write_elsewhere(self):
        with reading.nothing_but_the_trail(), connection.cursor() as cursor, pytest.raises(reading.ReadingWrote):
            cursor.execute("DELETE FROM django_session")

    def test_lets_the_trail_be_written(self):
        with reading.nothing_but_the_trail(), connection.cursor() as cursor, pytest.raises(DatabaseError):
            cursor.execute("DELETE FROM trail_of_no_table")

    def test_lets_everything_be_read(self):
        with reading.nothing_but_the_trail(), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            assert cursor.fetchone() == (1,)


@login_not_required
def counting(request) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_session")
    return HttpResponse()


urlpatterns = [path("counting/", counting)]


@pytest.mark.django_db
class TestReadingNeverWrites:
    @pytest.mark.parametrize("method", ["get", "head", "options"])
    def test_fails_a_page_that_writes_when_it_is_read(self, method, client, settings):
        settings.ROOT_URLCONF = __name__

        with pytest.raises(reading.ReadingWrote):
            getattr(client, method)("/counting/")

    def test_lets_a_form_write(self, client, settings):
        settings.ROOT_URLCONF = __name__

        assert client.post("/counting/").status_code == 200
