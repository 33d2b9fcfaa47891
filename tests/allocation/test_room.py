"""The room before which nobody is named: letters, numbers on purpose, the projector, the public extract."""

import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from chezsoi.allocation import letters, queries
from chezsoi.trail.models import Entry
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


def files(item):
    return [each.household.reference for each in allocation.candidates(item)]


def address(item, page="sitting", *more):
    return reverse(f"allocation:{page}", args=[item.sitting_id, *more])


def text(answer):
    return htmx.parse(answer).select_one("main").text


class TestLetters:
    def test_follow_the_published_order_and_go_on_after_z(self, room, secretary):
        lines = queries.candidates(room.round, actor=secretary)

        assert [line.letter for line in lines] == ["A", "B", "C", "D"]

        assert _letter(lines[0], 26) == "Z"
        assert _letter(lines[0], 27) == "AA"
        assert _letter(lines[0], 52) == "AZ"
        assert _letter(lines[0], 703) == "AAA"
        assert _letter(lines[0], None) == ""

    def test_stand_in_the_room_in_place_of_numbers(self, client, room):
        page = client.get(address(room)).content.decode()

        assert not [file for file in files(room) if file in page]
        assert "Ménage A" in page or "Household A" in page

    def test_give_way_to_numbers_when_asked_for_and_the_trail_says_so(self, client, room):
        client.post(address(room, "numbers"), {"numbers": "show"})
        page = text(client.get(address(room)))
        assert all(file in page for file in files(room))

        other = allocation.item(at=allocation.sitting(room.sitting.commission, held_on=_tomorrow()), present=0)
        assert not [file for file in files(other) if file in text(client.get(address(other)))]

        client.post(address(room, "numbers"), {"numbers": "hide"})
        assert not [file for file in files(room) if file in text(client.get(address(room)))]
        verbs = Entry.objects.filter(verb__startswith="allocation.numbers.").order_by("pk")
        assert list(verbs.values_list("verb", flat=True)) == ["allocation.numbers.shown", "allocation.numbers.hidden"]

    def test_are_all_a_member_sees(self, client, room):
        member = territories.actor("commission_member")
        allocation.seat(room.sitting.commission, member)
        client.force_login(territories.account_of(member))

        assert client.post(address(room, "numbers"), {"numbers": "show"}).status_code == 403
        assert not [file for file in files(room) if file in text(client.get(address(room)))]


class TestTheProjector:
    def test_shows_one_home_at_a_time_without_a_form_or_a_number(self, client, room):
        allocation.item(at=room.sitting)
        client.post(address(room, "numbers"), {"numbers": "show"})

        answer = client.get(address(room, "projector", 1))
        tree = htmx.parse(answer)

        assert len(tree.select("article.cz-projected")) == 4
        assert not tree.select("main form")
        assert not [file for file in files(room) if file in answer.content.decode()]
        assert tree.select_one("a[rel=next]")["href"] == address(room, "projector", 2)
        assert not tree.select("a[rel=prev]")
        last = htmx.parse(client.get(address(room, "projector", 2)))
        assert last.select_one("a[rel=prev]")["href"] == address(room, "projector", 1)
        assert not last.select("a[rel=next]")

    def test_has_no_home_past_the_last_and_none_at_all_on_an_empty_table(self, client, room):
        assert client.get(address(room, "projector", 2)).status_code == 404
        assert client.get(address(room, "projector", 0)).status_code == 404
        empty = allocation.sitting(room.sitting.commission, held_on=_tomorrow())
        page = client.get(reverse("allocation:projector", args=[empty.pk, 1]))
        assert htmx.parse(page).select_one(".cz-empty")

    def test_tells_the_room_no_more_than_anybody_there_may_know(self, room):
        coordinator = territories.actor("siao_officer")
        alone = queries.candidates(room.round, actor=coordinator)
        before = queries.candidates(room.round, actor=coordinator, before_the_room=True)
        member = territories.actor("commission_member")
        allocation.seat(room.sitting.commission, member)
        seen = queries.candidates(room.round, actor=member)

        assert [line.reasons for line in before] != [line.reasons for line in alone]
        assert [line.reasons for line in before] == [line.reasons for line in seen]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
class TestTheExtract:
    def test_has_letters_and_bodies_and_nobody(self, client, room, secretary):
        allocation.decided(room)
        answer = client.get(address(room, "extract"))
        assert answer["Content-Type"] == "application/pdf"

        with override("en"):
            read = _words(letters.extract(room.sitting, lang="en", actor=secretary))

        assert not [file for file in files(room) if file in read]
        assert "Member 0" not in read
        assert "tenants" in read
        assert "A 1 allocated, in rank order" in read
        assert "in the published order" not in read

    def test_says_what_is_not_decided(self, room, secretary):
        assert "A 1 not decided" in _words(letters.extract(room.sitting, lang="en", actor=secretary))


def _words(pdf):
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


def _letter(line, rank):
    return replace(line, rank=rank).letter


def _tomorrow():
    return allocation.today() + timedelta(days=1)


class TestAJointRound:
    def test_has_a_link_to_what_a_refusal_would_change_for_who_may_read_it(self, client, secretary, room):
        allocation.households()
        joint = allocation.drawn_together([allocation.offer(), allocation.offer()])
        shared = joint.rounds.order_by("pk").first()
        item = allocation.item(shared, at=room.sitting)
        asked = f"{reverse('allocation:joint', args=[joint.pk])}?refused={item.round_id}"

        assert asked in client.get(address(room)).content.decode()
        member = territories.actor("commission_member")
        allocation.seat(room.sitting.commission, member)
        client.force_login(territories.account_of(member))
        assert asked not in client.get(address(room)).content.decode()
