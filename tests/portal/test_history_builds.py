"""Two builds of the demonstration tell one story; a crowd waits beyond it."""

import pytest
from django.db import transaction

from chezsoi.homes.models import Dwelling
from chezsoi.people.models import Person
from chezsoi.portal import demonstration
from chezsoi.portal.demonstration import history
from chezsoi.tenancies.models import Lease

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def fewer_homes(monkeypatch):
    monkeypatch.setattr(history, "HOMES", 12)


def story():
    """Tell what was built in values that do not depend on keys."""
    people = Person.objects.order_by("pk").values_list("birth_name", "given_names", "birth_date")
    homes = Dwelling.objects.order_by("pk").values_list("reference", "address")
    leases = Lease.objects.order_by("pk").values_list("household__reference", "dwelling__reference", "signed_on")
    return [str(row) for rows in (people, homes, leases) for row in rows]


def test_tells_the_same_story_at_each_build():
    builds = []
    for _build in range(2):
        with transaction.atomic():
            demonstration.tell(persons=80, progress=lambda done, total: None)
            builds.append(story())
            transaction.set_rollback(True)

    assert builds[0] == builds[1]
    assert any("H57" in line for line in builds[0])


def test_a_crowd_waits_beyond_the_story(monkeypatch):
    monkeypatch.setattr(history, "TOLD", 10)
    demonstration.tell(persons=100, progress=lambda done, total: None)

    assert Person.objects.count() == 100
