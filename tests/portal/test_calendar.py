from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.portal.calendar import OCTETS, Event, calendar_of, folded, written
from chezsoi.support.models import Task
from chezsoi.territories import actions
from chezsoi.territories.access import NotAllowed
from chezsoi.territories.models import CalendarLink
from tests.factories import people, territories

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
TODAY = timezone.localdate()
WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=200)


@pytest.fixture
def worker():
    return territories.actor("lead_worker")


@pytest.fixture
def visit(worker):
    household = people.household(
        people.member("Gwenhild", "Zornak", situation=people.street(TODAY)), actor=worker, reference="M57-9042"
    )
    return Task.objects.create(household=household, kind="first_visit", due_on=TODAY + timedelta(days=3))


def address(actor) -> str:
    return reverse("portal:calendar-file", args=[actions.make_calendar(actor=actor)])


def events(body: bytes | str) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(body).walk("VEVENT"))


class TestFormat:
    @given(WORDS)
    def test_says_to_another_parser_what_was_written(self, title):
        event = Event(uid="visit-1@localhost", on=NOW.date(), title=title, url="https://localhost/day/")

        (read,) = events(written([event], name="Mes jours", now=NOW))

        assert str(read["SUMMARY"]) == title
        assert read["DTSTART"].dt == NOW.date()
        assert read["DTEND"].dt == NOW.date() + timedelta(days=1)
        assert read["DTSTAMP"].dt == NOW
        assert str(read["UID"]) == "visit-1@localhost"

    @given(WORDS)
    def test_folds_at_75_octets_and_never_within_a_character(self, text):
        lines = list(folded(text))

        assert all(len(line.encode()) <= OCTETS for line in lines)
        assert lines[0] + "".join(line[1:] for line in lines[1:]) == text

    def test_ends_each_line_as_the_standard_says(self):
        text = written([], name="Mes jours", now=NOW)

        assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
        assert text.endswith("END:VCALENDAR\r\n")


@pytest.mark.django_db
class TestLink:
    def test_shows_days_and_names_nobody(self, client, worker, visit):
        answer = client.get(address(worker))

        (read,) = events(answer.content)
        assert answer["Content-Type"].startswith("text/calendar")
        assert "no-store" in answer["Cache-Control"]
        assert read["DTSTART"].dt == visit.due_on
        assert str(read["SUMMARY"]) == "Visite – dossier\u202f: voir chezsoi"
        for secret in ("Zornak", "Gwenhild", "M57-9042", f"/people/{visit.household_id}"):
            assert secret not in answer.content.decode()

    def test_keeps_the_same_identifiers(self, worker, visit):
        owner = territories.account_of(worker)

        first, second = (
            [str(event["UID"]) for event in events(calendar_of(owner, site="https://x.example", now=at))]
            for at in (timezone.now(), timezone.now() + timedelta(hours=5))
        )

        assert first == second == [f"visit-{visit.pk}@x.example"]

    def test_dies_when_a_new_one_is_made(self, client, worker):
        old = address(worker)
        new = address(worker)

        assert client.get(old).status_code == 404
        assert client.get(new).status_code == 200

    def test_dies_when_it_is_revoked(self, client, worker):
        link = address(worker)

        assert actions.revoke_calendar(actor=worker)
        assert not actions.revoke_calendar(actor=worker)
        assert client.get(link).status_code == 404

    def test_dies_with_the_account(self, client, worker):
        link = address(worker)

        actions.disable_account(actor=territories.program(), user=territories.account_of(worker), reason="left")

        assert client.get(link).status_code == 404
        assert not CalendarLink.objects.exists()

    def test_is_empty_once_the_roles_are_over(self, client, worker, visit):
        link = address(worker)
        territories.account_of(worker).roles.update(ends_on=TODAY)

        assert events(client.get(link).content) == []

    def test_is_kept_as_a_digest(self, worker):
        secret = actions.make_calendar(actor=worker)

        assert secret not in str(CalendarLink.objects.values_list())

    def test_is_nobodys_but_an_accounts(self):
        with pytest.raises(NotAllowed):
            actions.make_calendar(actor=territories.program())


@pytest.mark.django_db
class TestPage:
    def test_shows_the_link_once_and_revokes_it(self, client, worker):
        client.force_login(territories.account_of(worker))
        page = reverse("portal:calendar")

        made = client.post(page).content.decode()
        seen = client.get(page).content.decode()

        assert ".ics" in made
        assert ".ics" not in seen
        assert client.post(reverse("portal:revoke-calendar"), follow=True).status_code == 200
        assert not CalendarLink.objects.exists()
        assert client.post(reverse("portal:revoke-calendar")).status_code == 302
