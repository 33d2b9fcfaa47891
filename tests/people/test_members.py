from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from chezsoi.kernel.dates import PartialDate
from chezsoi.people import actions, queries
from chezsoi.people.choices import AgeBand, MemberRole, Situation
from chezsoi.people.models import Household, HouseholdMember
from chezsoi.territories.access import NotAllowed
from tests.factories import people, territories

TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def siao():
    return territories.actor("siao_officer")


@pytest.fixture
def family(siao) -> Household:
    return people.looked_for(
        people.member(situation=people.street(YESTERDAY)),
        people.member("Karim", role=MemberRole.PARTNER),
        people.child(),
        actor=siao,
        on=YESTERDAY,
        stated_size=3,
    )


def names(household: Household, day: date = TODAY) -> list[str]:
    return [row.person.given_names for row in household.members_on(day)]


def person(household: Household, given_names: str):
    return household.members.get(person__given_names=given_names).person


class TestAddMember:
    def test_shares_the_leads_situation_from_that_day_only(self, siao, family):
        joined = actions.add_member(actor=siao, household=family, member=people.child("Nour"), on=TODAY)

        shared = joined.person.situations.get()
        assert (shared.situation, shared.since, shared.is_derived) == ("street", TODAY, True)
        assert names(family)[0] == "Amina"

    def test_keeps_a_situation_of_their_own(self, siao, family):
        newcomer = people.child("Nour", situation=people.seen(Situation.CHILD_CARE))

        joined = actions.add_member(actor=siao, household=family, member=newcomer, on=TODAY)

        assert not joined.person.situations.get().is_derived

    def test_shares_nothing_where_nobody_was_asked(self, siao):
        household = people.looked_for(people.member(), actor=siao)

        joined = actions.add_member(actor=siao, household=household, member=people.child(), on=TODAY)

        assert not joined.person.situations.exists()

    def test_gives_a_lead_to_a_household_that_has_none(self, siao, family):
        family.members.update(ends_on=TODAY)

        actions.add_member(
            actor=siao, household=family, member=people.member("Sonia"), on=TODAY, looks_for_duplicates=False
        )

        assert names(family) == ["Sonia"]

    @pytest.mark.parametrize("newcomer", [people.member("Sonia")])
    def test_refuses_a_second_lead(self, siao, family, newcomer):
        with pytest.raises(actions.NeedsALead):
            actions.add_member(actor=siao, household=family, member=newcomer, on=TODAY)

    def test_refuses_who_may_not(self, family):
        with pytest.raises(NotAllowed):
            actions.add_member(
                actor=territories.actor("outreach_worker"), household=family, member=people.child(), on=TODAY
            )


class TestEndMembership:
    def test_ends_it_that_day_and_counts_one_less(self, siao, family):
        left = person(family, "Karim")

        actions.end_membership(actor=siao, household=family, person=left, on=TODAY, reason="work elsewhere")

        family.refresh_from_db()
        assert names(family) == ["Amina", "Lina"]
        assert names(family, YESTERDAY) == ["Amina", "Karim", "Lina"]
        assert family.stated_size == 2

    def test_names_who_follows_a_lead(self, siao, family):
        karim = person(family, "Karim")

        actions.end_membership(
            actor=siao, household=family, person=person(family, "Amina"), on=TODAY, reason="", new_lead=karim
        )

        assert names(family) == ["Karim", "Lina"]
        assert queries.lead(family, on=TODAY, actor=siao).person == karim
        assert queries.lead(family, on=YESTERDAY, actor=siao).person.given_names == "Amina"

    @pytest.mark.parametrize("follows", [False, True])
    def test_refuses_a_lead_whom_nobody_who_stays_follows(self, siao, family, follows):
        lead = person(family, "Amina")

        with pytest.raises(actions.NeedsALead):
            actions.end_membership(
                actor=siao, household=family, person=lead, on=TODAY, reason="", new_lead=lead if follows else None
            )

        assert names(family) == ["Amina", "Karim", "Lina"]

    def test_lets_somebody_alone_go(self, siao):
        household = people.looked_for(actor=siao, on=YESTERDAY)
        alone = people.lead(household)

        actions.end_membership(actor=siao, household=household, person=alone, on=TODAY, reason="died")

        assert names(household) == []
        assert queries.household_of(alone, actor=siao) == household

    def test_refuses_somebody_who_does_not_live_there(self, siao, family):
        stranger = people.lead(people.looked_for(people.member("Zoé", "Weber")))

        with pytest.raises(actions.NotAMember):
            actions.end_membership(actor=siao, household=family, person=stranger, on=TODAY, reason="")


