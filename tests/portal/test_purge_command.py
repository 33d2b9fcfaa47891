"""`chezsoi purge`: counts first, an order to erase, one sentence when it cannot."""

import json

import pytest
from typer.testing import CliRunner

from chezsoi.journeys.retention import actions
from chezsoi.journeys.retention.actions import running
from chezsoi.people.models import Household
from chezsoi.portal.command_line import app
from tests.factories import people, retention, territories

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setattr(actions, "scrub", lambda *, actor: True)
    return lambda *arguments: CliRunner().invoke(app, ["purge", *arguments])


def metz(said: str) -> dict:
    return next(each for each in json.loads(said)["territories"] if each["territory"] == "metz")


def test_a_dry_run_counts_and_changes_nothing(run):
    retention.silent()

    done = run("--dry-run", "--json")

    assert done.exit_code == 0
    assert (metz(done.stdout)["households"], metz(done.stdout)["held"]) == (1, {})
    assert Household.objects.count() == 1
    assert "metz: 1 files to erase" in run("--dry-run").stdout
    assert "Nothing was erased." in run("--dry-run").stdout


def test_applied_it_erases(run):
    retention.silent()
    people.household(people.member("Kofi", "Mensah"))

    done = run("--apply", "--json", "--territory", "metz")

    assert (metz(done.stdout)["households"], json.loads(done.stdout)["files_rewritten"]) == (1, True)
    assert Household.objects.count() == 1
    assert "metz: 0 files erased" in run("--apply").stdout


def test_on_a_day_to_come_it_counts_what_will_be_due(run):
    people.household()

    assert metz(run("--dry-run", "--json", "--on", "2040-01-01").stdout)["households"] == 1


def test_on_a_server_nothing_is_erased_before_its_day(run, settings, monkeypatch):
    people.household()
    monkeypatch.setattr(type(settings.ENVIRONMENT), "is_server", property(lambda environment: True))

    done = run("--apply", "--on", "2040-01-01")

    assert done.exit_code == 1
    assert "has not come yet" in done.stderr
    assert Household.objects.count() == 1


def test_an_account_purges_where_it_is_data_protection_officer(run):
    retention.silent()
    officer, other = territories.actor("dpo"), territories.actor("siao_officer")

    done = run("--apply", "--json", "--as", territories.account_of(officer).email)

    assert [each["territory"] for each in json.loads(done.stdout)["territories"]] == ["metz"]
    refused = run("--apply", "--as", territories.account_of(other).email)
    assert (refused.exit_code, "Nothing was erased" in refused.stderr) == (1, True)
    assert run("--apply", "--as", "nobody@example.org").exit_code == 2


@pytest.mark.parametrize("asked", [(), ("--apply", "--dry-run"), ("--dry-run", "--on", "yesterday")])
def test_an_unclear_order_does_nothing(run, asked):
    done = run(*asked)

    assert done.exit_code == 2
    assert "Nothing was erased." in done.stderr


def test_a_database_being_read_is_said(run, monkeypatch):
    monkeypatch.setattr(actions, "scrub", lambda *, actor: False)

    assert "Run chezsoi purge --apply again" in run("--apply").stdout
    assert running.purge is actions.purge
