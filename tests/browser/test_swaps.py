"""After each swap of the program, the focus is still on what held it, and what changed is said where it lasts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.architecture import source
from tests.browser.waiting import until
from tests.factories import allocation, people, territories

# Each template that asks the server for a part of its page, and the test that drives it.
DRIVEN = {
    "ui/top.html": "below",
    "ui/heading.html": "below",
    "people/list.html": "below",
    "homes/homes.html": "below",
    "homes/map.html": "below",
    "allocation/round.html": "below",
    "allocation/decisions.html": "below",
    "people/intake.html": "tests/browser/test_intake.py",
    "portal/household/means.html": "tests/browser/test_estimate.py",
    "journeys/import.html": "tests/journeys/imports/test_pages.py",
}
COUNT = """() => {
  window.settled = 0;
  document.addEventListener("htmx:afterSettle", () => (window.settled += 1));
}"""
HELD = "document.activeElement.id || document.activeElement.closest('form')?.id"


def test_each_template_that_swaps_is_driven():
    swapping = {name for name, text in source.templates().items() if re.search(r"\shx-(get|post)=", text)}

    assert swapping == DRIVEN.keys()


def test_no_region_that_is_replaced_whole_is_the_one_that_speaks():
    """A live region that comes with its words is new to a screen reader, which often stays silent."""
    replaced = re.compile(r'hx-target="#([\w-]+)"[^>]*hx-swap="outerHTML"')
    for name, text in source.templates().items():
        for part in replaced.findall(text):
            assert not re.search(rf'id="{part}"[^>]*aria-live', text), name


def press(page: Page, selector: str, key: str = "Enter") -> str:
    """Press a key on an element, wait for the swap it brings, and say what then has the focus."""
    page.locator(selector).first.focus()
    before = page.evaluate("window.settled")
    page.keyboard.press(key)
    until(page, "before => window.settled > before", before)
    return page.evaluate(HELD)


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestFocus:
    def test_stays_on_the_button_the_heading_and_the_field_of_lists_and_search(self, opened):
        officer = territories.actor("siao_officer")
        people.household(people.member(), actor=officer)
        allocation.offer()

        for path, form in (("/people/", "people-filters"), ("/homes/", "homes-filters")):
            page = opened(officer, path)
            page.evaluate(COUNT)
            heading = page.locator("a.cz-heading").first.get_attribute("id")
            assert press(page, f"#{form} button") == form
            assert press(page, f"#{heading}") == heading
            expect(page.locator("#announcements")).not_to_be_empty()
        page = opened(officer, "/homes/map/")
        page.evaluate(COUNT)
        assert press(page, "#map-filters button") == "map-filters"
        expect(page.locator("#announcements")).to_contain_text("Eurométropole de Metz")
        assert press(page, "#search", "a") == "search"
        page.keyboard.press("Escape")
        assert page.evaluate(HELD) == "search"

    def test_stays_in_the_question_that_comes_back_with_its_answer(self, opened):
        allocation.households()
        round_ = allocation.drawn()
        page = opened(territories.actor("coordinator"), f"/allocation/rounds/{round_.pk}/")
        page.evaluate(COUNT)
        page.locator("#file").fill("D57-0001")

        assert press(page, "#file") == "file"
        assert press(page, "#ask-why") == "ask-why"
        expect(page.locator("#announcements")).to_contain_text("D57-0001 – ")

    def test_stays_on_the_button_and_the_heading_of_what_became_of_decisions(self, opened):
        secretary = territories.actor("commission_secretary")
        own = territories.organisation_of(secretary)
        allocation.households(3)
        round_ = allocation.drawn(allocation.offer(landlord=own))
        item = allocation.item(round_, at=allocation.sitting(allocation.commission(organisation=own)))
        allocation.decided(item, [allocation.ranked(1), allocation.ranked(2), allocation.refused()])
        page = opened(secretary, "/allocation/decisions/")
        page.evaluate(COUNT)
        heading = page.locator("a.cz-heading").first.get_attribute("id")

        assert press(page, "#decisions-filters button") == "decisions-filters"
        assert press(page, f"#{heading}") == heading
        expect(page.locator("#announcements")).not_to_be_empty()
