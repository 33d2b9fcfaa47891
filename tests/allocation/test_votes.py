"""Votes on a decision: counted or not, never more than may vote, a tie broken by who may."""

import shutil
import subprocess

import pytest
from django.urls import reverse

from chezsoi.allocation import actions, letters
from chezsoi.allocation.actions import Verdict, Votes, votes
from chezsoi.allocation.choices import CommissionKind, DecisionKind
from chezsoi.allocation.models import Decision
from chezsoi.homes.choices import Stock
from tests import htmx
from tests.factories import allocation, territories


def decide(item, given, *, rank=1):
    verdict = Verdict(kind=DecisionKind.ALLOCATED_RANKED, rank=rank, reason="in the published order", votes=given)
    candidacy = item.round.candidacies.get(rank=rank)
    return actions.decide(
        actor=territories.program(), item=item, candidacy=candidacy, verdict=verdict, on=allocation.today()
    )


def count(agreed, against=0, abstaining=0, *, casting=False):
    return Votes(votes_for=agreed, votes_against=against, abstentions=abstaining, has_casting_vote=casting)


class TestVotes:
    def test_need_not_be_counted(self):
        made = decide(allocation.item(), None)

        assert (made.voters, made.votes_for, made.votes_against, made.abstentions) == (3, None, None, None)

    @pytest.mark.parametrize("given", [count(3), count(2, 1), count(1, 0, 2), count(1, 1, 1, casting=True)])
    def test_carry_a_decision(self, given):
        made = decide(allocation.item(), given)

        kept = count(made.votes_for, made.votes_against, made.abstentions, casting=made.has_casting_vote)
        assert kept == given

    @pytest.mark.parametrize(
        ("given", "refusal"),
        [
            (count(3, 1), votes.TooManyVotes),
            (count(1, 2), votes.NotCarried),
            (count(1, 1), votes.NotCarried),
            (count(0, 0, 3), votes.NotCarried),
            (count(2, 1, casting=True), votes.NoTie),
        ],
    )
    def test_are_refused_when_they_do_not_fit(self, given, refusal):
        with pytest.raises(refusal):
            decide(allocation.item(), given)
        assert not Decision.objects.exists()

    def test_leave_out_who_left_for_a_conflict_of_interest(self):
        item = allocation.item()
        member = item.sitting.attendances.first().member
        actions.recuse(actor=territories.program(), item=item, member=member, reason="a cousin")

        with pytest.raises(votes.TooManyVotes):
            decide(item, count(3))
        assert decide(item, count(2)).voters == 2

    def test_of_a_local_commission_have_no_casting_vote(self):
        allocation.household()
        sat = allocation.sitting(allocation.commission(CommissionKind.LOCAL))
        item = allocation.item(allocation.drawn(allocation.offer(stock=Stock.PRIVATE)), at=sat)

        with pytest.raises(votes.NoCastingVote):
            decide(item, count(1, 1, casting=True))


class TestTheRoom:
    @pytest.fixture
    def room(self, client):
        secretary = territories.actor("commission_secretary")
        client.force_login(territories.account_of(secretary))
        own = allocation.commission(organisation=territories.organisation_of(secretary))
        return allocation.item(at=allocation.sitting(own))

    def post(self, client, room, **more):
        candidacy = allocation.candidates(room)[0]
        given = {"kind": "allocated_ranked", "rank": 1, "reason": "dans l’ordre publié", **more}
        address = reverse("allocation:decide", args=[room.pk, candidacy.pk])
        return client.post(address, {f"candidacy{candidacy.pk}-{name}": value for name, value in given.items()})

    def test_writes_the_votes_and_prints_them(self, client, room):
        assert self.post(client, room, votes_for=1, votes_against=1, has_casting_vote="on").status_code == 302

        page = htmx.parse(client.get(reverse("allocation:sitting", args=[room.sitting_id]))).select_one("main").text
        assert "1 pour, 1 contre, 0 abstention" in page
        if shutil.which("pdftotext"):
            pdf = letters.minutes(room.sitting, lang="en", actor=territories.actor("siao_officer"))
            read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
            words = " ".join(read.stdout.decode().split())
            assert "1 for" in words

    def test_says_how_many_may_vote(self, client, room):
        answer = self.post(client, room, votes_for=4)

        assert "4 voix pour 3 membres" in htmx.parse(answer).select_one(".cz-errors").text
        assert not Decision.objects.exists()

    def test_offers_no_casting_vote_where_nobody_has_one(self, client):
        secretary = territories.actor("commission_secretary")
        client.force_login(territories.account_of(secretary))
        own = allocation.commission(CommissionKind.LOCAL, organisation=territories.organisation_of(secretary))
        allocation.household()
        item = allocation.item(allocation.drawn(allocation.offer(stock=Stock.PRIVATE)), at=allocation.sitting(own))

        page = htmx.parse(client.get(reverse("allocation:sitting", args=[item.sitting_id])))

        assert page.select("[name$=-votes_for]")
        assert not page.select("[name$=-has_casting_vote]")
