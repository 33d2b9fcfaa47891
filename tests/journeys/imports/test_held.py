"""Rows that look like somebody known: a human settles each, once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from chezsoi.files import storage
from chezsoi.files.models import ImportBatch
from chezsoi.journeys.imports import tasks
from chezsoi.kernel.dates import PartialDate
from chezsoi.people import actions
from chezsoi.people.models import HeldRow, Household, HouseholdReference, PossibleDuplicate
from chezsoi.trail.models import Entry
from tests.factories import people, territories
from tests.journeys.imports.bringing import everything
from tests.journeys.imports.test_pages import member, text

pytestmark = pytest.mark.slow

HEAD = "nom;prénom;date de naissance;téléphone"
ZOE, ISSA, AGAIN = "LEROY;Zoé;14/03/1980;0612345678", "DIALLO;Issa;02/04/1991;", "Leroy;Zoe;14/03/1980;"


@pytest.fixture
def officer(client):
    user = member("claire@example.org", "siao_officer")
    client.force_login(user)
    return user


@pytest.fixture
def bring(client, officer):
    """Send a file on screen and load it."""

    def bring(*lines):
        content = "\r\n".join((HEAD, *lines)).encode()
        data = {"file": SimpleUploadedFile("file.csv", content), "territory": "metz", "source": "default"}
        address = client.post("/imports/", data).url
        client.post(f"{address}load/")
        batch = ImportBatch.objects.order_by("-pk").first()
        tasks.load_import.call(str(batch.reference), officer.pk, "siao_officer", batch.source.organisation_id)
        return address

    return bring


def say(client, judgement, row=None):
    row = row or HeldRow.objects.order_by("pk").first()
    return client.post(
        reverse("journeys:settle-held", args=[row.batch.reference, row.pk]), {"judgement": judgement}, follow=True
    )


class TestHeldRows:
    def test_are_shown_beside_whom_they_look_like_and_why(self, client, bring):
        address = bring(ZOE, ISSA, AGAIN)
        page = client.get(f"{address}held/")
        household = Household.objects.order_by("pk").first()

        assert f"/people/{household.pk}/" in text(page)
        assert text(page).count("14/03/1980") >= 2
        assert Entry.objects.filter(verb="people.households.listed").exists()

    def test_are_counted_on_the_import_and_on_my_day(self, client, bring):
        address = bring(ZOE, ISSA, AGAIN)

        assert f"{address}held/" in text(client.get(address))
        assert f"{address}held/" in text(client.get(reverse("portal:day")))

    def test_name_one_another_by_their_lines(self, client, bring):
        address = bring(ZOE, ISSA, AGAIN, "Leroi;Zoe;14/03/1980;")
        page = text(client.get(f"{address}held/"))

        assert HeldRow.objects.count() == 2
        assert "line:4" in page
        assert "line:5" in page

    def test_wait_no_more_once_settled(self, client, bring):
        address = bring(ZOE, ISSA, AGAIN)
        say(client, "same")

        assert f"{address}held/" not in text(client.get(address))
        assert f"{address}held/" not in text(client.get(reverse("portal:day")))
        assert 'name="judgement"' not in text(client.get(f"{address}held/"))

    def test_are_still_shown_once_the_copy_is_gone(self, client, bring):
        address = bring(ZOE, ISSA, AGAIN)
        storage.discard(ImportBatch.objects.get().stored_name)
        page = text(client.get(f"{address}held/"))

        assert "Zoe" in page
        assert 'value="different"' not in page
        assert 'value="same"' in page

    def test_exist_for_the_service_that_sent_them_alone(self, client, bring):
        address = bring(ZOE, ISSA, AGAIN)
        row = HeldRow.objects.get()
        client.force_login(member("other@example.org", "siao_officer", key="siao-54"))

        assert client.get(f"{address}held/").status_code == 404
        assert say(client, "different", row).status_code == 404
        assert HeldRow.objects.get().judgement == "waiting"


class TestSomebodyElse:
    def test_opens_the_household_the_import_would_have_opened(self, client, bring):
        bring(ZOE, ISSA, AGAIN)
        page = say(client, "different")

        assert page.status_code == 200
        assert Household.objects.count() == 3
        assert HeldRow.objects.get().judgement == "different"
        assert Household.objects.order_by("pk").last().circle.get().basis == "import"
        assert Entry.objects.filter(verb="people.held_row.judged").count() == 1

    def test_is_asked_of_nobody_again(self, client, bring):
        bring(ZOE, ISSA, AGAIN)
        say(client, "different")
        bring(ZOE, ISSA, AGAIN)

        assert PossibleDuplicate.objects.get().judgement == "different"
        assert HeldRow.objects.count() == 1
        assert Household.objects.count() == 3

    def test_is_taken_back_with_its_import(self, client, bring):
        before = everything()
        address = bring(ZOE, ISSA, AGAIN)
        say(client, "different")
        client.post(f"{address}undo/")
        after = everything()

        assert ImportBatch.objects.get().state == "undone"
        for kept in ("files.Source", "files.ColumnMemory"):
            before.pop(kept)
            after.pop(kept)
        assert after == before

    def test_is_refused_a_second_time(self, client, bring):
        bring(ZOE, ISSA, AGAIN)
        say(client, "different")
        say(client, "different")

        assert Household.objects.count() == 3
        assert Entry.objects.filter(verb="people.held_row.judged").count() == 1

    def test_is_refused_when_the_copy_is_gone(self, client, bring):
        bring(ZOE, ISSA, AGAIN)
        storage.discard(ImportBatch.objects.get().stored_name)

        assert say(client, "different").status_code == 200
        assert HeldRow.objects.get().judgement == "waiting"
        assert Household.objects.count() == 2

    def test_is_refused_when_a_later_file_opened_it(self, client, bring):
        bring(ZOE, ISSA, AGAIN)
        bring(ZOE, ISSA, AGAIN)
        first, second = HeldRow.objects.order_by("pk")
        say(client, "different", first)
        say(client, "different", second)

        second.refresh_from_db()
        assert second.judgement == "waiting"
        assert Household.objects.count() == HouseholdReference.objects.count() == 3

    def test_tells_namesakes_of_one_file_apart(self, client, bring):
        bring(ZOE, ISSA, "LEROY;Zoé;14/03/1980;0712345678")
        say(client, "different")

        assert Household.objects.count() == HouseholdReference.objects.count() == 3


class TestTheSamePerson:
    def test_creates_nothing_and_is_taken_back_with_its_import(self, client, bring):
        address = bring(ZOE, ISSA, AGAIN)
        say(client, "same")

        assert HeldRow.objects.get().judgement == "same"
        assert Household.objects.count() == 2
        client.post(f"{address}undo/")
        assert not HeldRow.objects.exists()

    def test_is_remembered_when_the_file_comes_again(self, client, bring):
        bring(ZOE, ISSA, AGAIN)
        say(client, "same")
        bring(ZOE, ISSA, AGAIN)

        assert [row.judgement for row in HeldRow.objects.order_by("pk")] == ["same", "same"]

    def test_is_refused_after_another_answer(self, client, bring):
        bring(ZOE, ISSA, AGAIN)
        say(client, "same")
        say(client, "different")

        assert HeldRow.objects.get().judgement == "same"
        assert Household.objects.count() == 2


class TestCannotTell:
    def test_leaves_the_row_where_it_is(self, client, bring):
        address = bring(ZOE, ISSA, AGAIN)
        say(client, "unsure")

        assert 'value="different"' in text(client.get(f"{address}held/"))
        say(client, "different")
        assert Household.objects.count() == 3

    def test_is_no_word_of_ones_own(self, client, bring):
        bring(ZOE, ISSA, AGAIN)
        say(client, "perhaps")

        assert HeldRow.objects.get().judgement == "waiting"
        assert not Entry.objects.filter(verb="people.held_row.judged").exists()


class TestAnotherServicesFile:
    @pytest.fixture
    def outreach(self, client):
        user = member("zoe@example.org", "outreach_worker", key="maraude")
        client.force_login(user)
        return user

    def send(self, client, user):
        content = "\r\n".join((HEAD, ZOE)).encode()
        data = {"file": SimpleUploadedFile("file.csv", content), "territory": "metz", "source": "default"}
        address = client.post("/imports/", data).url
        client.post(f"{address}load/")
        batch = ImportBatch.objects.get()
        tasks.load_import.call(str(batch.reference), user.pk, "outreach_worker", batch.source.organisation_id)
        return address

    def test_says_why_and_nothing_else(self, client, outreach):
        known = people.household(
            people.member("Zoé", "LEROY", birth_date=PartialDate(1980, 3, 14)), wishes="au bord du fleuve"
        )
        page = text(client.get(f"{self.send(client, outreach)}held/"))

        assert 'value="different"' in page
        assert f"/people/{known.pk}/" not in page
        assert known.reference not in page
        assert "fleuve" not in page

    def test_leaves_the_pair_to_who_reads_both(self, client, outreach):
        people.household(people.member("Zoé", "LEROY", birth_date=PartialDate(1980, 3, 14)))
        self.send(client, outreach)
        say(client, "different")

        assert Household.objects.count() == 2
        assert PossibleDuplicate.objects.get().judgement == "waiting"

    def test_leaves_no_mark_when_protected(self, client, outreach):
        writer = territories.actor("outreach_worker")
        known = people.household(people.member("Zoé", "LEROY", birth_date=PartialDate(1980, 3, 14)), actor=writer)
        actions.protect_household(actor=writer, household=known, on=timezone.localdate())
        self.send(client, outreach)

        assert not HeldRow.objects.exists()
        assert Household.objects.count() == 2
