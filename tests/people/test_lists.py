from datetime import timedelta
from io import BytesIO
from typing import ClassVar

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from chezsoi.kernel.dates import PartialDate, add_months
from chezsoi.kernel.orders import read_order
from chezsoi.people import actions, queries
from chezsoi.people.choices import CircleBasis, Situation, Who
from chezsoi.people.models import Household, Person, SavedView, runs
from chezsoi.people.queries import lists
from chezsoi.territories.access import NotAllowed
from chezsoi.trail.models import Entry
from tests.factories import people, territories

TODAY = timezone.localdate()


@pytest.fixture
def siao():
    return territories.actor("siao_officer")


@pytest.fixture
def signed_in(client):
    """Sign an actor in."""

    def sign_in(actor):
        client.force_login(territories.account_of(actor))
        return client

    return sign_in


def listed(actor, place=None, **wanted):
    return queries.listing(queries.Wanted(**wanted), actor=actor, on=TODAY, **(place or {}))


@pytest.fixture(params=["few, put in order by themselves", "many, read in order"])
def however_many(request, monkeypatch):
    """Read the list as when few answer, then as when too many do to be put in order."""
    if request.param.startswith("many"):
        monkeypatch.setattr(lists, "FEW", -1)


def living(situation, since, name="Weber"):
    return people.household(people.member("Zoé", name, situation=people.seen(situation, since=since)))


@pytest.mark.usefixtures("however_many")
class TestNarrowing:
    def test_homeless_for_a_year_counts_every_place_that_is_no_home(self, siao):
        long_ago = add_months(TODAY, -13)
        moved = living(Situation.STREET, long_ago)
        actions.record_situation(
            actor=siao, person=people.lead(moved), situation=people.seen(Situation.HOTEL, since=TODAY), on=TODAY
        )
        living(Situation.STREET, add_months(TODAY, -11))
        living(Situation.OWN, long_ago)

        assert listed(siao, homeless_months=12).households == [moved]

    def test_homeless_for_a_year_is_not_somebody_housed_in_between(self, siao):
        moved = people.household(
            people.member(situation=people.seen(Situation.STREET, TODAY - timedelta(days=600))),
            on=TODAY - timedelta(days=600),
        )
        for days, situation in ((100, Situation.OWN), (10, Situation.STREET)):
            day = TODAY - timedelta(days=days)
            actions.record_situation(
                actor=siao, person=people.lead(moved), situation=people.seen(situation, day), on=day
            )

        assert not listed(siao, homeless_months=12).households

    def test_no_contact(self, siao):
        silent = people.household(people.member("Ali", "Fabre"), last_contact_on=TODAY - timedelta(days=60))
        people.household(people.member("Zoé", "Weber"), last_contact_on=TODAY - timedelta(days=59))

        assert listed(siao, unseen_days=60).households == [silent]

    def test_who_lives_there(self, siao):
        alone = people.household(people.member("Ali", "Fabre"))
        family = people.household(people.member("Zoé", "Weber"), people.child())
        grown_up = people.household(people.member("Eva", "Petit"), people.child(birth_date=PartialDate(1990)))
        people.household(people.member("Lou", "Roux"), stated_size=3)

        assert listed(siao, who=Who.ALONE).households == [alone]
        assert listed(siao, who=Who.CHILDREN).households == [family]
        assert grown_up in listed(siao).households

    def test_nobody_named_in_the_circle(self, siao):
        named, unnamed = (people.household(people.member("Ali", name)) for name in ("Fabre", "Weber"))
        worker = territories.actor("lead_worker")
        actions.open_circle(
            actor=siao, household=named, organisation=territories.organisation_of(worker),
            basis=CircleBasis.SUPPORT, purpose="measure", on=TODAY, user=territories.account_of(worker),
        )  # fmt: skip

        assert listed(siao, who=Who.NOBODY_NAMED).households == [unnamed]

    def test_a_text_and_a_filter_narrow_together(self, siao):
        housed = living(Situation.OWN, TODAY)
        living(Situation.STREET, TODAY)

        assert listed(siao, text="zoe weber", family="own").households == [housed]

    def test_a_closed_file_is_listed_only_by_its_number(self, siao):
        household = people.household(reference="K7M-2QX4")
        Household.objects.update(closed_on=TODAY, closed_because="died")

        assert not listed(siao).households
        assert listed(siao, text="k7m-2qx4").households == [household]

    def test_a_minimal_role_is_not_narrowed_by_what_it_does_not_read(self):
        household = people.household()

        found = listed(territories.actor("coordinator"), family="own", homeless_months=24)
        assert found.households == [household]

    def test_a_circle_lists_its_own(self):
        outreach = territories.actor("outreach_worker")
        own = people.household(actor=outreach)
        people.household()

        assert listed(outreach).households == [own]


