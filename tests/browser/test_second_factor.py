"""The second factor in a real browser: the codes of an application, and a passkey of Chromium's virtual device."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value
from playwright.sync_api import Page, expect

from tests.browser.eyes import Eyes
from tests.factories import territories

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PASSWORD = "une phrase de passe assez longue"
MAIL = "claire@example.org"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def house(live_server) -> str:
    territories.assignment("siao_officer", user=territories.user(MAIL, "Claire Weber", password=PASSWORD))
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def page(house, browser):
    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    opened = context.new_page()
    give_password(opened, house)
    opened.wait_for_url("**/day/")
    yield opened
    context.close()


def give_password(page: Page, house: str) -> None:
    page.goto(f"{house}/sign-in/")
    page.fill("[name=username]", MAIL)
    page.fill("[name=password]", PASSWORD)
    page.locator("main button.btn-home").click()


def leave(page: Page) -> None:
    page.locator(".cz-account summary").first.click()
    page.locator("form[action='/sign-out/'] button").first.click()
    page.wait_for_url(re.compile(r":\d+/$"))


def test_an_application_is_bound_from_the_key_shown_and_asked_for_at_the_next_sign_in(page, house):
    eyes = Eyes(page)
    page.goto(f"{house}/account/second-factor/")
    faults = list(eyes.faults())
    page.locator("a[href='/account/second-factor/application/']").click()
    faults += eyes.faults()
    secret = page.locator(".cz-secret").inner_text().replace(" ", "")
    box = page.locator(".cz-qr svg").bounding_box()
    assert box["width"] > 150
    assert abs(box["width"] - box["height"]) < 2

    page.fill("[name=code]", code(secret))
    page.locator("main button.btn-home").click()
    expect(page.locator(".cz-codes li")).to_have_count(10)
    faults += eyes.faults()
    leave(page)
    eyes.said.clear()
    give_password(page, house)
    page.wait_for_url("**/sign-in/code/")
    faults += eyes.faults()
    half_a_minute_later()
    page.fill("[name=code]", code(secret))
    page.keyboard.press("Enter")

    page.wait_for_url("**/day/")
    assert not faults, "\n".join(faults)


def test_a_passkey_is_made_by_the_device_and_lets_in(page, house):
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    eyes = Eyes(page)

    page.goto(f"{house}/account/second-factor/passkey/")
    faults = list(eyes.faults())
    page.fill("[name=name]", "clé bleue")
    page.locator("main button.btn-home").click()
    expect(page.locator(".cz-codes li")).to_have_count(10)
    assert str(Authenticator.objects.get(type="webauthn")) == "clé bleue"

    leave(page)
    eyes.said.clear()
    give_password(page, house)
    page.wait_for_url("**/sign-in/code/")
    faults += eyes.faults()
    page.locator("[data-cz-passkey] button").click()
    page.wait_for_url("**/day/")
    assert not faults, "\n".join(faults)


def test_a_device_that_refuses_is_told_in_words_and_a_code_still_lets_in(page, house):
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    added = devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.goto(f"{house}/account/second-factor/passkey/")
    page.fill("[name=name]", "clé bleue")
    page.locator("main button.btn-home").click()
    expect(page.locator(".cz-codes li")).to_have_count(10)
    codes = page.locator(".cz-codes li").all_inner_texts()
    leave(page)
    devices.send("WebAuthn.removeVirtualAuthenticator", added)
    other = devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    devices.send("WebAuthn.setUserVerified", {**other, "isUserVerified": False})

    give_password(page, house)
    page.locator("[data-cz-passkey] button").click()

    expect(page.locator("[data-cz-passkey-failed]")).to_be_visible()
    page.fill("[name=code]", codes[0])
    page.keyboard.press("Enter")
    page.wait_for_url("**/day/")


def code(secret: str) -> str:
    return f"{hotp_value(secret, int(time.time()) // 30):06d}"


def half_a_minute_later() -> None:
    """A code serves once: forget that this half-minute's was used, rather than wait for the next."""
    kept = Authenticator.objects.get(type="totp")
    kept.data["last_counter"] = 0
    kept.save()
