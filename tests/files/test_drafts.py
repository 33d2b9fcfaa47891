from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from chezsoi.files import drafts, queries, submissions
from chezsoi.files.models import Draft, Submission
from chezsoi.territories.access import ANONYMOUS, NotAllowed
from tests.factories import territories
from tests.harness.patience import ONE_FIXTURE_FOR_ALL

NOW = timezone.now()
FORM = "/people/new/"


@pytest.fixture
def outreach():
    return territories.actor("outreach_worker")


def keep(actor, writer, sequence=1, words="Nadia", *, now=NOW, form_key=FORM) -> int:
    return drafts.keep(
        actor=actor,
        form_key=form_key,
        title="A first meeting",
        writer=writer,
        sequence=sequence,
        content=[["given_names", words]],
        now=now,
    )


class TestKeep:
    def test_is_read_back_by_its_owner_alone(self, outreach):
        keep(outreach, uuid4())

        assert queries.drafts(actor=outreach, now=NOW).get().content == [["given_names", "Nadia"]]
        assert not queries.drafts(actor=territories.actor("siao_officer"), now=NOW).exists()
        assert not queries.drafts(actor=ANONYMOUS, now=NOW).exists()

    def test_lies_unreadable_in_the_database(self, outreach):
        keep(outreach, uuid4(), words="Nadia Bensalem")
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM files_draft")
            assert "Nadia" not in str(cursor.fetchall())

    @settings(max_examples=25, suppress_health_check=ONE_FIXTURE_FOR_ALL)
    @given(st.permutations(range(1, 6)))
    def test_holds_the_newest_whatever_the_order_of_arrival(self, outreach, order):
        Draft.objects.all().delete()
        writer = uuid4()

        for sequence in order:
            keep(outreach, writer, sequence, f"words {sequence}")

        assert Draft.objects.get().content == [["given_names", "words 5"]]

    def test_twice_the_same_is_once(self, outreach):
        writer = uuid4()

        assert [keep(outreach, writer, 7), keep(outreach, writer, 7)] == [7, 7]
        assert Draft.objects.count() == 1

    def test_never_takes_the_place_of_another_tab(self, outreach):
        keep(outreach, uuid4(), words="first")

        with pytest.raises(drafts.KeptElsewhere):
            keep(outreach, uuid4(), 99, "second")
        assert Draft.objects.get().content == [["given_names", "first"]]

    def test_ends_after_two_weeks(self, outreach):
        keep(outreach, uuid4(), now=NOW - timedelta(days=15))

        assert not queries.drafts(actor=outreach, now=NOW).exists()
        keep(outreach, uuid4(), words="a new one")
        assert Draft.objects.get().content == [["given_names", "a new one"]]

    def test_is_forgotten_by_the_purge(self, outreach):
        keep(outreach, uuid4(), now=NOW - timedelta(days=15))
        keep(outreach, uuid4(), form_key="/day/", now=NOW - timedelta(days=13))

        assert drafts.forget(now=NOW) == 1
        assert Draft.objects.get().form_key == "/day/"

    def test_needs_an_account(self):
        with pytest.raises(NotAllowed):
            keep(ANONYMOUS, uuid4())


class TestDiscard:
    def test_is_not_undone_by_a_save_that_comes_late(self, outreach):
        writer = uuid4()
        keep(outreach, writer)

        drafts.discard(actor=outreach, form_key=FORM, writer=writer)

        assert not Draft.objects.exists()
        with pytest.raises(drafts.AlreadySent):
            keep(outreach, writer, 2)
        assert queries.settled([writer], actor=outreach) == [writer]

    def test_leaves_the_drafts_of_others(self, outreach):
        writer = uuid4()
        keep(outreach, writer)

        drafts.discard(actor=territories.actor("siao_officer"), form_key=FORM, writer=writer)

        assert Draft.objects.exists()


class TestOnce:
    def press(self, actor, reference="", answer=None) -> HttpResponse:
        acted = []

        @submissions.once
        def view(request):
            acted.append(1)
            return answer or redirect("/people/12/")

        request = RequestFactory().post("/people/new/", {"submission": reference} if reference else {})
        request.actor = actor
        request._messages = type("Messages", (), {"add": lambda *said: None})()
        self.acted = acted
        return view(request)

    def test_acts_on_the_first_press_and_leads_the_second_to_the_same_place(self, outreach):
        reference = str(uuid4())

        assert self.press(outreach, reference)["Location"] == "/people/12/"
        assert self.acted == [1]
        assert self.press(outreach, reference)["Location"] == "/people/12/"
        assert self.acted == []

    def test_lets_a_form_that_came_back_be_sent_again(self, outreach):
        reference = str(uuid4())

        assert self.press(outreach, reference, HttpResponse(status=422)).status_code == 422
        assert self.press(outreach, reference).status_code == 302
        assert self.acted == [1]

    def test_removes_the_draft_of_the_form_and_no_other(self, outreach):
        sent, other = uuid4(), uuid4()
        keep(outreach, sent)
        keep(outreach, other, form_key="/day/")

        self.press(outreach, str(sent))

        assert Draft.objects.get().writer == other
        with pytest.raises(drafts.AlreadySent):
            keep(outreach, sent, 9)

    def test_acts_on_a_form_whose_draft_was_removed(self, outreach):
        reference = uuid4()
        drafts.discard(actor=outreach, form_key=FORM, writer=reference)

        self.press(outreach, str(reference))

        assert self.acted == [1]

    def test_says_nothing_of_the_forms_of_others(self, outreach):
        reference = str(uuid4())
        self.press(outreach, reference)

        assert self.press(territories.actor("siao_officer"), reference)["Location"] == "/"
        assert self.acted == []

    @pytest.mark.parametrize("reference", ["", "not a reference"])
    def test_acts_each_time_on_a_form_without_reference(self, outreach, reference):
        self.press(outreach, reference)

        assert self.acted == [1]
        assert not Submission.objects.exists()
