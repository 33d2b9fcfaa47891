"""What a home proposed would cost, on the page of the household: figures, how to read them, or what is to ask."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from chezsoi.allocation import queries
from chezsoi.allocation.choices import OutlayNeed, OutlaySupposed
from chezsoi.engines.benefits import CautionCode
from chezsoi.portal.household import outlays

FIGURES = {
    "rent_and_charges": Decimal(440), "housing_benefit": Decimal(277), "rent_reduction": Decimal("31.58"),
    "net_outlay": Decimal("41.42"),
    "effort": 0.0722, "left_a_month": Decimal("532.07"), "left_a_day": Decimal("17.74"),
    "law_date": date(2026, 11, 1), "engine_version": "openfisca-france 176.1.8", "computed_at": timezone.now(),
    "cautions": tuple((code.value, Decimal(140)) for code in CautionCode),
}  # fmt: skip


@pytest.fixture
def shown(monkeypatch):
    monkeypatch.setattr(outlays.homes_wording, "title", lambda dwelling: "8 rue Clovis")

    def show(**told):
        candidacy = type("Hope", (), {"offer": type("Offer", (), {"dwelling": None})})
        monkeypatch.setattr(
            outlays.allocation, "outlays", lambda rows, **_more: (queries.Outlay(candidacy=candidacy, **told),)
        )
        homes = type("Told", (), {"candidacies": (candidacy,)})
        return outlays.read(homes, on=date(2026, 11, 30), actor=None)[0]

    return show


def figures(**changed):
    return queries.Figures(**(FIGURES | changed))


def plain(text):
    return text.replace("\u202f", " ").replace("\xa0", " ")


class TestOutlays:
    def test_give_what_is_left_to_pay_and_to_live_on_with_the_law_and_the_version(self, shown):
        home = shown(figures=figures(), supposed=(OutlaySupposed.WAGE_AS_NET,))

        values = [plain(fact.value) for fact in home.facts]
        assert values == ["440,00 €", "277,00 €", "31,58 €", "41,42 €", "7,2 %", "532,07 €", "17,74 €"]
        assert "ne vaut pas droit" in home.basis
        assert "1ᵉʳ novembre 2026" in home.basis or "1er novembre 2026" in home.basis
        assert "openfisca-france 176.1.8" in home.basis
        assert len(home.cautions) == len(CautionCode) + 1
        assert any("140,00 €" in plain(said) for said in home.cautions)

    def test_say_an_infinite_effort_in_words(self, shown):
        assert [f.value for f in shown(figures=figures(effort=None, rent_reduction=Decimal(0))).facts][3].startswith(
            "infini"
        )

    def test_say_what_is_to_ask(self, shown):
        assert shown(needs=(OutlayNeed.RENT,)).needs == ("le loyer du logement et ses charges",)

    def test_say_that_it_is_being_computed(self, shown):
        assert shown().said.startswith("Calcul en cours")
        assert "a changé" in shown(is_stale=True).said

    def test_say_that_it_failed_for_this_household_alone(self, shown):
        assert "pour lui seul" in shown(has_failed=True).said

    def test_say_that_the_law_is_not_known(self, shown):
        assert "barèmes" in shown(is_law_unknown=True).said
