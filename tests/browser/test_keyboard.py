"""A day without a mouse: what each role does most, with the keys alone; the first meeting is in test_intake.py."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from chezsoi.allocation.models import Decision
from chezsoi.homes.models import Dwelling
from chezsoi.people.models import CircleMembership, PossibleDuplicate
from chezsoi.support import actions, queries
from chezsoi.support.choices import TaskKind
from tests.browser.keyboard import Typist
from tests.factories import allocation, homes, people, territories

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class TestKeys:
    def test_list_the_shortcuts_search_and_open_a_room(self, opened):
        page = opened(territories.actor("siao_officer"), "/day/")
        typist = Typist(page)

        typist.press("?")
        expect(page.locator("#shortcuts")).to_be_visible()
        assert page.evaluate("document.activeElement.closest('dialog').id") == "shortcuts"
        typist.press("Escape")
        expect(page.locator("#shortcuts")).to_be_hidden()
        typist.press("/")
        assert page.evaluate("document.activeElement.id") == "search"
        typist.type("?g")
        expect(page.locator("#search")).to_have_value("?g")
        typist.press("Tab")
        typist.press("g")
        typist.press("p")

        page.wait_for_url("**/people/")

    def test_judge_a_duplicate(self, opened):
        officer = territories.actor("siao_officer")
        for _time in range(2):
            people.looked_for(people.member("Zoé", "Weber", phones=("0612345678",)), actor=officer)
        typist = Typist(opened(officer, "/people/duplicates/"))

        typist.skip()
        typist.go("[name=judgement][value=different]")
        typist.press("Enter")

        expect(typist.page.locator("#pairs form")).to_have_count(0)
        assert PossibleDuplicate.objects.get().judgement == "different"

    def test_note_a_task_as_done_and_take_it_back(self, opened):
        worker = territories.actor("lead_worker")
        task = actions.plan_task(
            actor=worker, household=people.looked_for(actor=worker), kind=TaskKind.FIRST_VISIT,
            due_on=timezone.localdate() + timedelta(days=3), organisation=territories.organisation_of(worker),
        )  # fmt: skip
        typist = Typist(opened(worker, "/support/"))

        typist.skip()
        typist.go("#tasks form button")
        typist.press("Enter")
        expect(typist.page.locator(".cz-undo")).to_be_visible()
        assert not queries.tasks_to_do(actor=worker).exists()
        before = typist.keystrokes
        typist.skip()
        typist.go(".cz-undo button")
        typist.press("Enter")

        expect(typist.page.locator("#tasks form button")).to_be_visible()
        assert list(queries.tasks_to_do(actor=worker)) == [task]
        assert typist.keystrokes - before <= 5

    def test_hand_over_two_households_and_hear_what_was_done(self, opened):
        worker = territories.actor("lead_worker")
        colleague = territories.user(full_name="Karim Benali")
        territories.assignment("lead_worker", organisation=territories.organisation_of(worker), user=colleague)
        made = [people.looked_for(people.member("Ali", name), actor=worker) for name in ("Fabre", "Petit", "Weber")]
        typist = Typist(opened(worker, "/people/"))

        typist.skip()
        for household in made[:2]:
            typist.go(f"[name=chosen][value='{household.pk}']")
            typist.press(" ")
        expect(typist.page.locator("[data-chosen]")).to_have_text("2 ménages choisis sur cette page")
        typist.go("#together button[formaction*='hand-over']")
        typist.press("Enter")
        typist.page.wait_for_url("**/together/hand-over/?*")
        typist.skip()
        typist.go("[name=colleague]")
        typist.choose(str(colleague.pk))
        typist.go("form.cz-sheet button.btn-home")
        typist.press("Enter")
        typist.page.wait_for_url(re.compile(r"/together/[0-9a-f-]{36}/"))

        assert "suit 2 ménages" in typist.page.evaluate("document.activeElement.textContent")
        assert set(CircleMembership.objects.filter(user=colleague).values_list("household", flat=True)) == {
            each.pk for each in made[:2]
        }

    def test_decide_in_the_room(self, opened):
        secretary = territories.actor("commission_secretary")
        own = allocation.commission(organisation=territories.organisation_of(secretary))
        item = allocation.item(at=allocation.sitting(own))
        first = item.round.candidacies.order_by("rank").first()
        typist = Typist(opened(secretary, f"/allocation/sittings/{item.sitting_id}/"))
        prefix = f"candidacy{first.pk}"

        typist.skip()
        typist.go(f"[name={prefix}-kind]")
        typist.choose("allocated_ranked")
        typist.go(f"[name={prefix}-rank]")
        typist.type("1")
        typist.go(f"[name={prefix}-reason]")
        typist.type("Premier rang de l’ordre publié.")
        typist.go(f"form:has([name={prefix}-kind]) button")
        typist.press("Enter")

        expect(typist.page.locator(f"[name={prefix}-kind]")).to_have_count(0)
        assert Decision.objects.get().candidacy == first

    def test_enter_a_home(self, opened):
        landlord = territories.actor("social_landlord_agent")
        homes.owner(territories.organisation_of(landlord))
        typist = Typist(opened(landlord, "/homes/"))

        typist.skip()
        typist.go("a[href='/homes/new/']")
        typist.press("Enter")
        typist.page.wait_for_url("**/homes/new/")
        typist.skip()
        typist.go("[name=reference]")
        typist.type("LG-57-001")
        typist.go("[name=rooms]")
        typist.type("3")
        typist.go("form.cz-sheet button.btn-home")
        typist.press("Enter")

        typist.page.wait_for_url(re.compile(r"/homes/\d+/"))
        assert Dwelling.objects.get().rooms == 3
