"""Everyone who waits, frozen as the engine reads them."""

from datetime import timedelta
from time import perf_counter

import pytest
from django.urls import reverse

from chezsoi.allocation import actions
from chezsoi.allocation.models import Round
from chezsoi.journeys import snapshots
from chezsoi.kernel.dates import PartialDate
from chezsoi.people.choices import MemberRole, Situation
from chezsoi.people.models import Household, HouseholdMember, Person, ResidentialSituation
from chezsoi.territories.access import NotAllowed
from tests import htmx
from tests.factories import allocation, homes, people, territories


def frozen(household, *, on=None):
    found = snapshots.waiting(territories.territory(), on=on or allocation.today(), actor=territories.program())
    return next((each for each in found if each.ref == household.reference), None)


class TestWaiting:
    def test_gathers_what_is_known(self):
        household = allocation.household(
            "dalo", communes=["57751", "57463"], rooms_min=1, rooms_max=2, needs_wheelchair_access=True
        )

        known = frozen(household)

        assert (known.situation, known.adults, known.children, known.persons) == ("street", 1, 0, 1)
        assert known.wished_communes == ("57751", "57463")
        assert (known.rooms_min, known.rooms_max, known.needs_wheelchair) == (1, 2, True)
        assert known.labels == {"dalo"}
        assert known.has_request_number
        assert known.residence_is_regular is None

    def test_keeps_a_household_that_made_no_request(self):
        known = frozen(people.household())

        assert (known.has_request_number, known.waiting_since) == (False, allocation.today())

    def test_leaves_out_who_lives_at_home_and_asks_nothing(self):
        day = allocation.today()
        at_home = people.household(people.member(situation=people.seen(Situation.OWN, observed_on=day)))

        assert frozen(at_home) is None

    def test_leaves_out_who_has_accepted_a_home_or_lives_in_one(self):
        taken = allocation.answer(allocation.letter(), yes=True)
        assert frozen(taken.household) is None

        actions.record_housed(actor=territories.program(), candidacy=taken)

        assert frozen(taken.household) is None

    def test_counts_children_by_age_then_by_their_place(self):
        family = people.household(
            people.member(), people.child(), people.child("Ali", birth_date=PartialDate()),
            people.member("Rosa", role=MemberRole.PARTNER, birth_date=PartialDate()),
        )  # fmt: skip

        assert (frozen(family).adults, frozen(family).children) == (2, 2)

    def test_leaves_adults_and_children_unknown_when_nobody_can_tell(self):
        relative = people.member("Sami", role=MemberRole.RELATIVE, birth_date=PartialDate())

        known = frozen(people.household(people.member(), relative))

        assert (known.adults, known.children, known.persons) == (None, None, 2)

    def test_prefers_the_size_they_state(self):
        assert frozen(people.household(stated_size=4)).persons == 4

    def test_says_unknown_of_who_does_not_wish_to_say(self):
        quiet = people.household(people.member(situation=people.seen(Situation.REFUSED)))

        assert frozen(quiet).situation == "unknown"

    def test_knows_nothing_of_later_days(self):
        household = allocation.household("dalo")

        assert frozen(household, on=allocation.today() - timedelta(days=1)) is None

    def test_bears_a_household_whose_members_have_all_left(self):
        household = allocation.household()
        household.members.update(
            starts_on=allocation.today() - timedelta(days=9), ends_on=allocation.today() - timedelta(days=1)
        )

        assert frozen(household).persons is None

    def test_is_refused_to_who_draws_no_round(self):
        for actor in (territories.actor("lead_worker"), territories.program(territories.territory("lille"))):
            with pytest.raises(NotAllowed):
                snapshots.waiting(territories.territory(), on=allocation.today(), actor=actor)

    @pytest.mark.slow
    def test_reads_436_households_in_under_a_second_and_few_queries(self, django_assert_max_num_queries):
        place, day = territories.territory(), allocation.today()
        rows = Household.objects.bulk_create(
            Household(territory=place, reference=f"M57-{number:04}", created_on=day) for number in range(436)
        )
        leads = Person.objects.bulk_create(Person(territory=place, sort_name=row.reference) for row in rows)
        HouseholdMember.objects.bulk_create(
            HouseholdMember(household=row, person=lead, role=MemberRole.LEAD, starts_on=day)
            for row, lead in zip(rows, leads, strict=True)
        )
        ResidentialSituation.objects.bulk_create(
            ResidentialSituation(person=lead, situation="street", observed_on=day, origin="imported") for lead in leads
        )
        start = perf_counter()

        # One a table that says something of who waits, however many wait.
        with django_assert_max_num_queries(9):
            found = snapshots.waiting(place, on=day, actor=territories.program())

        assert perf_counter() - start < 1
        assert len(found) == 436
        assert {each.situation for each in found} == {"street"}


class TestTheOpeningPage:
    @pytest.fixture
    def coordinator(self, client):
        client.force_login(territories.account_of(territories.actor("coordinator")))
        return client

    def test_freezes_the_candidates_of_the_home(self, coordinator):
        allocation.households(2)
        grid, offer = allocation.grid(), allocation.offer()
        address = reverse("journeys:open-round", args=[offer.pk])
        assert coordinator.get(address).status_code == 200

        answer = coordinator.post(address, {"grid": grid.pk})

        round_ = Round.objects.get()
        assert answer.url == reverse("allocation:round", args=[round_.pk])
        assert round_.examined == 2
        assert coordinator.get(address).url == answer.url
        assert coordinator.get(answer.url).status_code == 200

    def test_says_that_nobody_waits(self, coordinator):
        grid, offer = allocation.grid(), allocation.offer()

        page = coordinator.post(reverse("journeys:open-round", args=[offer.pk]), {"grid": grid.pk})

        assert htmx.parse(page).select_one(".cz-errors")

    def test_says_why_a_home_may_not_be_let(self, coordinator):
        allocation.household()
        grid = allocation.grid()
        blocked = homes.offer(homes.dwelling(energy_class="G"), on=allocation.today())

        page = coordinator.post(reverse("journeys:open-round", args=[blocked.pk]), {"grid": grid.pk})

        assert htmx.parse(page).select_one(".cz-errors")
        assert not Round.objects.exists()
