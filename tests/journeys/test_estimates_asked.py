"""A change of what a household lives on, of who belongs to it or of their age asks the worker, by itself and once."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from chezsoi.allocation import tasks
from chezsoi.allocation.models import OutlayEstimate
from chezsoi.files.models import ImportBatch, Source
from chezsoi.journeys import affordability
from chezsoi.kernel.dates import PartialDate
from chezsoi.people import actions
from chezsoi.people.choices import MemberRole
from tests.factories import outlays, people, territories
from tests.journeys.imports.bringing import bring, run, table

TODAY = timezone.localdate()


@pytest.fixture
def program(db):
    return territories.program()


@pytest.fixture
def household(program):
    """Register a couple that hopes for a home, on RSA; nothing is asked yet."""
    household = outlays.candidate()
    added(program, household)
    return household


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Do something, as if each of its transactions were committed."""

    def commit(act, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return act(*args, **kwargs)

    return commit


def asked():
    """List the households asked for, in order."""
    rows = DBTaskResult.objects.filter(task_path=tasks.estimate_household.module_path).order_by("enqueued_at")
    return [row.args_kwargs["args"][0] for row in rows]


def stated(actor, household, amount=Decimal(900), **told):
    resources = actions.NewResources(kind="wage", stated_on=TODAY, amount_per_month=amount)
    actions.record_resources(actor=actor, person=people.lead(household), resources=resources, on=TODAY, **told)


def added(actor, household):
    newcomer = people.member("Karim", "Bouzid", role=MemberRole.PARTNER)
    actions.add_member(actor=actor, household=household, member=newcomer, on=TODAY, looks_for_duplicates=False)


def partner(household):
    return household.members.get(role=MemberRole.PARTNER, ends_on=None).person


def born(actor, household):
    values = {"birth_date": PartialDate(1971, 1, 1)}
    actions.correct_person(actor=actor, person=people.lead(household), values=values, on=TODAY)


def left(actor, household):
    actions.end_membership(actor=actor, household=household, person=partner(household), on=TODAY, reason="gone")


def died(actor, household):
    actions.record_death(
        actor=actor, household=household, person=people.lead(household), new_lead=partner(household), on=TODAY
    )


def led(actor, household):
    actions.change_lead(actor=actor, household=household, person=partner(household), on=TODAY)


def split(actor, household):
    actions.split_household(
        actor=actor, household=household, leaving=(partner(household),), on=TODAY, reason="apart", new_lead=None
    )


class TestAChange:
    @pytest.mark.parametrize("act", [stated, born, left, died, led, split])
    def test_asks_for_the_household_once_committed(self, program, household, committed, act):
        assert asked() == []

        committed(act, program, household)

        assert asked() == [household.pk]

    def test_of_two_households_asks_for_both(self, program, household, committed):
        other = outlays.candidate()

        committed(
            actions.move_into, actor=program, household=household, leaving=(partner(household),), into=other, on=TODAY,
            reason="together",
        )  # fmt: skip

        assert sorted(asked()) == sorted([household.pk, other.pk])

    def test_taken_back_asks_too(self, program, household, committed):
        left(program, household)
        change = household.changes.get()

        committed(actions.undo_change, actor=program, change=change, on=TODAY, reason="a mistake")

        assert asked() == [household.pk]

    def test_has_the_worker_compute_this_household_alone(self, program, household, committed, monkeypatch):
        outlays.answered_at_once(monkeypatch)
        outlays.candidate()
        committed(stated, program, household)
        (queued,) = DBTaskResult.objects.filter(task_path=tasks.estimate_household.module_path)

        affordability.estimate_household.func(*queued.args_kwargs["args"])

        assert set(OutlayEstimate.objects.values_list("candidacy__household", flat=True)) == set()
        partner_on = actions.NewResources(kind="none", stated_on=TODAY, amount_per_month=None)
        actions.record_resources(actor=program, person=partner(household), resources=partner_on, on=TODAY)

        affordability.estimate_household.func(*queued.args_kwargs["args"])

        assert set(OutlayEstimate.objects.values_list("candidacy__household", flat=True)) == {household.pk}

    def test_that_estimates_do_not_read_asks_nothing(self, program, household, committed):
        lead = people.lead(household)

        committed(actions.correct_person, actor=program, person=lead, values={"given_names": "Aminata"}, on=TODAY)
        committed(actions.record_situation, actor=program, person=lead, situation=people.seen("hotel"), on=TODAY)

        assert asked() == []

    def test_of_who_hopes_for_no_home_asks_nothing(self, program, committed):
        household = committed(people.household)

        committed(stated, program, household)

        assert asked() == []

    def test_rolled_back_asks_nothing(self, program, household, committed):
        def given_up():
            with transaction.atomic():
                stated(program, household)
                transaction.set_rollback(True)

        committed(given_up)

        assert asked() == []

    def test_asks_again_only_once_the_worker_has_begun(self, program, household, committed):
        for amount in (900, 901):
            committed(stated, program, household, Decimal(amount))
        assert asked() == [household.pk]
        DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=timezone.now())

        committed(stated, program, household, Decimal(902))

        assert asked() == [household.pk] * 2

    def test_stands_when_asking_fails(self, program, household, committed, settings):
        settings.HOUSEHOLDS_CHANGED = "chezsoi.journeys.affordability.nobody"

        committed(stated, program, household)

        assert people.lead(household).resources.filter(amount_per_month=900).exists()


class TestManyChanges:
    def test_ask_for_one_pass(self, program, household, committed, monkeypatch):
        monkeypatch.setattr(affordability, "MOST_WAITING", 1)
        other = outlays.candidate()
        affordability.keep_estimating(at=timezone.now() + affordability.EVERY)

        for each in (household, other):
            committed(stated, program, each)

        assert asked() == [household.pk]
        assert DBTaskResult.objects.ready().filter(task_path=affordability.estimate.module_path).count() == 1

    def test_of_a_service_s_file_tell_nothing_one_by_one(self, household, committed):
        program = territories.program(organisation=territories.organisation())
        source = Source.objects.create(
            territory=household.territory, organisation_id=program.organisation_id, key="f", name="f", kind="people"
        )

        committed(stated, program, household, source=source)

        assert people.lead(household).resources.filter(source=source).exists()
        assert asked() == []

    def test_of_a_service_s_file_ask_for_one_pass_once_loaded_and_once_undone(self, tmp_path):
        passes = DBTaskResult.objects.filter(task_path=affordability.estimate.module_path)

        done = bring(table(tmp_path, "Z9;KEITA;Fatou", head="n° ménage;nom;prénom"))
        assert (done.code, passes.count()) == (0, 1)
        passes.delete()

        assert run("import", "undo", str(ImportBatch.objects.get().reference)).exit_code == 0
        assert passes.count() == 1
