"""What a web process never loads: the heavy computation stays in the worker and in commands."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from chezsoi.allocation import tasks
from tests.allocation.test_outlays import hoped_for, living_on
from tests.factories import allocation, outlays, people, territories

PROGRAM = """
import sys
import chezsoi.config.wsgi
from django.urls import get_resolver
get_resolver().url_patterns
from chezsoi.portal.views import household
from chezsoi.portal.household import outlays
from chezsoi.allocation import queries, views
from chezsoi.engines.benefits import engine_version
engine_version()
print(sorted({"openfisca_core", "openfisca_france", "splink", "duckdb"} & set(sys.modules)))
"""

SERVED = """
import json, sys
import chezsoi.config.wsgi
from django.conf import settings
from django.db import connection
from django.test import Client
database, asked = json.loads(sys.argv[1])
connection.settings_dict["NAME"] = database
settings.ALLOWED_HOSTS = ["testserver"]
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
from django.contrib.auth import get_user_model
answers = []
for user, method, path, given in asked:
    client = Client()
    client.force_login(get_user_model().objects.get(pk=user))
    said = getattr(client, method)(path, given)
    answers.append((said.status_code, said.content.decode()))
print(json.dumps([answers, sorted({"openfisca_core", "openfisca_france"} & set(sys.modules))]))
"""


def test_a_web_process_has_imported_neither_openfisca_nor_splink():
    found = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"


@pytest.mark.django_db(transaction=True)
def test_a_web_process_that_serves_estimates_and_asks_for_them_never_loads_openfisca(monkeypatch):
    outlays.answered_at_once(monkeypatch)
    officer, worker = (territories.actor(role) for role in ("siao_officer", "lead_worker"))
    known, waiting = outlays.candidate(), outlays.candidate()
    theirs = hoped_for(worker, territories.actor("social_landlord_agent"), people.member(resources=living_on()))
    for each in (known, theirs.household):
        outlays.work(each)
    round_ = known.candidacies.earliest("pk").round
    own = allocation.commission(organisation=round_.offer.dwelling.owner.organisation)
    item = allocation.item(round_, at=allocation.sitting(own), why_few="too_few_candidates")
    file = reverse("people:household", args=[theirs.household_id])
    change = reverse("people:resources", args=[theirs.household_id, people.lead(theirs.household).pk])
    asked = [
        (officer, "get", reverse("people:household", args=[known.pk]), {}),
        (officer, "get", reverse("people:household", args=[waiting.pk]), {}),
        (officer, "post", reverse("portal:estimate", args=[waiting.pk]), {}),
        (officer, "get", reverse("allocation:round", args=[round_.pk]), {}),
        (officer, "get", reverse("allocation:sitting", args=[item.sitting_id]), {}),
        (worker, "get", file, {}),
        (worker, "post", change, {"kind": "wage", "amount": "900"}),
        (worker, "get", file, {}),
    ]

    answers, loaded = served_elsewhere([(territories.account_of(actor).pk, *rest) for actor, *rest in asked])

    assert [status for status, _page in answers] == [200, 200, 302, 200, 200, 200, 302, 200]
    assert [outlays.AMOUNT in answers[index][1] for index in (0, 3, 5, 7)] == [True, True, True, False]
    queued = DBTaskResult.objects.filter(task_path=tasks.estimate_household.module_path)
    assert {row.args_kwargs["args"][0] for row in queued} == {waiting.pk, theirs.household_id}
    assert loaded == []


def served_elsewhere(asked):
    """Serve requests in a process of its own, on the database of the test; give the answers and what was loaded."""
    given = json.dumps([str(connection.settings_dict["NAME"]), asked])
    same = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    served = subprocess.run(
        [sys.executable, "-c", SERVED, given], capture_output=True, text=True, check=False, env=same
    )
    assert served.returncode == 0, served.stderr
    return json.loads(served.stdout.splitlines()[-1])
