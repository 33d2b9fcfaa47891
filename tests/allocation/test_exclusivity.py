"""One home, a thousand hands, fifty connections: one wins, the others are told so."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from chezsoi.allocation import actions
from chezsoi.allocation.actions import HomeAlreadyTaken
from chezsoi.allocation.choices import HOLDING
from chezsoi.allocation.models import Candidacy, HouseholdAnswer, OfferLetter
from chezsoi.allocation.views.refusals import sentence
from tests.factories import allocation, territories

ATTEMPTS = 1000
CONNECTIONS = 50

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


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
    try:
        attempt(place)
    except HomeAlreadyTaken as taken:
        return sentence(taken)
    return "won"


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
        assert sum(told.values()) == ATTEMPTS
        assert item.round.candidacies.filter(state__in=HOLDING).count() == 1
