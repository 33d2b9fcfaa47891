"""The page of a household shows an estimate as soon as the worker has it, with nothing pressed."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import outlays, territories


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_page_open_on_it_shows_it_as_soon_as_it_is_there(opened, monkeypatch):
    outlays.answered_at_once(monkeypatch)
    officer, household = territories.actor("siao_officer"), outlays.candidate()
    shown = opened(officer, reverse("people:household", args=[household.pk]))
    expect(shown.locator("main")).not_to_contain_text(outlays.AMOUNT)

    outlays.work(household)

    expect(shown.locator("main")).to_contain_text(outlays.AMOUNT)
