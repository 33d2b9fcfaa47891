from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.people import actions, queries
from chezsoi.people.choices import Origin, Situation
from chezsoi.people.models import IdentityKey, Person, ResidentialSituation
from chezsoi.people.models.identities import digests
from chezsoi.people.models.stretches import stretches
from chezsoi.territories.access import NotAllowed
from tests.factories import people, territories

TODAY = timezone.localdate()
DAYS = st.dates(date(2024, 1, 1), date(2026, 6, 30))
CODES = st.sampled_from([Situation.STREET, Situation.HOTEL, Situation.WITH_OTHERS, Situation.OWN])


def row(situation: str, observed_on: date, since: date | None = None) -> ResidentialSituation:
    return ResidentialSituation(situation=situation, observed_on=observed_on, since=since)


@st.composite
def observations(draw) -> list[ResidentialSituation]:
    drawn = draw(st.lists(st.tuples(CODES, DAYS, st.integers(0, 400), st.booleans()), min_size=1, max_size=8))
    return [row(code, day, day - timedelta(days=back) if told else None) for code, day, back, told in drawn]


class TestStretches:
    def test_start_when_the_situation_began(self):
        [only] = stretches([row("street", date(2026, 3, 1), since=date(2025, 9, 24))], until=date(2026, 4, 1))

        assert (only.situation, only.starts_on, only.ends_on) == ("street", date(2025, 9, 24), None)
        assert only.is_start_known
        assert only.nights_until(date(2026, 4, 1)) == 189

    def test_start_at_the_observation_when_nobody_knows_since_when(self):
        [only] = stretches([row("street", date(2026, 3, 1))], until=date(2026, 4, 1))

        assert (only.starts_on, only.is_start_known) == (date(2026, 3, 1), False)

    def test_never_begin_before_something_else_was_seen(self):
        rows = [
            row("hotel", date(2026, 3, 1), since=date(2026, 1, 5)),
            row("street", date(2026, 6, 1), since=date(2026, 2, 1)),
        ]

        hotel, street = stretches(rows, until=TODAY)
        assert (hotel.starts_on, hotel.ends_on) == (date(2026, 1, 5), date(2026, 3, 1))
        assert (street.starts_on, street.is_start_known) == (date(2026, 3, 1), False)

    def test_keep_what_was_true_until_a_change_of_the_same_day(self):
        rows = [row("street", date(2026, 3, 1), since=date(2025, 9, 1)), row("hotel", date(2026, 3, 1))]

        assert [each.situation for each in stretches(rows, until=TODAY)] == ["street", "hotel"]

    def test_are_one_while_nothing_changes(self):
        rows = [row("street", date(2026, 3, 1)), row("street", date(2026, 5, 1), since=date(2025, 12, 1))]

        [only] = stretches(rows, until=TODAY)
        assert only.starts_on == date(2025, 12, 1)

    def test_are_one_when_a_contradiction_of_no_length_parts_them(self):
        rows = [
            row("hotel", date(2026, 1, 1)),
            row("street", date(2026, 2, 1)),
            row("hotel", date(2026, 3, 1), since=date(2026, 1, 1)),
        ]

        assert [each.situation for each in stretches(rows, until=TODAY)] == ["hotel"]

    def test_hold_the_last_word_when_both_began_that_day(self):
        rows = [row("hotel", date(2026, 1, 1)), row("street", date(2026, 1, 1))]

        assert [each.situation for each in stretches(rows, until=TODAY)] == ["street"]

    @given(observations(), DAYS)
    def test_part_time_without_hole_or_overlap(self, rows, until):
        found = stretches(rows, until=until)

        for before, after in pairwise(found):
            assert before.ends_on == after.starts_on
            assert before.starts_on < before.ends_on
            assert before.situation != after.situation
        if found:
            assert found[-1].ends_on is None

    @given(observations(), DAYS)
    def test_end_with_the_last_observation(self, rows, until):
        seen = [each for each in rows if each.observed_on <= until]
        found = stretches(rows, until=until)

        assert bool(found) == bool(seen)
        if seen:
            last_day = max(each.observed_on for each in seen)
            assert found[-1].situation == [each for each in seen if each.observed_on == last_day][-1].situation

    @given(observations(), DAYS)
    def test_do_not_depend_on_what_is_seen_later(self, rows, until):
        assert stretches(rows, until=until) == stretches(
            [each for each in rows if each.observed_on <= until], until=until
        )


