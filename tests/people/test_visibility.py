from datetime import timedelta

import pytest
from django.utils import timezone

from chezsoi.people import actions, queries
from chezsoi.people.choices import CircleBasis
from chezsoi.people.models import Household
from chezsoi.territories import actions as accounts
from chezsoi.territories.access import NotAllowed, assignments_of
from chezsoi.trail.models import Entry
from tests.factories import people, territories

TODAY = timezone.localdate()
LONG_AGO = TODAY - timedelta(days=120)


def sees(actor, household) -> bool:
    return Household.objects.visible_to(actor).filter(pk=household.pk).exists()


class TestCircle:
    def test_shows_a_household_to_the_service_that_met_them_and_its_colleagues(self):
        outreach = territories.actor("outreach_worker")
        colleague = territories.actor("peer_worker", organisation=territories.organisation_of(outreach))
        household = people.household(actor=outreach)

        assert sees(outreach, household)
        assert sees(colleague, household)

    def test_closes_by_itself_ninety_days_after_the_last_act(self):
        outreach = territories.actor("outreach_worker")
        household = people.household(actor=outreach, on=LONG_AGO)

        assert not sees(outreach, household)
        with pytest.raises(Household.DoesNotExist):
            queries.household(household.pk, actor=outreach)
        with pytest.raises(NotAllowed):
            actions.touch_circle(actor=outreach, household=household, on=TODAY)

    def test_does_not_show_it_to_another_service(self):
        assert not sees(territories.actor("outreach_worker"), people.household())

    def test_does_not_show_it_to_the_same_service_at_work_elsewhere(self):
        both = territories.organisation(territories.territory("metz"), territories.territory("lille"))
        household = people.household(
            actor=territories.actor("outreach_worker", organisation=both, territory=territories.territory())
        )

        elsewhere = territories.actor("outreach_worker", organisation=both, territory=territories.territory("lille"))
        assert not sees(elsewhere, household)

    def test_of_one_worker_is_not_that_of_the_service(self):
        siao = territories.actor("siao_officer")
        worker = territories.actor("lead_worker")
        service = territories.organisation_of(worker)
        colleague = territories.actor("lead_worker", organisation=service)
        household = people.household(actor=siao)

        actions.open_circle(
            actor=siao, household=household, organisation=service, basis=CircleBasis.SUPPORT, purpose="measure",
            on=TODAY, user=territories.account_of(worker), lasts=True,
        )  # fmt: skip

        assert sees(worker, household)
        assert not sees(colleague, household)
        assert household.circle.get(user__isnull=False).ends_on is None

    def test_is_nobodys_without_a_service(self):
        actor = territories.actor("outreach_worker")
        alone = type(actor)(
            user_id=actor.user_id, label="", role=actor.role, scope=actor.scope,
            territory_ids=actor.territory_ids, permissions=actor.permissions,
        )  # fmt: skip

        assert not sees(alone, people.household(actor=actor))


class TestTerritoryRole:
    def test_sees_the_households_of_its_territories(self):
        assert sees(territories.actor("siao_officer"), people.household())

    def test_sees_nothing_elsewhere(self):
        lille = territories.actor("siao_officer", territory=territories.territory("lille"))

        assert not sees(lille, people.household())

    def test_sees_no_protected_household_outside_its_circle(self):
        inside = territories.actor("siao_officer")
        household = people.household(actor=inside)
        actions.protect_household(actor=inside, household=household, on=TODAY)

        assert sees(inside, household)
        assert not sees(territories.actor("siao_officer"), household)
        assert not sees(territories.actor("coordinator"), household)


class TestNobody:
    @pytest.mark.parametrize("role", ["hotline_agent", "commission_member", "local_admin", "dpo", "prospector"])
    def test_who_lists_no_people_sees_a_household(self, role):
        assert not sees(territories.actor(role), people.household())

    def test_who_is_a_program_reads_later(self):
        program = territories.program()

        assert not sees(program, people.household(actor=program))

    def test_whose_account_is_disabled_has_a_role(self):
        outreach = territories.actor("outreach_worker")
        user = territories.account_of(outreach)
        admin = territories.actor("local_admin", organisation=territories.organisation_of(outreach))

        accounts.disable_account(actor=admin, user=user, reason="left")

        user.refresh_from_db()
        assert assignments_of(user, on=TODAY) == []


