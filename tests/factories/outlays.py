"""A household whose home is still to be estimated, and the worker's engine replaced by one that answers at once."""

from decimal import Decimal

from django_tasks_db.models import DBTaskResult

from chezsoi.allocation import tasks
from chezsoi.allocation.actions import outlays as module
from chezsoi.people import actions as people_actions
from tests.allocation.test_outlays import FOUND, MEANS
from tests.factories import allocation, people, territories

AMOUNT = "41,42"


def answered_at_once(monkeypatch):
    monkeypatch.setattr(module.benefits, "means_of", lambda households, *, on: (MEANS,) * len(households))
    monkeypatch.setattr(module.benefits, "estimates", lambda pairs: (FOUND,) * len(pairs))


def candidate():
    """Register a household on RSA, and propose it a home whose rent is known."""
    (household,) = allocation.households(1)
    resources = people_actions.NewResources(kind="rsa", stated_on=allocation.today(), amount_per_month=None)
    people_actions.record_resources(
        actor=territories.program(), person=people.lead(household), resources=resources, on=allocation.today()
    )
    landlord = territories.organisation_of(territories.actor("commission_secretary"))
    terms = {"rent_per_month": Decimal(380), "charges_per_month": Decimal(60)}
    allocation.drawn(allocation.offer(landlord=landlord, **terms))
    return household


def work(household):
    """Do what the worker does with what was asked of it."""
    tasks.estimate_household.func(household.pk, household.territory_id)
    DBTaskResult.objects.filter(task_path=tasks.estimate_household.module_path).delete()
