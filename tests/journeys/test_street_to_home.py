"""
The one job the program exists for, in a real browser: each role does its own part of it, and nobody else's.

The territory is the demonstration; the household is met by the test. Only the clock is helped: the public number of the
lottery is one of an hour ago, so the moment the candidates were frozen is moved two hours back.
"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from chezsoi.allocation.models import Candidacy, Round
from chezsoi.people.models import Household
from chezsoi.portal import demonstration
from chezsoi.tenancies.models import Lease
from chezsoi.territories.models import User
from tests.browser.album import keep

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

HOME = "33 rue des Roches"


@pytest.fixture
def at_work(live_server, browser: Browser):
    """Give, for a role, a browser where its demonstration account has just entered from the first page."""
    demonstration.build()
    opened = []

    def enter(role: str) -> Page:
        context = browser.new_context(
            base_url=live_server.url, locale="fr-FR", viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
        )
        opened.append(context)
        page = context.new_page()
        page.goto("/")
        name = User.objects.get(roles__role=role, is_demo=True).full_name
        page.locator("li", has_text=name).get_by_role("button").click()
        page.wait_for_url("**/day/")
        return page

    yield enter
    for context in opened:
        context.close()


def test_a_person_met_in_the_street_gets_a_home_and_the_figures_say_so(at_work):
    number = meet(at_work("outreach_worker"))
    round_ = search(at_work("siao_officer"), number)
    put_on_table(at_work("coordinator"), round_)
    decide(at_work("commission_secretary"), round_, number)
    accept(at_work("siao_officer"), number)
    sign(at_work("social_landlord_agent"), number)
    visit(at_work("lead_worker"), number)
    say(at_work("analyst"))


def meet(page: Page) -> str:
    """Outreach: register somebody, write what she asks for, let the support team in."""
    page.goto("/people/new/")
    page.fill("[name=given_names]", "Zélie")
    page.fill("[name=family_name]", "Marchand-Oudot")
    page.fill("[name=birth_year]", "1988")
    page.fill("[name=size]", "1")
    page.select_option("[name=situation]", "street")
    page.fill("[name=commune]", "Metz")
    page.fill("[name=wishes]", "Une porte qui ferme.")
    keep(page, "first-day/1-meeting")
    submit(page)
    page.wait_for_url(re.compile(r"/people/\d+/$"))
    household = Household.objects.get(pk=number_in(page))
    expect(page.locator("h1")).to_contain_text("Zélie")
    keep(page, "first-day/2-household")

    page.goto(f"/journeys/households/{household.pk}/needs/")
    page.check("[name=communes][value='57463']")
    page.select_option("[name=rooms_min]", "1")
    page.select_option("[name=rooms_max]", "2")
    page.fill("[name=max_outlay_per_month]", "500")
    page.check("[name=labels][value=dalo]")
    page.check("[name=labels][value=care_leaver]")
    page.check("[name=intensity][value=light]")
    submit(page)

    page.goto(f"/people/{household.pk}/circle/")
    page.select_option("[name=organisation]", label="Équipe Un toit, un lien")
    page.select_option("[name=basis]", "agreement")
    page.fill("[name=purpose]", "aller vers et dans le logement")
    submit(page)
    page.wait_for_url(f"**/people/{household.pk}/")
    return household.reference


def search(page: Page, number: str) -> Round:
    """SIAO: freeze everyone who waits, mix the public number in, read why she comes first."""
    page.goto("/homes/")
    page.get_by_role("link", name=re.compile(HOME)).click()
    page.locator("a[href$='/round/']").click()
    submit(page)
    page.wait_for_url(re.compile(r"/rounds/\d+/$"))
    round_ = Round.objects.get(pk=number_in(page))
    Round.objects.filter(pk=round_.pk).update(frozen_at=timezone.now() - timedelta(hours=2))
    published = timezone.localtime(timezone.now() - timedelta(hours=1))
    page.goto(f"/allocation/rounds/{round_.pk}/draw/")
    page.fill("[name=value]", "07 12 23 31 44 + 5")
    page.fill("[name=source]", "tirage public")
    page.fill("[name=day]", f"{published:%Y-%m-%d}")
    page.fill("[name=time]", f"{published:%H:%M}")
    submit(page)
    page.wait_for_url(f"**/rounds/{round_.pk}/")
    expect(page.locator("table tbody tr").first).to_contain_text(number)
    keep(page, "first-day/3-shortlist")
    page.goto(f"/allocation/rounds/{round_.pk}/?file=D57-0008")
    expect(page.locator("#why-not li").first).to_be_visible()
    return round_


def put_on_table(page: Page, round_: Round) -> None:
    """Coordination: send the shortlist to the commission that sits next."""
    page.goto(f"/allocation/rounds/{round_.pk}/table/")
    page.locator("[name=sitting]").select_option(index=1)
    submit(page)
    page.wait_for_url(re.compile(r"/sittings/\d+/"))


def decide(page: Page, round_: Round, number: str) -> None:
    """Secretary: who is there, each decision with its reason, the sitting closed, the offer written."""
    sitting = round_.item.sitting
    page.goto(f"/allocation/sittings/{sitting.pk}/")
    for box in page.locator("[name=members]").all()[:3]:
        box.check()
    submit(page, "#attendance form")
    waiting = Candidacy.objects.filter(round__item__sitting=sitting).order_by("round", "rank")
    for candidacy in waiting:
        prefix = f"candidacy{candidacy.pk}"
        form = page.locator("form", has=page.locator(f"[name={prefix}-kind]"))
        form.locator(f"[name={prefix}-kind]").select_option("allocated_ranked")
        form.locator(f"[name={prefix}-rank]").fill(str(candidacy.rank))
        form.locator(f"[name={prefix}-reason]").fill("Premier rang de l’ordre publié.")
        form.get_by_role("button").click()
        page.wait_for_load_state()
    keep(page, "first-day/4-sitting")
    page.locator("form[action$='/close/'] button").click()
    chosen = waiting.get(household__reference=number, round=round_)
    page.locator(f"form[action$='/candidates/{chosen.pk}/offer/'] button").click()
    page.wait_for_url(re.compile(r"/letters/\d+/"))


def accept(page: Page, number: str) -> None:
    """SIAO: write down what she answers."""
    page.goto("/day/")
    page.locator("li", has_text=number).get_by_role("link").click()
    letter = number_in(page)
    page.goto(f"/allocation/letters/{letter}/answer/")
    page.check("[name=answer][value=yes]")
    page.fill("[name=answered_on]", f"{timezone.localdate():%Y-%m-%d}")
    keep(page, "first-day/5-answer")
    submit(page)


def sign(page: Page, number: str) -> None:
    """Landlord: sign the lease of the household that said yes, from the day's list."""
    page.goto("/day/")
    page.locator("li", has_text=number).get_by_role("link").click()
    page.check("[name=kind][value=direct]")
    submit(page)
    page.wait_for_url(re.compile(r"/tenancies/\d+/"))
    lease = Lease.objects.get(household__reference=number)
    assert lease.is_in_force
    keep(page, "first-day/6-lease")
    page.goto(f"/people/{lease.household_id}/")
    expect(page.locator("body")).not_to_contain_text("Zélie")


