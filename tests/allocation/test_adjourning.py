"""Members who leave before the end, and homes carried to a later sitting: nobody loses anything."""

import re
import shutil
import subprocess
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from chezsoi.allocation import actions, letters, motives, queries
from chezsoi.allocation.actions import adjourning, commissions, decisions
from chezsoi.allocation.choices import SittingState
from chezsoi.allocation.models import Adjournment, Candidacy, Decision, Sitting
from tests import htmx
from tests.factories import allocation, territories


@pytest.fixture
def secretary():
    return territories.actor("commission_secretary")


@pytest.fixture
def room(client, secretary):
    client.force_login(territories.account_of(secretary))
    own = allocation.commission(organisation=territories.organisation_of(secretary))
    return allocation.item(at=allocation.sitting(own))


def in_days(days):
    return allocation.today() + timedelta(days=days)


def decide(item, rank, actor):
    candidacy = item.round.candidacies.get(rank=rank)
    verdict = allocation.ranked(rank)
    return actions.decide(actor=actor, item=item, candidacy=candidacy, verdict=verdict, on=allocation.today())


def leave(item, actor, number=1):
    for row in item.sitting.attendances.filter(left_at=None).order_by("pk")[:number]:
        actions.note_departure(actor=actor, sitting=item.sitting, member=row.member, at=timezone.now())


def adjourn(item, actor, to=None, reason="quorum lost at 16:10"):
    return actions.adjourn(actor=actor, item=item, to=to or in_days(7), reason=reason, on=allocation.today())


class TestWhoLeaves:
    def test_counts_no_longer_and_counts_again_when_back(self, room, secretary):
        member = room.sitting.attendances.order_by("pk").first().member
        leave(room, secretary)
        assert queries.quorum(room, actor=secretary) == 2

        with pytest.raises(commissions.Absent):
            actions.note_departure(actor=secretary, sitting=room.sitting, member=member, at=timezone.now())
        with pytest.raises(commissions.Absent):
            actions.recuse(actor=secretary, item=room, member=member, reason="a cousin")
        actions.note_return(actor=secretary, sitting=room.sitting, member=member)

        assert queries.quorum(room, actor=secretary) == 3

    def test_leaves_decisions_standing_and_stops_the_next_one(self, room, secretary):
        decide(room, 1, secretary)
        leave(room, secretary, 2)

        with pytest.raises(decisions.NoQuorum):
            decide(room, 2, secretary)
        assert Decision.objects.get().voters == 3

    def test_cannot_leave_a_closed_sitting(self, room, secretary):
        member = room.sitting.attendances.first().member
        closed = allocation.decided(room).sitting

        with pytest.raises(decisions.SittingNotOpen):
            actions.note_departure(actor=secretary, sitting=closed, member=member, at=timezone.now())