class TestRejoin:
    def test_takes_back_somebody_who_left(self, siao, family):
        karim = person(family, "Karim")
        actions.end_membership(actor=siao, household=family, person=karim, on=TODAY, reason="")

        actions.rejoin(actor=siao, household=family, person=karim, role=MemberRole.PARTNER, on=TODAY)

        assert sorted(names(family)) == ["Amina", "Karim", "Lina"]
        assert karim.memberships.count() == 2

    def test_refuses_somebody_who_lives_elsewhere(self, siao, family):
        other = people.looked_for(people.member("Zoé", "Weber"), actor=siao)

        with pytest.raises(actions.AlreadyInAHousehold):
            actions.rejoin(actor=siao, household=family, person=people.lead(other), role=MemberRole.PARTNER, on=TODAY)

    def test_refuses_a_second_lead(self, siao, family):
        karim = person(family, "Karim")
        actions.end_membership(actor=siao, household=family, person=karim, on=TODAY, reason="")

        with pytest.raises(actions.NeedsALead):
            actions.rejoin(actor=siao, household=family, person=karim, role=MemberRole.LEAD, on=TODAY)

    def test_leads_a_household_that_nobody_leads(self, siao):
        household = people.looked_for(actor=siao, on=YESTERDAY)
        alone = people.lead(household)
        actions.end_membership(actor=siao, household=household, person=alone, on=TODAY, reason="")

        actions.rejoin(actor=siao, household=household, person=alone, role=MemberRole.LEAD, on=TODAY)

        assert names(household) == ["Amina"]

    def test_takes_somebody_who_never_had_a_household(self, siao, family):
        newcomer = people.lead(people.looked_for(people.member("Zoé", "Weber"), actor=siao))
        newcomer.memberships.all().delete()

        actions.rejoin(actor=siao, household=family, person=newcomer, role=MemberRole.RELATIVE, on=TODAY)

        assert "Zoé" in names(family)


class TestSplitHousehold:
    def test_gives_those_who_leave_a_file_of_their_own(self, siao, family):
        leaving = (person(family, "Amina"), person(family, "Lina"))

        opened = actions.split_household(
            actor=siao, household=family, leaving=leaving, on=TODAY, reason="", new_lead=person(family, "Karim")
        )

        assert names(opened) == ["Amina", "Lina"]
        assert [row.role for row in opened.members_on(TODAY)] == [MemberRole.LEAD, MemberRole.CHILD]
        assert names(family) == ["Karim"]

    def test_cuts_at_once_what_those_who_stay_and_their_services_see(self, siao):
        outreach = territories.actor("outreach_worker")
        couple = people.looked_for(
            people.member(), people.member("Karim", role=MemberRole.PARTNER), actor=outreach, on=YESTERDAY
        )
        amina, karim = person(couple, "Amina"), person(couple, "Karim")

        opened = actions.split_household(
            actor=siao, household=couple, leaving=(amina,), on=TODAY, reason="", new_lead=karim, protects=True
        )

        assert opened.is_protected
        with pytest.raises(Household.DoesNotExist):
            queries.household(opened.pk, actor=outreach)
        shown = queries.household_page(couple, actor=outreach, on=TODAY)
        assert [member.name for member in shown.members] == ["Karim Bouzid"]
        with pytest.raises(NotAllowed):
            actions.add_phone(actor=outreach, person=amina, number="0612345678", on=TODAY)

    def test_makes_a_partner_who_leaves_with_others_another_member(self, siao, family):
        leaving = (person(family, "Lina"), person(family, "Karim"))

        opened = actions.split_household(actor=siao, household=family, leaving=leaving, on=TODAY, reason="")

        assert [row.role for row in opened.members_on(TODAY)] == [MemberRole.LEAD, MemberRole.OTHER]

    def test_opens_no_circle_for_a_program_without_a_service(self, family):
        opened = actions.split_household(
            actor=territories.program(), household=family, leaving=(person(family, "Lina"),), on=TODAY, reason=""
        )

        assert not opened.circle.exists()

    @pytest.mark.parametrize("gone", [(), ("Amina", "Karim", "Lina")])
    def test_refuses_when_nobody_leaves_or_nobody_stays(self, siao, family, gone):
        with pytest.raises(actions.NobodyLeaves):
            actions.split_household(
                actor=siao, household=family, leaving=tuple(person(family, name) for name in gone), on=TODAY, reason=""
            )

    def test_protects_only_for_who_may(self, family):
        program = territories.program()
        held = type(program)(
            user_id=None, label="", role=program.role, scope=None, territory_ids=program.territory_ids,
            permissions=program.permissions - {"flag_violence"},
        )  # fmt: skip

        with pytest.raises(NotAllowed):
            actions.split_household(
                actor=held, household=family, leaving=(person(family, "Lina"),), on=TODAY, reason="", protects=True
            )