def visit(page: Page, number: str) -> None:
    """Support: see that she is home, and note the first visit."""
    household = Household.objects.get(reference=number)
    page.goto(f"/people/{household.pk}/")
    expect(page.locator("h1")).to_contain_text("Zélie")
    expect(page.locator("#story")).to_contain_text(HOME)
    page.goto("/support/")
    keep(page, "first-day/7-support")
    page.locator("#tasks li", has_text=number).get_by_role("button").click()
    page.wait_for_url("**/support/")
    expect(page.locator("#tasks")).not_to_contain_text(number)


def say(page: Page) -> None:
    """Observatory: two households of the demonstration are housed now, straight from the street or not."""
    year = timezone.localdate().year
    page.goto(f"/observatory/metz/{year}/attribution.homeless/")
    expect(page.locator("table tbody tr")).to_have_count(Lease.objects.filter(signed_on__year=year).count())
    page.goto(f"/observatory/public/metz/{year}/")
    expect(page.locator(".cz-figures").first).to_contain_text("11")
    keep(page, "first-day/8-figures")


def submit(page: Page, form: str = "main form:has([name=csrfmiddlewaretoken])") -> None:
    page.locator(form).first.locator("button.btn-home, button.btn-line").last.click()
    page.wait_for_load_state()


def number_in(page: Page) -> int:
    return int(re.search(r"/(\d+)/", page.url)[1])
