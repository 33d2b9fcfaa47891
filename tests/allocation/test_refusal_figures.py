"""Who says no, and why, over a period: each proposal once, small numbers hidden, nobody's file, nobody's rank."""

import csv
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.urls import reverse

import chezsoi
from chezsoi.allocation import actions, queries
from chezsoi.allocation.models import Candidacy, Refusal, Round
from chezsoi.allocation.refusal_reasons import REFUSALS, RefusalReason
from chezsoi.allocation.tables import refusal_figures as tables
from chezsoi.territories.access import NotAllowed
from chezsoi.trail.models import Entry
from tests import htmx
from tests.factories import allocation, territories

pytestmark = pytest.mark.django_db

TODAY = allocation.today()
PERIOD = {"start": TODAY - timedelta(days=30), "end": TODAY + timedelta(days=1)}


@pytest.fixture
def analyst():
    return territories.actor("coordinator")


@pytest.fixture
def officer():
    return territories.actor("siao_officer")


def proposals(count, *, landlord=None):
    """Propose a home to some households."""
    allocation.households(count - Candidacy.objects.values("household").distinct().count())
    found = allocation.drawn(allocation.offer(landlord=landlord), size=count).candidacies
    return list(found.order_by("rank"))


def refuse(candidacies, reason, *, state="counts"):
    Refusal.objects.bulk_create(
        Refusal(candidacy=each, reason=reason, noted_on=TODAY, state=state) for each in candidacies
    )


def counts(actor, *, is_own=False, **period):
    asked = queries.RefusalsAsked(territory=territories.territory(), is_own=is_own, **PERIOD | period)
    return queries.refusal_counts(asked, on=TODAY, actor=actor)


def by_side(found):
    return {each.side.value: each.refused for each in found.sides}


def by_reason(found):
    return {reason: count for each in found.sides for reason, count in each.reasons if count}


class TestCounts:
    def test_each_proposal_once_by_who_refused_and_why(self, analyst, officer):
        first, second, third, fourth, fifth, sixth, seventh, eighth = proposals(8)
        actions.note_refusal(actor=officer, candidacy=first, reason=RefusalReason.PLACE, on=TODAY)
        no = actions.note_refusal(actor=officer, candidacy=second, reason=RefusalReason.LANDLORD_SIZE, on=TODAY)
        actions.look_again(actor=analyst, refusal=no, counts=True, on=TODAY, words="it holds")
        refuse([third], "siao_other", state="awaits")
        refuse([fourth], "other_list", state="set_aside")
        refuse([fifth], "home_works", state="taken_back")
        refuse([fifth], "unreachable")
        Candidacy.objects.filter(pk=sixth.pk).update(state="refused")
        Candidacy.objects.filter(pk=seventh.pk).update(state="silent")
        Candidacy.objects.filter(pk=eighth.pk).update(state="withdrawn")

        found = counts(analyst)

        assert (found.proposals, found.refused, found.threshold) == (8, 5, None)
        assert by_side(found) == {"household": 2, "landlord": 1, "reservation_holder": 0, "siao": 0, "neutral": 2}
        assert by_reason(found) == {"place": 1, "letter": 1, "landlord_size": 1, "unreachable": 1, "silence": 1}
        looks = {each.side.value: (each.awaits, each.holds, each.set_aside) for each in found.second_looks}
        assert looks == {
            "landlord": (0, 1, 0), "reservation_holder": (0, 0, 1), "siao": (1, 0, 0), "neutral": (0, 1, 0),
        }  # fmt: skip

    def test_every_reason_under_the_party_that_says_it(self, analyst):
        for candidacy, reason in zip(proposals(len(RefusalReason)), RefusalReason, strict=True):
            refuse([candidacy], reason)

        found = counts(analyst)

        assert by_reason(found) == dict.fromkeys(RefusalReason, 1)
        assert by_side(found) == Counter(effect.side for effect in REFUSALS.values())

    def test_a_proposal_in_the_days_it_was_drawn_whenever_it_was_refused(self, analyst):
        drawn_on = TODAY - timedelta(days=300)
        refuse(proposals(2), "place")
        Round.objects.update(drawn_at=allocation.now() - timedelta(days=300))

        assert counts(analyst).proposals == 0
        assert counts(analyst, start=drawn_on, end=drawn_on).proposals == 0
        assert counts(analyst, start=drawn_on, end=drawn_on + timedelta(days=1)).refused == 2

    def test_the_proposals_of_a_joint_round_too(self, analyst):
        allocation.households(4)
        joint = allocation.drawn_together([allocation.offer(), allocation.offer()])
        made = Candidacy.objects.filter(round__joint=joint)
        refuse(made[:1], "other_list")

        found = counts(analyst)

        assert (found.proposals, found.refused) == (made.count(), 1)
        assert by_reason(found) == {"other_list": 1}

    def test_nothing_of_elsewhere_nor_for_who_sees_no_figures(self, analyst):
        refuse(proposals(2), "place")
        lille = territories.territory("lille")
        elsewhere = territories.actor("coordinator", territory=lille)
        asked = queries.RefusalsAsked(territory=lille, **PERIOD)

        assert queries.refusal_counts(asked, on=TODAY, actor=elsewhere).proposals == 0
        for actor in (elsewhere, territories.actor("volunteer")):
            with pytest.raises(NotAllowed):
                counts(actor)


