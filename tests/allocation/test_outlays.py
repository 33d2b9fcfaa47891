"""What homes would cost: computed by the worker alone, shown to readers of resources, never of other facts."""

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from chezsoi.allocation import actions, queries
from chezsoi.allocation.actions import outlays as module
from chezsoi.allocation.choices import CandidacyState, OutlayNeed, OutlaySupposed
from chezsoi.allocation.models import OutlayEstimate
from chezsoi.allocation.tables import outlays as tables
from chezsoi.engines import benefits
from chezsoi.homes.models import Dwelling, Offer
from chezsoi.kernel.dates import PartialDate
from chezsoi.people import actions as people_actions
from chezsoi.people.choices import MemberRole
from chezsoi.people.models import Household
from chezsoi.trail.models import Entry
from tests.engines.benefits.test_affordability import means
from tests.factories import allocation, people, tenancies, territories

pytestmark = pytest.mark.django_db

TODAY, NOW = timezone.localdate(), timezone.now()
MEANS = means()
FOUND = benefits.Estimate(
    housing_benefit=Decimal("277.00"), rsa=Decimal("573.49"), rls=Decimal("31.58"), resources=Decimal("573.49"),
    net_outlay=Decimal("41.42"), effort_rate=0.072224, residual_income=Decimal("532.07"),
    rav_per_day_uc=Decimal("17.74"), engine_version=MEANS.engine_version, law_date=MEANS.law_date,
    warnings=MEANS.cautions,
)  # fmt: skip


@pytest.fixture
def engine(monkeypatch):
    """Answer for the engine, and count what it was asked."""
    asked = {"households": [], "pairs": []}

    def means_of(households, *, on):
        asked["households"] += households
        return tuple(MEANS for _each in households)

    def estimates(pairs):
        asked["pairs"] += pairs
        return tuple(FOUND for _each in pairs)

    monkeypatch.setattr(module.benefits, "means_of", means_of)
    monkeypatch.setattr(module.benefits, "estimates", estimates)
    return asked


@pytest.fixture
def worker():
    return territories.actor("lead_worker")


@pytest.fixture
def agent():
    return territories.actor("social_landlord_agent")


def living_on(kind="rsa", amount=None):
    return (people_actions.NewResources(kind=kind, stated_on=TODAY, amount_per_month=amount),)


@pytest.fixture
def candidacy(worker, agent):
    return hoped_for(worker, agent, people.member(resources=living_on()))


def hoped_for(worker, agent, *members, **terms):
    household = people.household(*members, actor=worker)
    return tenancies.candidacy(household, offer=tenancies.offer(agent=agent, **terms))


@pytest.fixture
def hope(engine, worker, agent):
    return lambda *members, **terms: (hoped_for(worker, agent, *members, **terms), worker)


def estimated(now=NOW, on=TODAY):
    return actions.estimate_outlays(actor=territories.program(), on=on, now=now)


def read(candidacy, actor, on=TODAY):
    return queries.outlays([candidacy], on=on, actor=actor)