@pytest.mark.usefixtures("however_many")
class TestPages:
    EXPECTED: ClassVar = {
        "name": [0, 1, 2, 3, 4, 5, 6, 7],
        "-name": [5, 4, 3, 2, 1, 0, 6, 7],
        "contact": [5, 4, 3, 2, 1, 0, 6, 7],
        "-contact": [6, 0, 1, 2, 3, 4, 5, 7],
        "known": [0, 1, 2, 3, 4, 5, 6, 7],
        "-known": [7, 6, 5, 4, 3, 2, 1, 0],
    }

    @pytest.fixture(autouse=True)
    def short(self, monkeypatch):
        monkeypatch.setattr(runs, "PER_PAGE", 3)

    @pytest.fixture
    def eight(self):
        """Register eight households: two of one name, two without any, one never met since."""
        names = ("Adam", "Bois", "Bois", "Colin", "Dubois", "Ernst")
        made = [
            people.household(people.member("Ali", name), last_contact_on=TODAY - timedelta(days=days))
            for days, name in enumerate(names)
        ]
        return made + [people.household(actions.NewMember(), last_contact_on=day) for day in (TODAY, None)]

    @pytest.mark.parametrize("order", ["name", "-name", "contact", "-contact", "known", "-known"])
    def test_show_everybody_once_forward_and_the_same_backward(self, siao, eight, order):
        Household.objects.filter(pk=eight[7].pk).update(last_contact_on=None)
        pages = [listed(siao, order=read_order(order))]
        while pages[-1].after:
            pages.append(listed(siao, {"after": pages[-1].after}, order=read_order(order)))
        forward = [page.households for page in pages]
        backward = [pages[-1].households]
        page = pages[-1]
        while page.before:
            page = listed(siao, {"before": page.before}, order=read_order(order))
            backward.insert(0, page.households)

        assert forward == backward
        assert [len(page) for page in forward] == [3, 3, 2]
        shown = [each for page in forward for each in page]
        assert sorted(each.pk for each in shown) == sorted(each.pk for each in eight)
        assert shown == [eight[place] for place in self.EXPECTED[order]]
        assert queries.exported(queries.Wanted(order=read_order(order)), actor=siao, on=TODAY) == shown

    def test_going_back_from_among_the_nameless_stays_in_order(self, siao, eight):
        page = listed(siao, {"before": eight[7].pk})

        assert page.households == eight[4:7]

    def test_going_back_from_among_those_never_met_stays_in_order(self, siao, eight):
        Household.objects.filter(pk__in=[eight[6].pk, eight[7].pk]).update(last_contact_on=None)

        page = listed(siao, {"before": eight[7].pk}, order=read_order("-contact"))

        assert page.households == [eight[4], eight[5], eight[6]]

    def test_going_on_among_the_nameless_ends_with_the_last(self, siao, eight):
        assert listed(siao, {"after": eight[6].pk}).households == eight[7:]

    def test_begin_again_where_the_mark_is_gone(self, siao, eight):
        assert listed(siao, {"after": 0}).households == listed(siao, {"before": 999_999}).households == eight[:3]

    def test_begin_with_the_first_of_the_order_however_many_answer(self, siao, eight, monkeypatch):
        monkeypatch.setattr(lists, "FEW", 2)
        monkeypatch.setattr(lists, "MOST_COUNTED_NARROWED", 2)

        found = listed(siao, who=Who.ALONE, order=read_order("-name"))

        assert found.households == [eight[5], eight[4], eight[3]]
        assert (found.count, found.is_more) == (2, True)

    def test_of_a_service_are_those_of_its_circles_whether_held_whole_or_not(self, eight, monkeypatch):
        worker = territories.actor("outreach_worker")
        own = [people.household(people.member("Ali", name), actor=worker) for name in ("Noé", "Léon", "Max", "Kim")]
        in_order = [own[3], own[1], own[2], own[0]]

        for most in (4, 3):
            monkeypatch.setattr(lists, "MOST_COUNTED", most)

            assert listed(worker).households == in_order[:3]
            assert listed(worker, {"after": own[2].pk}).households == in_order[3:]
            assert listed(worker, {"before": own[0].pk}).households == in_order[:3]
            assert (listed(worker).count, listed(worker).is_more) == (most, most < 4)

    def test_stop_counting_at_a_bound(self, siao, eight, monkeypatch):
        monkeypatch.setattr(lists, "MOST_COUNTED", 7)

        assert (listed(siao).count, listed(siao).is_more) == (7, True)

    def test_ask_as_many_questions_of_a_long_list_as_of_a_short_one(
        self, siao, signed_in, django_assert_max_num_queries, monkeypatch
    ):
        monkeypatch.setattr(runs, "PER_PAGE", 50)
        for number in range(12):
            people.household(people.member(f"Nom{number}", situation=people.street(TODAY)), people.child())
        client = signed_in(siao)
        client.get(reverse("people:list"))

        with django_assert_max_num_queries(24):
            assert client.get(reverse("people:list")).status_code == 200


