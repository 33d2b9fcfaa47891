from datetime import timedelta

import pytest
from django.utils import timezone

from chezsoi.allocation.choices import CandidacyState
from chezsoi.homes.choices import Funding, OfferState
from chezsoi.homes.models import Offer
from chezsoi.journeys import street_to_home
from chezsoi.people import queries as people_queries
from chezsoi.people.actions import open_circle
from chezsoi.people.choices import CircleBasis, Origin, Situation
from chezsoi.people.models import HouseholdMember, ResidentialSituation
from chezsoi.support import actions as support
from chezsoi.support.choices import Intensity, MeasureState, Scheme
from chezsoi.support.models import Task
from chezsoi.tenancies import actions as tenancies_actions
from chezsoi.tenancies.choices import LeaseKind
from chezsoi.trail.models import Entry
from tests.factories import people, tenancies, territories

TODAY = timezone.localdate()


@pytest.fixture
def agent():
    return territories.actor("social_landlord_agent")


@pytest.fixture
def worker():
    return territories.actor("lead_worker")


@pytest.fixture
def household(worker):
    return people.household(people.member(situation=people.street(TODAY)), people.child(), actor=worker)


@pytest.fixture
def candidacy(agent, household):
    return tenancies.candidacy(household, offer=tenancies.offer(agent=agent))


def house(agent, candidacy, kind=LeaseKind.DIRECT, starts_on=TODAY):
    return street_to_home.house(actor=agent, candidacy=candidacy, kind=kind, signed_on=TODAY, starts_on=starts_on)


class TestHouse:
    def test_gives_every_member_a_home_from_the_day_the_lease_starts(self, agent, candidacy, household):
        starts_on = TODAY + timedelta(days=4)

        housed = house(agent, candidacy, starts_on=starts_on)

        assert {row.situation for row in housed.situations} == {Situation.OWN}
        assert {row.since for row in housed.situations} == {starts_on}
        assert len(housed.situations) == 2
        lead = people.lead(household)
        assert people_queries.current_situation(lead, on=TODAY, actor=agent).situation == Situation.STREET
        assert people_queries.current_situation(lead, on=starts_on, actor=agent).situation == Situation.OWN

    @pytest.mark.parametrize(
        ("kind", "situation", "scheme"),
        [
            (LeaseKind.DIRECT, Situation.OWN, Scheme.AVDL),
            (LeaseKind.MANAGEMENT_MANDATE, Situation.OWN, Scheme.IML_GLA),
            (LeaseKind.SUBLEASE, Situation.SUPPORTED, Scheme.IML_GLA),
            (LeaseKind.SLIDING_LEASE, Situation.SUPPORTED, Scheme.IML_GLA),
        ],
    )
    def test_tells_a_tenant_from_a_subtenant(self, agent, candidacy, kind, situation, scheme):
        housed = house(agent, candidacy, kind)

        assert housed.situations[0].situation == situation
        assert housed.measure.scheme == scheme

    def test_takes_the_home_off_the_market_and_meets_the_request(self, agent, candidacy):
        other = tenancies.candidacy(people.household(), offer=candidacy.offer, state=CandidacyState.DECIDED)

        house(agent, candidacy)

        candidacy.refresh_from_db()
        other.refresh_from_db()
        assert Offer.objects.get(pk=candidacy.offer_id).state == OfferState.LET
        assert (candidacy.state, other.state) == (CandidacyState.HOUSED, CandidacyState.LOST)

    def test_opens_support_as_wished_with_a_first_visit_by_those_who_follow(self, agent, candidacy, household, worker):
        support.state_wish(actor=worker, household=household, intensity=Intensity.MEDIUM, stated_on=TODAY)

        housed = house(agent, candidacy)

        task = Task.objects.get()
        assert (housed.measure.state, housed.measure.intensity) == (MeasureState.RUNNING, Intensity.MEDIUM)
        assert housed.measure.organisation_id == worker.organisation_id
        assert (task.due_on, task.organisation_id) == (TODAY + timedelta(days=7), worker.organisation_id)

    def test_gives_the_visit_to_the_team_it_was_referred_to_before_the_one_that_met_it(self, agent):
        met_by = territories.actor("outreach_worker")
        household = people.household(actor=met_by, on=TODAY - timedelta(days=30))
        team = territories.organisation()
        open_circle(
            actor=met_by,
            household=household,
            organisation=team,
            basis=CircleBasis.REFERRAL,
            purpose="support",
            on=TODAY,
        )

        housed = house(agent, tenancies.candidacy(household, offer=tenancies.offer(agent=agent)))

        assert housed.measure.organisation == team

    def test_houses_as_well_those_who_wish_no_support(self, agent, candidacy, household, worker):
        support.state_wish(actor=worker, household=household, intensity=Intensity.NONE, stated_on=TODAY)

        housed = house(agent, candidacy)

        assert housed.lease.is_in_force
        assert housed.measure.state == MeasureState.OFFERED
        assert not Task.objects.exists()

    def test_opens_support_where_nobody_follows_the_household_yet(self, agent, candidacy, household):
        household.circle.all().delete()
        Offer.objects.filter(pk=candidacy.offer_id).update(funding=Funding.PLAI_ADAPTED)
        candidacy.refresh_from_db()

        housed = house(agent, candidacy)

        assert housed.measure.organisation is None
        assert (housed.measure.scheme, housed.measure.intensity) == (Scheme.PLAI_A, Intensity.UNKNOWN)

    def test_changes_nothing_at_all_when_one_link_refuses(self, agent, candidacy, household):
        HouseholdMember.objects.filter(household=household).delete()

        with pytest.raises(street_to_home.HouseholdWithoutMembers):
            house(agent, candidacy)

        candidacy.refresh_from_db()
        assert candidacy.state == CandidacyState.ACCEPTED
        assert not household.leases.exists()
        assert not Entry.objects.filter(verb="tenancies.lease.signed").exists()

    def test_gives_the_landlord_no_sight_of_the_household(self, agent, candidacy, household):
        house(agent, candidacy)

        assert not type(household).objects.visible_to(agent).exists()


