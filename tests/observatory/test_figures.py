from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from chezsoi.law.disclosure import Audience
from chezsoi.observatory import actions, queries
from chezsoi.observatory.choices import Indicator, Qualifier
from chezsoi.observatory.models import ErasedCount
from chezsoi.observatory.wording import DEFINITIONS
from chezsoi.people import actions as people_actions
from chezsoi.people.choices import Origin, Situation
from chezsoi.people.models import HouseholdMember
from chezsoi.territories.access import ANONYMOUS, Can, NotAllowed
from chezsoi.trail.models import Entry
from tests.factories import observatory, people, territories

SIGNED = date(2026, 6, 1)
ON = date(2026, 11, 23)


@pytest.fixture
def metz():
    return territories.territory()


@pytest.fixture
def analyst(metz):
    return territories.actor("analyst", territory=metz)


def figure(indicator, metz, actor, *, audience=Audience.INTERNAL, year=2026) -> queries.Figure:
    return queries.figure(indicator, metz, year=year, audience=audience, on=ON, actor=actor)


def count(indicator, metz, actor, **asked) -> int:
    return figure(indicator, metz, actor, **asked).numerator


def lease(*situations, signed_on=SIGNED, **traits):
    return observatory.lease_of(*(situations or [(Situation.STREET, 200)]), signed_on=signed_on, **traits)


class TestAttributionHomeless:
    @pytest.mark.parametrize(
        ("situation", "counted"),
        [
            (Situation.STREET, 1),
            (Situation.SHANTY_TOWN, 1),
            (Situation.CHRS, 1),
            (Situation.PRISON, 1),
            (Situation.HEALTH_STAY, 1),
            (Situation.CHILD_CARE, 1),
            (Situation.WITH_OTHERS, 0),
            (Situation.SUPPORTED, 0),
            (Situation.OWN_EVICTION, 0),
            (Situation.UNKNOWN, 0),
        ],
    )
    def test_counts_those_without_a_home_at_the_last_observation(self, metz, analyst, situation, counted):
        lease((situation, 40))

        assert count(Indicator.ATTRIBUTION_HOMELESS, metz, analyst) == counted

    def test_reads_the_last_observation_on_or_before_the_signature(self, metz, analyst):
        lease((Situation.STREET, 90), (Situation.WITH_OTHERS, 0))
        lease((Situation.WITH_OTHERS, 90), (Situation.STREET, 0), (Situation.OWN, -1))

        assert count(Indicator.ATTRIBUTION_HOMELESS, metz, analyst) == 1

    def test_does_not_take_the_lease_itself_for_an_observation(self, metz, analyst):
        signed = lease((Situation.STREET, 90))
        people_actions.record_household_situation(
            actor=territories.program(metz),
            household=signed.household,
            situation=people.seen(Situation.OWN, SIGNED, since=SIGNED, origin=Origin.LEASE),
            on=SIGNED,
        )

        assert count(Indicator.ATTRIBUTION_HOMELESS, metz, analyst) == 1

    def test_does_take_an_earlier_lease_for_one(self, metz, analyst):
        signed = lease((Situation.STREET, 90))
        earlier = SIGNED - timedelta(days=30)
        people_actions.record_household_situation(
            actor=territories.program(metz),
            household=signed.household,
            situation=people.seen(Situation.OWN, earlier, since=earlier, origin=Origin.LEASE),
            on=SIGNED,
        )

        assert count(Indicator.ATTRIBUTION_HOMELESS, metz, analyst) == 0

    def test_leaves_out_withdrawn_observations_voided_leases_private_homes_other_years_and_places(self, metz, analyst):
        lease((Situation.STREET, 90), is_social=False)
        lease((Situation.STREET, 90), voided=True)
        lease((Situation.STREET, 90), signed_on=date(2025, 12, 31))
        lease((Situation.STREET, 90), territory=territories.territory("nice"))
        observatory.withdraw_all(lease((Situation.STREET, 90)))

        assert count(Indicator.ATTRIBUTION_HOMELESS, metz, analyst) == 0
        assert count(Indicator.ATTRIBUTION_HOMELESS, metz, analyst, year=2025) == 1

    def test_leaves_out_a_household_never_observed_or_without_a_lead(self, metz, analyst):
        observatory.lease_of(signed_on=SIGNED)
        nobody = lease((Situation.STREET, 90))
        HouseholdMember.objects.filter(household=nobody.household).delete()

        assert count(Indicator.ATTRIBUTION_HOMELESS, metz, analyst) == 0

    def test_reads_the_lead_of_the_day_even_when_one_left_since(self, metz, analyst):
        signed = lease((Situation.STREET, 90))
        HouseholdMember.objects.filter(household=signed.household).update(ends_on=SIGNED + timedelta(days=30))

        assert count(Indicator.ATTRIBUTION_HOMELESS, metz, analyst) == 1


