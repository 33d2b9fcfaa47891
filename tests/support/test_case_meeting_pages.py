import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from chezsoi.support import actions
from chezsoi.support.models import CaseMeeting, MeetingCommitment
from chezsoi.trail.models import Entry
from tests.factories import people, support, territories

TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)
SAID = {
    "agreement": "agreed", "agreed_by": "applicant", "agreement_on": TODAY.isoformat(), "kind": "coordination",
    "team": "mobile", "trade": "social", "planned_on": TODAY.isoformat(), "health": "needed",
}  # fmt: skip


@pytest.fixture
def post(client, worker, meeting):
    """Send a form about the meeting, as the worker, and give the page it leads to."""
    client.force_login(territories.account_of(worker))

    def _post(name, said, *more):
        where = reverse(f"support:{name}", args=[meeting.household_id, meeting.pk, *more])
        return client.post(where, said, follow=True)

    return _post


def text(page):
    return page.content.decode()


def test_a_meeting_is_called_from_the_support_of_a_household_and_stands_in_its_history(client, household, worker):
    client.force_login(territories.account_of(worker))
    page = client.post(reverse("support:call-meeting", args=[household.pk]), SAID, follow=True)
    meeting = CaseMeeting.objects.get()

    assert "Commission de coordination" in text(page)
    assert "il faut un professionnel de santé" in text(page).lower()
    assert "Commission de coordination" in text(client.get(reverse("support:file", args=[household.pk])))
    listed = text(client.get(reverse("support:meetings")))
    assert "Équipe mobile" in listed
    story = text(client.get(reverse("people:household", args=[household.pk])))
    assert "Commission de coordination" not in story

    held = actions.Held(held_on=TODAY, presence="absent")
    actions.hold_meeting(actor=worker, meeting=meeting, held=held, on=TODAY)
    actions.withdraw_agreement(actor=worker, meeting=meeting, on=TODAY)
    story = text(client.get(reverse("people:household", args=[household.pk])))
    assert "Commission de coordination" in story
    assert "Le ménage a retiré son accord" in story


def test_a_form_that_is_refused_says_why_and_loses_nothing_typed(post, client, meeting):
    stranger = territories.organisation(name="Mission locale")
    actions.withdraw_agreement(actor=support.writer(meeting.household), meeting=meeting, on=TODAY)

    page = post("invite", {"trade": "employment", "organisation": str(stranger.pk)})

    assert page.status_code == 422
    assert "seuls les services qui le suivent déjà participent" in text(page)
    chosen = re.search(r'<option value="(\d+)" selected', text(page))
    assert chosen.group(1) == str(stranger.pk)


def test_what_is_promised_stands_in_the_day_of_who_carries_it_until_it_is_settled(post, client, meeting):
    mine = meeting.participants.get()
    said = {"participant": mine.pk, "subject": "papers", "words": "Refaire la carte.", "due_on": YESTERDAY.isoformat()}
    assert "Refaire la carte." in text(post("commit", said))
    promised = MeetingCommitment.objects.get()

    assert "papiers et droits" in text(client.get("/day/"))
    room = text(client.get(reverse("support:support")))
    assert "en retard" in room
    client.force_login(territories.account_of(territories.actor("lead_worker")))
    assert "papiers et droits" not in text(client.get("/day/"))

    client.force_login(territories.account_of(support_worker(meeting)))
    refused = post("settle", {"outcome": "not_done"}, promised.pk)
    assert refused.status_code == 422
    assert "pourquoi" in text(refused)
    assert "Guichet fermé." in text(post("settle", {"outcome": "not_done", "why": "Guichet fermé."}, promised.pk))
    assert "papiers et droits" not in text(client.get("/day/"))
    post("take-meeting-back", {}, "settlement", promised.pk)
    post("take-meeting-back", {}, "commitment", promised.pk)
    again = post("take-meeting-back", {}, "commitment", promised.pk)
    assert "rien n’a été modifié" in text(again)
    assert MeetingCommitment.objects.get().cancelled_on == TODAY


def support_worker(meeting):
    return territories.actor("outreach_worker", organisation=meeting.organisation)


def test_an_invitation_is_taken_back_and_a_meeting_called_off(post, meeting):
    partner = territories.organisation(name="Mission locale")
    post("invite", {"trade": "employment", "organisation": str(partner.pk)})
    invited = meeting.participants.get(organisation=partner)
    page = post("take-meeting-back", {}, "participant", invited.pk)
    assert "Mission locale" not in text(page)
    assert "La réunion est annulée." in text(post("end-meeting", {}, "call-off"))


def test_the_minutes_are_printed_without_a_name_and_only_once_it_was_held(post, client, household, meeting, worker):
    where = reverse("support:minutes", args=[household.pk, meeting.pk])
    assert "n’est pas encore écrit" in text(client.get(where, follow=True))
    promised = support.commitment(meeting, actor=worker, words="Refaire la carte.", due_on=YESTERDAY)
    late = support.commitment(meeting, actor=worker)
    support.commitment(meeting, actor=worker, subject="home")
    actions.settle(actor=worker, commitment=promised, outcome="done", on=TODAY)
    actions.settle(actor=worker, commitment=late, outcome="not_done", on=TODAY, why="Guichet fermé.")
    next_on = TODAY + timedelta(days=30)
    said = {
        "held_on": TODAY.isoformat(), "came": [meeting.participants.get().pk], "presence": "wrote",
        "own_words": "Je veux une porte qui ferme.", "next_on": next_on.isoformat(),
    }  # fmt: skip
    assert "Je veux une porte qui ferme." in text(post("hold-meeting", said))

    printed = client.get(where)

    found = " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(printed.content)).pages).split())
    lead = people.lead(household)
    for words in ("Je veux une porte qui ferme.", "Refaire la carte.", "C’est fait.", "Ce n’est pas votre faute"):
        assert words in found
    assert "Guichet" not in found
    assert lead.birth_name not in found
    assert Entry.objects.filter(verb="support.meeting.printed").count() == 1


def test_words_with_a_sign_no_font_has_are_printed_with_a_note_for_who_hands_them_over(
    post, client, household, meeting
):
    post("hold-meeting", {"held_on": TODAY.isoformat(), "presence": "wrote", "own_words": "Une 🏠 calme"})

    printed = client.get(reverse("support:minutes", args=[household.pk, meeting.pk]))
    found = "".join(page.extract_text() for page in PdfReader(BytesIO(printed.content)).pages)

    assert "Une � calme" in found
    assert "Écrivez-le à la main" in found
    assert Entry.objects.filter(verb="support.meeting.printed").count() == 1


def test_minutes_with_nothing_promised_and_nobody_there_say_so(post, client, household, meeting):
    post("hold-meeting", {"held_on": TODAY.isoformat(), "presence": "comes"})
    printed = client.get(reverse("support:minutes", args=[household.pk, meeting.pk]))
    found = "".join(page.extract_text() for page in PdfReader(BytesIO(printed.content)).pages)

    assert "Rien n’a été fixé ce jour-là." in found
    assert "Vous étiez là." in found


def test_the_list_of_meetings_opens_when_there_is_none(client, db):
    client.force_login(territories.account_of(territories.actor("lead_worker")))

    assert client.get(reverse("support:meetings")).status_code == 200
