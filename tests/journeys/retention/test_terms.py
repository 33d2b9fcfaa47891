"""When a file ends: the last contact, wherever it was written, and what keeps it beyond."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import DateField

from chezsoi.allocation.choices import RequestState
from chezsoi.allocation.models import HousingRequest
from chezsoi.journeys.retention import actions, contacts, queries, records
from chezsoi.journeys.retention.choices import Ground, Hold
from chezsoi.kernel.dates import add_months
from chezsoi.people.actions import NewResources, record_resources
from chezsoi.people.models import CircleMembership, Household, ResidentialSituation
from chezsoi.support.choices import Intensity, MeasureState, Scheme
from chezsoi.support.models import CaseMeeting, SupportMeasure, SupportWish
from chezsoi.territories.access import NotAllowed
from tests.factories import allocation, people, retention, tenancies, territories
from tests.factories.retention import today, years_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return retention.officer()


def term(household: Household, officer):
    found = {each.household: each for each in queries.terms(household.territory, on=today(), actor=officer)}
    return found.get(household.pk)


def holds(household: Household, officer) -> tuple[Hold, ...]:
    return term(household, officer).holds


class TestTheLastContact:
    def test_is_the_day_the_household_was_met(self, officer):
        household = retention.silent()

        found = term(household, officer)
        assert (found.last_contact_on, found.due_on) == (years_ago(3), years_ago(1))
        assert found.is_due_on(today())

    def test_of_less_than_two_years_ends_nothing(self, officer):
        assert term(retention.silent(on=add_months(today(), -24) + timedelta(days=1)), officer) is None

    def test_of_two_years_to_the_day_ends_the_file(self, officer):
        assert term(retention.silent(on=add_months(today(), -24)), officer).is_due_on(today())

    def test_is_found_in_every_app(self, officer):
        household, other = retention.silent(), retention.silent(people.member("Zoé", "Sow"))
        recent = years_ago(1)
        record_resources(
            actor=territories.program(household.territory),
            person=people.lead(household),
            resources=NewResources(kind="rsa", stated_on=recent, amount_per_month=Decimal(600)),
            on=recent,
        )
        SupportWish.objects.create(household=other, intensity=Intensity.LIGHT, stated_on=recent)

        assert term(household, officer) is None
        assert term(other, officer) is None

    def test_counts_what_was_seen_of_a_member_and_nothing_of_one_who_had_left(self, officer):
        household = retention.silent()
        lead = people.lead(household)
        household.members.update(ends_on=years_ago(2, months=6))
        ResidentialSituation.objects.create(
            person=lead, situation="own", observed_on=years_ago(1), origin="hearsay", quality="known"
        )

        assert term(household, officer).last_contact_on == years_ago(3)

    def test_is_no_day_to_come_nor_the_end_of_an_access(self, officer):
        household = retention.silent()
        CircleMembership.objects.filter(household=household).update(ends_on=today() - timedelta(days=5))
        SupportWish.objects.create(
            household=household, intensity=Intensity.LIGHT, stated_on=today() + timedelta(days=9)
        )

        assert term(household, officer).last_contact_on == years_ago(3)

    def test_is_a_case_meeting_that_was_held_and_none_that_was_only_planned(self, officer):
        household = retention.silent()
        said = {"team": "mobile", "agreement": "agreed", "agreement_on": years_ago(3), "planned_on": years_ago(1)}
        meeting = CaseMeeting.objects.create(
            household=household, organisation=household.circle.first().organisation, next_on=years_ago(1), **said
        )
        assert term(household, officer).last_contact_on == years_ago(3)

        CaseMeeting.objects.filter(pk=meeting.pk).update(held_on=years_ago(1))

        assert term(household, officer) is None

    def test_reads_every_dated_record_about_a_household(self):
        dated = {path.model for path, _name in contacts._dated()}
        about = {
            path.model
            for path in records.paths()
            for each in path.model._meta.concrete_fields
            if type(each) is DateField and each.name not in contacts.NOT_A_CONTACT
        }

        assert about - dated == set(contacts.SILENT)
        assert len(dated) > 8


class TestWhatKeepsAFile:
    def test_is_a_lease_in_force_then_three_years_after_it_ended(self, officer):
        household = retention.silent()
        lease = _lease(household)
        assert holds(household, officer) == (Hold.LEASE_IN_FORCE,)

        lease.ended_on = years_ago(2, months=6)
        lease.save()
        assert holds(household, officer) == (Hold.LEASE_ENDED,)

        household.leases.update(ended_on=years_ago(3))
        assert holds(household, officer) == ()

    def test_is_no_lease_written_by_mistake(self, officer):
        household = retention.silent()
        _lease(household)
        household.leases.update(voided_at=_instant(years_ago(3)), void_reason="wrong household")

        assert holds(household, officer) == ()

    def test_is_an_open_request_for_three_years_after_it_was_heard(self, officer):
        household = retention.silent(on=years_ago(4))
        request = HousingRequest.objects.create(household=household, heard_on=years_ago(2, months=6))
        assert holds(household, officer) == (Hold.OPEN_REQUEST,)

        HousingRequest.objects.filter(pk=request.pk).update(state=RequestState.CLOSED)
        assert holds(household, officer) == ()

        HousingRequest.objects.filter(pk=request.pk).update(state=RequestState.ACTIVE, heard_on=years_ago(3))
        assert holds(household, officer) == ()

    def test_is_support_under_way(self, officer):
        household = retention.silent()
        measure = SupportMeasure.objects.create(
            household=household,
            scheme=Scheme.AVDL,
            intensity=Intensity.LIGHT,
            state=MeasureState.RUNNING,
            opened_on=years_ago(3),
        )
        assert holds(household, officer) == (Hold.SUPPORT_RUNNING,)

        SupportMeasure.objects.filter(pk=measure.pk).update(state=MeasureState.ENDED, ended_on=years_ago(2))
        assert holds(household, officer) == ()

    def test_is_a_home_offered(self, officer):
        household = retention.silent()
        agent = territories.actor("social_landlord_agent", territory=household.territory)
        tenancies.candidacy(household, offer=tenancies.offer(agent=agent), decided_on=years_ago(3))

        assert holds(household, officer) == (Hold.HOME_OFFERED,)

    def test_is_a_written_justification_until_its_day(self, officer):
        worker = territories.actor("lead_worker", territory=territories.territory())
        household = retention.silent(actor=worker)
        CircleMembership.objects.filter(household=household).update(ends_on=None)
        written = _justified(household, worker, until_on=today() + timedelta(days=30))
        assert holds(household, officer) == (Hold.JUSTIFIED,)

        actions.withdraw_justification(actor=worker, justification=written, on=today())
        actions.withdraw_justification(actor=worker, justification=written, on=today())
        assert holds(household, officer) == ()
        assert queries.justifications(household, actor=worker) == [written]


class TestAJustification:
    @pytest.fixture
    def worker(self):
        return territories.actor("lead_worker", territory=territories.territory())

    @pytest.fixture
    def household(self, worker):
        return people.household(actor=worker)

    def test_is_a_sentence(self, household, worker):
        with pytest.raises(actions.TooShort):
            _justified(household, worker, reason="because it must")

    @pytest.mark.parametrize("months", [0, -1, 61])
    def test_ends_within_five_years(self, household, worker, months):
        with pytest.raises(actions.TooLong):
            _justified(household, worker, until_on=add_months(today(), months))

    def test_is_written_by_who_follows_the_household(self, household):
        for role in ("dpo", "outreach_worker", "lead_worker"):
            with pytest.raises(NotAllowed):
                _justified(household, territories.actor(role))


class TestTheForecast:
    def test_counts_without_a_name(self, officer):
        for _ in range(2):
            retention.silent()
        HousingRequest.objects.create(household=retention.silent(on=years_ago(4)), heard_on=years_ago(2, months=6))
        soon = add_months(today().replace(day=1), 1) - timedelta(days=1)
        retention.silent(on=add_months(soon, -24))

        found = queries.forecast(territories.territory(), on=today(), actor=officer)

        due_today = 3 if soon == today() else 2
        assert (found.due, found.due_this_month, found.held) == (due_today, 3, {"open_request": 1})
        assert found.last_day_kept == add_months(today(), -24)

    def test_is_for_who_purges(self):
        for role in ("coordinator", "siao_officer", "local_admin"):
            with pytest.raises(NotAllowed):
                queries.forecast(territories.territory(), on=today(), actor=territories.actor(role))

    def test_of_one_file_is_known_to_its_circle(self):
        worker = territories.actor("lead_worker", territory=territories.territory())
        household = people.household(actor=worker)

        found = queries.term_of(household, on=today(), actor=worker)

        assert (found.last_contact_on, found.due_on, found.holds) == (today(), add_months(today(), 24), ())
        with pytest.raises(NotAllowed):
            queries.term_of(household, on=today(), actor=territories.actor("lead_worker"))


def _lease(household: Household):
    agent = territories.actor("social_landlord_agent", territory=household.territory)
    offer = tenancies.offer(agent=agent)
    return household.leases.create(
        territory=household.territory,
        dwelling=offer.dwelling,
        offer=offer,
        kind="direct",
        is_social=True,
        signed_on=years_ago(3),
        starts_on=years_ago(3),
    )


def _justified(
    household: Household, worker, *, reason: str = "An appeal on the rent is before the court.", until_on=None
):
    return actions.justify_archive(
        actor=worker,
        household=household,
        ground=Ground.DISPUTE,
        reason=reason,
        until_on=until_on or add_months(today(), 6),
        on=today(),
    )


def _instant(day):
    return allocation.now().replace(year=day.year, month=day.month, day=min(day.day, 28))