class TestDirectAccess:
    def test_counts_households_once_social_or_not(self, metz, analyst):
        lease((Situation.STREET, 200))
        moved = lease((Situation.CAMP, 200), is_social=False, ended_on=date(2026, 8, 1))
        observatory.lease_again(moved, signed_on=date(2026, 9, 1))

        assert count(Indicator.DIRECT_ACCESS_HOUSEHOLDS, metz, analyst) == 2

    def test_leaves_out_those_whose_last_stable_place_was_not_the_street(self, metz, analyst):
        lease((Situation.STREET, 200), (Situation.HOTEL, 20))
        lease((Situation.STREET, 10))
        assert count(Indicator.DIRECT_ACCESS_HOUSEHOLDS, metz, analyst) == 0

        lease((Situation.STREET, 200), (Situation.HOTEL, 14))
        assert count(Indicator.DIRECT_ACCESS_HOUSEHOLDS, metz, analyst) == 1


class TestShare:
    def test_is_unavailable_without_the_total_but_keeps_its_numerator(self, metz, analyst):
        lease()

        shown = figure(Indicator.ATTRIBUTION_HOMELESS_SHARE, metz, analyst)

        assert (shown.numerator, shown.denominator, shown.value) == (1, None, None)
        assert shown.qualifier is Qualifier.SHARE_UNAVAILABLE
        assert shown.as_csv() == (
            "metz", "2026", "attribution.homeless_share", "1", "1", "", "", "false", "share_unavailable",
        )  # fmt: skip

    def test_divides_by_the_latest_total(self, metz, analyst):
        for _ in range(3):
            lease()
        for day, value in ((date(2026, 9, 1), 50), (date(2026, 11, 1), 40), (date(2026, 10, 1), 60)):
            actions.record_total(
                actor=analyst, territory=metz, year=2026, value=value, source="SNE extraction", dated_on=day
            )

        shown = figure(Indicator.ATTRIBUTION_HOMELESS_SHARE, metz, analyst)

        assert (shown.numerator, shown.denominator, shown.value) == (3, 40, Decimal("0.0750"))
        assert shown.total.source == "SNE extraction"

    def test_is_unavailable_over_nothing(self, metz, analyst):
        actions.record_total(actor=analyst, territory=metz, year=2026, value=0, source="SNE", dated_on=ON)

        assert figure(Indicator.ATTRIBUTION_HOMELESS_SHARE, metz, analyst).value is None


