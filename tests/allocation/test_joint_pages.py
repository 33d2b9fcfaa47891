"""The pages of joint rounds: choose the homes, draw, read who is proposed what and why not, what if, the proof."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from chezsoi.allocation.choices import RoundState
from chezsoi.allocation.models import JointAnswer, JointRound
from chezsoi.trail.models import Entry
from tests import htmx
from tests.factories import allocation, territories

pytestmark = pytest.mark.slow


def sign_in(client, role):
    client.force_login(territories.account_of(territories.actor(role)))
    return client


@pytest.fixture
def officer(client):
    return sign_in(client, "siao_officer")


def words(response):
    return htmx.parse(response).get_text(" ", strip=True)


def joint_page(joint, name="joint", **asked):
    return reverse(f"allocation:{name}", args=[joint.pk]) + ("?" + "&".join(f"{k}={v}" for k, v in asked.items()))


def two_homes():
    return [allocation.offer(), allocation.offer()]


class TestChoosing:
    url = "journeys:open-joint-round"

    def test_freezes_the_homes_ticked_and_leads_to_the_draw(self, officer):
        allocation.households(2)
        kept, other, left = allocation.offer(), allocation.offer(), allocation.offer()
        grid = allocation.grid()

        sent = officer.post(reverse(self.url), {"homes": [kept.pk, other.pk], "grid": grid.pk})

        joint = JointRound.objects.get()
        assert sent.url == reverse("allocation:joint", args=[joint.pk])
        assert {row.offer_id for row in joint.rounds.all()} == {kept.pk, other.pk}
        assert "sealed" in words(officer.get(sent.url)) or "scellé" in words(officer.get(sent.url))
        assert left.rounds.count() == 0

    def test_says_what_is_wrong_and_writes_nothing(self, officer):
        allocation.household()
        offers = two_homes()
        grid = allocation.grid()

        few = officer.post(reverse(self.url), {"homes": [offers[0].pk], "grid": grid.pk})
        none = officer.post(reverse(self.url), {"grid": grid.pk})

        assert (few.status_code, none.status_code) == (422, 422) or not JointRound.objects.exists()
        assert htmx.parse(few).select_one(".cz-errors")
        assert not JointRound.objects.exists()

    def test_a_home_searched_already_is_not_offered_and_one_alone_is_said(self, officer):
        allocation.household()
        taken, _free = two_homes()
        allocation.committed(taken)

        page = officer.get(reverse(self.url))

        assert not htmx.parse(page).select("[name=homes]")


class TestDrawing:
    def test_draws_every_home_with_one_number(self, officer):
        allocation.households(3)
        joint = allocation.joint(two_homes())
        at = timezone.localtime() - timedelta(hours=1)
        number = {"value": "7", "source": "loto", "day": f"{at:%Y-%m-%d}", "time": f"{at:%H:%M}"}

        bad = officer.post(joint_page(joint, "draw-joint"), {**number, "day": "2100-01-01"})
        sent = officer.post(joint_page(joint, "draw-joint"), number)

        joint.refresh_from_db()
        assert htmx.parse(bad).select_one(".cz-errors")
        assert sent.url == reverse("allocation:joint", args=[joint.pk])
        assert joint.state == RoundState.DRAWN

    def test_the_round_of_a_home_leads_to_the_joint_draw_and_proof(self, officer):
        allocation.households(2)
        one = allocation.joint(two_homes()).rounds.first()

        draw = officer.get(reverse("allocation:draw", args=[one.pk]))
        proof = officer.get(reverse("allocation:proof", args=[one.pk]))

        assert draw.url == reverse("allocation:draw-joint", args=[one.joint_id])
        assert proof.url == reverse("allocation:joint-proof", args=[one.joint_id])
        assert (
            reverse("allocation:joint", args=[one.joint_id])
            in officer.get(reverse("allocation:round", args=[one.pk])).content.decode()
        )


class TestReading:
    def test_shows_each_home_who_comes_next_and_who_is_proposed_none(self, officer):
        households = allocation.households(4)
        joint = allocation.drawn_together(two_homes())

        page = words(officer.get(joint_page(joint)))

        assert all(household.reference in page for household in households)
        assert Entry.objects.filter(verb="allocation.joint_round.read", object_id=str(joint.pk)).exists()
        assert (
            reverse("allocation:joint", args=[joint.pk]) in officer.get(reverse("allocation:rounds")).content.decode()
        )

    def test_tells_why_of_one_file_number(self, officer):
        first, _second, third = allocation.households(3)
        joint = allocation.drawn_together(two_homes())

        proposed = htmx.parse(officer.get(joint_page(joint, file=first.reference))).select_one("#why-not")
        unproposed = htmx.parse(officer.get(joint_page(joint, file=third.reference))).select_one("#why-not")
        nobody = htmx.parse(officer.get(joint_page(joint, file="F-none"))).select_one("#why-not")

        assert proposed.select_one("a[href^='/allocation/rounds/']")
        assert unproposed.select_one(".cz-why")
        assert not nobody.select_one(".cz-why")

    def test_draws_again_as_if_the_first_had_said_no(self, officer):
        first, second, _third = allocation.households(3)
        joint = allocation.drawn_together(two_homes())
        home = JointAnswer.objects.get(household=first).proposed

        page = words(officer.get(joint_page(joint, refused=home.pk)))

        assert page.count(first.reference) > 2
        assert page.count(second.reference) > 1

    def test_a_round_of_a_home_says_why_not_of_who_is_no_candidate(self, officer):
        allocation.households(5)
        late = allocation.household(requested_on=allocation.today())
        one = allocation.drawn_together(two_homes()).rounds.first()

        page = htmx.parse(officer.get(reverse("allocation:round", args=[one.pk]) + f"?file={late.reference}"))

        assert len(page.select("#why-not .cz-reasons li")) > 5

    def test_shows_what_the_decisions_would_change(self, officer):
        first, second, third = allocation.households(3)
        joint = allocation.drawn_together(two_homes())
        home = JointAnswer.objects.get(household=first).proposed
        verdicts = {first: allocation.refused("ceilings"), second: allocation.refused("ceilings")}
        item = allocation.item(home)
        allocation.decided(
            item,
            [verdicts.get(each.household, allocation.ranked(1)) for each in allocation.candidates(item)],
        )

        assert words(officer.get(joint_page(joint))).count(third.reference) > 1

    def test_two_homes_given_to_one_household_are_said_and_the_page_shows_the_rest(self, officer):
        first, *_others = allocation.households(3)
        joint = allocation.drawn_together(two_homes())
        for home in joint.rounds.all():
            item = allocation.item(home)
            given = [
                allocation.ranked(1) if each.household == first else allocation.refused("ceilings")
                for each in allocation.candidates(item)
            ]
            allocation.decided(item, given)

        page = officer.get(joint_page(joint))

        assert "deux logements au même ménage" in words(page) or "one household two homes" in words(page)
        assert first.reference in words(page)

    def test_the_proof_holds_and_says_when_facts_were_erased(self, officer):
        allocation.households(2)
        joint = allocation.drawn_together(two_homes())

        assert htmx.parse(officer.get(joint_page(joint, "joint-proof"))).select_one(".cz-notice-home, .cz-notice")
        JointRound.objects.filter(pk=joint.pk).update(snapshot="", facts_erased_on=allocation.today())
        joint.rounds.update(snapshot="", facts_erased_on=allocation.today())
        assert officer.get(joint_page(joint, "joint-proof")).status_code == 200
        assert officer.get(joint_page(joint)).status_code == 200
        assert officer.get(joint_page(joint, file="F-none")).status_code == 200

    def test_who_follows_households_reads_their_answers_alone(self, client):
        worker = territories.actor("lead_worker")
        mine = allocation.household(actor=worker)
        others = allocation.households(2)
        joint = allocation.drawn_together(two_homes())
        client.force_login(territories.account_of(worker))

        page = words(client.get(joint_page(joint)))

        assert mine.reference in page
        assert not any(each.reference in page for each in others)


class TestEnding:
    def test_asks_for_a_reason_then_ends_every_home(self, officer):
        allocation.households(2)
        joint = allocation.drawn_together(two_homes())

        officer.post(joint_page(joint, "cancel-joint"), {"reason": ""})
        assert joint.rounds.filter(state=RoundState.DRAWN).count() == 2
        officer.post(joint_page(joint, "cancel-joint"), {"reason": "begun twice"})

        joint.refresh_from_db()
        assert joint.state == RoundState.CANCELLED
        assert officer.get(joint_page(joint)).status_code == 200