class TestAdjourning:
    def test_calls_a_later_sitting_and_changes_no_candidacy(self, room, secretary):
        first = room.sitting
        before = list(Candidacy.objects.order_by("pk").values())

        adjourn(room, secretary)

        room.refresh_from_db()
        assert room.sitting.held_on == in_days(7)
        assert room.sitting.commission == first.commission
        assert list(Candidacy.objects.order_by("pk").values()) == before

    def test_leaves_what_was_decided_to_the_sitting_that_decided(self, room, secretary):
        first = room.sitting
        made = decide(room, 1, secretary)
        later = allocation.sitting(first.commission, held_on=in_days(3))
        adjourn(room, secretary, later)
        actions.close_sitting(actor=secretary, sitting=first)
        actions.record_attendance(
            actor=secretary, sitting=later, members=[row.member for row in first.attendances.all()]
        )
        room.refresh_from_db()
        second = decide(room, 2, secretary)

        made.refresh_from_db()
        assert (made.sitting, second.sitting) == (first, later)
        assert first.state == SittingState.CLOSED

        adjourn(room, secretary, in_days(9), "late")
        made.refresh_from_db()
        second.refresh_from_db()
        assert (made.sitting, second.sitting) == (first, later)

    def test_refuses_what_is_no_later_sitting(self, room, secretary):
        elsewhere = allocation.sitting(held_on=in_days(2))
        over = allocation.sitting(room.sitting.commission, held_on=in_days(2))
        Sitting.objects.filter(pk=over.pk).update(state=SittingState.CLOSED)
        over.refresh_from_db()
        for to in (elsewhere, over, in_days(0), room.sitting):
            with pytest.raises(adjourning.NotALaterSitting):
                adjourn(room, secretary, to)
        with pytest.raises(commissions.SittingAlreadyCalled):
            adjourn(room, secretary, in_days(2))

        assert not Adjournment.objects.exists()

    def test_wants_a_reason_that_may_be_one(self, room, secretary):
        with pytest.raises(adjourning.AdjournmentReasonMissing):
            adjourn(room, secretary, reason=" ")
        with pytest.raises(motives.ForbiddenMotive):
            adjourn(room, secretary, reason="en attendant des nouvelles de sa santé")

    def test_has_nothing_to_carry_once_all_is_decided_or_closed(self, room, secretary):
        for rank in (1, 2, 3, 4):
            decide(room, rank, secretary)
        with pytest.raises(adjourning.NothingToAdjourn):
            adjourn(room, secretary)
        actions.close_sitting(actor=secretary, sitting=room.sitting)
        with pytest.raises(decisions.SittingNotOpen):
            adjourn(room, secretary)


class TestTheRoom:
    def post(self, client, room, **given):
        address = reverse("allocation:adjourn", args=[room.pk])
        return client.post(address, {f"later{room.pk}-{name}": value for name, value in given.items()})

    def page(self, client, sitting):
        return htmx.parse(client.get(reverse("allocation:sitting", args=[sitting.pk]))).select_one("main").text

    def test_says_that_the_quorum_is_lost_and_carries_the_home(self, client, room):
        first = room.sitting
        address = reverse("allocation:departure", args=[first.pk])
        gone = [row.member_id for row in first.attendances.order_by("pk")][:2]
        for member in gone:
            client.post(address, {"member": member, "act": "leaves"})
        page = self.page(client, first)
        assert "personne ne perd" in page
        assert (
            reverse("allocation:adjourn", args=[room.pk])
            in client.get(reverse("allocation:sitting", args=[first.pk])).content.decode()
        )

        assert self.post(client, room, held_on=in_days(4).isoformat(), reason="quorum perdu").status_code == 302

        room.refresh_from_db()
        assert room.sitting.held_on == in_days(4)
        assert "quorum perdu" in self.page(client, first)

    def test_writes_nothing_when_what_is_given_does_not_fit(self, client, room):
        first = room.sitting
        departure = reverse("allocation:departure", args=[first.pk])
        member = first.attendances.first().member_id
        client.post(departure, {"member": "x"})
        client.post(departure, {"member": member, "act": "back"})
        self.post(client, room, reason="late")
        self.post(client, room, held_on=in_days(0).isoformat(), reason="late")

        assert not Adjournment.objects.exists()
        assert not first.attendances.exclude(left_at=None).exists()

        client.post(departure, {"member": member})
        client.post(departure, {"member": member, "act": "back"})
        assert not first.attendances.exclude(left_at=None).exists()

    @pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
    def test_prints_each_decision_in_the_minutes_of_the_sitting_that_took_it(self, room, secretary):
        first = room.sitting
        decide(room, 1, secretary)
        leave(room, secretary, 2)
        adjourn(room, secretary)
        room.refresh_from_db()

        read = _words(letters.minutes(first, lang="en", actor=secretary))
        after = _words(letters.minutes(room.sitting, lang="en", actor=secretary))

        assert "left at" in read
        assert "3 members with a vote" in read
        assert "quorum lost at 16:10" in read
        assert len(re.findall(r"\d not decided", read)) == 3
        assert "decided on" in after


def _words(pdf):
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())
