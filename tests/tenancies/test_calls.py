"""A landlord calls the support of its tenant: heard by who follows the household, and nothing else moves."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from chezsoi.allocation.motives import ForbiddenMotive
from chezsoi.people.models import CircleMembership
from chezsoi.portal import waiting
from chezsoi.portal.household import support
from chezsoi.tenancies import actions, queries
from chezsoi.tenancies.choices import CallReason, LeaseKind
from chezsoi.tenancies.models import LandlordCall
from chezsoi.territories.access import NotAllowed
from tests.factories import people, tenancies, territories

TODAY = timezone.localdate()


@pytest.fixture
def agent(db):
    return territories.actor("social_landlord_agent")


@pytest.fixture
def lease(agent):
    candidacy = tenancies.candidacy(people.household(), offer=tenancies.offer(agent=agent))
    return actions.sign_lease(actor=agent, candidacy=candidacy, kind=LeaseKind.DIRECT, signed_on=TODAY, starts_on=TODAY)


@pytest.fixture
def worker(lease):
    return territories.actor("lead_worker", organisation=lease.household.circle.get().organisation)


def call(lease, *, actor, **more):
    given = {"reason": CallReason.RENT, "household_knows": True, **more}
    return actions.call_support(actor=actor, lease=lease, on=TODAY, **given)


def count(key, actor):
    return waiting.of_each_kind(actor=actor, on=TODAY)[key]


class TestCall:
    def test_stands_in_the_day_of_who_follows_the_household(self, lease, agent, worker):
        made = call(lease, actor=agent, words=" late rent ")

        assert (made.words, made.organisation_id, made.awaits) == ("late rent", agent.organisation_id, True)
        assert list(queries.calls_to_take_up(actor=worker)) == [made]
        assert not queries.calls_to_take_up(actor=agent).exists()
        assert count("call", worker) == 1
        assert not queries.calls_to_take_up(actor=territories.actor("lead_worker")).exists()
        assert not queries.calls_of(lease, actor=territories.actor("siao_officer")).exists()
        (kind,) = [each for each in waiting.KINDS if each.key == "call"]
        assert kind.due(made).lead == lease.household.reference

    def test_that_nobody_hears_waits_for_who_opens_circles_and_the_landlord_learns_nothing(self, lease, agent, worker):
        officer = territories.actor("siao_officer")
        made = call(lease, actor=agent)
        assert not queries.calls_that_reach_nobody(on=TODAY, actor=officer).exists()
        CircleMembership.objects.filter(household=lease.household).update(ends_on=TODAY)

        assert list(queries.calls_that_reach_nobody(on=TODAY, actor=officer)) == [made]
        assert count("unheard_call", officer) == 1
        (kind,) = [each for each in waiting.KINDS if each.key == "unheard_call"]
        assert kind.due(made).lead == lease.household.reference
        assert not queries.calls_that_reach_nobody(on=TODAY, actor=agent).exists()

    def test_is_of_the_landlord_of_a_lease_in_force_once_without_health(self, lease, agent, worker):
        for other in (territories.actor("social_landlord_agent"), worker):
            with pytest.raises(NotAllowed):
                call(lease, actor=other)
        with pytest.raises(ForbiddenMotive):
            call(lease, actor=agent, words="schizophrénie")
        made = call(lease, actor=agent)
        with pytest.raises(actions.CalledAlready):
            call(lease, actor=agent)
        actions.withdraw_call(actor=agent, call=made, on=TODAY)
        with pytest.raises(actions.CallOver):
            actions.withdraw_call(actor=agent, call=made, on=TODAY)
        actions.void_lease(actor=agent, lease=lease, reason="a mistake")
        with pytest.raises(actions.LeaseNotInForce):
            call(lease, actor=agent)
        with pytest.raises(IntegrityError), transaction.atomic():
            LandlordCall.objects.filter(pk=made.pk).update(taken_up_on=TODAY)


class TestTakeUp:
    def test_is_read_by_the_landlord_and_may_be_taken_back(self, lease, agent, worker):
        made = call(lease, actor=agent)
        with pytest.raises(NotAllowed):
            actions.take_call_up(actor=agent, call=made, on=TODAY)
        with pytest.raises(ForbiddenMotive):
            actions.take_call_up(actor=worker, call=made, on=TODAY, answer="schizophrénie")
        with pytest.raises(actions.CallNotTakenUp):
            actions.take_call_back(actor=worker, call=made)

        actions.take_call_up(actor=worker, call=made, on=TODAY, answer="we go there")

        assert queries.calls_of(lease, actor=agent).get().answer == "we go there"
        with pytest.raises(actions.CallOver):
            actions.take_call_up(actor=worker, call=made, on=TODAY)
        assert actions.take_call_back(actor=worker, call=made).awaits
        actions.take_call_up(actor=worker, call=made, on=TODAY)
        call(lease, actor=agent)
        with pytest.raises(actions.CalledAlready):
            actions.take_call_back(actor=worker, call=made)

    def test_stands_in_the_history_of_who_brings_support(self, lease, agent, worker):
        made = call(lease, actor=agent)
        actions.take_call_up(actor=worker, call=made, on=TODAY)
        assert len(support.read(lease.household, actor=worker).told) == 2
        assert not queries.calls_about(lease.household, actor=agent).exists()


class TestPages:
    def test_call_take_up_and_undo_without_a_script(self, client, lease, agent, worker):
        calling = reverse("tenancies:call-support", args=[lease.pk])
        client.force_login(territories.account_of(agent))
        assert calling in client.get(reverse("tenancies:lease", args=[lease.pk])).content.decode()
        assert client.post(calling, {"reason": ""}).status_code == 422
        assert client.post(calling, {"reason": "rent", "words": "schizophrénie"}).status_code == 422
        assert client.post(calling, {"reason": "rent", "words": "late rent"}).status_code == 302
        first = LandlordCall.objects.get()
        withdrawing = reverse("tenancies:withdraw-call", args=[first.pk])
        for _twice in range(2):
            client.post(withdrawing)
        client.post(calling, {"reason": "home"})
        second = LandlordCall.objects.get(withdrawn_on=None)

        client.force_login(territories.account_of(worker))
        page = reverse("tenancies:call", args=[second.pk])
        assert page in client.get(reverse("tenancies:leases")).content.decode()
        assert client.post(page, {"answer": "schizophrénie"}).status_code == 422
        assert client.post(page, {"answer": "we go there"}).status_code == 302
        assert "we go there" in client.get(page).content.decode()
        taking_back = reverse("tenancies:take-call-back", args=[second.pk])
        for _twice in range(2):
            client.post(taking_back)
        assert LandlordCall.objects.get(pk=second.pk).awaits
        assert client.get(reverse("tenancies:call", args=[first.pk])).status_code == 200