class TestRecordSituation:
    def test_adds_and_never_overwrites(self):
        household = people.household()
        siao = territories.actor("siao_officer")
        person = people.lead(household)

        hotel = people.seen(Situation.HOTEL, since=TODAY - timedelta(days=2))
        actions.record_situation(actor=siao, person=person, situation=hotel, on=TODAY)

        assert person.situations.count() == 2
        assert queries.current_situation(person, on=TODAY, actor=siao).situation == "hotel"
        assert queries.nights_in_situation(person, on=TODAY, actor=siao) == 0
        assert queries.last_observation(person, on_or_before=TODAY, actor=siao).recorded_by == siao.user_id

    def test_says_nothing_of_a_day_before_anybody_asked(self):
        household = people.household()
        siao = territories.actor("siao_officer")

        long_ago = TODAY - timedelta(days=900)
        assert queries.nights_in_situation(people.lead(household), on=long_ago, actor=siao) is None

    def test_reaches_the_members_nobody_ever_asked(self):
        household = people.household(people.member(), people.child())
        siao = territories.actor("siao_officer")

        actions.record_situation(actor=siao, person=people.lead(household), situation=people.seen(), on=TODAY)

        member = household.members_on(TODAY).last().person
        assert queries.last_observation(member, on_or_before=TODAY, actor=siao).is_derived

    def test_of_a_member_reaches_nobody_else(self):
        household = people.household(people.member(), people.child())
        child = household.members_on(TODAY).last().person

        actions.record_situation(
            actor=territories.actor("siao_officer"), person=child, situation=people.seen(), on=TODAY
        )

        assert not people.lead(household).situations.exists()

    def test_does_not_reach_a_member_who_has_their_own(self):
        household = people.household(people.member(), people.child(situation=people.seen(Situation.WITH_OTHERS)))
        siao = territories.actor("siao_officer")

        actions.record_situation(actor=siao, person=people.lead(household), situation=people.seen(), on=TODAY)

        child = household.members_on(TODAY).last().person
        assert [each.situation for each in child.situations.all()] == ["with_others"]

    def test_files_the_person_under_the_day_it_began(self):
        household = people.household(people.member())
        before = IdentityKey.objects.count()

        actions.record_situation(
            actor=territories.actor("siao_officer"),
            person=people.lead(household),
            situation=people.seen(since=TODAY),
            on=TODAY,
        )

        assert IdentityKey.objects.count() > before

    @pytest.mark.parametrize("was_seen_since", [True, False])
    def test_learned_late_files_the_person_unless_they_were_seen_elsewhere_since(self, was_seen_since):
        siao = territories.actor("siao_officer")
        person = people.lead(people.household(people.member(aliases=("Mina",))))
        if was_seen_since:
            today = people.seen(since=TODAY)
            actions.record_situation(actor=siao, person=person, situation=today, on=TODAY)
        before = set(person.identity_keys.values_list("digest", flat=True))

        late = people.seen(Situation.HOTEL, observed_on=TODAY - timedelta(days=9), since=TODAY - timedelta(days=30))
        actions.record_situation(actor=siao, person=person, situation=late, on=TODAY)

        (identity,) = queries.identities(queries.with_names([person.pk], actor=siao), on=TODAY, actor=siao)
        filed = set(person.identity_keys.values_list("digest", flat=True))
        assert filed == before | digests(identity)
        assert (filed == before) is was_seen_since

    def test_moves_the_last_contact_on_and_never_back(self):
        household = people.household(last_contact_on=date(2026, 1, 1))
        siao = territories.actor("siao_officer")
        person = people.lead(household)

        for day in (date(2026, 2, 1), date(2025, 2, 1)):
            actions.record_situation(actor=siao, person=person, situation=people.seen(observed_on=day), on=TODAY)

        household.refresh_from_db()
        assert household.last_contact_on == date(2026, 2, 1)

    def test_counts_an_old_lone_household_without_a_contact(self):
        household = people.household()
        type(household).objects.update(last_contact_on=None)

        actions.record_situation(
            actor=territories.actor("siao_officer"), person=people.lead(household), situation=people.seen(), on=TODAY
        )

        household.refresh_from_db()
        assert household.last_contact_on == TODAY

    def test_refuses_a_role_that_does_not_record(self):
        household = people.household()

        with pytest.raises(NotAllowed):
            actions.record_situation(
                actor=territories.actor("coordinator"),
                person=people.lead(household),
                situation=people.seen(),
                on=TODAY,
            )

    def test_refuses_somebody_who_never_had_a_household(self):
        alone = Person.objects.create(territory=territories.territory(), sort_name="x")

        with pytest.raises(actions.HasNoHousehold):
            actions.record_situation(
                actor=territories.actor("siao_officer"), person=alone, situation=people.seen(), on=TODAY
            )