class TestMembership:
    @settings(max_examples=25)
    @given(st.lists(st.sampled_from(["leave", "rejoin", "split"]), max_size=6))
    def test_never_puts_a_person_in_two_households_on_one_day(self, moves):
        program = territories.program()
        home = people.looked_for(people.member(), people.child(), actor=program, on=date(2026, 1, 1))
        child = person(home, "Lina")
        for step, move in enumerate(moves, 1):
            day = date(2026, 1, 1) + timedelta(days=step)
            current = queries.household_of(child, actor=program)
            inside = child.memberships.filter(ends_on=None).exists()
            if move == "leave" and inside and len(names(current, day)) > 1:
                actions.end_membership(actor=program, household=current, person=child, on=day, reason="")
            elif move == "rejoin" and not inside:
                actions.rejoin(actor=program, household=home, person=child, role=MemberRole.CHILD, on=day)
            elif move == "split" and inside and len(names(current, day)) > 1:
                actions.split_household(actor=program, household=current, leaving=(child,), on=day, reason="")

        rows = list(child.memberships.order_by("starts_on", "pk"))
        for before, after in pairwise(rows):
            assert before.ends_on is not None
            assert before.ends_on <= after.starts_on

    @settings(max_examples=15)
    @given(st.integers(0, 60))
    def test_added_and_ended_the_same_day_leaves_every_day_as_it_was(self, days):
        program = territories.program()
        start = date(2026, 1, 1)
        home = people.looked_for(actor=program, on=start)
        alone = names(home, start)

        joined = actions.add_member(
            actor=program, household=home, member=people.child(), on=start + timedelta(days=days)
        )
        actions.end_membership(
            actor=program, household=home, person=joined.person, on=joined.starts_on, reason="mistake"
        )

        assert [names(home, start + timedelta(days=each)) for each in range(70)] == [alone] * 70


class TestHouseholdSizeAndAges:
    def test_counts_the_people_told_even_when_few_are_named(self, siao):
        household = people.looked_for(stated_size=4, actor=siao)

        made_of = queries.household_size_and_ages(household, on=TODAY, actor=siao)

        assert (made_of.size, made_of.is_size_known) == (4, True)
        assert made_of.bands == (AgeBand.MIDDLE,)

    def test_does_not_claim_that_somebody_lives_alone_when_nobody_said(self, siao):
        made_of = queries.household_size_and_ages(people.looked_for(actor=siao), on=TODAY, actor=siao)

        assert (made_of.size, made_of.is_size_known) == (1, False)

    @pytest.mark.parametrize(
        ("age", "band"),
        [(None, "unknown"), (0, "0-17"), (17, "0-17"), (18, "18-24"), (25, "25-39"), (59, "40-59"), (60, "60+")],
    )
    def test_puts_an_age_in_its_band(self, siao, age, band):
        assert queries.age_band(age, actor=siao) == band

    def test_knows_no_age_without_a_year(self, siao):
        household = people.looked_for(people.member(birth_date=PartialDate()), actor=siao)

        assert queries.household_size_and_ages(household, on=TODAY, actor=siao).ages == (None,)


def test_a_person_is_in_one_household_at_a_time_whoever_writes(siao):
    household = people.looked_for(actor=siao)
    other = people.looked_for(people.member("Zoé", "Weber"), actor=siao)

    with pytest.raises(Exception, match=r"(?i)unique"):
        HouseholdMember.objects.create(
            household=other, person=people.lead(household), role=MemberRole.OTHER, starts_on=TODAY
        )