class TestExport:
    def test_writes_what_the_cards_show_and_no_formula(self, siao, signed_in):
        people.household(people.member("=1+1", "Weber", situation=people.street(TODAY)), reference="K7M-2QX4")

        answer = signed_in(siao).get(reverse("people:export", args=["csv"]))

        said = answer.content.decode("utf-8-sig").splitlines()
        assert len(said) == 2
        assert said[1].startswith("K7M-2QX4;'=1+1 Weber;")
        assert answer["Cache-Control"] == "no-store"
        assert Entry.objects.get(verb="people.households.exported")

    def test_writes_a_workbook_of_texts(self, siao, signed_in):
        people.household(people.member("Zoé", "Weber"))

        answer = signed_in(siao).get(reverse("people:export", args=["xlsx"]), {"sort": "contact"})

        sheet = load_workbook(BytesIO(answer.content)).active
        assert sheet["B2"].value == "Zoé Weber"

    def test_answers_to_the_text_of_the_list(self, siao):
        household = people.household()
        people.household(people.member("Zoé", "Weber"))

        assert queries.exported(queries.Wanted(text="bouzid"), actor=siao, on=TODAY) == [household]

    def test_leaves_a_protected_household_to_its_circle_and_its_place_to_nobody(self, siao, signed_in):
        household = people.household(people.member(situation=people.street(TODAY)), actor=siao)
        actions.protect_household(actor=siao, household=household, on=TODAY)

        own = signed_in(siao).get(reverse("people:export", args=["csv"])).content.decode()
        other = signed_in(territories.actor("siao_officer")).get(reverse("people:export", args=["csv"]))

        assert "Bouzid" in own
        assert ";;;" in own
        assert "Bouzid" not in other.content.decode()


class TestPage:
    def test_says_each_filter_as_a_sentence_that_can_be_removed(self, siao, signed_in):
        living(Situation.STREET, add_months(TODAY, -30))

        page = BeautifulSoup(
            signed_in(siao).get(
                reverse("people:list"),
                {"text": "zoe", "family": "street", "homeless_months": "12", "unseen_days": "", "who": "alone"},
            ).content,
            "html.parser",
        )  # fmt: skip

        links = page.select(".cz-sentences a")
        assert len(links) == 5
        assert "homeless_months" not in links[2]["href"]
        assert "family=street" in links[2]["href"]

    def headings(self, client, **asked):
        page = BeautifulSoup(client.get(reverse("people:list"), asked).content, "html.parser")
        return page, {link["id"]: link for link in page.select("thead a")}

    def test_sorts_by_its_headings_keeps_the_filters_and_goes_back_to_the_first_page(self, siao, signed_in):
        living(Situation.STREET, TODAY)

        page, links = self.headings(signed_in(siao), family="street", sort="-contact", after="0")

        assert links.keys() == {"sort-name", "sort-contact"}
        assert links["sort-name"]["href"] == "?family=street&sort=name"
        assert links["sort-contact"]["href"] == "?family=street&sort=contact"
        assert [each.get("aria-sort") for each in page.select("thead th")] == [None] * 6 + ["descending"]
        assert page.select_one("#sort [selected]")["value"] == "-contact"
        assert page.select_one("#sort")["form"] == page.select_one("form.cz-filters")["id"]
        assert page.select_one("#people-rows")["data-announce"].count("Dernier contact") == 1

    def test_says_the_order_as_a_sentence_that_can_be_removed(self, siao, signed_in):
        living(Situation.STREET, TODAY)

        page, _links = self.headings(signed_in(siao), who="alone", sort="known")

        links = page.select(".cz-sentences a")
        assert "sort" not in links[1]["href"]
        assert "who=alone" in links[1]["href"]

    def test_puts_the_best_answers_first_and_remembers_the_order_for_afterwards(self, siao, signed_in):
        living(Situation.STREET, TODAY)

        page, links = self.headings(signed_in(siao), text="zoe", sort="-known")

        assert links == {}
        assert page.select_one("input[name=sort][form=people-filters]")["value"] == "-known"
        assert len(page.select(".cz-sentences a")) == 2

    def test_does_not_tell_by_a_rank_a_last_contact_the_role_does_not_read(self, signed_in):
        reader = territories.actor("coordinator")
        late, early = (
            people.household(people.member("Zoé", name), last_contact_on=TODAY - timedelta(days=days))
            for name, days in (("Adam", 1), ("Weber", 9))
        )

        page, _links = self.headings(signed_in(reader), sort="contact")

        assert "contact" not in {choice["value"].strip("-") for choice in page.select("#sort option")}
        assert listed(reader, order=read_order("contact")).households == [late, early]

    def test_does_not_mind_a_place_that_is_no_number(self, siao, signed_in):
        people.household()

        assert signed_in(siao).get(reverse("people:list"), {"after": "x²", "sort": "?"}).status_code == 200


