"""The room as it goes: its screens follow the secretary, name nobody, and answer nothing when nothing changed."""

import json
from datetime import timedelta
from itertools import pairwise

import pytest
from django.urls import reverse

from chezsoi.allocation import actions, queries
from chezsoi.allocation.actions.decisions import SittingNotOpen
from chezsoi.allocation.models import Sitting
from chezsoi.territories.access import NotAllowed
from chezsoi.trail.models import Entry
from tests import htmx
from tests.factories import allocation, territories


@pytest.fixture
def secretary():
    return territories.actor("commission_secretary")


@pytest.fixture
def homes(secretary):
    """Put three homes on the table of one sitting under way."""
    sat = allocation.sitting(allocation.commission(organisation=territories.organisation_of(secretary)))
    return [allocation.item(at=sat) for _ in range(3)]


def before(sitting, actor):
    return queries.before_the_room(Sitting.objects.get(pk=sitting.pk), actor=actor)


def mark(sitting, actor):
    return queries.mark(Sitting.objects.get(pk=sitting.pk), actor=actor)


def decide_all(item, actor):
    for place, candidacy in enumerate(allocation.candidates(item), 1):
        actions.decide(
            actor=actor, item=item, candidacy=candidacy, verdict=allocation.ranked(place), on=allocation.today()
        )


class TestTheHomeBeforeTheRoom:
    def test_is_the_first_until_the_secretary_takes_up_another(self, homes, secretary):
        first, second, _third = homes
        sat = first.sitting
        assert before(sat, secretary).item.item == first

        actions.take_up(actor=secretary, item=second)

        now = before(sat, secretary)
        assert (now.item.item, now.place, list(now.agenda)) == (second, 2, homes)
        assert Entry.objects.filter(verb="allocation.item.taken_up", object_id=str(second.pk)).count() == 1

    def test_is_the_one_decided_on_last_so_that_the_room_reads_the_decision(self, homes, secretary):
        decide_all(homes[2], secretary)

        now = before(homes[0].sitting, secretary)

        assert now.item.item == homes[2]
        assert now.item.is_decided

    def test_is_the_first_undecided_when_nobody_chose(self, homes, secretary):
        decide_all(homes[0], secretary)
        Sitting.objects.update(current_item=None)

        assert before(homes[0].sitting, secretary).item.item == homes[1]

    def test_is_none_before_the_sitting_and_after_it(self, homes, secretary):
        sat = homes[0].sitting
        later = allocation.sitting(sat.commission, held_on=allocation.today() + timedelta(days=1))
        waiting = allocation.item(at=later, present=0)
        with pytest.raises(SittingNotOpen):
            actions.take_up(actor=secretary, item=waiting)
        assert before(later, secretary).item is None

        for item in homes:
            decide_all(item, secretary)
        actions.close_sitting(actor=secretary, sitting=sat)

        assert before(sat, secretary).item is None
        assert before(sat, secretary).place == 0

    def test_goes_when_it_is_carried_to_a_later_sitting(self, homes, secretary):
        actions.take_up(actor=secretary, item=homes[1])
        actions.adjourn(
            actor=secretary,
            item=homes[1],
            to=allocation.today() + timedelta(days=3),
            reason="quorum lost",
            on=allocation.today(),
        )

        assert before(homes[0].sitting, secretary).item.item == homes[0]

    def test_is_chosen_by_who_writes_decisions_alone(self, homes):
        member = territories.actor("commission_member")
        allocation.seat(homes[0].sitting.commission, member)

        with pytest.raises(NotAllowed):
            actions.take_up(actor=member, item=homes[1])
        assert Sitting.objects.get().current_item is None


class TestTheMark:
    def test_stays_while_nothing_of_the_page_changes(self, homes, secretary):
        sat = homes[0].sitting

        assert mark(sat, secretary) == mark(sat, secretary)

    def test_is_of_one_reader_and_one_sitting(self, homes, secretary):
        sat = homes[0].sitting
        member = territories.actor("commission_member")
        allocation.seat(sat.commission, member)
        later = allocation.sitting(sat.commission, held_on=allocation.today() + timedelta(days=1))

        assert len({mark(sat, secretary), mark(sat, member), mark(later, secretary), mark(later, member)}) == 4

    def test_changes_with_each_thing_a_screen_shows(self, homes, secretary):
        sat = homes[0].sitting
        members = [row.member for row in sat.attendances.order_by("pk")]
        first, second, third = homes
        acts = [
            lambda: actions.recuse(actor=secretary, item=first, member=members[0], reason="a cousin"),
            lambda: actions.take_up(actor=secretary, item=second),
            lambda: actions.note_departure(actor=secretary, sitting=sat, member=members[1], at=allocation.now()),
            lambda: actions.note_return(actor=secretary, sitting=sat, member=members[1]),
            lambda: decide_all(second, secretary),
            lambda: actions.adjourn(
                actor=secretary, item=third, to=allocation.today() + timedelta(days=3), reason="late",
                on=allocation.today(),
            ),
        ]  # fmt: skip
        marks = [mark(sat, secretary)]
        for act in acts:
            act()
            marks.append(mark(sat, secretary))

        assert all(one != next_ for one, next_ in pairwise(marks))

    def test_says_nothing_of_what_it_stands_for(self, homes, secretary):
        assert len(mark(homes[0].sitting, secretary)) == 32


