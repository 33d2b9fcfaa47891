from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chezsoi.allocation.models import Examination
from chezsoi.people import actions as people_actions
from chezsoi.people.models import CircleMembership, Household
from chezsoi.support import actions, queries
from chezsoi.support.models import CaseMeeting, MeetingCommitment, MeetingParticipant
from chezsoi.territories.access import NotAllowed
from tests.factories import allocation, people, support, territories

TODAY = timezone.localdate()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
NO = {"agreement": "declined"}


@pytest.fixture
def partner():
    """Give a social worker of a service that does not follow the household."""
    return territories.actor("lead_worker")


def invite(worker, meeting, partner, trade="housing"):
    service = territories.organisation_of(partner)
    return actions.invite(actor=worker, meeting=meeting, organisation=service, trade=trade, on=TODAY)


def hold(worker, meeting, **facts):
    held = actions.Held(**{"held_on": TODAY, "presence": "comes", **facts})
    return actions.hold_meeting(actor=worker, meeting=meeting, held=held, on=TODAY)


def sees(actor, meeting):
    return queries.meetings_of(meeting.household, actor=actor).exists()


class TestCall:
    def test_keeps_what_the_household_said_who_said_it_and_when(self, household, worker):
        called = support.meeting(household, actor=worker, agreed_by="guardian", agreement_on=YESTERDAY)

        assert (called.agreement, called.agreed_by, called.agreement_on) == ("agreed", "guardian", YESTERDAY)
        assert (called.noted_by, called.participants.get().organisation_id) == (worker.user_id, worker.organisation_id)
        assert "case meeting" in str(called)

    def test_refuses_what_was_not_said_yet_and_whoever_has_no_organisation(self, household, worker):
        with pytest.raises(actions.AgreementToCome):
            support.meeting(household, actor=worker, agreement_on=TOMORROW)
        with pytest.raises(NotAllowed):
            support.meeting(household, actor=territories.program())
        assert not CaseMeeting.objects.exists()

    def test_a_nurse_reads_and_writes_nothing(self, household, worker, meeting):
        nurse = territories.actor("health_worker", organisation=territories.organisation_of(worker))

        assert sees(nurse, meeting)
        with pytest.raises(NotAllowed):
            support.meeting(household, actor=nurse)


class TestInvite:
    def test_opens_the_circle_dated_and_for_a_time_to_a_service_outside_it(self, worker, meeting, partner):
        assert not sees(partner, meeting)

        opened = invite(worker, meeting, partner).circle

        assert (opened.basis, opened.starts_on, opened.ends_on) == ("agreement", TODAY, TODAY + timedelta(days=90))
        assert sees(partner, meeting)
        CircleMembership.objects.filter(pk=opened.pk).update(ends_on=TODAY)
        assert not sees(partner, meeting)
        with pytest.raises(ObjectDoesNotExist):
            queries.meeting(meeting.pk, household=meeting.household, actor=partner)

    def test_without_agreement_only_the_circle_takes_part_and_nobody_else_is_let_in(self, household, worker, partner):
        refused = support.meeting(household, actor=worker, **NO)
        own = territories.organisation_of(worker)

        with pytest.raises(actions.NoAgreement):
            invite(worker, refused, partner)
        inside = actions.invite(actor=worker, meeting=refused, organisation=own, trade="health", on=TODAY)

        assert inside.circle is None
        assert household.circle.count() == 1
        assert not sees(partner, refused)

    def test_whose_role_opens_no_circle_lets_nobody_in(self, worker, meeting, partner):
        peer = territories.actor("peer_worker", organisation=territories.organisation_of(worker))

        with pytest.raises(actions.MayNotOpenTheCircle):
            invite(peer, meeting, partner)
        assert not sees(partner, meeting)

    def test_refuses_a_service_somebody_objects_to(self, household, worker, meeting, partner):
        person = people.lead(household)
        person.objections.create(purpose="sharing", organisation=territories.organisation_of(partner), made_on=TODAY)

        with pytest.raises(people_actions.ObjectsToSharing):
            invite(worker, meeting, partner)

    def test_refuses_the_same_trade_twice_and_a_meeting_that_is_over(self, worker, meeting, partner):
        invite(worker, meeting, partner)
        with pytest.raises(actions.AlreadyInvited):
            invite(worker, meeting, partner)
        hold(worker, meeting)
        with pytest.raises(actions.MeetingOver):
            invite(worker, meeting, partner, trade="peer")


