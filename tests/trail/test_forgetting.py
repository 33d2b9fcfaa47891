"""Entries past their time go; their seals stay, and what else goes missing is still found."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from chezsoi import trail
from chezsoi.kernel.dates import add_months
from chezsoi.territories.access import Operator, operator
from chezsoi.trail import forgetting, seals
from chezsoi.trail.models import Entry, Seal

pytestmark = pytest.mark.django_db
CLERK = operator(Operator.COMMAND_LINE, label="command line (claire)")


def today() -> date:
    return timezone.localdate()


def write(count: int, *, months_ago: int = 0) -> None:
    day = add_months(today(), -months_ago)
    for number in range(count):
        entry = trail.record(CLERK, f"verb.{number}")
        Entry.objects.filter(pk=entry.pk).update(at=timezone.now() - (today() - day))
    seals.seal()


def facts() -> list[str]:
    return [breach.fact for breach in seals.verify()]


def test_old_batches_go_and_the_trail_is_whole():
    write(3, months_ago=13)
    write(2)
    anchor = seals.seal()

    assert forgetting.forget(on=today()) == 3

    assert Entry.objects.count() == 2
    assert seals.verify(anchor) == ()
    assert forgetting.forget(on=today()) == 0


def test_entries_go_on_the_day_twelve_months_are_over_and_not_before():
    write(1, months_ago=12)

    assert forgetting.forget(on=today() - timedelta(days=1)) == 0
    assert forgetting.forget(on=today()) == 1


def test_a_batch_waits_for_its_latest_entry_and_for_the_batches_before_it():
    write(1, months_ago=1)
    write(1, months_ago=20)

    assert forgetting.forget(on=today()) == 0


def test_what_was_never_sealed_is_sealed_first():
    entry = trail.record(CLERK, "verb")
    Entry.objects.filter(pk=entry.pk).update(at=timezone.now() - timedelta(days=400))

    assert forgetting.forget(on=today()) == 1
    assert Seal.objects.get().count == 1
    assert facts() == []


@pytest.mark.parametrize("months_ago", [0, 11])
def test_a_recent_batch_called_erased_is_a_breach(months_ago):
    write(1, months_ago=months_ago)
    Entry.objects.all().delete()
    Seal.objects.update(forgotten_on=today())

    assert facts() == ["erased_too_soon"]


def test_an_old_batch_erased_before_an_older_one_is_a_breach():
    write(1, months_ago=20)
    write(1, months_ago=15)
    Entry.objects.filter(batch=2).delete()
    Seal.objects.filter(number=2).update(forgotten_on=today())

    assert facts() == ["erased_too_soon"]


def test_an_entry_left_in_an_erased_batch_is_a_breach():
    write(2, months_ago=20)
    Seal.objects.update(forgotten_on=today())

    assert facts() == ["erased_too_soon"]


def test_an_entry_deleted_by_hand_is_still_found():
    write(2, months_ago=20)
    Entry.objects.order_by("pk").first().delete()

    assert facts() == ["deleted_or_moved"]
