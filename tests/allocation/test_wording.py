"""Reasons in words: one sentence for every answer a rule can give, short enough to be read."""

from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.allocation import wording
from chezsoi.allocation.models import draws, law_of_the_day
from chezsoi.allocation.models.facts import plain
from chezsoi.engines import matching
from chezsoi.law.surface import surface_rule_on
from tests.factories import homes, territories

ALL = wording.Reader(sees_resources=True, sees_guarded=True, communes={"57463": "Metz"})
NONE = wording.Reader()
SOURCE = matching.Source(reference="a text", status=matching.Status.VERIFIED)
RULES = matching.Rules(
    minimum_surfaces_m2=matching.SizeTable(values=(Decimal(9), Decimal(16)), source=SOURCE),
    worst_energy_class=matching.EnergyFloor(worst_class="F", source=SOURCE),
    worst_energy_class_overseas=matching.EnergyFloor(worst_class=None, source=SOURCE),
    request_number=SOURCE,
    regular_stay=SOURCE,
    minimum_rooms=matching.SizeTable(values=(Decimal(1), Decimal(2)), source=SOURCE),
    income_ceilings=(
        matching.IncomeCeilings(
            funding="PLUS", by_category=(Decimal(10000), Decimal(20000)), per_extra_person=Decimal(5000), source=SOURCE
        ),
    ),
)


def maybe(strategy):
    return st.none() | strategy


AMOUNTS = st.integers(0, 1000).map(Decimal)
HOMES = st.builds(
    matching.Home,
    ref=st.just("L1"),
    kind=st.sampled_from(matching.HomeKind),
    commune=st.sampled_from(["57463", "57751"]),
    rooms=maybe(st.integers(1, 5)),
    surface_m2=maybe(AMOUNTS),
    floor=maybe(st.integers(0, 5)),
    has_lift=maybe(st.booleans()),
    wheelchair=maybe(st.booleans()),
    rent_per_month=maybe(AMOUNTS),
    charges_per_month=maybe(AMOUNTS),
    energy_rating=maybe(st.sampled_from("ABCDEFG")),
    funding=st.sampled_from([None, "PLUS", "PLS"]),
    is_overseas=st.booleans(),
)
HOUSEHOLDS = st.builds(
    matching.Household,
    ref=st.just("F1"),
    size=maybe(st.integers(1, 6)),
    adults=maybe(st.integers(1, 3)),
    children=maybe(st.integers(0, 3)),
    wished_communes=st.sampled_from([(), ("57463",)]),
    rooms_min=maybe(st.integers(1, 5)),
    rooms_max=maybe(st.integers(1, 5)),
    max_outlay_per_month=maybe(AMOUNTS),
    needs_wheelchair=maybe(st.booleans()),
    needs_lift_or_ground=maybe(st.booleans()),
    has_request_number=maybe(st.booleans()),
    residence_is_regular=maybe(st.booleans()),
    annual_reference_income=maybe(st.integers(0, 40000).map(Decimal)),
    excluded_homes=st.sampled_from([frozenset(), frozenset({"L1"})]),
)


class TestVector:
    @pytest.mark.parametrize("language", ["fr", "en"])
    @given(household=HOUSEHOLDS, home=HOMES)
    def test_says_every_answer_in_forty_words_at_most(self, household, home, language):
        reasons = plain(matching.reasons(household, home, RULES))

        with override(language):
            for reader, length in ((ALL, 13), (NONE, 11)):
                said = wording.vector(reasons, reader)
                assert len(said) == length
                for each in said:
                    assert 2 <= len(each.text.split()) <= 40
                    assert "%(" not in each.text
                    assert each.kind in {"home", "wait", "stop"}

    @given(household=HOUSEHOLDS, home=HOMES)
    def test_asks_of_the_reader_no_less_than_it_says(self, household, home):
        reasons = plain(matching.reasons(household, home, RULES))

        asked = wording.questions(reasons, ALL)

        assert bool(asked) == any(reason["verdict"] == "ask" for reason in reasons)
        assert len(set(asked)) == len(asked)


class TestGrounds:
    @pytest.mark.parametrize(
        ("contribution", "said"),
        [
            ({"points": 90, "facts": ["street"], "months": None, "counts": True}, "street · 90"),
            ({"points": 12, "facts": [], "months": 12, "counts": True}, "waiting for 12 months · 12"),
            ({"points": 40, "facts": ["minor_child"], "months": None, "counts": True}, "minor child · 40"),
            ({"points": 5, "facts": ["local_fact"], "months": None, "counts": True}, "local_fact · 5"),
        ],
    )
    def test_are_named_with_their_points(self, contribution, said):
        with override("en"):
            assert wording.grounds([contribution], ALL) == (said,)

    def test_leave_out_what_does_not_count(self):
        quiet = [
            {"points": 50, "facts": ["dalo"], "months": None, "counts": False},
            {"points": 0, "facts": [], "months": None, "counts": True},
        ]

        assert wording.grounds(quiet, ALL) == ()


