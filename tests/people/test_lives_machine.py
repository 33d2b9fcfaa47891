"""Any life a household may lead: whoever lives with whom, nobody is lost, and what was a mistake leaves no trace."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

from django.db import transaction
from django.db.models import Count, F
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from chezsoi.people import actions, queries
from chezsoi.people.choices import Closing, MemberRole
from chezsoi.people.models import Household, HouseholdMember, LifeChange, Person, ResidentialSituation
from tests.factories import people, territories

START = date(2026, 1, 1)
LAST = 60


class Lives(RuleBasedStateMachine):
    """Two households, five people, one worker who writes what happens and one outside every circle."""

    def __init__(self, siao, outsider):
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.siao, self.outsider = siao, outsider
        self.step = 0
        self.seen = 0
        self.done: list[tuple[dict, LifeChange]] = []

    def teardown(self):
        transaction.savepoint_rollback(self.savepoint)

    @initialize(stated=st.sampled_from([None, 3]))
    def meet(self, stated):
        Household.objects.filter(members__person__given_names="Karim").update(stated_size=stated)

    @property
    def day(self) -> date:
        return START + timedelta(days=self.step)

    def files(self, *, held: int = 1) -> list[Household]:
        """List the files in which so many people live at least."""
        rows = Household.objects.filter(members__ends_on=None).annotate(held=Count("members"))
        return list(rows.filter(held__gte=held).order_by("pk"))

    def people_of(self, household: Household) -> list[Person]:
        return [row.person for row in household.members_on(self.day)]

    def living(self) -> dict:
        """Tell all that may be asked of these lives: who lives where on which day, and what each file says."""
        files = Household.objects.exclude(closed_because=Closing.MISTAKE).order_by("pk")
        return {
            "days": self.whose_each_day(),
            "files": [
                (row.pk, row.is_protected, row.lost_since, row.closed_on, row.closed_because, row.stated_size)
                for row in files
            ],
            "dead": sorted(Person.objects.exclude(died_on=None).values_list("pk", "died_on")),
            "outside": sorted(
                Household.objects.visible_to(self.outsider).filter(pk__in=files).values_list("pk", flat=True)
            ),
        }

    def whose_each_day(self) -> list[list]:
        """Tell who lives where on each day, from one reading of the memberships."""
        rows = HouseholdMember.objects.filter(household__in=Household.objects.all())
        held = sorted(
            rows.values_list("household_id", "person_id", "role", "starts_on", "ends_on"), key=lambda row: row[:4]
        )
        days = (START + timedelta(days=each) for each in range(LAST))
        return [
            [where for *where, starts, ends in held if starts <= day and (ends is None or day < ends)] for day in days
        ]

    def live(self, act, household: Household, **given) -> None:
        """Let something happen the next day, and remember how things stood."""
        before = self.living()
        act(actor=self.siao, household=household, on=self.day, **given)
        self.done.append((before, LifeChange.objects.order_by("-pk").first()))

    @rule(data=st.data())
    def tomorrow(self, data):
        self.step += data.draw(st.integers(1, 2))

    @precondition(lambda self: self.files(held=2))
    @rule(data=st.data(), protects=st.booleans())
    def split(self, data, protects):
        household = data.draw(st.sampled_from(self.files(held=2)))
        members = self.people_of(household)
        leaving = data.draw(st.lists(st.sampled_from(members), min_size=1, max_size=len(members) - 1, unique=True))
        stays = next(each for each in members if each not in leaving)
        self.live(
            actions.split_household,
            household,
            leaving=tuple(leaving),
            reason="",
            new_lead=stays,
            protects=protects,
        )

    @precondition(lambda self: len(self.files()) > 1)
    @rule(data=st.data(), everybody=st.booleans())
    def join(self, data, everybody):
        household, into = data.draw(st.permutations(self.files()))[:2]
        members = self.people_of(household)
        leaving = members if everybody else members[-1:]
        self.live(actions.move_into, household, leaving=tuple(leaving), into=into, reason="", new_lead=members[0])

    @precondition(lambda self: self.files())
    @rule(data=st.data(), dies=st.booleans())
    def go(self, data, dies):
        household = data.draw(st.sampled_from(self.files()))
        gone, *others = data.draw(st.permutations(self.people_of(household)))
        act = actions.record_death if dies else actions.end_membership
        self.live(act, household, person=gone, reason="", new_lead=others[0] if others else None)

    def alone(self) -> list[Person]:
        return list(Person.objects.filter(died_on=None).exclude(memberships__ends_on=None).order_by("pk"))

    @precondition(lambda self: self.alone())
    @rule(data=st.data())
    def come_back(self, data):
        person = data.draw(st.sampled_from(self.alone()))
        household = queries.household_of(person, actor=self.siao)
        head = queries.lead(household, on=self.day, actor=self.siao)
        role = MemberRole.LEAD if head is None else MemberRole.RELATIVE
        self.live(actions.rejoin, household, person=person, role=role, reason="")

    @precondition(lambda self: self.files())
    @rule(data=st.data())
    def be_lost_or_found(self, data):
        household = data.draw(st.sampled_from(self.files()))
        self.live(actions.hear_of if household.is_lost else actions.lose_sight, household)

    @precondition(lambda self: self.files(held=2))
    @rule(data=st.data())
    def lead(self, data):
        household = data.draw(st.sampled_from(self.files(held=2)))
        self.live(actions.change_lead, household, person=self.people_of(household)[-1])

    @precondition(lambda self: self.files())
    @rule(data=st.data())
    def be_seen(self, data):
        household = data.draw(st.sampled_from(self.files()))
        rows = actions.record_household_situation(
            actor=self.siao, household=household, situation=people.seen(observed_on=self.day), on=self.day
        )
        self.seen += len(rows)

    @precondition(lambda self: self.done)
    @rule()
    def undo(self):
        before, change = self.done.pop()
        actions.undo_change(actor=self.siao, change=change, on=self.day, reason="written by mistake")
        assert self.living() == before

    @invariant()
    def nobody_lives_in_two_places(self):
        lived = HouseholdMember.objects.exclude(ends_on=F("starts_on")).order_by("person", "starts_on", "pk")
        for before, after in pairwise(lived):
            if before.person_id == after.person_id:
                assert before.ends_on is not None
                assert before.ends_on <= after.starts_on

    @invariant()
    def nothing_seen_is_lost(self):
        assert ResidentialSituation.objects.filter(is_derived=False, withdrawn_at=None).count() >= self.seen

    @invariant()
    def who_is_protected_stays_hidden(self):
        hidden = Household.objects.filter(is_protected=True)
        assert not Household.objects.visible_to(self.outsider).filter(pk__in=hidden).exists()
        kept = hidden.exclude(closed_because=Closing.MISTAKE)
        assert set(kept.visible_to(self.siao)) == set(kept)

    @invariant()
    def every_household_where_people_live_has_one_lead_and_an_open_file(self):
        leads = Counter(
            HouseholdMember.objects.filter(ends_on=None, role=MemberRole.LEAD).values_list("household", flat=True)
        )
        for household in self.files():
            assert leads[household.pk] == 1
            assert household.closed_on is None


def test_any_sequence_of_lives_holds_together_and_is_taken_back():
    siao, outsider = territories.actor("siao_officer"), territories.actor("siao_officer")
    own = {"actor": siao, "on": START}
    people.household(
        people.member(situation=people.street(START)),
        people.member("Karim", role=MemberRole.PARTNER),
        people.child(),
        **own,
    )
    people.household(people.member("Zoé", "Weber"), people.child("Théo", "Weber"), **own)

    run_state_machine_as_test(lambda: Lives(siao, outsider), settings=settings(max_examples=15, stateful_step_count=12))