class TestEstimateOutlays:
    def test_keep_the_figures_with_the_law_and_its_version(self, engine, candidacy, worker):
        assert read(candidacy, worker)[0].is_waiting

        assert estimated() == 1

        (shown,) = read(candidacy, worker)
        assert shown.figures == queries.Figures(
            rent_and_charges=Decimal(440), housing_benefit=Decimal("277.00"), rent_reduction=Decimal("31.58"),
            net_outlay=Decimal("41.42"),
            effort=0.072224, left_a_month=Decimal("532.07"), left_a_day=Decimal("17.74"), law_date=MEANS.law_date,
            engine_version=MEANS.engine_version, computed_at=NOW,
            cautions=tuple((each.code.value, each.amount) for each in MEANS.cautions),
        )  # fmt: skip
        assert not shown.is_waiting
        assert Entry.objects.filter(verb="allocation.outlays.estimated").count() == 1

    def test_write_nothing_the_second_time(self, engine, candidacy):
        estimated()

        assert estimated(now=NOW + timedelta(hours=1)) == 0
        assert OutlayEstimate.objects.get().computed_at == NOW
        assert len(engine["pairs"]) == 1
        assert Entry.objects.filter(verb="allocation.outlays.estimated").count() == 1

    def test_ask_nothing_again_of_a_household_when_only_the_rent_changes(self, engine, candidacy, worker):
        estimated()
        Offer.objects.update(rent_per_month=Decimal(500))
        assert read(candidacy, worker)[0].is_waiting

        assert estimated() == 1

        assert (len(engine["households"]), len(engine["pairs"])) == (1, 2)
        assert read(candidacy, worker)[0].figures.rent_and_charges == 560

    def test_begin_again_when_resources_are_stated_anew_or_a_month_begins(self, engine, candidacy, worker):
        estimated()
        (resources,) = living_on("wage", Decimal(900))
        people_actions.record_resources(
            actor=worker, person=people.lead(candidacy.household), resources=resources, on=TODAY
        )
        assert read(candidacy, worker)[0].is_waiting
        assert estimated() == 1
        assert read(candidacy, worker)[0].supposed == (OutlaySupposed.WAGE_AS_NET, OutlaySupposed.TENURE_SUPPOSED)

        assert estimated(on=TODAY + timedelta(days=32)) == 1
        assert len(engine["households"]) == 3

    def test_say_that_no_law_is_known_of_the_month(self, monkeypatch, candidacy, worker):
        def unknown(households, *, on):
            raise benefits.LawNotKnown(on)

        monkeypatch.setattr(module.benefits, "means_of", unknown)

        assert (estimated(), estimated()) == (1, 0)
        (shown,) = read(candidacy, worker)
        assert (shown.is_law_unknown, shown.is_waiting, shown.figures) == (True, False, None)

    def test_keep_an_infinite_effort_as_no_share(self, engine, monkeypatch, candidacy, worker):
        broke = replace(FOUND, effort_rate=float("inf"))
        monkeypatch.setattr(module.benefits, "estimates", lambda pairs: (broke,) * len(pairs))

        estimated()

        assert read(candidacy, worker)[0].figures.effort is None

    def test_erase_what_is_no_longer_hoped_for(self, engine, candidacy, worker):
        estimated()
        candidacy.state = CandidacyState.REFUSED
        candidacy.save()

        assert estimated() == 0
        assert not OutlayEstimate.objects.exists()
        assert read(candidacy, worker) == ()


class TestAFailure:
    @pytest.fixture
    def hard(self, engine, monkeypatch, worker, agent):
        """Give three households, of which the engine cannot compute the second."""
        wages = [hoped_for(worker, agent, people.member(resources=living_on("wage", Decimal(900)))) for _each in "ab"]
        ill = hoped_for(worker, agent, people.member(resources=living_on("wage", Decimal(666))))
        rightly = module.benefits.means_of

        def means_of(households, *, on):
            if any(each.persons[0].resources[0].per_month == 666 for each in households):
                raise FloatingPointError
            return rightly(households, on=on)

        monkeypatch.setattr(module.benefits, "means_of", means_of)
        return [wages[0], ill, wages[1]]

    def shown(self, candidacies, actor):
        return [read(each, actor)[0] for each in candidacies]

    def test_is_of_its_own_household_alone_and_says_so(self, hard, worker):
        assert estimated() == 3

        first, ill, last = self.shown(hard, worker)
        assert first.figures
        assert last.figures
        assert (ill.figures, ill.has_failed, ill.is_waiting, ill.is_law_unknown) == (None, True, False, False)
        assert json.loads(Entry.objects.get(verb="allocation.outlays.estimated").detail)["failed"] == 1

    def test_is_tried_again_after_a_day_and_no_sooner(self, hard, engine, worker, monkeypatch):
        estimated()
        assert estimated(now=NOW + timedelta(hours=23)) == 0
        monkeypatch.setattr(module.benefits, "means_of", lambda households, *, on: (MEANS,) * len(households))

        assert estimated(now=NOW + timedelta(hours=24)) == 1
        assert self.shown(hard, worker)[1].figures

    def test_of_one_home_leaves_the_others_of_the_household(self, engine, candidacy, worker, agent, monkeypatch):
        other = tenancies.candidacy(
            candidacy.household, offer=tenancies.offer(agent=agent, rent_per_month=Decimal(666)), state="proposed"
        )
        rightly = module.benefits.estimates

        def estimates(pairs):
            if any(home.rent_per_month == 666 for _means, home in pairs):
                raise FloatingPointError
            return rightly(pairs)

        monkeypatch.setattr(module.benefits, "estimates", estimates)
        estimated()

        assert [each.has_failed for each in self.shown([candidacy, other], worker)] == [False, True]

    @pytest.mark.parametrize("lacks", [ImportError, MemoryError, OSError])
    def test_of_the_machine_is_no_household_s(self, engine, candidacy, monkeypatch, lacks):
        def means_of(households, *, on):
            raise lacks

        monkeypatch.setattr(module.benefits, "means_of", means_of)

        with pytest.raises(lacks):
            estimated()

        assert not OutlayEstimate.objects.exists()

    def test_is_told_from_facts_that_changed(self, hard, worker):
        estimated()
        Offer.objects.update(charges_per_month=Decimal(61))

        assert [(each.is_stale, each.is_waiting) for each in self.shown(hard, worker)] == [(True, True)] * 3