class TestTakeParticipantBack:
    def test_closes_what_the_invitation_opened(self, worker, meeting, partner):
        invited = invite(worker, meeting, partner)
        actions.take_participant_back(actor=worker, participant=invited, on=TODAY)

        assert not sees(partner, meeting)
        with pytest.raises(actions.ParticipantAlreadyTakenBack):
            actions.take_participant_back(actor=worker, participant=invited, on=TODAY)

    def test_not_while_another_trade_of_the_service_stays(self, worker, meeting, partner):
        first, second = invite(worker, meeting, partner), invite(worker, meeting, partner, trade="peer")
        third = invite(worker, meeting, partner, trade="employment")
        actions.take_participant_back(actor=worker, participant=first, on=TODAY)
        assert sees(partner, meeting)
        actions.take_participant_back(actor=worker, participant=third, on=TODAY)
        assert sees(partner, meeting)

        second.refresh_from_db()
        actions.take_participant_back(actor=worker, participant=second, on=TODAY)

        assert not sees(partner, meeting)

    def test_of_one_that_followed_the_household_already_closes_nothing(self, worker, meeting):
        actions.take_participant_back(actor=worker, participant=meeting.participants.get(), on=TODAY)

        assert sees(worker, meeting)

    def test_refuses_whoever_committed_to_something_and_a_meeting_held(self, worker, meeting):
        mine = meeting.participants.get()
        promised = support.commitment(meeting, actor=worker)
        with pytest.raises(actions.CarriesCommitments):
            actions.take_participant_back(actor=worker, participant=mine, on=TODAY)
        actions.take_commitment_back(actor=worker, commitment=promised, on=TODAY)
        hold(worker, meeting)
        with pytest.raises(actions.MeetingOver):
            actions.take_participant_back(actor=worker, participant=mine, on=TODAY)


class TestWithdrawAgreement:
    def test_shuts_out_that_day_whoever_the_meeting_let_in_whoever_hears_it(self, worker, meeting, partner):
        invite(worker, meeting, partner)
        peer = territories.actor("peer_worker", organisation=territories.organisation_of(worker))

        withdrawn = actions.withdraw_agreement(actor=peer, meeting=meeting, on=TODAY)

        assert withdrawn.withdrawn_on == TODAY
        assert CircleMembership.objects.get(basis="agreement").is_closed_at_their_wish
        assert not sees(partner, meeting)
        assert sees(worker, meeting)
        with pytest.raises(actions.NoAgreement):
            invite(worker, withdrawn, partner, trade="peer")
        with pytest.raises(actions.NoAgreement):
            actions.withdraw_agreement(actor=worker, meeting=meeting, on=TODAY)

    def test_leaves_alone_what_was_closed_before(self, worker, meeting, partner):
        opened = invite(worker, meeting, partner).circle
        people_actions.close_circle(actor=worker, membership=opened, on=TODAY, reason="")

        assert actions.withdraw_agreement(actor=worker, meeting=meeting, on=TODAY).withdrawn_on == TODAY
        assert not CircleMembership.objects.get(pk=opened.pk).is_closed_at_their_wish