class TestComposition:
    @pytest.mark.parametrize(
        ("who", "said"),
        [
            ((None, None, None), "size not known"),
            ((None, None, 3), "3 people"),
            ((1, 0, 1), "1 adult"),
            ((2, 1, 3), "2 adults, 1 child"),
        ],
    )
    def test_says_who_will_live_there(self, who, said):
        with override("en"):
            assert wording.composition(*who) == said


class TestBetween:
    @pytest.mark.parametrize(
        ("wish", "said"), [([2, None], "2 or more"), ([None, 3], "3 at most"), ([2, 2], "2"), ([2, 3], "2 to 3")]
    )
    def test_says_a_range(self, wish, said):
        reason = {
            "rule": "rooms_fit_wish", "verdict": "fail", "value": 5, "threshold": wish, "whom": None, "applies": True
        }  # fmt: skip

        with override("en"):
            assert wording.vector([reason], ALL)[0].text.endswith(f"wishes {said}.")


class TestSeparation:
    @pytest.mark.parametrize("lost_by", ["points", "waiting", "lottery"])
    def test_says_what_decided(self, lost_by):
        assert wording.separation({"lost_by": lost_by, "last_points": 90}, 80, NONE)

    def test_says_nothing_of_a_candidate(self):
        assert wording.separation({"settled_by": "points", "others_on_same_points": 0}, 80, NONE) == ()


class TestWhyNotSomebody:
    """The answer of a single home, as its page says it: where the household is, what decided, what would change it."""

    @pytest.mark.parametrize("language", ["fr", "en"])
    @pytest.mark.parametrize("place", [{"rank": 1234}, {"is_compatible": True}, {"is_compatible": False}])
    @pytest.mark.parametrize("wish", ["commune_is_wished", "rooms_fit_wish"])
    @pytest.mark.parametrize("lost_by", ["points", "waiting", "lottery"])
    def test_is_forty_words_at_most_in_both_languages(self, language, place, wish, lost_by):
        standing = {
            "lost_by": lost_by, "last_points": 1000, "relaxation": {"wish": wish, "accept": "57447", "rank": 1234},
        }  # fmt: skip
        reader = wording.Reader(communes={"57447": "Saint-Julien-lès-Metz"})

        with override(language):
            line = {"rank": None, "points": 999, "separation": wording.separation(standing, 999, reader)} | place
            page = render_to_string(
                "allocation/round.html#why-not", {"why": line, "asked": "F-0001", "round": {"pk": 1}}
            )

        said = BeautifulSoup(page, "html.parser").select_one(".cz-why").get_text(" ")
        words = [word for word in said.split() if any(char.isalnum() for char in word)]
        assert 12 <= len(words) <= 40
        assert "%(" not in said
        assert ("it would be proposed" in said) == (language == "en")


class TestTheLawOfTheDay:
    DAY = date(2026, 11, 23)

    def test_gives_the_surfaces_of_the_law(self):
        rules = law_of_the_day.rules_for(homes.offer(), on=self.DAY)

        assert rules.minimum_surfaces_m2.least_for(3) == surface_rule_on(self.DAY).minimum_m2(3)
        assert rules.worst_energy_class.worst_class == "F"

    def test_gives_the_ceilings_of_plus_and_asks_for_those_nobody_knows(self):
        plus = law_of_the_day.rules_for(homes.offer(funding="PLUS"), on=self.DAY)
        plai = law_of_the_day.rules_for(homes.offer(funding="PLAI"), on=self.DAY)

        assert plus.ceilings_for("PLUS").for_category(1) == Decimal(23403)
        assert plus.ceilings_for("PLUS").for_category(7) == Decimal(60156) + Decimal(6710)
        assert plai.ceilings_for("PLAI") is None

    @pytest.mark.parametrize(
        ("territory", "commune", "is_known"),
        [
            ("seine-saint-denis", "93008", False),
            ("metz", "75056", True),
            ("metz", "95018", True),
            ("cadema", None, False),
        ],
    )
    def test_follows_the_zone_of_the_commune(self, territory, commune, is_known):
        place = territories.territory(territory)
        home = homes.dwelling(territory=place, commune=homes.commune(commune) if commune else None)

        found = law_of_the_day.rules_for(homes.offer(home, funding="PLUS"), on=self.DAY).ceilings_for("PLUS")

        assert (found is not None) is is_known

    def test_knows_no_funding_of_a_private_home(self):
        offer = homes.offer(homes.dwelling(stock="private"), funding="unknown", reservation_holder="")

        home = law_of_the_day.home_of(offer)

        assert (home.funding, home.reservation_holder, home.kind) == (None, None, matching.HomeKind.PRIVATE)
        assert law_of_the_day.rules_for(offer, on=self.DAY).income_ceilings == ()


class TestProof:
    def test_holds_only_when_everything_does(self):
        proof = draws.Proof(seed_opens_commitment=True, snapshot_is_untouched=True, order_is_the_same=False)

        assert not proof.holds