class TestBands:
    @pytest.fixture
    def room(self, candidacy, agent):
        """Seat somebody in the commission of the home."""
        place = candidacy.decision.item.sitting.commission
        return lambda role: territories.actor(role, organisation=place.organisation)

    def bands(self, candidacy, actor):
        return queries.outlay_bands([candidacy], on=TODAY, actor=actor)

    def test_are_for_roles_that_read_resources_or_their_band(self, engine, candidacy, room):
        secretary = room("commission_secretary")
        assert self.bands(candidacy, secretary) == {}
        estimated()

        law = {"law_date": MEANS.law_date, "engine_version": MEANS.engine_version, "computed_at": NOW}
        band = queries.OutlayBand(effort=(0, 20), left_a_day=(10, 20), **law)
        assert self.bands(candidacy, secretary) == {candidacy.pk: band}
        assert self.bands(candidacy, territories.actor("siao_officer")) == {candidacy.pk: band}
        for role in ("coordinator", "social_landlord_agent", "reservation_agent"):
            assert self.bands(candidacy, room(role)) == {}
        Household.objects.update(is_protected=True)
        assert self.bands(candidacy, secretary) == {}

    @pytest.mark.parametrize(
        ("effort", "left", "said"),
        [
            (0.0, "-3.20", "moins de 20\u202f% des ressources\u202f; reste moins de 10\u202f€ par jour"),
            (0.3, "10.00", "30 à 40\u202f% des ressources\u202f; reste 10 à 20\u202f€ par jour"),
            (0.4, "20.00", "40\u202f% des ressources ou plus\u202f; reste 20\u202f€ ou plus par jour"),
            (None, "0.00", "sans ressources\u202f; reste moins de 10\u202f€ par jour"),
        ],
    )
    def test_say_no_amount(self, engine, candidacy, effort, left, said):
        estimated()
        row = OutlayEstimate.objects.get()
        row.figures |= {"effort": effort, "left_a_day": left}
        row.save()
        (band,) = self.bands(candidacy, territories.actor("siao_officer")).values()

        words = tables.in_the_room(band)

        assert said in words
        assert left not in words

    def test_say_nothing_without_an_estimate(self):
        assert tables.in_the_room(None) == ""