class TestRecordHouseholdSituation:
    def test_gives_every_member_their_own(self):
        household = people.household(people.member(situation=people.street(TODAY)), people.child())
        lease = people.seen(Situation.OWN, since=TODAY, origin=Origin.LEASE)

        rows = actions.record_household_situation(
            actor=territories.program(), household=household, situation=lease, on=TODAY
        )

        assert [(each.situation, each.is_derived) for each in rows] == [("own", False)] * 2
        lane = queries.situation_lane(household, on=TODAY, actor=territories.program())
        assert [each.situation for each in lane] == ["street", "own"]

    def test_of_a_household_files_each_member_under_what_was_seen(self):
        household = people.household(people.member(), people.child())
        program = territories.program()

        actions.record_household_situation(
            actor=program, household=household, situation=people.seen(Situation.HOTEL, since=TODAY), on=TODAY
        )

        present = queries.with_names([row.person_id for row in household.members_on(TODAY)], actor=program)
        for person, identity in zip(present, queries.identities(present, on=TODAY, actor=program), strict=True):
            assert identity.situation == "hotel"
            filed = set(IdentityKey.objects.filter(person=person).values_list("digest", flat=True))
            assert filed >= digests(identity)


class TestWithdrawSituation:
    def test_keeps_the_row_with_its_reason_and_takes_back_what_was_derived(self):
        household = people.household(people.member(situation=people.street(TODAY)), people.child())
        siao = territories.actor("siao_officer")
        leads = people.lead(household).situations.get()

        actions.withdraw_situation(actor=siao, situation=leads, reason="another person", on=TODAY)

        rows = ResidentialSituation.objects.all()
        assert {each.withdrawal_reason for each in rows} == {"another person"}
        assert all(each.withdrawn_at for each in rows)
        assert queries.current_situation(people.lead(household), on=TODAY, actor=siao) is None

    def test_gives_back_the_situation_before(self):
        household = people.household()
        siao = territories.actor("siao_officer")
        person = people.lead(household)
        before = queries.situation_lane(household, on=TODAY, actor=siao)

        wrong = actions.record_situation(actor=siao, person=person, situation=people.seen(Situation.OWN), on=TODAY)
        actions.withdraw_situation(actor=siao, situation=wrong, reason="typed on the wrong file", on=TODAY)

        assert queries.situation_lane(household, on=TODAY, actor=siao) == before

    def test_asks_why(self):
        situation = people.lead(people.household()).situations.get()

        with pytest.raises(actions.NeedsAReason):
            actions.withdraw_situation(
                actor=territories.actor("siao_officer"), situation=situation, reason=" ", on=TODAY
            )

    def test_is_done_once(self):
        situation = people.lead(people.household()).situations.get()
        siao = territories.actor("siao_officer")
        actions.withdraw_situation(actor=siao, situation=situation, reason="wrong", on=TODAY)

        with pytest.raises(actions.AlreadyWithdrawn):
            actions.withdraw_situation(actor=siao, situation=situation, reason="wrong", on=TODAY)


class TestSituationLane:
    def test_is_empty_without_a_lead(self):
        household = people.household()
        siao = territories.actor("siao_officer")
        household.members.update(ends_on=TODAY)

        assert queries.situation_lane(household, on=TODAY, actor=siao) == ()