class TestCallOff:
    def test_closes_what_it_opened_unless_another_meeting_awaits_that_service(self, household, worker, partner):
        first, second = support.meeting(household, actor=worker), support.meeting(household, actor=worker)
        invite(worker, first, partner)
        invite(worker, second, partner)

        actions.call_off(actor=worker, meeting=first, on=TODAY)
        assert sees(partner, second)
        with pytest.raises(actions.MeetingOver):
            actions.call_off(actor=worker, meeting=first, on=TODAY)
        with pytest.raises(actions.MeetingOver):
            hold(worker, first)
        with pytest.raises(actions.MeetingOver):
            support.commitment(first, actor=worker)

    def test_shuts_out_who_was_let_in_for_it(self, worker, meeting, partner):
        invite(worker, meeting, partner)
        actions.call_off(actor=worker, meeting=meeting, on=TODAY)

        assert not sees(partner, meeting)


class TestHold:
    def test_keeps_who_came_their_words_encrypted_and_the_next_date(self, worker, meeting, partner):
        invited = invite(worker, meeting, partner)
        held = hold(worker, meeting, came=frozenset({invited.pk}), own_words="Mot-Témoin", next_on=TOMORROW)

        assert [row.came for row in queries.participants_in(held, actor=worker)] == [False, True]
        assert (held.held_on, held.next_on, held.own_words) == (TODAY, TOMORROW, "Mot-Témoin")
        with connection.cursor() as cursor:
            cursor.execute("SELECT own_words FROM support_casemeeting")
            assert "Mot-Témoin" not in cursor.fetchone()[0]

    def test_counts_as_a_contact_when_the_household_came_and_only_then(self, household, worker):
        Household.objects.update(last_contact_on=None)
        hold(worker, support.meeting(household, actor=worker), presence="wrote")
        assert Household.objects.get().last_contact_on is None
        hold(worker, support.meeting(household, actor=worker), held_on=YESTERDAY)

        assert Household.objects.get().last_contact_on == YESTERDAY

    def test_refuses_a_day_to_come_and_a_next_meeting_before_it(self, worker, meeting):
        with pytest.raises(actions.MeetingToCome):
            hold(worker, meeting, held_on=TOMORROW)
        with pytest.raises(actions.NextBeforeThis):
            hold(worker, meeting, next_on=TODAY)


class TestMeetingsToCome:
    def test_are_those_to_hold_and_the_next_ones_fixed_of_ones_own_service(self, household, worker, partner):
        hold(worker, support.meeting(household, actor=worker), next_on=TOMORROW)
        late = support.meeting(household, actor=worker, planned_on=YESTERDAY)
        hold(worker, support.meeting(household, actor=worker))
        fixed = hold(worker, support.meeting(household, actor=worker), next_on=TOMORROW)
        actions.call_off(actor=worker, meeting=support.meeting(household, actor=worker), on=TODAY)

        assert [(row, row.comes_on) for row in queries.meetings_to_come(actor=worker)] == [
            (late, YESTERDAY),
            (fixed, TOMORROW),
        ]
        assert not queries.meetings_to_come(actor=partner).exists()
        assert not queries.meetings_to_come(actor=territories.actor("siao_officer")).exists()


class TestCommitments:
    def test_wait_for_the_service_that_carries_them_and_for_nobody_else(self, worker, meeting, partner):
        theirs = invite(worker, meeting, partner)
        mine = support.commitment(meeting, actor=worker, due_on=YESTERDAY)
        promised = support.commitment(meeting, actor=worker, participant=theirs, words="Appeler la CAF avec elle.")

        assert list(queries.commitments_to_keep(actor=worker)) == [mine]
        assert list(queries.commitments_to_keep(actor=partner)) == [promised]
        assert list(queries.commitments_in(meeting, actor=partner)) == [mine, promised]
        assert str(mine).startswith("papers by")
        assert str(theirs) == f"housing of {partner.organisation_id}"

    def test_are_settled_once_with_a_reason_when_not_done_and_put_back(self, worker, meeting):
        promised = support.commitment(meeting, actor=worker)
        with pytest.raises(actions.WhyIsMissing):
            actions.settle(actor=worker, commitment=promised, outcome="not_done", on=TODAY)

        settled = actions.settle(actor=worker, commitment=promised, outcome="not_done", on=TODAY, why="Guichet fermé.")
        assert (settled.outcome, settled.settled_on, settled.waits) == ("not_done", TODAY, False)
        for act in (actions.settle, actions.take_commitment_back):
            more = {"outcome": "done"} if act is actions.settle else {}
            with pytest.raises(actions.CommitmentSettled):
                act(actor=worker, commitment=promised, on=TODAY, **more)

        again = actions.reopen_commitment(actor=worker, commitment=promised, on=TODAY)
        assert (again.outcome, again.why, again.waits) == ("", "", True)
        with pytest.raises(actions.CommitmentNotSettled):
            actions.reopen_commitment(actor=worker, commitment=promised, on=TODAY)