class TestViews:
    def save(self, client, name="Silent", wanted="unseen_days=60&text=bouzid&nonsense=1", **more):
        return client.post(reverse("people:save-view"), {"name": name, "wanted": wanted, **more})

    def test_are_kept_without_the_name_that_was_typed(self, siao, signed_in):
        self.save(signed_in(siao))

        assert SavedView.objects.get().wanted == "unseen_days=60"

    def test_keep_the_order(self, siao, signed_in):
        self.save(signed_in(siao), wanted="who=alone&sort=-contact")

        assert SavedView.objects.get().wanted == "who=alone&sort=-contact"

    def test_are_shared_with_colleagues_who_may_not_forget_them(self, siao, signed_in):
        self.save(signed_in(siao), is_shared="on")
        colleague = territories.actor("siao_officer", organisation=territories.organisation_of(siao))
        client = signed_in(colleague)

        assert "Silent" in client.get(reverse("people:list")).content.decode()
        view = SavedView.objects.get()
        assert client.post(reverse("people:forget-view"), {"view": view.pk}).status_code == 404
        with pytest.raises(NotAllowed):
            actions.forget_view(actor=colleague, view=view)

    def test_are_nobody_elses_unless_shared(self, siao, signed_in):
        self.save(signed_in(siao))
        colleague = territories.actor("siao_officer", organisation=territories.organisation_of(siao))

        assert not queries.saved_views(actor=colleague).exists()
        assert not queries.saved_views(actor=territories.program()).exists()

    def test_are_forgotten_by_their_owner(self, siao, signed_in):
        client = signed_in(siao)
        self.save(client)
        client.post(reverse("people:forget-view"), {"view": SavedView.objects.get().pk})

        assert not SavedView.objects.exists()

    def test_forgetting_none_forgets_nothing(self, siao, signed_in):
        client = signed_in(siao)
        self.save(client)

        assert client.post(reverse("people:forget-view"), {"view": "x"}).status_code == 302
        assert SavedView.objects.exists()

    def test_of_one_name_are_one(self, siao, signed_in):
        client = signed_in(siao)
        self.save(client)
        self.save(client, wanted="who=alone")

        assert SavedView.objects.get().wanted == "who=alone"

    def test_need_a_name_and_are_thirty_at_most(self, siao, signed_in, monkeypatch):
        client = signed_in(siao)
        self.save(client, name="")
        assert not SavedView.objects.exists()
        monkeypatch.setattr("chezsoi.people.actions.saved_views.MOST_VIEWS", 1)
        self.save(client)
        self.save(client, name="Another")
        assert SavedView.objects.get().name == "Silent"


def test_somebody_without_a_name_is_exported_last(siao):
    nameless, named = people.household(actions.NewMember()), people.household()

    assert queries.exported(queries.Wanted(), actor=siao, on=TODAY) == [named, nameless]
    assert Person.objects.count() == 2
