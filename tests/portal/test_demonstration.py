from io import BytesIO

import pytest
from django.db import transaction
from django.utils import timezone
from pypdf import PdfReader

from chezsoi.allocation.choices import CandidacyState, RoundState
from chezsoi.allocation.models import Candidacy, JointRound, Refusal, Round
from chezsoi.files.documents import scanning
from chezsoi.homes.choices import OfferState
from chezsoi.homes.models import Offer
from chezsoi.people import actions
from chezsoi.people.choices import DocumentKind
from chezsoi.people.models import Attachment, Household, PossibleDuplicate
from chezsoi.portal import demonstration
from chezsoi.portal.demonstration import documents
from chezsoi.portal.demonstration.accounts import Staff
from chezsoi.territories.access import GRANTS
from chezsoi.territories.models import RoleAssignment, User
from tests.factories import territories
from tests.fakes import clamd

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """Build it once for the tests, each of which takes back what it does."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert demonstration.build()
        yield
        transaction.set_rollback(True)


class TestTheDemonstration:
    def test_is_built_once_with_one_account_a_role(self, built):
        assert not demonstration.build()
        assert User.objects.filter(is_demo=True).count() == len(GRANTS)
        assert set(RoleAssignment.objects.values_list("role", flat=True)) == set(GRANTS)

    def test_shows_each_link_of_the_chain_under_way(self, built):
        states = set(Candidacy.objects.values_list("state", flat=True))

        assert {CandidacyState.HOUSED, CandidacyState.ACCEPTED, CandidacyState.OFFERED} <= states
        assert {CandidacyState.PROPOSED, CandidacyState.DECIDED, CandidacyState.LOST} <= states
        assert set(Refusal.objects.values_list("state", flat=True)) == {"counts", "awaits", "set_aside"}
        assert set(Round.objects.values_list("state", flat=True)) == {RoundState.COMMITTED, RoundState.DRAWN}
        assert Offer.objects.get(state=OfferState.NOT_OFFERABLE).dwelling.energy_class == "G"
        assert PossibleDuplicate.objects.count() == 1
        assert Household.objects.filter(leases__isnull=False).count() == 1
        shared_out = JointRound.objects.order_by("pk")
        assert [(each.state, each.rounds.count()) for each in shared_out] == [
            (RoundState.DRAWN, 2),
            (RoundState.DRAWN, 3),
        ]
        for each in shared_out:
            assert {answer.proposed for answer in each.answers.exclude(proposed=None)} == {*each.rounds.all()}

    def test_shows_two_papers_of_one_household_that_say_they_are_invented(self, built):
        papers = Attachment.objects.order_by("pk")
        reader = Staff.found(today=timezone.localdate()).actor("lead_worker")

        assert [paper.kind for paper in papers] == [DocumentKind.IDENTITY, DocumentKind.TAX_NOTICE]
        assert {paper.household.reference for paper in papers} == {documents.HOUSEHOLD}
        for paper in papers:
            (page,) = PdfReader(BytesIO(actions.read_document(actor=reader, attachment=paper))).pages
            text = page.extract_text()
            assert documents.STAMP in text
            assert "Personne Fictive" in text

    def test_says_in_one_sentence_that_papers_are_missing_when_the_scanner_is_silent(
        self, built, settings, tmp_path, monkeypatch
    ):
        monkeypatch.setattr(scanning, "_WITHIN_SECONDS", 0.05)
        before, said = Attachment.objects.count(), []
        staff = Staff.found(today=timezone.localdate())

        with clamd.running(tmp_path, is_silent=True) as settings.SCANNER:
            documents.attach_all(staff, today=staff.today, say=said.append)

        assert said == [documents.NOT_ATTACHED]
        assert Attachment.objects.count() == before

    def test_offers_its_accounts_on_the_first_page_each_with_a_day(self, client, built):
        page = client.get("/").content.decode()
        assert "Inès Morel" in page
        assert page.count("/sign-in/demo/") == len(GRANTS)

        for user in User.objects.filter(is_demo=True).order_by("pk"):
            assert client.post(f"/sign-in/demo/{user.pk}/").url == "/day/"
            assert client.get("/").url == "/day/"
            assert client.get("/day/").status_code == 200

    def test_is_gone_without_the_setting(self, client, built, settings):
        settings.DEMO = False
        user = User.objects.filter(is_demo=True).order_by("pk").first()

        assert "/sign-in/demo/" not in client.get("/").content.decode()
        assert client.post(f"/sign-in/demo/{user.pk}/").status_code == 404

    def test_lets_nobody_in_as_an_account_that_is_no_demonstration(self, client):
        assert client.post(f"/sign-in/demo/{territories.user().pk}/").status_code == 404
