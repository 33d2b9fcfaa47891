"""A database of many people, built once and kept for the next measure."""

from __future__ import annotations

from datetime import timedelta
from time import perf_counter

from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from tests.factories import territories

from benchmarks.pages.population import populate
from chezsoi.journeys import installation
from chezsoi.people import actions
from chezsoi.people.models import Person
from chezsoi.territories.access import Actor, actor_for
from chezsoi.territories.models import Organisation, RoleAssignment, User

SERVICES = 60


def build(persons: int) -> dict[str, float]:
    """Migrate, write so many people unless they are there, file them for the search; give the seconds of each."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    installation.load_reference()
    seconds = {}
    if Person.objects.count() < persons:
        started = perf_counter()
        services = [
            territories.organisation(name=f"Service {number}", key=f"bench-{number}") for number in range(SERVICES)
        ]
        populate(persons, territory=territories.territory(), services=services, on=timezone.localdate())
        seconds["writing people"] = perf_counter() - started
        started = perf_counter()
        actions.rebuild_search(actor=territories.program(organisation=services[0]))
        seconds["filing them for the search"] = perf_counter() - started
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return seconds


def reader(role: str, organisation: str, *, rank: int = 0) -> Actor:
    """Give somebody at work in a role of a service, the same at each measure; `rank` tells colleagues apart."""
    name = f"{role}-{rank}" if rank else role
    user, _made = User.objects.get_or_create(email=f"{name}@bench.example.org", defaults={"full_name": name})
    assignment, _made = RoleAssignment.objects.get_or_create(
        user=user,
        role=role,
        territory=territories.territory(),
        organisation=Organisation.objects.get(key=organisation),
        defaults={"starts_on": timezone.localdate() - timedelta(days=9)},
    )
    return actor_for(assignment, on=timezone.localdate())
