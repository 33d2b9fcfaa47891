from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from chezsoi.allocation.choices import CandidacyState
from chezsoi.homes.choices import OfferState
from chezsoi.homes.models import Offer, Owner
from chezsoi.tenancies import actions, queries
from chezsoi.tenancies.choices import LeaseKind
from chezsoi.tenancies.models import Lease
from chezsoi.territories.access import NotAllowed
from chezsoi.trail.models import Entry
from tests.factories import people, tenancies, territories

TODAY = timezone.localdate()


@pytest.fixture
def agent():
    return territories.actor("social_landlord_agent")


@pytest.fixture
def candidacy(agent):
    return tenancies.candidacy(people.household(), offer=tenancies.offer(agent=agent))


def sign(agent, candidacy, *, has_joint_liability=False, **days) -> Lease:
    return actions.sign_lease(
        actor=agent,
        candidacy=candidacy,
        kind=LeaseKind.DIRECT,
        signed_on=days.get("signed_on", TODAY),
        starts_on=days.get("starts_on", TODAY),
        has_joint_liability=has_joint_liability,
    )


class TestSignLease:
    def test_writes_the_lease_with_the_price_of_the_offer(self, agent, candidacy):
        lease = sign(agent, candidacy, starts_on=TODAY + timedelta(days=3))

        assert lease.is_in_force
        assert lease.is_social
        assert (lease.household, lease.rent_per_month) == (candidacy.household, candidacy.offer.rent_per_month)
        assert Entry.objects.filter(verb="tenancies.lease.signed", object_id=str(lease.pk)).exists()

    def test_refuses_joint_liability_where_nobody_shares(self, agent, candidacy):
        with pytest.raises(actions.NobodyToAnswerFor):
            sign(agent, candidacy, has_joint_liability=True)

    @pytest.mark.parametrize(
        ("state", "refusal"),
        [
            (CandidacyState.OFFERED, actions.OfferNotAccepted),
            (CandidacyState.REFUSED, actions.OfferNotAccepted),
            (CandidacyState.HOUSED, actions.HomeAlreadyLet),
        ],
    )
    def test_refuses_a_household_that_has_not_said_yes(self, agent, candidacy, state, refusal):
        candidacy.state = state
        candidacy.save()

        with pytest.raises(refusal):
            sign(agent, candidacy)

    def test_refuses_a_home_the_law_bans(self, agent, candidacy):
        Offer.objects.filter(pk=candidacy.offer_id).update(
            state=OfferState.NOT_OFFERABLE, blocked_on=TODAY, blocked_by={"rule": "decency.dpe_min"}
        )

        with pytest.raises(actions.HomeNotOfferable):
            sign(agent, candidacy)

    def test_refuses_days_in_the_wrong_order(self, agent, candidacy):
        with pytest.raises(actions.LeaseSignedBeforeDecision):
            sign(agent, candidacy, signed_on=candidacy.decision.decided_on - timedelta(days=1))
        with pytest.raises(actions.LeaseStartsBeforeSignature):
            sign(agent, candidacy, starts_on=TODAY - timedelta(days=1))

    def test_refuses_a_home_already_let(self, agent, candidacy):
        sign(agent, candidacy)
        other = tenancies.candidacy(people.household(), offer=candidacy.offer, state=CandidacyState.PROPOSED)
        other.state = CandidacyState.ACCEPTED

        with pytest.raises(actions.HomeAlreadyLet):
            sign(agent, other)

    def test_refuses_a_second_home_for_one_household(self, agent, candidacy):
        sign(agent, candidacy)
        candidacy.state = CandidacyState.HOUSED
        candidacy.save()
        elsewhere = tenancies.candidacy(candidacy.household, offer=tenancies.offer(agent=agent))

        with pytest.raises(actions.HouseholdAlreadyHoused):
            sign(agent, elsewhere)

    def test_is_refused_to_another_landlord_and_to_other_roles(self, candidacy):
        for role in ("social_landlord_agent", "siao_officer", "lead_worker", "coordinator"):
            with pytest.raises(NotAllowed):
                sign(territories.actor(role), candidacy)

        assert not Lease.objects.exists()


class TestVoidLease:
    def test_frees_the_home_and_keeps_the_lease_with_its_reason(self, agent, candidacy):
        lease = actions.void_lease(actor=agent, lease=sign(agent, candidacy), reason=" wrong household ")

        assert (lease.is_in_force, lease.void_reason) == (False, "wrong household")
        assert sign(agent, candidacy).is_in_force

    def test_needs_a_reason_and_a_lease_in_force(self, agent, candidacy):
        lease = sign(agent, candidacy)

        with pytest.raises(actions.VoidingNeedsAReason):
            actions.void_lease(actor=agent, lease=lease, reason="  ")
        actions.void_lease(actor=agent, lease=lease, reason="typing mistake")
        with pytest.raises(actions.LeaseNotInForce):
            actions.void_lease(actor=agent, lease=lease, reason="again")

    def test_is_refused_to_another_landlord(self, agent, candidacy):
        lease = sign(agent, candidacy)

        with pytest.raises(NotAllowed):
            actions.void_lease(actor=territories.actor("social_landlord_agent"), lease=lease, reason="not mine")


class TestTheDatabase:
    def test_holds_one_lease_in_force_a_home_whoever_writes(self, agent, candidacy):
        lease = sign(agent, candidacy)
        lease.pk, lease.household = None, people.household()

        with pytest.raises(IntegrityError), transaction.atomic():
            lease.save(force_insert=True)


class TestLeases:
    def test_are_seen_by_their_landlord_and_by_those_who_follow_the_household(self, agent):
        follower = territories.actor("lead_worker")
        lease = sign(agent, tenancies.candidacy(people.household(actor=follower), offer=tenancies.offer(agent=agent)))

        assert queries.lease(lease.pk, actor=agent) == lease
        assert list(queries.leases(actor=follower)) == [lease]
        assert list(queries.leases_of(lease.household, actor=follower)) == [lease]

    def test_are_seen_by_who_let_a_home_for_an_owner_that_is_no_organisation_here(self, agent):
        offer = tenancies.offer(agent=agent)
        Owner.objects.filter(pk=offer.dwelling.owner_id).update(organisation=None)
        lease = sign(agent, tenancies.candidacy(people.household(), offer=offer))

        assert queries.lease(lease.pk, actor=agent) == lease
        assert not queries.leases(actor=territories.actor("social_landlord_agent")).exists()

    def test_do_not_exist_for_anybody_else(self, agent, candidacy):
        sign(agent, candidacy)

        for role in ("social_landlord_agent", "rental_manager", "lead_worker", "legal_adviser", "coordinator", "dpo"):
            assert not queries.leases(actor=territories.actor(role)).exists()


class TestHandOverLease:
    def test_is_refused_once_it_is_voided(self, agent, candidacy):
        lease = actions.void_lease(actor=agent, lease=sign(agent, candidacy), reason="typing mistake")

        with pytest.raises(actions.LeaseNotInForce):
            actions.hand_over_lease(actor=agent, lease=lease, household=lease.household)
