"""What happens to who lives with whom, and what is put back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from chezsoi.people import actions
from chezsoi.people.actions.pen import Pen
from chezsoi.people.actions.steps import Steps
from chezsoi.people.choices import MemberRole
from chezsoi.people.models import Household, LifeChange
from tests.factories import people, territories

TODAY = timezone.localdate()
BEFORE = TODAY - timedelta(days=30)


@pytest.fixture
def siao():
    return territories.actor("siao_officer")


@pytest.fixture
def couple(siao) -> Household:
    return people.household(
        people.member(situation=people.street(BEFORE)),
        people.member("Karim", role=MemberRole.PARTNER),
        actor=siao,
        on=BEFORE,
    )


def person(household: Household, given_names: str):
    return household.members.get(person__given_names=given_names, ends_on=None).person


class TestSteps:
    def test_put_back_the_first_former_value_of_a_row_changed_twice(self, siao, couple):
        steps = Steps()
        pen = Pen(actor=siao, recorder=steps)
        for day in (BEFORE, TODAY):
            pen.edit(couple, version=None, lost_since=day)

        Steps.take_back(steps.as_json(), on=TODAY)

        couple.refresh_from_db()
        assert couple.lost_since is None

    def test_give_up_a_row_made_and_changed_since_by_the_same_act(self, siao, couple):
        steps = Steps()
        row = Pen(actor=siao, recorder=steps).create(
            Household(territory=couple.territory, reference="NEW-0001", created_on=TODAY)
        )
        Pen(actor=siao, recorder=steps).edit(row, version=None, lost_since=TODAY)

        Steps.take_back(steps.as_json(), on=TODAY)

        row.refresh_from_db()
        assert row.closed_on == TODAY

    def test_refuse_what_was_changed_or_erased_since(self, siao, couple):
        steps = Steps()
        Pen(actor=siao, recorder=steps).edit(couple, version=None, lost_since=BEFORE)
        kept = steps.as_json()
        Household.objects.filter(pk=couple.pk).update(lost_since=TODAY)

        with pytest.raises(actions.ChangedSince):
            Steps.take_back(kept, on=TODAY)

        Household.objects.get(pk=couple.pk).delete()
        with pytest.raises(actions.ChangedSince):
            Steps.take_back(kept, on=TODAY)

    def test_are_undone_the_latest_first(self, siao, couple):
        actions.end_membership(actor=siao, household=couple, person=person(couple, "Karim"), on=BEFORE, reason="")
        left = LifeChange.objects.get()
        karim = left.persons.get()
        actions.rejoin(actor=siao, household=couple, person=karim, role=MemberRole.PARTNER, on=TODAY)

        with pytest.raises(actions.ChangedSince):
            actions.undo_change(actor=siao, change=left, on=TODAY, reason="x")

        for change in LifeChange.objects.order_by("-pk"):
            actions.undo_change(actor=siao, change=change, on=TODAY, reason="x")
        assert couple.members_on(TODAY).count() == 2


class TestNobodyIsInTwoPlaces:
    def test_who_has_left_since_does_not_leave_again_before(self, siao, couple):
        karim = person(couple, "Karim")
        actions.end_membership(actor=siao, household=couple, person=karim, on=TODAY, reason="")

        with pytest.raises(actions.NotAMember):
            actions.split_household(
                actor=siao, household=couple, leaving=(karim,), on=TODAY - timedelta(days=5), reason=""
            )


class TestCircles:
    def test_a_program_names_nobody_in_the_circle_of_a_protected_file(self, couple):
        opened = actions.split_household(
            actor=territories.program(), household=couple, leaving=(person(couple, "Karim"),), on=TODAY, reason="",
            protects=True,
        )  # fmt: skip

        assert not opened.circle.exists()

    def test_a_household_that_said_how_many_it_is_counts_those_who_come(self, siao, couple):
        other = people.household(people.member("Zoé", "Weber"), actor=siao, on=BEFORE)
        Household.objects.filter(pk=other.pk).update(stated_size=1)
        other.refresh_from_db()

        actions.move_into(
            actor=siao, household=couple, leaving=(person(couple, "Karim"),), into=other, on=TODAY, reason=""
        )

        other.refresh_from_db()
        assert other.stated_size == 2

    def test_a_worker_named_already_is_not_named_twice(self, siao, couple):
        other = people.household(people.member("Zoé", "Weber"), actor=siao, on=BEFORE)
        for household in (couple, other):
            actions.protect_household(actor=siao, household=household, on=TODAY)
        actions.lift_protection(actor=siao, household=other, on=TODAY, reason="")

        actions.move_into(
            actor=siao, household=couple, leaving=(person(couple, "Karim"),), into=other, on=TODAY, reason=""
        )

        other.refresh_from_db()
        assert other.is_protected
        assert other.circle.filter(user=siao.user_id).count() == 1
