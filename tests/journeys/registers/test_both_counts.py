"""One entry, two sheets: what one counts the other counts, and what is missing before it can be sent is named."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chezsoi.allocation import actions as allocation
from chezsoi.allocation.models import HousingRequest, PoolLabel
from chezsoi.homes.models import Offer
from chezsoi.journeys.registers import comparing, records, sheets
from chezsoi.journeys.registers.choices import Event, Register
from chezsoi.people import actions
from chezsoi.people.choices import CircleBasis
from chezsoi.people.models import Household
from chezsoi.tenancies.models import Lease
from chezsoi.territories.access import NotAllowed
from chezsoi.territories.models import Organisation
from tests.factories import allocation as requests
from tests.factories import observatory, territories

SIGNED = date(2026, 5, 4)
NUMBER = "057147868979965898"
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def housed(*pools, **facts):
    facts = {"number": NUMBER, "requested_on": SIGNED - timedelta(days=400), "signed_on": SIGNED, **facts}
    lease = observatory.allocated(*pools, **facts)
    Offer.objects.filter(pk=lease.offer_id).update(reservation_holder="prefect")
    return lease


def read(role="siao_officer", *, days=YEAR, **asked):
    period = records.Period(territory=territories.territory(), first=days[0], last=days[1])
    return records.read(period, actor=territories.actor(role), **asked)


def compared(**asked):
    return comparing.compare(read(**asked))


def open_to(household, actor):
    actions.open_circle(
        actor=territories.program(household.territory), household=household, basis=CircleBasis.REFERRAL,
        organisation=Organisation.objects.get(pk=actor.organisation_id), purpose="rehousing", on=requests.today(),
    )  # fmt: skip


def told(lines):
    return [(line.event.value, line.facts["happened_on"]) for line in lines]


class TestOneEntry:
    def test_loses_nothing_where_a_region_lost_26_percent_by_typing_twice(self):
        # Hauts-de-France, 2022: of those labelled in SYPLO who left a shelter, 26 % were missing from the other count.
        for place in range(12):
            housed("syplo", withdrawn_on=SIGNED if place % 4 == 0 else None)
        housed("syplo", situation="own")
        housed()

        found = compared()

        assert found.told == {Register.POOL: 12, Register.REQUESTS: 12}
        assert found.difference == 0
        assert [len(found.lines[register]) for register in Register] == [13, 14]

    def test_says_what_would_be_lost_if_it_were_sent_as_it_is(self):
        for place in range(4):
            housed("syplo", number=NUMBER if place else "")

        found = compared()

        assert found.told == {Register.POOL: 4, Register.REQUESTS: 4}
        assert found.ready == {Register.POOL: 3, Register.REQUESTS: 3}

    def test_tells_two_homes_allocated_to_one_household_twice_in_both(self):
        first = housed("syplo")
        Lease.objects.filter(pk=first.pk).update(ended_on=SIGNED + timedelta(days=20))
        observatory.lease_again(first, signed_on=SIGNED + timedelta(days=30))
        requests.renewed(first.household)

        found = compared()

        assert [len(each.in_pool) for each in found.allocated] == [1, 1]
        assert found.difference == 0

    def test_counts_nothing_of_a_list_that_is_not_the_prefects(self):
        housed("action_logement", "local")

        found = compared()

        assert found.told == {Register.POOL: 0, Register.REQUESTS: 0}
        assert found.lines[Register.POOL] == []

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["chrs", "street", "own"]),
                st.sampled_from([(), ("syplo",), ("dalo", "syplo"), ("local",)]),
                st.sampled_from([None, -40, -1, 0, 3]),
                st.booleans(),
            ),
            max_size=5,
        )
    )
    def test_is_what_a_reader_of_the_rows_counts_whatever_happened(self, homes):
        Lease.objects.update(voided_at="2026-05-05T00:00Z", void_reason="another example")
        for situation, pools, lifted, has_number in homes:
            on = None if lifted is None else SIGNED + timedelta(days=lifted)
            housed(*pools, situation=situation, withdrawn_on=on, number=NUMBER if has_number else "")

        found = compared()

        expected = sum(
            situation != "own" and bool(set(pools) & {"syplo", "dalo"}) and (lifted is None or lifted >= 0)
            for situation, pools, lifted, _number in homes
        )
        assert found.told == {Register.POOL: expected, Register.REQUESTS: expected}
        assert found.difference == 0


class TestThePool:
    def test_holds_who_stands_on_a_list_and_waits(self):
        household = requests.household(number=NUMBER)
        allocation.label_request(
            actor=territories.program(), request=household.request, pool="syplo", labelled_on=requests.today(),
            issuer="DDETS 57", number="SY-114",
        )  # fmt: skip

        (line,) = sheets.pool(read(days=(requests.today(), requests.today()), with_numbers=True))

        assert line.event is Event.LISTED
        assert (line.facts["national_number"], line.facts["list_number"]) == (NUMBER, "SY-114")
        assert (line.facts["issuer"], line.facts["request_state"]) == ("DDETS 57", "active")

    @pytest.mark.parametrize(("first", "last", "stood"), [(-9, -3, 0), (-9, 0, 1), (4, 9, 1), (5, 9, 0), (2, 3, 1)])
    def test_holds_those_who_stood_there_one_day_of_the_period(self, first, last, stood):
        household = requests.household()
        row = allocation.label_request(
            actor=territories.program(), request=household.request, pool="syplo", labelled_on=SIGNED, issuer="DDETS"
        )
        PoolLabel.objects.filter(pk=row.pk).update(withdrawn_on=SIGNED + timedelta(days=5))

        assert len(sheets.pool(read(days=(SIGNED + timedelta(days=first), SIGNED + timedelta(days=last))))) == stood

    def test_gives_the_last_decision_of_the_period(self):
        item = requests.decided()
        first = requests.candidates(item)[0]
        allocation.label_request(
            actor=territories.program(), request=first.household.request, pool="dalo", issuer="prefect",
            labelled_on=requests.today(),
        )  # fmt: skip

        (line,) = sheets.pool(read(days=(requests.today(), requests.today())))

        assert line.facts["decision"] == "allocated_ranked"
        assert line.facts["decided_on"] == requests.today().isoformat()


class TestTheRegisterOfRequests:
    def test_tells_what_happened_to_a_request_each_with_its_day(self):
        household = requests.household(requested_on=requests.today())
        requests.renewed(household)
        allocation.act_on_request(
            actor=territories.program(), request=household.request, act="withdraw", on=requests.today(), reason="moved"
        )

        found = sheets.requests(read(days=(requests.today(), requests.today())))

        day = requests.today().isoformat()
        assert sorted(told(found)) == [("renewed", day), ("requested", day), ("withdrawn", day)]

    def test_leaves_out_an_act_that_was_taken_back(self):
        act = requests.renewed(requests.household())
        allocation.take_back(actor=territories.program(), event=act, on=requests.today())

        assert sheets.requests(read(days=(requests.today(), requests.today()))) == []

    def test_tells_decisions_and_an_offer_not_taken(self):
        letter = requests.letter()
        requests.answer(letter, yes=False)

        found = sheets.requests(read(days=(requests.today(), requests.today())))

        assert {event for event, _day in told(found)} == {"decided", "declined"}
        (declined,) = [line for line in found if line.event is Event.DECLINED]
        assert declined.facts["answer"] == "refused"

    def test_tells_a_home_allocated_with_what_the_law_asks_of_a_striking_off(self):
        lease = housed("acd", "dalo")

        (line,) = sheets.requests(read(days=(SIGNED, SIGNED)))

        assert line.event is Event.HOUSED
        assert [line.facts[name] for name in ("dalo", "collective_agreement", "reservation")] == [
            "yes",
            "yes",
            "prefect",
        ]
        assert line.facts["situation"] == "chrs"
        assert line.missing == ()
        assert line.cells[1] == "held"
        assert lease.household_id == line.household

    def test_knows_no_reservation_from_one_that_nobody_knows(self):
        lease = housed("syplo")
        for holder, lacking in (("", 0), ("unknown", 1)):
            Offer.objects.filter(pk=lease.offer_id).update(reservation_holder=holder)
            (line,) = sheets.requests(read(days=(SIGNED, SIGNED)))
            assert len(line.missing) == lacking


class TestWhoReads:
    def test_a_coordinator_compares_and_reads_no_number(self):
        housed("syplo")

        assert compared(role="coordinator").told[Register.POOL] == 1
        with pytest.raises(NotAllowed):
            read("coordinator", with_numbers=True)

    @pytest.mark.parametrize("role", ["analyst", "reservation_agent", "social_landlord_agent", "lead_worker", "dpo"])
    def test_nobody_else_compares(self, role):
        with pytest.raises(NotAllowed):
            read(role)

    def test_a_protected_household_is_told_by_those_who_may_open_it_alone_and_has_no_place(self):
        lease = housed("syplo")
        Household.objects.filter(pk=lease.household_id).update(is_protected=True)

        assert compared().told == {Register.POOL: 0, Register.REQUESTS: 0}

        officer = territories.actor("siao_officer")
        open_to(lease.household, officer)
        period = records.Period(territory=lease.territory, first=SIGNED, last=SIGNED)
        found = comparing.compare(records.read(period, actor=officer))
        assert found.told == {Register.POOL: 1, Register.REQUESTS: 1}
        assert {line.facts["commune"] for lines in found.lines.values() for line in lines} == {""}

    def test_no_number_is_deciphered_to_compare(self):
        housed("syplo")

        lines = sheets.pool(read()) + sheets.requests(read())

        assert {line.facts["national_number"] for line in lines} == {"held"}
        assert HousingRequest.objects.get().number == NUMBER

    def test_nothing_of_another_territory_is_told(self):
        housed("syplo", territory=territories.territory("nice"))

        assert compared().allocated == ()
