"""One home, a thousand hands, fifty connections: one wins, the others are told so."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection

from chezsoi.allocation import actions
from chezsoi.allocation.actions import HomeAlreadyTaken
from chezsoi.allocation.choices import HOLDING
from chezsoi.allocation.models import Candidacy, HouseholdAnswer, OfferLetter
from chezsoi.allocation.views.refusals import sentence
from chezsoi.portal.busy import LOCKED
from chezsoi.territories import reference
from tests.factories import allocation, territories

ATTEMPTS = 1000
CONNECTIONS = 50
# SQLite serves writers as it finds them: on a slow disk, one hand of fifty may wait longer than the house lets it.
PATIENCE = 20

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module", autouse=True)
def reference_data_again(django_db_setup, django_db_blocker):
    """Give the tests that come after the reference data these ones emptied, once for all."""
    yield
    with django_db_blocker.unblock():
        reference.load()


def rush(attempt, number=ATTEMPTS, hands=CONNECTIONS):
    """Make as many attempts at once as there are hands, each on its own connection; count what came of them."""
    ready = threading.Barrier(hands)
    told = Counter()

    def work(share):
        found = Counter()
        ready.wait()
        try:
            for place in share:
                found[_outcome(attempt, place)] += 1
        finally:
            connection.close()
        return found

    shares = [range(first, number, hands) for first in range(hands)]
    with ThreadPoolExecutor(max_workers=hands) as pool:
        for found in pool.map(work, shares):
            told += found
    return told


def _outcome(attempt, place):
    """Say what came of an attempt, made again when the house answers that it is busy, as its page asks."""
    for _ in range(PATIENCE):
        try:
            attempt(place)
        except HomeAlreadyTaken as taken:
            return sentence(taken)
        except OperationalError as busy:
            if LOCKED not in str(busy):
                raise
        else:
            return "won"
    return LOCKED


def only_one_won(told):
    said = [words for words in told if words != "won"]
    return told["won"] == 1 and len(said) == 1 and told[said[0]] == ATTEMPTS - 1


class TestAThousandAttempts:
    def test_to_accept_a_home_leave_it_to_one(self):
        letter = allocation.letter()
        program, day = territories.program(), allocation.today()

        def accept(_place):
            own = OfferLetter.objects.select_related("decision__candidacy__household").get(pk=letter.pk)
            actions.record_answer(actor=program, letter=own, is_accepted=True, answered_on=day)

        assert only_one_won(rush(accept))
        assert HouseholdAnswer.objects.count() == 1

    def test_to_offer_a_home_leave_it_to_one(self):
        first = allocation.candidates(allocation.decided())[0]
        program, day = territories.program(), allocation.today()

        def offer(_place):
            actions.send_offer(actor=program, candidacy=Candidacy.objects.get(pk=first.pk), sent_on=day)

        assert only_one_won(rush(offer))
        assert OfferLetter.objects.count() == 1

    def test_by_every_candidate_leave_it_to_one_household(self):
        item = allocation.decided()
        ranks = [candidacy.pk for candidacy in allocation.candidates(item)]
        allocation.letter(item)
        program, day = territories.program(), allocation.today()

        def offer(place):
            candidacy = Candidacy.objects.get(pk=ranks[place % len(ranks)])
            actions.send_offer(actor=program, candidacy=candidacy, sent_on=day)

        told = rush(offer)

        assert told["won"] == 0
        assert LOCKED not in told
        assert sum(told.values()) == ATTEMPTS
        assert item.round.candidacies.filter(state__in=HOLDING).count() == 1
