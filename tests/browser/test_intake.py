"""A first meeting, typed by somebody who has ninety seconds; the warning comes beside, and takes nothing from them."""

import re

import pytest
from playwright.sync_api import expect

from chezsoi.people.models import Household
from tests.browser.keyboard import Typist
from tests.browser.waiting import until
from tests.factories import people, territories

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

MOST_SECONDS, MOST_ACTS = 90, 8
# What is said aloud beside the panel, which says its own changes; two frames after an answer, all of it was.
LISTEN = """() => {
  window.announced = [];
  const region = document.getElementById("announcements");
  new MutationObserver(() => window.announced.push(region.textContent)).observe(region, { childList: true });
  document.addEventListener("htmx:afterSettle", () =>
    requestAnimationFrame(() => requestAnimationFrame(() => (window.settled = true))));
}"""


@pytest.fixture
def outreach():
    return territories.actor("outreach_worker")


@pytest.fixture
def page(live_server, browser, client, outreach):
    client.force_login(territories.account_of(outreach))
    context = browser.new_context(locale="fr-FR", reduced_motion="reduce")
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    opened = context.new_page()
    opened.goto(f"{live_server.url}/people/new/")
    yield opened
    context.close()


def test_takes_at_most_ninety_seconds_and_eight_acts(page):
    typist = Typist(page)

    typist.decide("the name they give")
    typist.reach("given_names")
    typist.type("Nadia")
    typist.reach("family_name")
    typist.type("Bensalem")
    typist.decide("the year of birth")
    typist.reach("birth_year")
    typist.type("1979")
    typist.decide("how many they are")
    typist.reach("size")
    typist.type("3")
    typist.decide("where they sleep tonight")
    typist.reach("situation")
    typist.press("ArrowDown")
    typist.decide("how to reach them")
    typist.reach("reach")
    typist.type("0612345678")
    typist.decide("what they wish first")
    typist.reach("wishes")
    typist.type("Une porte qui ferme, près de l’école.")
    typist.decide("open the file")
    for _ in range(10):
        typist.press("Tab")
        if page.evaluate("document.activeElement.matches('#intake button.btn-home')"):
            break
    typist.press("Enter")

    page.wait_for_url(re.compile(r"/people/\d+/$"))
    household = Household.objects.get()
    assert (household.stated_size, household.wishes) == (3, "Une porte qui ferme, près de l’école.")
    assert typist.seconds <= MOST_SECONDS, typist
    assert len(typist.acts) <= MOST_ACTS


def test_asks_at_the_third_field_without_leaving_it_and_keeps_the_focus(page, outreach):
    people.household(people.member(), actor=outreach)
    page.evaluate(LISTEN)
    page.locator("[name=given_names]").fill("Amina")
    page.locator("[name=family_name]").fill("Bouzid")
    page.locator("[name=birth_day]").fill("18")
    page.locator("[name=birth_month]").fill("3")
    page.locator("[name=birth_year]").focus()

    with page.expect_request(lambda sent: "/people/known/" in sent.url and "birth_year=1970" in (sent.post_data or "")):
        page.keyboard.type("1970")

    expect(page.locator("#known .cz-why a").first).to_be_visible()
    assert page.evaluate("document.activeElement.name") == "birth_year"
    expect(page.locator("#known")).to_have_attribute("aria-live", "polite")
    until(page, "window.settled")
    assert not [words for words in page.evaluate("window.announced") if words.startswith("Déjà")]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement !== document.body")


def test_asks_again_when_an_answer_comes_between_two_keystrokes(page):
    """The question that waits must survive the answer to the one before, or somebody who types fast is not warned."""
    asked = []

    def hold(route):
        asked.append(route)

    page.route("**/people/known/", hold)
    page.locator("[name=given_names]").fill("Amina")
    with page.expect_request("**/people/known/"):
        page.locator("[name=birth_year]").press_sequentially("197")
    answer = '<section id="known"><p id="early">Nobody yet.</p></section>'

    with page.expect_request(lambda sent: "birth_year=1970" in (sent.post_data or "")):
        page.keyboard.type("0")
        asked[-1].fulfill(body=answer, content_type="text/html")
        expect(page.locator("#early")).to_be_attached()

    assert page.evaluate("document.activeElement.name") == "birth_year"


def test_leads_back_to_the_field_that_is_wrong(page):
    page.locator("[name=birth_year]").fill("2999")
    page.locator("[name=wishes]").fill("Une porte qui ferme.")

    page.locator("#intake button.btn-home").click()

    summary = page.locator("#intake .cz-notice-stop")
    expect(summary).to_be_focused()
    summary.locator("a").first.click()
    assert page.evaluate("document.activeElement.name").startswith("birth")
    expect(page.locator("[name=wishes]")).to_have_value("Une porte qui ferme.")