class TestHealth:
    """A meeting keeps a signal of health; no content enters by any field professionals write."""

    @pytest.mark.parametrize(
        "words", ["Voir son psychiatre", "Sevrage", "Elle est DIABÉTIQUE", "traitement : méthadone"]
    )
    def test_words_of_health_are_refused_in_what_is_promised_and_in_why_it_was_not_done(self, worker, meeting, words):
        promised = support.commitment(meeting, actor=worker)
        with pytest.raises(actions.HealthIsASignal):
            support.commitment(meeting, actor=worker, words=words)
        with pytest.raises(actions.HealthIsASignal):
            actions.settle(actor=worker, commitment=promised, outcome="not_done", on=TODAY, why=words)
        assert MeetingCommitment.objects.get().waits

    @pytest.mark.parametrize(
        "words", ["Appeler la CAF avec elle.", "Ouvrir la complémentaire santé solidaire", "Traiter sa demande de FSL"]
    )
    def test_words_of_rights_and_papers_are_kept(self, worker, meeting, words):
        assert support.commitment(meeting, actor=worker, words=words).words == words

    def test_of_a_health_professional_no_words_are_kept_at_all(self, worker, meeting, partner):
        nurse = invite(worker, meeting, partner, trade="health")
        with pytest.raises(actions.HealthIsASignal):
            support.commitment(meeting, actor=worker, participant=nurse, words="Passer mardi.")

        promised = support.commitment(meeting, actor=worker, participant=nurse, subject="meet")
        settled = actions.settle(actor=worker, commitment=promised, outcome="not_done", on=TODAY)

        assert (settled.words, settled.why) == ("", "")

    def test_no_other_words_of_professionals_are_kept(self):
        texts = {
            field.name
            for model in (CaseMeeting, MeetingParticipant, MeetingCommitment)
            for field in model._meta.concrete_fields
            if field.get_internal_type() in {"TextField", "CharField"} and not field.choices
        }
        assert texts == {"own_words", "words", "why"}


class TestHousingFirst:
    """Neither a meeting, nor who came, nor what was kept weighs on a home."""

    def test_a_draw_reads_no_meeting_and_gives_the_points_it_gave_before(self):
        household = allocation.household()
        first = allocation.drawn(allocation.offer(), size=1)
        worker = support.writer(household)
        refused = support.meeting(household, actor=worker, **NO)
        promised = support.commitment(refused, actor=worker)
        hold(worker, refused, presence="absent")
        actions.settle(actor=worker, commitment=promised, outcome="not_done", on=TODAY, why="Pas venu.")

        with CaptureQueriesContext(connection) as asked:
            second = allocation.drawn(allocation.offer(), size=1)

        tables = [model._meta.db_table for model in (CaseMeeting, MeetingParticipant, MeetingCommitment)]
        assert not [line["sql"] for line in asked.captured_queries if any(each in line["sql"] for each in tables)]
        points = [Examination.objects.get(round=each, household=household).points for each in (first, second)]
        assert points[0] == points[1]