class TestSecrecy:
    def test_hides_what_is_few_with_what_would_give_it_back(self, officer):
        held = proposals(24)
        refuse(held[:9], "landlord_other")
        refuse(held[9:15], "place")

        found = counts(officer)

        assert (found.proposals, found.refused, found.threshold) == (24, 15, 5)
        assert by_side(found) == {
            "household": None, "landlord": 9, "reservation_holder": None, "siao": None, "neutral": None,
        }  # fmt: skip
        assert by_reason(found) == {}
        assert tables.reasons(found) == []
        assert found.second_looks == ()

    @pytest.mark.parametrize(("made", "refused"), [(4, 2), (12, 2)])
    def test_hides_the_totals_themselves_when_few(self, officer, made, refused):
        refuse(proposals(made)[:refused], "place")

        found = counts(officer)

        assert (found.proposals, found.refused) == (None if made < 5 else made, None)
        assert set(by_side(found).values()) == {None}
        cells = {row[4:] for row in tables.lines(asked_of_metz(), found)}
        assert ("household", "place", "", "true") in cells

    def test_takes_off_what_a_landlord_knows_before_it_shows_the_territory(self, officer):
        agent = territories.actor("social_landlord_agent")
        own = proposals(12, landlord=territories.organisation_of(agent))
        others = proposals(12)
        refuse(own[:6], "landlord_other")
        refuse(others[:1], "place")

        assert counts(officer).refused == 7
        assert (counts(agent).proposals, counts(agent).refused) == (24, None)
        assert (counts(agent, is_own=True).proposals, counts(agent, is_own=True).refused) == (12, 6)

    def test_gives_no_reach_of_its_own_to_who_follows_households(self):
        proposals(6)
        worker = territories.actor("lead_worker")

        assert not queries.has_own_reach(actor=worker)
        assert counts(worker, is_own=True).proposals is None


def asked_of_metz():
    return queries.RefusalsAsked(territory=territories.territory(), **PERIOD)


