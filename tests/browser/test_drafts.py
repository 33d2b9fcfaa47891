"""What somebody typed more than two seconds ago is never lost, whatever dies: tab, session, network or server."""

import random
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, Route, expect

from chezsoi.files.models import Draft
from chezsoi.people.models import Household
from chezsoi.territories.models import Session
from tests.factories import territories

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

NEW = "/people/new/"
WORDS = "Une porte qui ferme, près de l’école des enfants ; elle l’a dit deux fois. "
SAFE = 2.0
DEATHS = ("tab", "session", "network", "server")


class Desk:
    """One browser of one account, whose first meeting is typed, cut short, and found again."""

    def __init__(self, context: BrowserContext, house: str, client) -> None:
        self.context, self.house = context, house
        self.actor = territories.actor("outreach_worker")
        self.client = client
        self.enter()

    def enter(self) -> None:
        self.client.force_login(territories.account_of(self.actor))
        cookie = self.client.cookies["sessionid"].value
        self.context.add_cookies([{"name": "sessionid", "value": cookie, "url": self.house}])

    def open(self) -> Page:
        page = self.context.new_page()
        page.goto(self.house + NEW)
        expect(page.locator("[data-draft-box]")).to_be_attached()
        return page

    def found_again(self) -> str:
        """Come back in a new tab, take up what is offered, and read it."""
        page = self.open()
        offer = page.locator("[data-draft-act=resume]")
        expect(offer).to_be_visible()
        offer.click()
        expect(page.locator("[name=submission]")).to_have_value(self.reference)
        return page.locator("[name=wishes]").input_value()


@pytest.fixture
def desk(live_server, browser, client):
    context = browser.new_context(locale="fr-FR", reduced_motion="reduce")
    yield Desk(context, live_server.url, client)
    context.close()


def lost_at(desk: Desk, death: str, chance: random.Random) -> int:
    """Type, let something die at a moment drawn at random, and count the characters lost that were old enough."""
    page = desk.open()
    desk.reference = page.locator("[name=submission]").input_value()
    box = page.locator("[name=wishes]")
    box.focus()
    before = chance.randrange(len(WORDS))
    page.keyboard.type(WORDS[:before], delay=chance.choice([0, 10]))
    page.wait_for_timeout(chance.choice([0, 300, 900, 1600]))
    if death == "session":
        Session.objects.all().delete()
    if death == "network":
        desk.context.set_offline(True)
    if death == "server":
        page.route("**/drafts/", lambda route: (route.fetch(), route.abort("connectionreset")))
    page.keyboard.type(WORDS[before:])
    page.wait_for_timeout(SAFE * 1000)
    if death != "tab":
        expect(page.locator("[data-draft-part=warning] .cz-notice")).to_be_visible()
    # Nothing of the page runs any more, not even what it does when somebody leaves it.
    page.close(run_before_unload=False)
    desk.context.set_offline(False)
    desk.enter()
    return len(WORDS) - len(desk.found_again())


def drawn(seed: object) -> random.Random:
    return random.Random(str(seed))  # noqa: S311  moments of a test, not a secret


class TestDeaths:
    @pytest.mark.parametrize("death", DEATHS)
    @pytest.mark.parametrize("seed", range(3))
    def test_lose_nothing_older_than_two_seconds(self, desk, death, seed):
        assert lost_at(desk, death, drawn(f"{death} {seed}")) == 0


@pytest.mark.drill
class TestDrill:
    def test_loses_nothing_at_forty_points(self, live_server, browser, client, record_result):
        lost = 0
        for point in range(40):
            context = browser.new_context(locale="fr-FR", reduced_motion="reduce")
            lost += lost_at(Desk(context, live_server.url, client), DEATHS[point % 4], drawn(point))
            context.close()

        assert lost == 0
        record_result("kill-drafts", points=40, characters_lost=lost)


class TestResuming:
    def test_leaves_nothing_readable_in_the_browser(self, desk):
        page = desk.open()
        desk.context.set_offline(True)
        page.locator("[name=wishes]").fill("Nadia Bensalem")
        expect(page.locator("[data-draft-part=warning] .cz-notice")).to_be_visible()

        kept = page.evaluate(READ_ALL)

        assert kept["copies"] == 1
        assert "Bensalem" not in kept["text"]
        assert not kept["extractable"]
        desk.context.set_offline(False)

    def test_goes_on_in_the_same_page_once_signed_in_again(self, desk):
        page = desk.open()
        page.locator("[name=given_names]").fill("Nadia")
        Session.objects.all().delete()
        page.locator("[name=birth_year]").fill("1979")
        expect(page.locator("[data-draft-part=warning] a")).to_be_visible()

        page.locator("#intake button.btn-home").click()
        expect(page.locator("[data-draft-part=warning]")).to_be_focused()
        desk.enter()
        page.locator("#intake button.btn-home").click()

        page.wait_for_url(re.compile(r"/people/\d+/$"))
        assert Household.objects.count() == 1
        assert not Draft.objects.exists()

    def test_waits_at_a_press_for_what_is_on_its_way(self, desk):
        page = desk.open()
        page.locator("[name=given_names]").fill("Nadia")
        Session.objects.all().delete()
        page.locator("[name=birth_year]").fill("1979")
        expect(page.locator("[data-draft-part=warning] a")).to_be_visible()
        held: list[Route] = []

        def hold(route: Route) -> None:
            held.append(route)

        page.route("**/drafts/", hold, times=1)
        with page.expect_request("**/drafts/"):
            page.locator("[name=wishes]").fill("Une porte qui ferme")

        desk.enter()
        page.locator("#intake button.btn-home").click()
        held[0].continue_()

        page.wait_for_url(re.compile(r"/people/\d+/$"))
        assert Household.objects.count() == 1

    def test_opens_one_file_when_the_button_is_pressed_twice(self, desk):
        page = desk.open()
        page.locator("[name=given_names]").fill("Nadia")

        page.locator("#intake button.btn-home").dblclick()

        page.wait_for_url(re.compile(r"/people/\d+/$"))
        assert Household.objects.count() == 1

    def test_forgets_what_nobody_wants(self, desk):
        page = desk.open()
        page.locator("[name=given_names]").fill("Nadia")
        expect(page.locator("[data-draft-part=kept]")).to_be_visible()

        again = desk.open()
        again.locator("[data-draft-act=discard]").click()

        expect(again.locator("[data-draft-part=offer]")).to_be_hidden()
        assert not Draft.objects.exists()

    def test_does_not_offer_an_old_draft(self, desk):
        page = desk.open()
        page.locator("[name=given_names]").fill("Nadia")
        expect(page.locator("[data-draft-part=kept]")).to_be_visible()
        Draft.objects.update(saved_at=timezone.now() - timedelta(days=15))

        again = desk.open()
        again.wait_for_load_state("networkidle")

        expect(again.locator("[data-draft-part=offer]")).to_be_hidden()


READ_ALL = """async () => {
  const opened = await new Promise((resolve) => {
    const asked = indexedDB.open("chezsoi");
    asked.onsuccess = () => resolve(asked.result);
  });
  const all = (name) => new Promise((resolve) => {
    const asked = opened.transaction(name).objectStore(name).getAll();
    asked.onsuccess = () => resolve(asked.result);
  });
  const [copies, keys] = [await all("copies"), await all("keys")];
  const bytes = copies.map((each) => new TextDecoder().decode(each.sealed)).join();
  const text = JSON.stringify(copies) + bytes + JSON.stringify({ ...localStorage, ...sessionStorage });
  return { copies: copies.length, text, extractable: keys[0].extractable };
}"""
