"""Documents of a household: kept encrypted, seen by those who read their category, each reading written down."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from chezsoi.files.documents import UnfitDocument
from chezsoi.files.storage import NoLongerKept
from chezsoi.people import actions, queries
from chezsoi.people.choices import DocumentKind
from chezsoi.people.models import Attachment
from chezsoi.territories.access import NotAllowed
from chezsoi.trail.models import Entry
from tests.factories import documents, people, territories
from tests.fakes import clamd

pytestmark = pytest.mark.django_db
PLAIN = documents.PDF.replace(b"Catalog", b"Catalog/CANARY-IN-THE-FILE")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT, settings.SCANNER = tmp_path / "uploads", ""
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def worker():
    return territories.actor("lead_worker", territory=territories.territory())


@pytest.fixture
def household(worker):
    return people.household(actor=worker)


def attach(actor, household, *, kind=DocumentKind.IDENTITY, content=PLAIN, name="Carte de Zoé.pdf", **more):
    return actions.attach_document(
        actor=actor, household=household, kind=kind, content=content, file_name=name,
        expires_on=more.get("expires_on"), on=timezone.localdate(),
    )  # fmt: skip


class TestAttaching:
    def test_asvs_11_3_3_keeps_no_byte_in_clear(self, worker, household, folder):
        kept = attach(worker, household)

        (copy,) = folder.iterdir()
        assert b"CANARY" not in copy.read_bytes()
        assert b"%PDF" not in copy.read_bytes()
        assert copy.stat().st_mode & 0o777 == 0o600
        assert actions.read_document(actor=worker, attachment=kept) == PLAIN

    def test_an_altered_copy_is_never_given(self, worker, household, folder):
        kept = attach(worker, household)
        (copy,) = folder.iterdir()
        altered = bytearray(copy.read_bytes())
        altered[-20] ^= 1
        copy.write_bytes(bytes(altered))

        with pytest.raises(NoLongerKept):
            actions.read_document(actor=worker, attachment=kept)

    def test_keeps_the_same_bytes_once(self, worker, household, folder):
        assert attach(worker, household) == attach(worker, household)
        assert len(list(folder.iterdir())) == 1

    def test_that_fails_leaves_nothing(self, worker, household, folder, monkeypatch):
        monkeypatch.setattr(actions.attachments, "MOST_DOCUMENTS", 0)

        with pytest.raises(actions.NoRoomLeft):
            attach(worker, household)
        assert list(folder.iterdir()) == []

    def test_stops_at_the_quota(self, worker, household, monkeypatch):
        monkeypatch.setattr(actions.attachments, "MOST_BYTES", 2 * len(PLAIN) + 1)
        attach(worker, household)
        attach(worker, household, content=PLAIN.replace(b"FILE", b"FIL2"))

        with pytest.raises(actions.NoRoomLeft):
            attach(worker, household, content=PLAIN.replace(b"FILE", b"FIL3"))

    def test_of_a_virus_keeps_nothing(self, worker, household, folder, settings, tmp_path):
        with clamd.running(tmp_path) as settings.SCANNER, pytest.raises(UnfitDocument):
            attach(worker, household, content=documents.EICAR.join([PLAIN[:9], PLAIN[9:]]))
        assert not folder.exists() or list(folder.iterdir()) == []

    def test_says_what_the_scanner_said(self, worker, household, settings, tmp_path):
        assert attach(worker, household).scan == "not_scanned"
        with clamd.running(tmp_path) as settings.SCANNER:
            assert attach(worker, household, kind=DocumentKind.FAMILY).scan == "clean"

    def test_is_for_who_writes_the_category(self, household):
        outreach = territories.actor("outreach_worker", territory=territories.territory())
        theirs = people.household(actor=outreach)

        with pytest.raises(NotAllowed):
            attach(outreach, theirs, kind=DocumentKind.TAX_NOTICE)
        with pytest.raises(NotAllowed):
            attach(outreach, household)


class TestReading:
    def test_leaves_its_line_in_the_trail(self, worker, household):
        kept = attach(worker, household)

        actions.read_document(actor=worker, attachment=kept)

        (entry,) = Entry.objects.filter(verb="people.document.read")
        assert (entry.object_id, entry.detail) == (str(household.pk), f'{{"document":{kept.pk}}}')

    def test_is_for_who_reads_the_category(self, worker, household):
        kept = attach(worker, household, kind=DocumentKind.TAX_NOTICE)
        peer = territories.actor(
            "peer_worker", territory=household.territory, organisation=territories.organisation_of(worker)
        )
        assert list(queries.attachments(household, actor=peer)) == []

        with pytest.raises(NotAllowed):
            actions.read_document(actor=peer, attachment=kept)
        with pytest.raises(NotAllowed):
            actions.remove_document(actor=peer, attachment=kept, at=timezone.now())

    def test_is_nobodys_outside_the_circle(self, worker, household):
        kept = attach(worker, household)
        stranger = territories.actor("lead_worker", territory=household.territory)

        assert list(queries.attachments(household, actor=stranger)) == []
        with pytest.raises(NotAllowed):
            actions.read_document(actor=stranger, attachment=kept)


class TestRemoving:
    def test_can_be_undone_for_thirty_days_then_the_copy_is_erased(self, worker, household, folder):
        kept, now = attach(worker, household), timezone.now()
        actions.remove_document(actor=worker, attachment=kept, at=now)
        actions.remove_document(actor=worker, attachment=kept, at=now)
        assert actions.put_document_back(actor=worker, attachment=kept, at=now).removed_at is None
        with pytest.raises(actions.NotRemoved):
            actions.put_document_back(actor=worker, attachment=kept, at=now)

        actions.remove_document(actor=worker, attachment=kept, at=now)
        late = now + timedelta(days=30)
        with pytest.raises(actions.NotRemoved):
            actions.put_document_back(actor=worker, attachment=kept, at=late)
        assert folder.exists()

    def test_is_for_who_writes_the_category(self, worker, household):
        kept = attach(worker, household, kind=DocumentKind.TAX_NOTICE)
        outreach = territories.actor(
            "outreach_worker", territory=household.territory, organisation=territories.organisation_of(worker)
        )

        with pytest.raises(NotAllowed):
            actions.remove_document(actor=outreach, attachment=kept, at=timezone.now())
        kept.refresh_from_db()
        assert kept.removed_at is None

    def test_is_erased_by_the_purge(self, worker, household, folder, django_capture_on_commit_callbacks):
        kept, now = attach(worker, household), timezone.now()
        actions.remove_document(actor=worker, attachment=kept, at=now)
        officer = territories.actor("dpo", territory=household.territory)

        assert actions.erase_removed_documents(actor=officer, now=now) == 0
        with django_capture_on_commit_callbacks(execute=True):
            assert actions.erase_removed_documents(actor=officer, now=now + timedelta(days=30)) == 1
        assert list(folder.iterdir()) == []
        assert not Attachment.objects.exists()


class TestPages:
    @pytest.fixture
    def client(self, client, worker):
        client.force_login(territories.account_of(worker))
        return client

    def test_asvs_5_4_2_take_a_document_and_give_it_back_under_a_safe_name(self, client, household):
        sent = SimpleUploadedFile("../../Carte<script>.pdf", PLAIN)
        answer = client.post(reverse("people:attach", args=[household.pk]), {"kind": "identity", "file": sent})
        assert answer.status_code == 302
        kept = Attachment.objects.get()

        listed = client.get(reverse("people:attachments", args=[household.pk])).content.decode()
        assert "Carte&lt;script&gt;.pdf" in listed

        given = client.get(reverse("people:attachment", args=[household.pk, kept.pk]))
        assert given.content == PLAIN
        assert_asvs_5_4(given, kept)

    @pytest.mark.parametrize(("name", "content"), [("a.pdf", b""), ("a.exe", b"MZ"), ("a.png", documents.PDF)])
    def test_say_why_a_document_is_not_kept(self, client, household, name, content, folder):
        sent = SimpleUploadedFile(name, content)

        answer = client.post(reverse("people:attach", args=[household.pk]), {"kind": "identity", "file": sent})

        assert answer.status_code == 422
        assert not Attachment.objects.exists()

    def test_remove_and_put_back(self, client, household, worker):
        kept = attach(worker, household)

        client.post(reverse("people:remove-attachment", args=[household.pk, kept.pk]))
        assert Attachment.objects.get().removed_at is not None
        page = client.get(reverse("people:attachments", args=[household.pk]))
        assert reverse("people:put-attachment-back", args=[household.pk, kept.pk]) in page.content.decode()
        client.post(reverse("people:put-attachment-back", args=[household.pk, kept.pk]))
        assert Attachment.objects.get().removed_at is None

    def test_asvs_14_2_1_nothing_of_a_document_is_in_an_address(self, client, household, worker):
        kept = attach(worker, household)
        page = client.get(reverse("people:attachments", args=[household.pk])).content.decode()

        addresses = [part.split('"')[0] for part in page.split('href="')[1:]]
        assert reverse("people:attachment", args=[household.pk, kept.pk]) in addresses
        assert not any("Carte" in address or kept.stored_name in address for address in addresses)

    def test_asvs_5_3_2_a_path_in_a_name_leads_nowhere(self, client, household, folder):
        sent = SimpleUploadedFile("..\\..\\secret_key\0.pdf", PLAIN)

        client.post(reverse("people:attach", args=[household.pk]), {"kind": "identity", "file": sent})

        (copy,) = folder.iterdir()
        assert copy.name == Attachment.objects.get().stored_name
        assert copy.name.isalnum()


def assert_asvs_5_4(given, kept) -> None:
    """ASVS 5.4.2: the name is the house's own; the browser saves it and guesses nothing; nobody else keeps it."""
    assert given["Content-Disposition"] == f'attachment; filename="document-{kept.pk}-identity.pdf"'
    assert given["X-Content-Type-Options"] == "nosniff"
    assert given["Content-Type"] == "application/pdf"
    assert "no-store" in given["Cache-Control"]
