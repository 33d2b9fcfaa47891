"""Every rule on a pair: by example, with what is asked when a fact is missing, and always the whole vector."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from chezsoi.engines.matching import (
    EmptyTable,
    Household,
    Reason,
    RuleCode,
    SizeTable,
    UnknownEnergyClass,
    UnknownSituation,
    Verdict,
    Whom,
    reasons,
)
from chezsoi.engines.matching.rules import BY_HOUSEHOLD
from tests.engines.matching import strategies as some
from tests.engines.matching.builders import CCH, DECREE, HOME, HOUSEHOLD, ORDER, PRIVATE_HOME, RULES, home, household

PASS, FAIL, ASK = Verdict.PASS, Verdict.FAIL, Verdict.ASK


def reason(code, *, who=HOUSEHOLD, what=HOME, rules=RULES):
    return next(found for found in reasons(who, what, rules) if found.rule is code)


def verdict(code, **pair):
    found = reason(code, **pair)
    return found.verdict, found.whom


class TestReasons:
    def test_pass_an_ordinary_pair_entirely(self):
        assert {found.verdict for found in reasons(HOUSEHOLD, HOME, RULES)} == {PASS}

    def test_refuse_nothing_to_a_household_nothing_is_known_of(self):
        vector = reasons(Household(ref="unknown"), HOME, RULES)

        assert FAIL not in {found.verdict for found in vector}
        assert {found.rule.value for found in vector if found.verdict is ASK} == {
            "surface_is_enough_for_size",
            "rooms_fit_need",
            "outlay_is_bearable",
            "social_housing_needs_a_request_number",
            "regular_stay",
            "income_ceiling",
        }

    def test_show_every_failure_at_once(self):
        far_and_dear = home(commune="54395", rent_per_month=Decimal(900), energy_rating="G")

        failed = {found.rule.value for found in reasons(HOUSEHOLD, far_and_dear, RULES) if found.verdict is FAIL}

        assert failed == {"home_is_offerable", "commune_is_wished", "outlay_is_bearable"}

    @given(some.households(), some.homes())
    def test_give_the_whole_vector_in_the_same_order_for_every_pair(self, who, what):
        vector = reasons(who, what, RULES)

        assert tuple(found.rule for found in vector) == tuple(RuleCode)
        assert all((found.whom is not None) == (found.verdict is ASK) for found in vector)
        assert all(found.source.reference for found in vector)

    def test_cannot_ask_nobody(self):
        with pytest.raises(ValueError, match="exactly when a fact is missing"):
            Reason(rule=RuleCode.WHEELCHAIR, verdict=ASK, value=None, threshold=None, source=CCH)


class TestHomeIsOfferable:
    CODE = RuleCode.HOME_IS_OFFERABLE

    @pytest.mark.parametrize(("rating", "expected"), [("A", PASS), ("F", PASS), ("G", FAIL)])
    def test_follows_the_worst_class_of_the_day(self, rating, expected):
        assert verdict(self.CODE, what=home(energy_rating=rating)) == (expected, None)

    def test_carries_the_rule_in_force(self):
        found = reason(self.CODE, what=home(energy_rating="G"))

        assert (found.value, found.threshold, found.source) == ("G", "F", DECREE)

    def test_asks_the_landlord_for_a_missing_certificate(self):
        assert verdict(self.CODE, what=home(energy_rating=None)) == (ASK, Whom.LANDLORD)

    def test_bans_nothing_overseas_before_the_law_does(self):
        assert verdict(self.CODE, what=home(energy_rating="G", is_overseas=True)) == (PASS, None)

    def test_refuses_a_class_that_does_not_exist(self):
        with pytest.raises(UnknownEnergyClass):
            home(energy_rating="AB")


class TestSurfaceIsEnough:
    CODE = RuleCode.SURFACE_IS_ENOUGH_FOR_SIZE

    @pytest.mark.parametrize(
        ("persons", "least"), [(1, 9), (2, 16), (3, 25), (4, 34), (5, 43), (6, 52), (7, 61), (8, 70), (9, 70), (14, 70)]
    )
    def test_reproduces_the_published_table(self, persons, least):
        who = household(size=persons)

        assert verdict(self.CODE, who=who, what=home(surface_m2=Decimal(least))) == (PASS, None)
        assert verdict(self.CODE, who=who, what=home(surface_m2=Decimal(least) - Decimal("0.1"))) == (FAIL, None)

    def test_counts_adults_and_children_when_the_size_is_not_given(self):
        who = household(size=None, adults=2, children=3)

        assert reason(self.CODE, who=who).threshold == 43

    @pytest.mark.parametrize(
        ("surface", "expected"), [("8", (FAIL, None)), ("70", (PASS, None)), ("30", (ASK, Whom.HOUSEHOLD))]
    )
    def test_asks_the_size_only_when_it_matters(self, surface, expected):
        who = household(size=None, children=None)

        assert verdict(self.CODE, who=who, what=home(surface_m2=Decimal(surface))) == expected

    def test_asks_the_landlord_for_a_missing_surface(self):
        assert verdict(self.CODE, what=home(surface_m2=None)) == (ASK, Whom.LANDLORD)

    def test_needs_a_table_with_values(self):
        with pytest.raises(EmptyTable):
            SizeTable(values=(), source=CCH)


class TestRooms:
    NEED, WISH = RuleCode.ROOMS_FIT_NEED, RuleCode.ROOMS_FIT_WISH

    @pytest.mark.parametrize(("persons", "rooms"), [(1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (6, 5), (9, 5)])
    def test_fit_the_need_from_the_usual_size_up(self, persons, rooms):
        who = household(size=persons, rooms_max=None)

        assert verdict(self.NEED, who=who, what=home(rooms=rooms)) == (PASS, None)
        assert verdict(self.NEED, who=who, what=home(rooms=rooms - 1)) == (FAIL, None)

    def test_are_not_needed_where_no_need_is_set(self):
        assert verdict(self.NEED, what=home(rooms=None), rules=replace(RULES, minimum_rooms=None)) == (PASS, None)

    @pytest.mark.parametrize(("rooms", "expected"), [(1, FAIL), (2, PASS), (3, PASS), (4, FAIL)])
    def test_stay_within_the_wish(self, rooms, expected):
        assert verdict(self.WISH, who=household(rooms_min=2, rooms_max=3), what=home(rooms=rooms)) == (expected, None)

    def test_suit_a_household_without_a_wish(self):
        who = household(rooms_min=None, rooms_max=None)

        assert verdict(self.WISH, who=who, what=home(rooms=None)) == (PASS, None)

    def test_are_asked_of_the_landlord_when_unknown(self):
        assert verdict(self.NEED, what=home(rooms=None)) == (ASK, Whom.LANDLORD)
        assert verdict(self.WISH, what=home(rooms=None)) == (ASK, Whom.LANDLORD)


class TestWishesAndNeeds:
    def test_take_any_commune_where_none_is_wished(self):
        assert verdict(RuleCode.COMMUNE_IS_WISHED, who=household(wished_communes=())) == (PASS, None)

    @pytest.mark.parametrize(
        ("limit", "rent", "charges", "expected"),
        [
            ("350", "300", "50", (PASS, None)),
            ("349.99", "300", "50", (FAIL, None)),
            ("299", "300", None, (FAIL, None)),
            ("400", "300", None, (ASK, Whom.LANDLORD)),
            ("400", None, "50", (ASK, Whom.LANDLORD)),
            (None, "300", "50", (ASK, Whom.HOUSEHOLD)),
        ],
    )
    def test_bear_rent_and_charges_together(self, limit, rent, charges, expected):
        who = household(max_outlay_per_month=limit and Decimal(limit))
        what = home(rent_per_month=rent and Decimal(rent), charges_per_month=charges and Decimal(charges))

        assert verdict(RuleCode.OUTLAY_IS_BEARABLE, who=who, what=what) == expected

    @pytest.mark.parametrize(
        ("needs", "has", "expected"),
        [
            (False, None, (PASS, None)),
            (False, False, (PASS, None)),
            (True, True, (PASS, None)),
            (True, False, (FAIL, None)),
            (True, None, (ASK, Whom.LANDLORD)),
            (None, True, (PASS, None)),
            (None, False, (ASK, Whom.HOUSEHOLD)),
            (None, None, (ASK, Whom.HOUSEHOLD)),
        ],
    )
    def test_ask_about_a_wheelchair_only_when_the_answer_matters(self, needs, has, expected):
        pair = {"who": household(needs_wheelchair=needs), "what": home(wheelchair=has)}

        assert verdict(RuleCode.WHEELCHAIR, **pair) == expected

    @pytest.mark.parametrize(
        ("floor", "lift", "expected"),
        [
            (0, False, PASS),
            (0, None, PASS),
            (4, True, PASS),
            (None, True, PASS),
            (1, False, FAIL),
            (1, None, ASK),
            (None, False, ASK),
            (None, None, ASK),
        ],
    )
    def test_need_a_lift_or_the_ground_floor(self, floor, lift, expected):
        pair = {"who": household(needs_lift_or_ground=True), "what": home(floor=floor, has_lift=lift)}

        assert verdict(RuleCode.LIFT_OR_GROUND, **pair)[0] is expected

    def test_do_not_propose_again_the_home_the_household_refused(self):
        code, who = RuleCode.HOME_NOT_ALREADY_REFUSED_BY_HOUSEHOLD, household(excluded_homes=frozenset({HOME.ref}))

        assert verdict(code, who=who) == (FAIL, None)
        assert verdict(code, who=who, what=home(ref="another")) == (PASS, None)
        assert reason(code, who=who).source is BY_HOUSEHOLD

    def test_know_the_situations_of_the_house_only(self):
        with pytest.raises(UnknownSituation):
            household(situation="rue")


class TestSocialRules:
    NUMBER, STAY = RuleCode.SOCIAL_HOUSING_NEEDS_A_REQUEST_NUMBER, RuleCode.REGULAR_STAY
    INCOME = RuleCode.INCOME_CEILING

    @pytest.mark.parametrize("code", [NUMBER, STAY, INCOME])
    def test_are_not_about_a_private_home(self, code):
        who = household(has_request_number=False, residence_is_regular=False, annual_reference_income=Decimal(10**6))

        found = reason(code, who=who, what=PRIVATE_HOME)

        assert (found.verdict, found.applies) == (PASS, False)

    @pytest.mark.parametrize(
        ("has", "expected"), [(True, (PASS, None)), (False, (ASK, Whom.HOUSEHOLD)), (None, (ASK, Whom.HOUSEHOLD))]
    )
    def test_ask_for_a_request_rather_than_refuse(self, has, expected):
        assert verdict(self.NUMBER, who=household(has_request_number=has)) == expected

    @pytest.mark.parametrize(
        ("regular", "expected"), [(True, (PASS, None)), (False, (FAIL, None)), (None, (ASK, Whom.HOUSEHOLD))]
    )
    def test_require_a_regular_stay(self, regular, expected):
        assert verdict(self.STAY, who=household(residence_is_regular=regular)) == expected

    @pytest.mark.parametrize(
        ("composition", "income", "expected"),
        [
            ({"size": 1}, 23403, PASS),
            ({"size": 1}, 23404, ASK),
            ({"size": 1}, 31255, FAIL),
            ({"size": 1, "labels": frozenset({"disability"})}, 31254, PASS),
            ({"size": 2, "adults": 1, "children": 1}, 37584, PASS),
            ({"size": 2, "adults": 2}, 31254, PASS),
            ({"size": 2, "adults": 2}, 37584, ASK),
            ({"size": 2, "adults": 1, "children": 1}, 37585, FAIL),
            ({"size": 6, "adults": 2, "children": 4}, 60156, PASS),
            ({"size": 8, "adults": 2, "children": 6}, 60156 + 2 * 6710, PASS),
            ({"size": 8, "adults": 2, "children": 6}, 60156 + 3 * 6710 + 1, FAIL),
        ],
    )
    def test_compare_income_with_the_categories_the_known_facts_allow(self, composition, income, expected):
        found = reason(self.INCOME, who=household(annual_reference_income=Decimal(income), **composition))

        assert (found.verdict, found.source) == (expected, ORDER)

    @pytest.mark.parametrize(
        ("who", "what", "whom"),
        [
            ({"annual_reference_income": None}, {}, Whom.HOUSEHOLD),
            ({"size": None, "adults": None}, {}, Whom.HOUSEHOLD),
            ({}, {"funding": None}, Whom.LANDLORD),
            ({}, {"funding": "PLS"}, Whom.TERRITORY),
        ],
    )
    def test_ask_whoever_holds_what_the_ceiling_lacks(self, who, what, whom):
        assert verdict(self.INCOME, who=household(**who), what=home(**what)) == (ASK, whom)
