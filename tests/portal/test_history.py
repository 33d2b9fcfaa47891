"""Two years of an invented territory: believable, alike at each build, and nobody real."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from django.db import transaction
from django.utils import timezone

from chezsoi.allocation.models import Candidacy, HouseholdAnswer, Round, Sitting
from chezsoi.homes.choices import OfferState
from chezsoi.homes.models import Dwelling, Offer
from chezsoi.people.models import Household, Person, Phone, ResidentialSituation
from chezsoi.portal import demonstration
from chezsoi.portal.demonstration import history, invention
from chezsoi.tenancies.models import Lease

PERSONS = 150
HOMES = 40


def nobody_watches(done, total):
    assert 0 <= done <= total


class TestFamilies:
    @pytest.mark.parametrize("persons", [1, 7, 260, 1_200])
    def test_hold_as_many_persons_as_asked(self, persons):
        drawn = invention.families(persons, Random(1))  # noqa: S311

        assert sum(each.size for each in drawn) == persons
        assert [each.number for each in drawn] == list(range(len(drawn)))
        assert min(each.adults for each in drawn) >= 1


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """Tell the story once for the tests that only read it, and take it back."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(history, "HOMES", HOMES)
        yield demonstration.tell(persons=PERSONS, progress=nobody_watches)
        transaction.set_rollback(True)


@pytest.mark.slow
@pytest.mark.django_db
class TestHistory:
    def test_adds_what_is_missing_once(self, told):
        assert told > 0
        assert Person.objects.count() == PERSONS
        assert demonstration.tell(persons=2 * PERSONS, progress=nobody_watches) == 0

    def test_lasts_two_years_with_sittings_past_and_to_come(self, told):
        today = timezone.localdate()
        held = list(Sitting.objects.order_by("held_on").values_list("held_on", flat=True))

        assert held[0] < today - timedelta(days=600)
        assert held[-1] > today
        assert Household.objects.filter(created_on__lt=today - timedelta(days=600)).exists()
        assert Dwelling.objects.count() == HOMES + 17

    def test_houses_some_lets_others_wait_and_some_say_no(self, told):
        answers = Counter(HouseholdAnswer.objects.values_list("is_accepted", flat=True))

        assert Lease.objects.count() > 10
        assert answers[False] > 0
        assert Offer.objects.filter(state=OfferState.OPEN).exists()
        assert Offer.objects.filter(state=OfferState.NOT_OFFERABLE).exists()
        assert Round.objects.exists()
        assert Candidacy.objects.exists()

    def test_dates_nothing_in_the_future_but_sittings(self, told):
        today = timezone.localdate()

        assert not ResidentialSituation.objects.filter(observed_on__gt=today).exists()
        assert not Lease.objects.filter(signed_on__gt=today).exists()

    def test_calls_numbers_kept_for_fiction(self, told):
        drawn = Phone.objects.filter(person__memberships__household__reference__gte=invention.reference(0))

        assert drawn.exists()
        assert {phone.number[-8:-4] for phone in drawn} == {"3998"}
