"""The pages by which a file comes in, without JavaScript, and with it."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from chezsoi.files.models import ImportBatch
from chezsoi.journeys.imports import preview, tasks
from chezsoi.journeys.views import imports
from chezsoi.people.models import Household
from chezsoi.territories import actions
from chezsoi.territories.access import Operator, operator
from chezsoi.territories.models import Territory
from tests import htmx
from tests.journeys.imports.bringing import HEAD

PROGRAM = operator(Operator.DEMONSTRATION, label="demonstration")
LEROY = "M1;LEROY;Zoé;14/03/1980;demandeur;0612345678;rue;01/02/2026"
BAD = "M2;DIALLO;Issa;31/02/1991;demandeur;;;"


def member(email: str, role: str, key: str = "siao-57"):
    """Open an account in a service of Metz."""
    metz = Territory.objects.get(key="metz")
    service = metz.organisations.filter(key=key).first() or actions.register_organisation(
        actor=PROGRAM, key=key, name=key, kind="siao", territories=[metz]
    )
    user = actions.open_account(actor=PROGRAM, email=email, full_name="Claire", password=None)
    start = timezone.localdate() - timedelta(days=10)
    actions.give_role(actor=PROGRAM, user=user, role=role, organisation=service, territory=metz, starts_on=start)
    return user


@pytest.fixture
def officer(client):
    user = member("claire@example.org", "siao_officer")
    client.force_login(user)
    return user


def send(client, *lines, name="file.csv", kind="imports", **options):
    content = "\r\n".join((HEAD, *lines)).encode()
    data = {"file": SimpleUploadedFile(name, content), "territory": "metz", "source": "default", **options}
    return client.post(reverse(f"journeys:{kind}"), data)


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


class TestDesk:
    def test_says_that_no_file_was_sent(self, client, officer):
        assert client.get("/imports/").status_code == 200

    def test_refuses_a_file_that_is_no_table_in_one_sentence(self, client, officer):
        data = {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 x"), "territory": "metz", "source": "default"}
        response = client.post("/imports/", data)

        assert response.status_code == 200
        assert "document" in text(response)
        assert not ImportBatch.objects.exists()

    def test_is_closed_to_roles_that_bring_no_file(self, client):
        client.force_login(member("a@example.org", "analyst"))

        assert client.get("/imports/").status_code == 403


class TestPreview:
    def test_shows_what_would_change_and_loads_nothing(self, client, officer):
        response = client.get(send(client, LEROY, BAD).url)

        assert "31/02/1991" in text(response)
        assert not Household.objects.exists()
        assert ImportBatch.objects.get().state == "previewed"

    def test_remembers_the_columns_chosen_by_hand(self, client, officer):
        content = b"dossier x;nom\r\nM7;LEROY"
        data = {"file": SimpleUploadedFile("f.csv", content), "territory": "metz", "source": "default"}
        address = client.post("/imports/", data).url
        before = text(client.get(address))
        client.post(f"{address}columns/", {"column_0": "number"})
        after = text(client.get(address))

        assert "column_0" in before
        assert "column_0" not in after

    def test_belongs_to_the_service_that_sent_the_file(self, client, officer):
        address = send(client, LEROY).url
        client.force_login(member("other@example.org", "siao_officer", key="siao-54"))

        assert client.get(address).status_code == 404

    def test_can_be_left(self, client, officer):
        address = send(client, LEROY).url
        client.post(f"{address}stop/")

        assert ImportBatch.objects.get().state == "failed"
        assert client.get(address).status_code == 200


class TestLongFile:
    @pytest.fixture(autouse=True)
    def one_row_is_long(self, monkeypatch):
        monkeypatch.setattr(imports, "LONG", 1)

    def read(self, batch):
        tasks.read_import.call(str(batch.reference), batch.opened_by_id, "siao_officer", batch.source.organisation_id)
        batch.refresh_from_db()

    def test_is_read_in_the_background_then_previewed_then_loaded(self, client, officer, monkeypatch):
        address = send(client, LEROY, BAD).url
        batch = ImportBatch.objects.get()
        waiting = client.get(address)
        self.read(batch)
        monkeypatch.setattr(preview, "prepare_batch", lambda *_, **__: pytest.fail("a long file is read by the worker"))
        shown = client.get(address)

        assert "<progress" in text(waiting)
        assert 'http-equiv="refresh"' in text(waiting)
        assert "31/02/1991" not in text(waiting)
        assert "31/02/1991" in text(shown)
        assert not Household.objects.exists()

    def test_loses_what_was_foreseen_once_it_is_loaded(self, client, officer):
        address = send(client, LEROY, BAD).url
        batch = ImportBatch.objects.get()
        self.read(batch)
        client.post(f"{address}load/")
        tasks.load_import.call(str(batch.reference), batch.opened_by_id, "siao_officer", batch.source.organisation_id)
        batch.refresh_from_db()

        assert (batch.state, batch.preview) == ("loaded", {})
        assert Household.objects.get().reference == "M1"

    def test_is_read_again_when_a_column_is_named(self, client, officer):
        content = b"dossier x;nom\r\nM7;LEROY\r\nM8;SOW"
        data = {"file": SimpleUploadedFile("f.csv", content), "territory": "metz", "source": "default"}
        address = client.post("/imports/", data).url
        batch = ImportBatch.objects.get()
        too_soon = client.post(f"{address}columns/", {"column_0": "number"}, follow=True)
        self.read(batch)
        client.post(f"{address}columns/", {"column_0": "number"})
        again = ImportBatch.objects.get()
        self.read(batch)

        assert "en cours de lecture" in text(too_soon)
        assert (again.state, again.preview) == ("reading", {})
        assert "column_0" not in text(client.get(address))

    def test_that_cannot_be_understood_says_so_when_it_was_read(self, client, officer):
        content = b"x;y\r\n1;2\r\n3;4"
        data = {"file": SimpleUploadedFile("f.csv", content), "territory": "metz", "source": "default"}
        address = client.post("/imports/", data).url
        self.read(ImportBatch.objects.get())

        assert "column_0" in text(client.get(address))
        assert "/load/" not in text(client.get(address))

    def test_that_was_left_out_is_not_read(self, client, officer):
        address = send(client, LEROY, BAD).url
        client.post(f"{address}stop/")
        batch = ImportBatch.objects.get()
        self.read(batch)

        assert (batch.state, batch.preview) == ("failed", {})

    def test_cannot_be_loaded_before_it_was_read(self, client, officer):
        address = send(client, LEROY, BAD).url
        client.post(f"{address}load/")

        assert ImportBatch.objects.get().state == "reading"

    def test_of_one_row_is_read_at_once(self, client, officer):
        send(client, LEROY)

        assert ImportBatch.objects.get().state == "previewed"


class TestLoading:
    def load(self, client, address):
        client.post(f"{address}load/")
        waiting = client.get(address)
        batch = ImportBatch.objects.get()
        user = batch.opened_by_id
        service = batch.source.organisation_id
        tasks.load_import.call(str(batch.reference), user, "siao_officer", service)
        return waiting

    def test_goes_on_in_the_background_and_says_how_far(self, client, officer):
        waiting = self.load(client, send(client, LEROY, BAD).url)

        assert "<progress" in text(waiting)
        assert 'http-equiv="refresh"' in text(waiting)
        assert Household.objects.get().reference == "M1"

    def test_ends_with_the_rows_to_correct(self, client, officer):
        address = send(client, LEROY, BAD).url
        self.load(client, address)
        page = client.get(address)
        csv = b"".join(client.get(f"{address}corrections/").streaming_content).decode()

        assert "31/02/1991" in text(page)
        assert csv.splitlines()[1].startswith(BAD)

    def test_can_be_taken_back(self, client, officer):
        address = send(client, LEROY).url
        self.load(client, address)
        client.post(f"{address}undo/")

        assert ImportBatch.objects.get().state == "undone"
        assert not Household.objects.exists()
        assert client.get(address).status_code == 200

    def test_cannot_be_taken_back_once_used(self, client, officer):
        address = send(client, LEROY).url
        self.load(client, address)
        Household.objects.update(version=7)
        client.post(f"{address}undo/")

        assert ImportBatch.objects.get().state == "loaded"
        assert Household.objects.exists()

    def test_twice_loads_once(self, client, officer):
        address = send(client, LEROY).url
        self.load(client, address)
        client.post(f"{address}load/")

        assert Household.objects.count() == 1

    def test_that_was_stopped_writes_nothing(self, client, officer):
        address = send(client, LEROY).url
        client.post(f"{address}load/")
        client.post(f"{address}stop/")
        batch = ImportBatch.objects.get()
        tasks.load_import.call(str(batch.reference), batch.opened_by_id, "siao_officer", batch.source.organisation_id)

        assert not Household.objects.exists()

    def test_comes_round_without_a_word_and_keeps_the_focus_until_it_has_ended(self, client, officer):
        address = send(client, LEROY).url
        client.post(f"{address}load/")
        page = htmx.parse(client.get(address))
        waiting = page.select_one("#import-state")
        htmx.swap(page, "#import-state", client.get(address, headers={"HX-Request": "true"}))

        assert not page.select("main [aria-live]")
        assert waiting["data-announce"] == page.select_one("#import-state")["data-announce"] == ""
        assert waiting.select_one("button")["id"] == page.select_one("#import-state button")["id"]

        self.load(client, address)
        htmx.swap(page, "#import-state", client.get(address, headers={"HX-Request": "true"}))
        ended = page.select_one("#import-state")
        assert "data-announce" not in ended.attrs
        assert ended.select_one(".cz-notice-title, h2").text == "Le fichier est chargé."

    def test_gives_the_part_that_htmx_asks_for(self, client, officer):
        address = send(client, LEROY).url
        client.post(f"{address}load/")
        part = client.get(address, headers={"HX-Request": "true"})

        assert text(part).strip().startswith('<div id="import-state"')


class TestOwnOrganisation:
    def test_of_an_outreach_worker_brings_its_file_and_reads_its_circle(self, client):
        user = member("zoe@example.org", "outreach_worker", key="maraude")
        client.force_login(user)
        address = send(client, LEROY).url
        batch = ImportBatch.objects.get()
        client.post(f"{address}load/")
        tasks.load_import.call(str(batch.reference), user.pk, "outreach_worker", batch.source.organisation_id)

        household = Household.objects.get()
        assert household.circle.get().organisation.key == "maraude"
        assert household.circle.get().ends_on is not None


class TestHomesDesk:
    def test_is_the_prospectors(self, client):
        client.force_login(member("p@example.org", "prospector", key="agence"))
        content = "n° logement;adresse;DPE\nL1;1 rue X;G\n".encode()
        data = {"file": SimpleUploadedFile("h.csv", content), "territory": "metz", "source": "default"}
        address = client.post("/imports/homes/", data).url

        assert client.get("/imports/homes/").status_code == 200
        assert client.get(address).status_code == 200
        assert client.get("/imports/").status_code == 403