class TestThresholds:
    @pytest.mark.parametrize(
        ("leases", "audience", "hidden"),
        [
            (10, Audience.PUBLIC, True),
            (11, Audience.PUBLIC, False),
            (4, Audience.PARTNER, True),
            (5, Audience.PARTNER, False),
            (1, Audience.INTERNAL, False),
            (0, Audience.PUBLIC, True),
            (0, Audience.INTERNAL, False),
        ],
    )
    def test_hide_small_cells(self, metz, analyst, leases, audience, hidden):
        for _ in range(leases):
            lease()

        shown = figure(Indicator.ATTRIBUTION_HOMELESS, metz, analyst, audience=audience)

        assert shown.is_suppressed is hidden
        assert (shown.numerator, shown.value) == ((None, None) if hidden else (leases, leases))

    def test_hide_a_rate_over_a_small_denominator_whole(self, metz, analyst):
        for _ in range(11):
            lease()
        actions.record_total(actor=analyst, territory=metz, year=2026, value=10, source="SNE", dated_on=ON)

        shown = figure(Indicator.ATTRIBUTION_HOMELESS_SHARE, metz, analyst, audience=Audience.PUBLIC)

        assert shown.as_csv()[4:] == ("", "", "", "true", "exact")


class TestAudience:
    def test_lets_everybody_read_public_figures(self, metz):
        assert len(queries.figures(metz, year=2026, audience=Audience.PUBLIC, on=ON, actor=ANONYMOUS)) == len(Indicator)

    @pytest.mark.parametrize(
        ("role", "audience"),
        [
            ("analyst", Audience.INTERNAL),
            ("coordinator", Audience.INTERNAL),
            ("siao_officer", Audience.PARTNER),
            ("lead_worker", Audience.PARTNER),
        ],
    )
    def test_lets_each_role_read_its_own(self, metz, role, audience):
        assert figure(Indicator.ATTRIBUTION_HOMELESS, metz, territories.actor(role), audience=audience)

    def test_refuses_exact_figures_to_partners_and_any_but_public_ones_elsewhere(self, metz):
        refused = [
            (territories.actor("siao_officer"), Audience.INTERNAL),
            (territories.actor("analyst", territory=territories.territory("nice")), Audience.PARTNER),
            (territories.actor("volunteer"), Audience.PARTNER),
            (ANONYMOUS, Audience.PARTNER),
        ]
        for actor, audience in refused:
            with pytest.raises(NotAllowed):
                figure(Indicator.ATTRIBUTION_HOMELESS, metz, actor, audience=audience)


class TestRows:
    def test_give_a_pseudonym_that_changes_each_year_to_those_outside_the_circle(self, metz, analyst):
        signed = lease()

        (row,) = queries.rows_of(Indicator.ATTRIBUTION_HOMELESS, metz, year=2026, actor=analyst)

        assert (row.on, row.household) == (SIGNED, None)
        assert signed.household.reference not in row.pseudonym
        (again,) = queries.rows_of(Indicator.ATTRIBUTION_HOMELESS, metz, year=2026, actor=analyst)
        assert again.pseudonym == row.pseudonym

    def test_name_no_file_to_a_role_that_opens_none(self, metz):
        lease()

        (row,) = queries.rows_of(
            Indicator.DIRECT_ACCESS_HOUSEHOLDS, metz, year=2026, actor=territories.actor("coordinator")
        )

        assert row.household is None

    def test_name_the_households_the_reader_may_open(self, metz):
        signed = lease()
        officer = territories.actor("siao_officer")
        reader = replace(officer, permissions=officer.permissions | {Can.SEE_INDICATOR_ROWS})

        (row,) = queries.rows_of(Indicator.DIRECT_ACCESS_HOUSEHOLDS, metz, year=2026, actor=reader)

        assert row.household == signed.household

    def test_are_refused_to_those_who_do_not_analyse_or_work_elsewhere(self, metz):
        for actor in (
            territories.actor("siao_officer"),
            territories.actor("analyst", territory=territories.territory("nice")),
        ):
            with pytest.raises(NotAllowed):
                queries.rows_of(Indicator.ATTRIBUTION_HOMELESS, metz, year=2026, actor=actor)


