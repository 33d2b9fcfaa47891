"""What becomes of everything else when a household's life changes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from chezsoi.allocation.choices import CandidacyState, RequestState
from chezsoi.allocation.models import HousingRequest
from chezsoi.journeys import snapshots
from chezsoi.journeys.moves import acts
from chezsoi.people import actions, queries
from chezsoi.people.choices import Closing, LifeEvent, MemberRole
from chezsoi.people.models import Household, LifeChange
from chezsoi.support import actions as support
from chezsoi.support.choices import Intensity, MeasureState, Scheme, TaskKind
from chezsoi.support.models import SupportMeasure, Task
from chezsoi.tenancies.choices import LeaseKind
from chezsoi.tenancies.models import Lease
from chezsoi.territories.access import NotAllowed
from tests.factories import allocation, people, tenancies, territories

TODAY = timezone.localdate()
BEFORE = TODAY - timedelta(days=30)
OLD = TODAY - timedelta(days=900)


@pytest.fixture
def siao():
    return territories.actor("siao_officer")


@pytest.fixture
def agent():
    return territories.actor("social_landlord_agent")


@pytest.fixture
def couple(siao) -> Household:
    made = people.household(
        people.member(situation=people.street(BEFORE)),
        people.member("Karim", role=MemberRole.PARTNER),
        actor=siao,
        on=BEFORE,
    )
    allocation.request(made, "dalo", requested_on=OLD)
    return made


@pytest.fixture
def alone(siao) -> Household:
    made = people.household(people.member("Zoé", "Weber"), actor=siao, on=BEFORE)
    allocation.request(made, requested_on=BEFORE)
    return made


def person(household: Household, given_names: str):
    return household.members.get(person__given_names=given_names, ends_on=None).person


def home_of(household: Household, agent) -> Lease:
    candidacy = tenancies.candidacy(household, offer=tenancies.offer(agent=agent), state=CandidacyState.HOUSED)
    return Lease.objects.create(
        territory=household.territory,
        household=household,
        dwelling=candidacy.offer.dwelling,
        offer=candidacy.offer,
        candidacy=candidacy,
        kind=LeaseKind.DIRECT,
        is_social=True,
        signed_on=BEFORE,
        starts_on=BEFORE,
    )


def supported(household: Household) -> SupportMeasure:
    program = territories.program()
    measure = support.open_measure(
        actor=program, household=household, scheme=Scheme.AVDL, intensity=Intensity.LIGHT, opened_on=BEFORE,
        organisation=None,
    )  # fmt: skip
    support.plan_task(
        actor=program, household=household, kind=TaskKind.FIRST_VISIT, due_on=TODAY, organisation=None, measure=measure
    )
    return measure


def part(siao, household: Household, **given) -> Household:
    leaving = (person(household, "Amina"),)
    parting = acts.Parting(leaving=leaving, on=TODAY, new_lead=person(household, "Karim"), **given)
    return acts.part(actor=siao, household=household, parting=parting)


def undo_last(siao) -> LifeChange:
    change = LifeChange.objects.order_by("-pk").first()
    return actions.undo_change(actor=siao, change=change, on=TODAY, reason="wrong file")


class TestPart:
    def test_gives_those_who_leave_a_request_as_old_as_the_one_they_leave(self, siao, couple):
        opened = part(siao, couple)

        assert opened.request.requested_on == OLD
        assert not opened.request.number
        assert not opened.request.labels.exists()
        assert couple.request.labels.exists()

    def test_asks_nothing_for_those_who_asked_for_nothing(self, siao, couple):
        couple.request.delete()

        assert not HousingRequest.objects.filter(household=part(siao, couple)).exists()

    @pytest.mark.parametrize("goes", [False, True])
    def test_leaves_home_and_support_with_whom_they_concern(self, siao, agent, couple, goes):
        lease, measure = home_of(couple, agent), supported(couple)

        opened = part(siao, couple, takes_home=goes, takes_support=goes)

        lease.refresh_from_db()
        measure.refresh_from_db()
        keeps = opened if goes else couple
        assert lease.household == keeps
        assert measure.household == keeps
        assert Task.objects.get().household == keeps

    def test_takes_nobodys_place_in_a_home_under_way(self, siao, agent, couple):
        candidacy = tenancies.candidacy(couple, offer=tenancies.offer(agent=agent), state=CandidacyState.OFFERED)

        part(siao, couple)

        candidacy.refresh_from_db()
        assert (candidacy.household, candidacy.state) == (couple, CandidacyState.OFFERED)

    def test_hides_a_protected_new_file_from_the_circle_of_the_other_and_from_its_own_service(self, siao):
        outreach = territories.actor("outreach_worker")
        colleague = territories.actor("siao_officer", organisation=territories.organisation_of(siao))
        couple = people.household(
            people.member(), people.member("Karim", role=MemberRole.PARTNER), actor=outreach, on=BEFORE
        )

        opened = part(siao, couple, protects=True)

        for reader in (outreach, colleague, territories.actor("siao_officer")):
            assert not Household.objects.visible_to(reader).filter(pk=opened.pk).exists()
            (line,) = queries.life(couple, actor=reader)
            assert (line.event, line.names, line.others, line.reason) == (LifeEvent.LEFT, (), 1, "")
            assert line.other is None
        assert queries.household(opened.pk, actor=siao) == opened

    def test_protects_those_who_leave_a_protected_file(self, siao, couple):
        actions.protect_household(actor=siao, household=couple, on=TODAY)

        assert part(siao, couple).is_protected

    def test_is_undone_as_a_whole(self, siao, agent, couple):
        lease, measure = home_of(couple, agent), supported(couple)
        opened = part(siao, couple, takes_home=True, takes_support=True)

        undo_last(siao)

        lease.refresh_from_db()
        measure.refresh_from_db()
        opened.refresh_from_db()
        assert lease.household == measure.household == Task.objects.get().household == couple
        assert opened.closed_because == Closing.MISTAKE
        assert not HousingRequest.objects.filter(household=opened).exists()
        assert [row.role for row in couple.members_on(TODAY)] == [MemberRole.LEAD, MemberRole.PARTNER]

    def test_is_not_undone_once_something_rests_on_it(self, siao, couple):
        allocation.request(part(siao, couple), "dalo")

        with pytest.raises(actions.ChangedSince):
            undo_last(siao)

    def test_is_not_undone_once_the_new_file_is_supported(self, siao, couple):
        couple.request.delete()
        opened = part(siao, couple)
        supported(opened)

        with pytest.raises(actions.ChangedSince):
            undo_last(siao)
        assert SupportMeasure.objects.get().household == opened

    def test_is_not_undone_by_who_does_not_see_the_new_file(self, siao, couple):
        part(siao, couple, protects=True)

        with pytest.raises(actions.ChangedSince):
            undo_last(territories.actor("siao_officer"))

    def test_refuses_who_may_not(self, couple):
        with pytest.raises(NotAllowed):
            part(territories.actor("coordinator"), couple)


class TestUndo:
    def test_says_why_and_happens_once(self, siao, couple):
        part(siao, couple)
        change = LifeChange.objects.get()

        with pytest.raises(actions.NeedsAReason):
            actions.undo_change(actor=siao, change=change, on=TODAY, reason=" ")
        undo_last(siao)
        with pytest.raises(actions.AlreadyUndone):
            undo_last(siao)

        (line,) = queries.life(couple, actor=siao)
        assert (line.is_undone, line.undo_reason, line.undone_by) == (True, "wrong file", siao.label)
        assert line.author == siao.label


class TestJoin:
    def test_keeps_both_numbers_and_the_older_of_the_two_requests(self, siao, couple, alone):
        acts.join(actor=siao, household=couple, leaving=everybody(couple), into=alone, on=TODAY)

        couple.refresh_from_db()
        alone.request.refresh_from_db()
        assert (couple.closed_on, couple.closed_because) == (TODAY, Closing.JOINED)
        assert alone.request.requested_on == OLD
        assert couple.request.state == RequestState.CLOSED
        assert alone.members_on(TODAY).count() == 3

    def test_changes_nothing_of_a_request_older_already(self, siao, couple, alone):
        acts.join(actor=siao, household=alone, leaving=everybody(alone), into=couple, on=TODAY)

        couple.request.refresh_from_db()
        alone.request.refresh_from_db()
        assert (couple.request.requested_on, couple.request.state) == (OLD, RequestState.ACTIVE)
        assert alone.request.state == RequestState.CLOSED

    def test_brings_the_request_where_there_was_none(self, siao, couple):
        other = people.household(people.member("Zoé", "Weber"), actor=siao, on=BEFORE)

        acts.join(actor=siao, household=couple, leaving=everybody(couple), into=other, on=TODAY)

        assert HousingRequest.objects.get().household == other

    def test_brings_home_and_support(self, siao, agent, couple, alone):
        home_of(couple, agent)
        supported(couple)

        acts.join(actor=siao, household=couple, leaving=everybody(couple), into=alone, on=TODAY)

        assert Lease.objects.get().household == SupportMeasure.objects.get().household == alone

    def test_keeps_the_request_of_who_is_joined_by_people_who_asked_for_nothing(self, siao, couple, alone):
        alone.request.delete()

        acts.join(actor=siao, household=alone, leaving=everybody(alone), into=couple, on=TODAY)

        assert couple.request.requested_on == OLD

    def test_lets_some_go_and_others_stay(self, siao, couple, alone):
        acts.join(actor=siao, household=couple, leaving=(person(couple, "Karim"),), into=alone, on=TODAY)

        assert couple.closed_on is None
        assert couple.request.state == RequestState.ACTIVE

    def test_waits_for_the_answer_to_an_offer(self, siao, agent, couple, alone):
        tenancies.candidacy(couple, offer=tenancies.offer(agent=agent), state=CandidacyState.OFFERED)

        with pytest.raises(acts.AnswersAnOffer):
            acts.join(actor=siao, household=couple, leaving=everybody(couple), into=alone, on=TODAY)

    def test_refuses_two_homes(self, siao, agent, couple, alone):
        home_of(couple, agent)
        home_of(alone, agent)

        with pytest.raises(acts.BothHoused):
            acts.join(actor=siao, household=couple, leaving=everybody(couple), into=alone, on=TODAY)

    def test_protects_the_household_joined_by_a_protected_one(self, siao, couple, alone):
        actions.protect_household(actor=siao, household=couple, on=TODAY)

        acts.join(actor=siao, household=couple, leaving=everybody(couple), into=alone, on=TODAY)

        assert not Household.objects.visible_to(territories.actor("siao_officer")).filter(pk=alone.pk).exists()
        assert queries.household(alone.pk, actor=siao).is_protected

    def test_is_undone_as_a_whole(self, siao, agent, couple, alone):
        home_of(couple, agent)
        supported(couple)
        proposed = tenancies.candidacy(couple, offer=tenancies.offer(agent=agent), state=CandidacyState.PROPOSED)
        acts.join(actor=siao, household=couple, leaving=everybody(couple), into=alone, on=TODAY)
        proposed.refresh_from_db()
        assert proposed.state == CandidacyState.WITHDRAWN

        undo_last(siao)

        couple.refresh_from_db()
        proposed.refresh_from_db()
        requests = {each.household_id: each for each in HousingRequest.objects.order_by("pk")}
        assert couple.closed_on is None
        assert (requests[couple.pk].state, requests[alone.pk].requested_on) == (RequestState.ACTIVE, BEFORE)
        assert proposed.state == CandidacyState.PROPOSED
        assert Lease.objects.get().household == SupportMeasure.objects.get().household == couple

    def test_refuses_their_own_file_a_closed_one_and_nobody(self, siao, couple, alone):
        with pytest.raises(actions.SameHousehold):
            acts.join(actor=siao, household=couple, leaving=everybody(couple), into=couple, on=TODAY)
        with pytest.raises(actions.NobodyLeaves):
            acts.join(actor=siao, household=couple, leaving=(), into=alone, on=TODAY)
        acts.die(actor=siao, household=alone, person=person(alone, "Zoé"), on=TODAY)
        with pytest.raises(actions.FileClosed):
            acts.join(actor=siao, household=couple, leaving=everybody(couple), into=alone, on=TODAY)

    def test_needs_somebody_who_leads_the_household_they_join(self, siao, couple, alone):
        alone.members.update(role=MemberRole.OTHER)

        with pytest.raises(actions.NeedsALead):
            acts.join(actor=siao, household=couple, leaving=everybody(couple), into=alone, on=TODAY)


class TestDie:
    def test_leaves_everything_to_those_who_live_on(self, siao, agent, couple):
        offered = tenancies.candidacy(couple, offer=tenancies.offer(agent=agent), state=CandidacyState.OFFERED)

        acts.die(
            actor=siao, household=couple, person=person(couple, "Amina"), on=TODAY, new_lead=person(couple, "Karim")
        )

        offered.refresh_from_db()
        assert offered.state == CandidacyState.OFFERED
        assert couple.request.state == RequestState.ACTIVE
        assert couple.closed_on is None

    def test_ends_what_was_under_way_when_nobody_is_left(self, siao, agent, alone):
        accepted = tenancies.candidacy(alone, offer=tenancies.offer(agent=agent), state=CandidacyState.ACCEPTED)
        supported(alone)

        acts.die(actor=siao, household=alone, person=person(alone, "Zoé"), on=TODAY)

        accepted.refresh_from_db()
        alone.request.refresh_from_db()
        assert accepted.state == CandidacyState.WITHDRAWN
        assert alone.request.state == RequestState.CLOSED
        assert SupportMeasure.objects.get().state == MeasureState.ENDED
        assert Task.objects.get().cancelled_on == TODAY
        assert alone.reference not in {each.ref for each in snapshots.waiting(alone.territory, on=TODAY, actor=siao)}

    def test_closes_no_request_of_who_asked_for_nothing(self, siao, alone):
        alone.request.delete()

        acts.die(actor=siao, household=alone, person=person(alone, "Zoé"), on=TODAY)

        alone.refresh_from_db()
        assert (alone.closed_on, HousingRequest.objects.exists()) == (TODAY, False)

    def test_is_undone_as_a_whole(self, siao, agent, alone):
        accepted = tenancies.candidacy(alone, offer=tenancies.offer(agent=agent), state=CandidacyState.ACCEPTED)
        supported(alone)
        zoe = person(alone, "Zoé")
        acts.die(actor=siao, household=alone, person=zoe, on=TODAY)

        undo_last(siao)

        zoe.refresh_from_db()
        accepted.refresh_from_db()
        alone.refresh_from_db()
        assert (zoe.died_on, alone.closed_on, accepted.state) == (None, None, CandidacyState.ACCEPTED)
        assert (SupportMeasure.objects.get().state, Task.objects.get().cancelled_on) == (MeasureState.RUNNING, None)

    def test_is_not_undone_when_the_home_went_to_somebody_else(self, siao, agent, alone, couple):
        offer = tenancies.offer(agent=agent)
        tenancies.candidacy(alone, offer=offer, state=CandidacyState.ACCEPTED)
        acts.die(actor=siao, household=alone, person=person(alone, "Zoé"), on=TODAY)
        tenancies.candidacy(couple, offer=offer, state=CandidacyState.ACCEPTED)

        with pytest.raises(actions.ChangedSince):
            undo_last(siao)

    def test_happens_once(self, siao, couple):
        karim = person(couple, "Karim")
        acts.die(actor=siao, household=couple, person=karim, on=TODAY)

        with pytest.raises(actions.HasDied):
            acts.die(actor=siao, household=couple, person=karim, on=TODAY)
        with pytest.raises(actions.HasDied):
            actions.rejoin(actor=siao, household=couple, person=karim, role=MemberRole.PARTNER, on=TODAY)

    def test_needs_who_leads_the_others(self, siao, couple):
        with pytest.raises(actions.NeedsALead):
            acts.die(actor=siao, household=couple, person=person(couple, "Amina"), on=TODAY)


class TestNews:
    def test_keeps_the_place_of_those_nobody_has_news_of(self, siao, agent, alone):
        offered = tenancies.candidacy(alone, offer=tenancies.offer(agent=agent), state=CandidacyState.DECIDED)
        actions.lose_sight(actor=siao, household=alone, on=TODAY)

        offered.refresh_from_db()
        assert alone.is_lost
        assert offered.state == CandidacyState.DECIDED
        assert alone.reference in {each.ref for each in snapshots.waiting(alone.territory, on=TODAY, actor=siao)}
        with pytest.raises(actions.AlreadyLost):
            actions.lose_sight(actor=siao, household=alone, on=TODAY)

    def test_ends_when_they_are_met_or_heard_of(self, siao, alone, couple):
        for household in (alone, couple):
            actions.lose_sight(actor=siao, household=household, on=TODAY - timedelta(days=1))

        actions.hear_of(actor=siao, household=alone, on=TODAY)
        actions.record_household_situation(actor=siao, household=couple, situation=people.seen(), on=TODAY)

        couple.refresh_from_db()
        assert not alone.is_lost
        assert not couple.is_lost
        with pytest.raises(actions.NotLost):
            actions.hear_of(actor=siao, household=alone, on=TODAY)


class TestComeBack:
    def test_opens_a_closed_file_again_with_its_request(self, siao, alone):
        zoe = person(alone, "Zoé")
        actions.end_membership(actor=siao, household=alone, person=zoe, on=TODAY, reason="")
        assert alone.closed_because == Closing.GONE
        HousingRequest.objects.filter(household=alone).update(state=RequestState.CLOSED)

        acts.come_back(actor=siao, household=alone, person=zoe, role=MemberRole.LEAD, on=TODAY)

        alone.request.refresh_from_db()
        assert (alone.closed_on, alone.request.state) == (None, RequestState.ACTIVE)

    def test_asks_nothing_of_a_file_that_asked_for_nothing(self, siao):
        household = people.household(people.member("Zoé", "Weber"), actor=siao, on=BEFORE)
        zoe = person(household, "Zoé")
        actions.end_membership(actor=siao, household=household, person=zoe, on=TODAY, reason="")

        acts.come_back(actor=siao, household=household, person=zoe, role=MemberRole.LEAD, on=TODAY)

        assert household.is_open_on(TODAY)

    def test_takes_back_somebody_who_left_others(self, siao, couple):
        karim = person(couple, "Karim")
        actions.end_membership(actor=siao, household=couple, person=karim, on=TODAY, reason="")
        assert queries.former_members(couple, actor=siao) == [(karim.pk, "Karim Bouzid")]

        acts.come_back(actor=siao, household=couple, person=karim, role=MemberRole.PARTNER, on=TODAY)

        assert queries.former_members(couple, actor=siao) == []
        assert couple.members_on(TODAY).count() == 2


class TestChangeLead:
    def test_names_the_file_after_somebody_else(self, siao, couple):
        karim = person(couple, "Karim")

        actions.change_lead(actor=siao, household=couple, person=karim, on=TODAY)

        assert queries.lead(couple, on=TODAY, actor=siao).person == karim
        assert couple.members_on(TODAY).count() == 2
        with pytest.raises(actions.AlreadyLeads):
            actions.change_lead(actor=siao, household=couple, person=karim, on=TODAY)

    def test_gives_a_lead_to_a_household_that_has_none(self, siao, couple):
        couple.members.update(role=MemberRole.OTHER)

        actions.change_lead(actor=siao, household=couple, person=person(couple, "Karim"), on=TODAY)

        assert queries.lead(couple, on=TODAY, actor=siao).person.given_names == "Karim"


def everybody(household: Household) -> tuple:
    return tuple(row.person for row in household.members_on(TODAY))
