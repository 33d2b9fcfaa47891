"""The screens of a commission room follow its secretary by themselves."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from chezsoi.allocation import actions
from tests.browser.waiting import until
from tests.factories import allocation, territories

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def secretary():
    return territories.actor("commission_secretary")


@pytest.fixture
def homes(secretary):
    sat = allocation.sitting(allocation.commission(organisation=territories.organisation_of(secretary)))
    return [allocation.item(at=sat) for _ in range(2)]


def title(item):
    return item.round.offer.dwelling.address


class TestTheProjector:
    def test_shows_what_the_secretary_takes_up_and_decides_with_nobody_pressing_there(self, opened, homes, secretary):
        screen = opened(secretary, reverse("allocation:live", args=[homes[0].sitting_id]))
        expect(screen.locator(".cz-live-home")).to_contain_text(title(homes[0]))

        actions.take_up(actor=secretary, item=homes[1])
        expect(screen.locator(".cz-live-home")).to_contain_text(title(homes[1]))
        first = allocation.candidates(homes[0])[0]
        actions.decide(
            actor=secretary, item=homes[0], candidacy=first, verdict=allocation.ranked(1), on=allocation.today()
        )

        expect(screen.locator(".cz-live-home")).to_contain_text(title(homes[0]))
        expect(screen.locator("article.cz-projected strong")).to_have_count(1)

    def test_moves_the_room_at_a_key_of_the_secretary(self, opened, homes, secretary):
        screen = opened(secretary, reverse("allocation:live", args=[homes[0].sitting_id]))
        other = opened(secretary, reverse("allocation:live", args=[homes[0].sitting_id]))

        screen.keyboard.press("PageDown")

        expect(screen.locator(".cz-live-home")).to_contain_text(title(homes[1]))
        expect(other.locator(".cz-live-home")).to_contain_text(title(homes[1]))

    def test_says_that_it_follows_no_more_and_comes_back(self, opened, homes, secretary):
        screen = opened(secretary, reverse("allocation:live", args=[homes[0].sitting_id]))
        lost = screen.locator(".cz-live-lost")
        expect(lost).to_be_hidden()

        screen.context.set_offline(True)
        expect(lost).to_be_visible()
        actions.take_up(actor=secretary, item=homes[1])
        screen.context.set_offline(False)

        expect(screen.locator(".cz-live-home")).to_contain_text(title(homes[1]))
        expect(lost).to_be_hidden()

    def test_keeps_the_focus_where_it_was(self, opened, homes, secretary):
        screen = opened(secretary, reverse("allocation:live", args=[homes[0].sitting_id]))
        screen.locator("#step-next").focus()

        first = allocation.candidates(homes[0])[0]
        actions.decide(
            actor=secretary, item=homes[0], candidacy=first, verdict=allocation.ranked(1), on=allocation.today()
        )

        expect(screen.locator("article.cz-projected strong")).to_have_count(1)
        until(screen, "document.activeElement.id === 'step-next'")

    def test_gives_way_to_the_sign_in_when_the_session_is_over(self, opened, homes, secretary, client):
        screen = opened(secretary, reverse("allocation:live", args=[homes[0].sitting_id]))
        client.logout()

        screen.wait_for_url("**/sign-in/**")