class TestUndo:
    def test_puts_everything_back_and_erases_nothing(self, agent, candidacy, household):
        other = tenancies.candidacy(people.household(), offer=candidacy.offer, state=CandidacyState.DECIDED)
        lease = house(agent, candidacy).lease

        street_to_home.undo(actor=agent, lease=lease, on=TODAY, reason="wrong household")

        lead = people.lead(household)
        assert people_queries.current_situation(lead, on=TODAY, actor=agent).situation == Situation.STREET
        assert Offer.objects.get(pk=candidacy.offer_id).state == OfferState.OPEN
        candidacy.refresh_from_db()
        other.refresh_from_db()
        assert (candidacy.state, other.state) == (CandidacyState.ACCEPTED, CandidacyState.DECIDED)
        assert household.measures.get().state == MeasureState.CANCELLED
        assert not Task.objects.filter(cancelled_on=None).exists()
        withdrawn = ResidentialSituation.objects.filter(origin=Origin.LEASE)
        assert {row.withdrawal_reason for row in withdrawn} == {"wrong household"}
        assert Entry.objects.filter(verb="journeys.housing.undone", reason="wrong household").exists()

    def test_lets_the_right_lease_be_signed_after(self, agent, candidacy):
        street_to_home.undo(actor=agent, lease=house(agent, candidacy).lease, on=TODAY, reason="wrong day")

        assert house(agent, candidacy).lease.is_in_force

    def test_leaves_a_support_that_ended_meanwhile(self, agent, candidacy, worker):
        housed = house(agent, candidacy)
        support.end_measure(actor=worker, measure=housed.measure, ended_on=TODAY, reason="at her request")
        housed.lease.refresh_from_db()

        street_to_home.undo(actor=agent, lease=housed.lease, on=TODAY, reason="wrong day")

        housed.measure.refresh_from_db()
        assert housed.measure.state == MeasureState.ENDED

    def test_undoes_a_lease_that_came_from_no_candidacy(self, agent, candidacy):
        lease = house(agent, candidacy).lease
        type(lease).objects.update(candidacy=None)
        lease.refresh_from_db()

        assert not street_to_home.undo(actor=agent, lease=lease, on=TODAY, reason="not ours").is_in_force

    def test_needs_a_reason(self, agent, candidacy):
        lease = house(agent, candidacy).lease

        with pytest.raises(tenancies_actions.VoidingNeedsAReason):
            street_to_home.undo(actor=agent, lease=lease, on=TODAY, reason="")
        lease.refresh_from_db()
        assert lease.is_in_force
