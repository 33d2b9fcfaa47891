"""A journey made without a mouse, a form that comes back, a file that is read, and the images of the documentation."""

import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from chezsoi.people.models import Household
from chezsoi.portal import demonstration
from tests.browser.eyes import Eyes

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SIAO, OUTREACH = "Karim Lefort", "Inès Morel"
FILE = settings.ROOT / "tests/cases/territory/menages.csv"
IMAGES = settings.ROOT / "docs/images"


@pytest.fixture
def house(live_server) -> str:
    demonstration.build()
    return live_server.url


@pytest.fixture
def enter(house, browser):
    """Give a page of the browser where somebody of the demonstration has just come in."""
    opened = []

    def enter_as(name: str = "", **options) -> Page:
        context = browser.new_context(
            locale="fr-FR", viewport={"width": 1280, "height": 900}, reduced_motion="reduce", **options
        )
        opened.append(context)
        page = context.new_page()
        page.goto(house)
        if name:
            page.locator("li", has_text=name).get_by_role("button").click()
            page.wait_for_url("**/day/")
        return page

    yield enter_as
    for context in opened:
        context.close()


class TestPages:
    def test_are_sound_when_a_form_comes_back_and_when_a_file_is_read(self, enter, house):
        page = enter(SIAO)
        eyes = Eyes(page)

        page.goto(f"{house}/people/new/")
        page.locator("#intake button.btn-home").click()
        expect(page.locator(".cz-notice[role=alert]")).to_be_visible()
        faults = list(eyes.faults())
        preview(page, house)
        faults += eyes.faults()

        assert not faults, "\n".join(faults)


class TestKeyboard:
    def test_is_enough_to_come_in_and_register_somebody(self, enter, house):
        page = enter()
        page.get_by_role("button", name=re.compile(OUTREACH)).focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/day/")

        reach(page, "a[href='/people/new/']")
        page.keyboard.press("Enter")
        page.wait_for_url("**/people/new/")
        answer(page, "given_names", "Nadia")
        answer(page, "family_name", "Bensalem")
        answer(page, "birth_year", "1979")
        answer(page, "size", "2")
        reach(page, "[name=situation]")
        page.keyboard.press("ArrowDown")
        answer(page, "reach", "le mardi à l’accueil de jour")
        answer(page, "wishes", "Une porte qui ferme.")
        reach(page, "#intake button.btn-home")
        page.keyboard.press("Enter")

        page.wait_for_url(re.compile(r"/people/\d+/$"))
        expect(page.locator("h1")).to_contain_text("Nadia")
        household = Household.objects.get(pk=int(page.url.split("/")[-2]))
        assert household.stated_size == 2
        assert household.members.count() == 1


@pytest.mark.skipif(not os.environ.get("CHEZSOI_SHOTS"), reason="writes docs/images: asked for with CHEZSOI_SHOTS=1")
class TestImages:
    def test_show_the_documentation_what_people_see(self, enter, house):
        IMAGES.mkdir(exist_ok=True)
        shots = {
            "first-page": ("", "/"),
            "household": (SIAO, "/people/2/"),
            "shortlist": (SIAO, "/allocation/rounds/1/"),
            "commission-room": ("Agathe Noirot", "/allocation/sittings/1/"),
        }

        for image, (name, path) in shots.items():
            page = enter(name)
            page.goto(house + path)
            shoot(page, image)
        page = enter(SIAO)
        preview(page, house)
        shoot(page, "import-preview")

        assert all(path.stat().st_size < 200_000 for path in IMAGES.glob("*.png"))


def preview(page: Page, house: str) -> None:
    page.goto(f"{house}/imports/")
    page.set_input_files("[name=file]", FILE)
    page.locator("main button.btn-home").click()
    expect(page.locator("#import-state .cz-notice")).to_be_visible()


def reach(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus; somebody without a mouse has no other way."""
    wanted = page.locator(selector).first
    for _ in range(60):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{selector} cannot be reached with Tab")


def answer(page: Page, name: str, words: str) -> None:
    reach(page, f"[name={name}]")
    page.keyboard.type(words)


def shoot(page: Page, name: str) -> None:
    page.screenshot(path=Path(IMAGES) / f"{name}.png")
