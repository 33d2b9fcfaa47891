"""What is taken out of one installation comes whole into another, or one row says why nothing came."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from chezsoi.journeys.takeout import actions
from chezsoi.journeys.takeout.actions import InstallationInUse, NotATakeout, RowRefused
from chezsoi.people.models import Household, Person
from chezsoi.territories.access import NotAllowed
from chezsoi.territories.models import Organisation, User
from tests.drills import settled
from tests.factories import people, territories

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
CHILD = "people.ResidentialSituation"
Rows = list[dict[str, Any]]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture
def taken() -> bytes:
    """Give what a service takes out of an installation that is gone afterwards."""
    before = transaction.savepoint()
    settled.settle(2)
    content = export(Organisation.objects.get(key=settled.SERVICE))
    transaction.savepoint_rollback(before)
    return content


def export(organisation: Organisation, *, actor=None) -> bytes:
    target = io.BytesIO()
    asking = actor or territories.program(organisation=organisation)
    actions.export_organisation(actor=asking, organisation=organisation, target=target, on=TODAY)
    return target.getvalue()


def bring(content: bytes) -> dict[str, int]:
    return actions.import_organisation(actor=territories.program(), source=io.BytesIO(content), on=TODAY)


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(content: bytes, label: str, change: Callable[[Rows], object]) -> bytes:
    """Change the rows of a table, and the digest that the manifest gives of it."""
    held, name = parts(content), f"tables/{label}.jsonl"
    rows = [json.loads(line) for line in held[name].splitlines()]
    change(rows)
    held[name] = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    said = json.loads(held["manifest.json"])
    said["tables"][label]["sha256"] = hashlib.sha256(held[name]).hexdigest()
    held["manifest.json"] = json.dumps(said).encode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, text in held.items():
            archive.writestr(member, text)
    return target.getvalue()


def derived(rows: Rows) -> dict[str, Any]:
    """Find what was seen of a child, which names what was seen of its lead."""
    return next(row for row in rows if row["derived_from"] is not None)


class TestATakeout:
    @pytest.mark.parametrize("batch", [1, 2, 500])
    def test_comes_in_and_goes_out_again_the_same_whatever_the_batches(self, taken, batch, monkeypatch):
        monkeypatch.setattr(actions, "BATCH", batch)

        loaded = bring(taken)

        assert loaded["people.Household"] == Household.objects.count() == 2
        assert parts(export(Organisation.objects.get(key=settled.SERVICE))) == parts(taken)

    def test_lets_nobody_in_with_a_former_password(self, taken):
        bring(taken)

        assert User.objects.exists()
        assert not any(user.has_usable_password() for user in User.objects.all())

    def test_is_brought_where_nobody_works_yet(self, taken):
        territories.organisation()

        with pytest.raises(InstallationInUse):
            bring(taken)
        assert not Person.objects.exists()

    def test_is_taken_out_in_the_name_of_the_organisation_alone(self):
        own, other = territories.organisation(), territories.organisation()

        with pytest.raises(NotAllowed):
            export(own, actor=territories.program(organisation=other))
        with pytest.raises(NotAllowed):
            export(own, actor=territories.actor("outreach_worker", organisation=own))

    def test_holds_no_row_that_hangs_on_one_left_here(self):
        worker = territories.actor("outreach_worker")
        mine, theirs = people.household(actor=worker), people.household()

        held = parts(export(territories.organisation_of(worker)))

        households = [json.loads(line)["reference"] for line in held["tables/people.Household.jsonl"].splitlines()]
        assert households == [mine.reference]
        assert theirs.reference.encode() not in b"".join(held.values())


WRONG = {
    "a value out of its list": ("people.Person", lambda rows: rows[0].update(sex="x"), "people.Person, line 1: sex"),
    "the same row twice": ("territories.User", lambda rows: rows.append(rows[0]), "territories.User: "),
    "a code that is none": ("people.Person", lambda rows: rows[0].update(code=[1]), "people.Person, line 1: code"),
    "a row that is nowhere": (CHILD, lambda rows: derived(rows).update(derived_from=9999), f"{CHILD}: derived_from"),
    "a row that comes later": (CHILD, lambda rows: rows.reverse(), f"{CHILD}: derived_from"),
    "a list in place of a row": (CHILD, lambda rows: derived(rows).update(derived_from=[1]), f"{CHILD}: derived_from"),
}


class TestARowThatCannotBe:
    @pytest.mark.parametrize("damage", WRONG)
    def test_is_named_and_nothing_comes_in(self, taken, damage):
        label, change, said = WRONG[damage]

        with pytest.raises(RowRefused, match=said), transaction.atomic():
            bring(changed(taken, label, change))

        assert not Person.objects.exists()
        assert not User.objects.exists()

    def test_is_not_read_from_another_file(self):
        with pytest.raises(NotATakeout):
            bring(b"nom;prenom")