class TestOpenCircle:
    def opened(self, actor, household, organisation, **traits):
        return actions.open_circle(
            actor=actor, household=household, organisation=organisation, basis=CircleBasis.AGREEMENT,
            purpose="housing", on=TODAY, **traits,
        )  # fmt: skip

    def test_lets_a_service_in(self):
        outreach, worker = territories.actor("outreach_worker"), territories.actor("lead_worker")
        household = people.household(actor=outreach)

        self.opened(outreach, household, territories.organisation_of(worker))

        assert sees(worker, household)
        assert Entry.objects.filter(verb="people.circle.opened").count() == 2

    def test_refuses_a_service_of_another_territory(self):
        outreach = territories.actor("outreach_worker")

        with pytest.raises(actions.NotInThisTerritory):
            self.opened(
                outreach,
                people.household(actor=outreach),
                territories.organisation(territories.territory("lille")),
            )

    def test_refuses_a_service_that_is_in(self):
        outreach = territories.actor("outreach_worker")

        with pytest.raises(actions.AlreadyInTheCircle):
            self.opened(outreach, people.household(actor=outreach), territories.organisation_of(outreach))

    def test_is_not_for_those_outside(self):
        worker = territories.actor("lead_worker")

        with pytest.raises(NotAllowed):
            self.opened(worker, people.household(), territories.organisation_of(worker))


class TestCloseCircle:
    def test_takes_a_service_out_that_day(self):
        siao, outreach = territories.actor("siao_officer"), territories.actor("outreach_worker")
        household = people.household(actor=outreach)

        actions.close_circle(actor=siao, membership=household.circle.get(), on=TODAY, reason="asked by her")

        assert not sees(outreach, household)
        assert Entry.objects.get(verb="people.circle.closed").reason == "asked by her"

    def test_closes_one_without_an_end(self):
        siao = territories.actor("siao_officer")
        household = people.household(actor=siao)
        household.circle.update(ends_on=None)

        actions.close_circle(actor=siao, membership=household.circle.get(), on=TODAY, reason="over")

        assert household.circle.get().ends_on == TODAY

    def test_is_done_once(self):
        siao = territories.actor("siao_officer")
        household = people.household(actor=siao, on=LONG_AGO)

        with pytest.raises(actions.CircleAlreadyClosed):
            actions.close_circle(actor=siao, membership=household.circle.get(), on=TODAY, reason="over")


class TestTouchCircle:
    def test_moves_the_end_of_the_actors_service_only(self):
        outreach, siao = territories.actor("outreach_worker"), territories.actor("siao_officer")
        day = TODAY - timedelta(days=30)
        household = people.household(actor=outreach, on=day)

        actions.touch_circle(actor=siao, household=household, on=TODAY)
        assert household.circle.get().ends_on == day + timedelta(days=90)

        actions.touch_circle(actor=outreach, household=household, on=TODAY)
        assert household.circle.get().ends_on == TODAY + timedelta(days=90)

    def test_moves_nothing_for_a_program_without_a_service(self):
        household = people.household(on=TODAY - timedelta(days=30))
        before = household.circle.get().ends_on

        actions.touch_circle(actor=territories.program(), household=household, on=TODAY)

        assert household.circle.get().ends_on == before


class TestProtection:
    def test_names_its_reviewer_in_the_circle(self):
        siao, reviewer = territories.actor("siao_officer"), territories.actor("siao_officer")
        household = people.household(actor=siao)

        actions.protect_household(
            actor=siao, household=household, on=TODAY, reviewer=territories.account_of(reviewer), version=1
        )

        named = household.circle.get(user__isnull=False)
        assert (named.user_id, named.organisation_id, named.ends_on) == (
            reviewer.user_id, reviewer.organisation_id, None,
        )  # fmt: skip
        household.refresh_from_db()
        assert (household.is_protected, household.version) == (True, 2)

    def test_does_not_name_twice(self):
        siao = territories.actor("siao_officer")
        household = people.household(actor=siao)
        actions.protect_household(actor=siao, household=household, on=TODAY)
        actions.lift_protection(actor=siao, household=household, on=TODAY, reason="asked by her")

        actions.protect_household(actor=siao, household=household, on=TODAY)

        assert household.circle.filter(user__isnull=False).count() == 1

    def test_refuses_to_hide_a_household_from_everybody(self):
        household = people.household(actor=territories.program())

        with pytest.raises(actions.NeedsACircle):
            actions.protect_household(actor=territories.program(), household=household, on=TODAY)

    def test_names_nobody_who_holds_no_role_there(self):
        siao = territories.actor("siao_officer")
        household = people.household(actor=siao)

        actions.protect_household(actor=siao, household=household, on=TODAY, reviewer=territories.user())

        assert not household.circle.filter(user__isnull=False).exists()

    def test_is_set_once_and_lifted_once(self):
        siao = territories.actor("siao_officer")
        household = people.household(actor=siao)
        with pytest.raises(actions.NotProtected):
            actions.lift_protection(actor=siao, household=household, on=TODAY, reason="")

        actions.protect_household(actor=siao, household=household, on=TODAY)

        with pytest.raises(actions.AlreadyProtected):
            actions.protect_household(actor=siao, household=household, on=TODAY)

    def test_is_not_lifted_from_outside(self):
        siao = territories.actor("siao_officer")
        household = people.household(actor=siao)
        actions.protect_household(actor=siao, household=household, on=TODAY)

        with pytest.raises(NotAllowed):
            actions.lift_protection(actor=territories.actor("siao_officer"), household=household, on=TODAY, reason="")