class TestRecordTotal:
    def test_corrects_the_total_of_the_same_day(self, metz, analyst):
        for value in (40, 44):
            actions.record_total(actor=analyst, territory=metz, year=2026, value=value, source="SNE", dated_on=ON)

        assert queries.latest_total(metz, year=2026, actor=analyst).value == 44
        assert Entry.objects.filter(verb="observatory.total.recorded").count() == 2

    def test_needs_a_source_the_right_and_the_territory(self, metz, analyst):
        said = {"territory": metz, "year": 2026, "value": 40, "dated_on": ON}

        with pytest.raises(actions.TotalWithoutSource):
            actions.record_total(actor=analyst, source=" ", **said)
        with pytest.raises(NotAllowed):
            actions.record_total(actor=territories.actor("siao_officer"), source="SNE", **said)
        elsewhere = territories.actor("analyst", territory=territories.territory("nice"))
        with pytest.raises(NotAllowed):
            actions.record_total(actor=elsewhere, source="SNE", **said)


class TestDefinitions:
    def test_stand_for_every_indicator(self):
        assert set(DEFINITIONS) == set(Indicator)


class TestWhatOneHouseholdCountsFor:
    def test_is_told_for_each_figure_it_is_counted_in(self, metz, analyst):
        counted = lease((Situation.STREET, 200)).household

        assert queries.contribution(counted, actor=analyst) == {
            (metz, code, "1", 2026): 1
            for code in (
                Indicator.ATTRIBUTION_HOMELESS,
                Indicator.ATTRIBUTION_HOMELESS_SHARE,
                Indicator.DIRECT_ACCESS_HOUSEHOLDS,
                *("access.housed", "access.ordinary", "access.from_street"),
            )
        }

    def test_is_nothing_where_no_figure_counts_it(self, analyst):
        assert queries.contribution(lease((Situation.WITH_OTHERS, 200)).household, actor=analyst) == {}


class TestOverYears:
    def test_gives_each_indicator_from_the_oldest_year(self, metz, analyst):
        lease((Situation.STREET, 90))
        lease((Situation.STREET, 90), signed_on=date(2024, 3, 1))

        series = queries.over_years(metz, until=2026, audience=Audience.INTERNAL, on=ON, actor=analyst)

        assert [each[0].indicator for each in series] == list(Indicator)
        assert [(figure.year, figure.numerator) for figure in series[0]] == [
            (2022, 0), (2023, 0), (2024, 1), (2025, 0), (2026, 1),
        ]  # fmt: skip

    def test_shows_the_public_as_many_years_whoever_was_counted(self, metz):
        asked = {"until": 2026, "audience": Audience.PUBLIC, "on": ON, "actor": ANONYMOUS}
        empty = queries.over_years(metz, **asked)
        lease((Situation.STREET, 90), signed_on=date(2024, 3, 1))

        assert queries.over_years(metz, **asked) == empty

    def test_counts_erased_files_under_the_definition_in_force_and_no_other(self, metz, analyst):
        asked = {"until": 2026, "audience": Audience.INTERNAL, "on": ON, "actor": analyst}
        first = next(iter(Indicator))
        kept = {"territory": metz, "indicator": first.value, "year": 2026}
        ErasedCount.objects.create(**kept, version=DEFINITIONS[first].version, value=3)
        ErasedCount.objects.create(**kept, version="an older one", value=40)

        assert queries.over_years(metz, **asked)[0][-1].numerator == 3

    def test_reads_its_records_once_for_every_indicator_and_year(self, metz, analyst, django_assert_max_num_queries):
        for signed_on in (SIGNED, date(2024, 3, 1)):
            lease((Situation.STREET, 90), signed_on=signed_on)

        with django_assert_max_num_queries(18):
            queries.over_years(metz, until=2026, audience=Audience.INTERNAL, on=ON, actor=analyst)

    def test_begins_no_earlier_than_the_calendar(self, metz, analyst):
        series = queries.over_years(metz, until=2, audience=Audience.INTERNAL, on=ON, actor=analyst)

        assert [figure.year for figure in series[0]] == [1, 2]