class TestPage:
    def shown(self, client, actor, **asked):
        client.force_login(territories.account_of(actor))
        address = reverse("allocation:refusal-figures-of-territory", args=[territories.territory().key])
        return htmx.parse(client.get(address, asked)).select_one("main")

    def test_shows_who_and_why_and_nobody_s_file(self, client, analyst):
        held = proposals(4)
        refuse(held[:2], "landlord_other")
        refuse(held[2:3], "not_on_its_list", state="awaits")

        shown = self.shown(client, analyst).text

        assert "Le bailleur" in shown
        assert "Le réservataire" in shown
        assert "50\u202f%" in shown
        assert "À revoir" in shown
        assert "masqué" not in shown
        for each in held:
            assert each.household.reference not in shown
        read = Entry.objects.get(verb="allocation.refusals.counted")
        assert '"own":false' in read.detail

    def test_counts_whole_years_alone_under_a_threshold(self, client, officer):
        proposals(6)

        shown = self.shown(client, officer)

        assert [each["value"] for each in shown.select("select[name=year] option")] == [str(TODAY.year)]
        assert not shown.select("input[type=date], select[name=reach]")
        assert "masqué" in shown.text
        days = {"first": TODAY.isoformat(), "last": TODAY.isoformat()}
        assert str(TODAY.year) in self.shown(client, officer, **days).select_one("h1").text
        assert not self.shown(client, officer, year="1999").select(".cz-figures")

    def test_counts_any_days_for_who_has_every_cell_and_says_what_it_cannot_read(self, client, analyst):
        proposals(2)

        assert self.shown(client, analyst, first="2020-01-01", last=TODAY.isoformat()).select(".cz-figures")
        for asked, said in (
            ({"last": (TODAY + timedelta(days=1)).isoformat()}, "pas encore venu"),
            ({"first": TODAY.isoformat(), "last": (TODAY - timedelta(days=1)).isoformat()}, "vient avant le premier"),
            ({"first": "yesterday"}, "date valide"),
            ({"last": ""}, "obligatoire"),
        ):
            shown = self.shown(client, analyst, **asked)
            assert said in shown.text
            assert not shown.select(".cz-figures")

    def test_reads_the_homes_of_one_s_organisation(self, client, officer):
        secretary = territories.actor("commission_secretary")
        proposals(12, landlord=territories.organisation_of(secretary))
        proposals(6)

        assert "12" in self.shown(client, secretary, reach="own").select_one(".cz-figures").text
        assert "18" in self.shown(client, secretary).select_one(".cz-figures").text

    def test_leads_back_to_where_its_reader_may_go(self, client, analyst):
        back = reverse("observatory:figures")

        assert self.shown(client, territories.actor("landlord_user")).select(f"nav a[href='{back}']")
        assert not self.shown(client, analyst).select(f"nav a[href='{back}']")

    def test_is_led_to_from_its_first_territory(self, client, analyst):
        client.force_login(territories.account_of(analyst))
        assert client.get(reverse("allocation:refusal-figures")).url.endswith(f"/{territories.territory().key}/")


class TestFile:
    def lines(self, client, actor, **asked):
        client.force_login(territories.account_of(actor))
        address = reverse("allocation:refusal-figures-csv", args=[territories.territory().key])
        return client.get(address, asked)

    def test_holds_every_cell_in_codes(self, client, analyst):
        refuse(proposals(3)[:2], "place")

        rows = list(csv.DictReader(self.lines(client, analyst).content.decode().splitlines()))

        held = {(row["refuser"], row["reason"]): row["value"] for row in rows}
        assert held["all", "proposed"] == "3"
        assert held["household", "all"] == held["household", "place"] == held["all", "refused"] == "2"
        assert held["neutral", "silence"] == "0"
        assert {row["suppressed"] for row in rows} == {"false"}
        assert {(row["from"], row["until"]) for row in rows} == {(f"{TODAY.year}-01-01", TODAY.isoformat())}

    def test_sends_to_the_page_what_it_cannot_read(self, client, analyst):
        answered = self.lines(client, analyst, last="2999-01-01")

        assert answered.status_code == 302
        assert answered.url.endswith("?last=2999-01-01")


class TestPeriod:
    @pytest.mark.parametrize(
        ("start", "end", "said"),
        [
            (date(2026, 1, 1), date(2027, 1, 1), "2026"),
            (date(2026, 1, 1), date(2026, 12, 31), "du 1ᵉʳ janvier 2026 au 30 décembre 2026"),
            (date(2025, 1, 1), date(2027, 1, 1), "du 1ᵉʳ janvier 2025 au 31 décembre 2026"),
        ],
    )
    def test_is_a_year_or_days(self, start, end, said):
        asked = queries.RefusalsAsked(territory=territories.territory(), start=start, end=end)

        assert tables.period(asked) == said


class TestRanks:
    def test_are_computed_by_nothing_that_reads_the_counts(self):
        house = Path(chezsoi.__file__).parent
        readers = {
            path.relative_to(house).as_posix()
            for path in house.rglob("*.py")
            if re.search("refusal_figures|refusal_counts|RefusalsAsked|refusals_are_exact", path.read_text())
        }

        shown = {f"allocation/{room}/refusal_figures.py" for room in ("queries", "forms", "tables", "views")}
        assert readers == shown | {"allocation/queries/__init__.py", "allocation/urls.py"}