class TestTheProjectorThatFollows:
    @pytest.fixture
    def ask(self, client, homes, secretary):
        client.force_login(territories.account_of(secretary))
        address = reverse("allocation:live", args=[homes[0].sitting_id])
        return lambda seen="", **more: client.get(address, {"seen": seen} if seen else {}, **more)

    def test_shows_the_home_of_the_secretary_and_nobodys_number_nor_any_form_to_decide(self, ask, homes, secretary):
        actions.take_up(actor=secretary, item=homes[1])
        answer = ask()
        tree = htmx.parse(answer)
        files = [each.household.reference for item in homes for each in allocation.candidates(item)]

        assert len(tree.select("article.cz-projected")) == 4
        assert "2" in tree.select_one(".cz-projector-steps p").text
        assert not [file for file in files if file in answer.content.decode()]
        assert not tree.select("main form :is(textarea, select)")
        assert not tree.select("main form input:not([type=hidden])")

    def test_answers_nothing_and_writes_nothing_until_something_changes(self, ask, homes, secretary):
        seen = htmx.parse(ask()).select_one("#room")["data-seen"]
        read = Entry.objects.count()

        again = ask(seen)
        assert (again.status_code, again.content) == (204, b"")
        assert Entry.objects.count() == read

        actions.take_up(actor=secretary, item=homes[2])
        fresh = ask(seen, headers={"HX-Request": "true"})
        assert fresh.status_code == 200
        assert not htmx.parse(fresh).select("html")
        assert htmx.parse(fresh).select_one("#room")["data-seen"] != seen
        last = Entry.objects.filter(verb="allocation.sitting.projected").latest("pk")
        assert json.loads(last.detail) == {"place": 3}

    def test_is_the_same_whole_as_in_parts(self, ask, homes, secretary):
        shown = htmx.parse(ask())
        actions.take_up(actor=secretary, item=homes[1])
        part = htmx.parse(ask(shown.select_one("#room")["data-seen"], headers={"HX-Request": "true"}))
        shown.select_one("#room").replace_with(part.select_one("#room"))

        htmx.assert_same_as_reload(shown, ask())

    def test_moves_the_room_by_the_hand_of_the_secretary_and_nobody_elses(self, client, ask, homes):
        tree = htmx.parse(ask())
        form = tree.select_one("form:has([data-step=next])")
        assert not tree.select("[data-step=prev]")
        given = {field["name"]: field["value"] for field in form.select("input")}
        moved = client.post(form["action"], given)
        assert moved["Location"] == reverse("allocation:live", args=[homes[0].sitting_id])
        assert Sitting.objects.get().current_item == homes[1]

        member = territories.actor("commission_member")
        allocation.seat(homes[0].sitting.commission, member)
        client.force_login(territories.account_of(member))
        shown = htmx.parse(ask())
        assert not shown.select("main form")
        assert shown.select_one("a[rel=next]")["href"].endswith("/projector/3/")
        assert client.post(form["action"], given).status_code == 403

    def test_says_why_no_home_is_shown_and_follows_no_more_once_it_is_over(self, client, ask, homes, secretary):
        sat = homes[0].sitting
        later = allocation.sitting(sat.commission, held_on=allocation.today() + timedelta(days=1))
        address = reverse("allocation:live", args=[later.pk])
        assert htmx.parse(client.get(address)).select_one("#room .cz-empty")
        waiting = allocation.item(at=later, present=0)
        page = htmx.parse(client.get(address))
        assert page.select_one("#room")["data-follows"] == address
        assert not page.select("article")
        refused = client.post(reverse("allocation:take-up", args=[waiting.pk]))
        assert refused["Location"].endswith(f"#item{waiting.pk}")
        assert Sitting.objects.get(pk=later.pk).current_item is None

        for item in homes:
            decide_all(item, secretary)
        actions.close_sitting(actor=secretary, sitting=sat)
        over = htmx.parse(ask()).select_one("#room")
        assert not over.has_attr("data-follows")
        assert over.select_one(".cz-empty")

    def test_is_opened_from_the_table_where_the_home_before_the_room_is_marked(self, client, ask, homes, secretary):
        actions.take_up(actor=secretary, item=homes[1])
        page = client.get(reverse("allocation:sitting", args=[homes[0].sitting_id])).content.decode()

        shown = [reverse("allocation:take-up", args=[item.pk]) in page for item in homes]
        assert shown == [True, False, True]
        assert reverse("allocation:live", args=[homes[0].sitting_id]) in page

    def test_takes_no_invented_mark_for_one_it_gave(self, ask):
        for invented in ("0" * 32, "x", "’"):
            assert ask(invented).status_code == 200