class TestFacts:
    @pytest.mark.parametrize(
        ("members", "terms", "need"),
        [
            ((people.member(),), {}, OutlayNeed.RESOURCES),
            ((people.member(resources=living_on("unknown")),), {}, OutlayNeed.RESOURCES),
            ((people.member(resources=living_on("wage")),), {}, OutlayNeed.RESOURCES),
            ((people.member(resources=living_on(), birth_date=PartialDate()),), {}, OutlayNeed.BIRTH),
            (
                (people.member(resources=living_on()), people.member("Ali", role=MemberRole.RELATIVE,
                 resources=living_on("none"))), {}, OutlayNeed.COMPOSITION,
            ),
            ((people.member(resources=living_on()),), {"charges_per_month": None}, OutlayNeed.RENT),
        ],
    )  # fmt: skip
    def test_say_what_is_to_ask_and_estimate_nothing(self, hope, members, terms, need):
        held, worker = hope(*members, **terms)

        assert estimated() == 0
        assert read(held, worker)[0].needs == (need,)

    def test_ask_who_else_would_live_there_when_more_were_stated(self, candidacy, worker):
        Household.objects.update(stated_size=3)

        assert read(candidacy, worker)[0].needs == (OutlayNeed.COMPOSITION,)

    @pytest.mark.parametrize("code", [None, "57999"])
    def test_ask_where_the_home_is(self, candidacy, worker, code):
        if code is None:
            Dwelling.objects.update(commune=None)
        else:
            other = Dwelling._meta.get_field("commune").related_model.objects.get(pk="57463")
            other.pk = code
            other.save(force_insert=True)
            Dwelling.objects.update(commune=code)

        assert read(candidacy, worker)[0].needs == (OutlayNeed.COMMUNE,)

    def test_give_the_engine_what_is_recorded_and_say_what_was_supposed(self, engine, worker, agent):
        lead = people.member(resources=living_on("ass", Decimal(570)), birth_date=PartialDate(1980))
        partner = people.member("Ali", role=MemberRole.PARTNER, resources=living_on("none"))
        held = hoped_for(worker, agent, lead, partner, people.child(), stock="private")

        estimated()

        (household,) = engine["households"]
        assert [each.role.value for each in household.persons] == ["lead", "partner", "child"]
        assert household.persons[0].birth_date.isoformat() == "1980-12-31"
        assert [each.kind.value for each in household.persons[0].resources] == ["unemployment"]
        assert household.persons[1].resources == ()
        ((_means, home),) = engine["pairs"]
        assert (home.tenure, home.place.commune, home.place.zone) == (benefits.Tenure.PRIVATE, "57463", 2)
        assert set(read(held, worker)[0].supposed) == {
            OutlaySupposed.ASS_AS_UNEMPLOYMENT, OutlaySupposed.BIRTH_SUPPOSED, OutlaySupposed.AGREEMENT_UNKNOWN,
            OutlaySupposed.TENURE_SUPPOSED,
        }  # fmt: skip

    def test_take_a_room_for_a_part_of_a_shared_home_and_say_so(self, engine, candidacy, worker):
        estimated()
        room, *_others = allocation.rooms()
        Dwelling.objects.filter(pk=candidacy.offer.dwelling_id).update(shared_home=room.dwelling.shared_home)

        assert read(candidacy, worker)[0].is_stale
        assert estimated(now=NOW + timedelta(minutes=5)) == 1

        assert [home.is_shared for _means, home in engine["pairs"]] == [False, True]
        assert OutlaySupposed.ROOM_OF_SHARED_HOME in read(candidacy, worker)[0].supposed

    def test_take_a_sublease_for_one(self, engine, worker, agent):
        hoped_for(worker, agent, people.member(resources=living_on()), stock="private", tenure="sliding_lease")

        estimated()

        assert engine["pairs"][0][1].tenure == benefits.Tenure.SUBLEASE


class TestOutlays:
    def test_are_nothing_to_who_reads_no_resources_or_is_outside_the_circle(self, engine, candidacy, worker):
        estimated()

        assert len(read(candidacy, worker)) == 1
        assert read(candidacy, territories.actor("lead_worker")) == ()
        for role in ("social_landlord_agent", "commission_member", "health_worker"):
            assert read(candidacy, territories.actor(role)) == ()

    def test_of_a_protected_household_are_for_its_circle_alone(self, engine, candidacy, worker):
        officer = territories.actor("siao_officer")
        estimated()
        assert len(read(candidacy, officer)) == 1

        Household.objects.update(is_protected=True)

        assert read(candidacy, territories.actor("siao_officer")) == ()
        assert len(read(candidacy, worker)) == 1


@pytest.mark.slow
def test_the_engine_itself_fills_the_figures(candidacy, worker):
    assert estimated() == 1

    figures = read(candidacy, worker)[0].figures
    assert figures.law_date == TODAY.replace(day=1)
    assert figures.engine_version.startswith("openfisca-france ")
    assert 0 < figures.housing_benefit < figures.rent_and_charges
    assert 0 < figures.effort < 1
