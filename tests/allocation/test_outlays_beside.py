"""Estimates beside candidates: the round, the joint round, the room; who reads amounts, who a band, who nothing."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from chezsoi.allocation import actions, tasks
from chezsoi.allocation.actions import outlays as module
from chezsoi.allocation.choices import OutlayNeed
from chezsoi.allocation.models import OutlayEstimate
from chezsoi.allocation.tables import outlays as tables
from chezsoi.people import actions as people_actions
from tests import htmx
from tests.allocation.test_outlays import FOUND, MEANS
from tests.factories import allocation, people, territories

pytestmark = pytest.mark.django_db

AMOUNT = "41,42"


@pytest.fixture(autouse=True)
def engine(monkeypatch):
    monkeypatch.setattr(module.benefits, "means_of", lambda households, *, on: (MEANS,) * len(households))
    monkeypatch.setattr(module.benefits, "estimates", lambda pairs: (FOUND,) * len(pairs))


@pytest.fixture
def officer():
    return territories.actor("siao_officer")


@pytest.fixture
def secretary():
    return territories.actor("commission_secretary")


@pytest.fixture
def told(secretary):
    """Register who waits, on RSA, and a home whose rent is known."""
    for household in allocation.households(3):
        resources = people_actions.NewResources(kind="rsa", stated_on=allocation.today(), amount_per_month=None)
        people_actions.record_resources(
            actor=territories.program(), person=people.lead(household), resources=resources, on=allocation.today()
        )
    return offer(secretary)


def offer(secretary):
    terms = {"rent_per_month": Decimal(380), "charges_per_month": Decimal(60)}
    return allocation.offer(landlord=territories.organisation_of(secretary), **terms)


def estimated():
    return actions.estimate_outlays(actor=territories.program(), on=allocation.today(), now=timezone.now())


def page(client, actor, name, *args, **asked):
    client.force_login(territories.account_of(actor))
    return htmx.parse(client.get(reverse(f"allocation:{name}", args=args), asked)).select_one("main").text


class TestTheRound:
    def test_waits_for_the_worker_then_shows_amounts_with_law_and_version(self, client, officer, told):
        drawn = allocation.drawn(told)
        assert "calcul en cours" in page(client, officer, "round", drawn.pk)

        assert estimated() == 3

        shown = page(client, officer, "round", drawn.pk)
        assert shown.count(AMOUNT) == 3
        assert "7,2" in shown
        assert "17,74" in shown
        assert shown.count("ne vaut pas droit") == 1
        assert MEANS.engine_version in shown

    def test_says_from_which_day_to_which_they_were_computed(self, client, officer, told):
        drawn = allocation.drawn(told)
        estimated()
        OutlayEstimate.objects.filter(candidacy__rank=1).update(computed_at=allocation.now() - timedelta(days=2))

        shown = page(client, officer, "round", drawn.pk)

        assert shown.count("ne valent pas droit") == 1

    def test_shows_nothing_of_it_to_who_reads_no_resources(self, client, secretary, told):
        drawn = allocation.drawn(told)
        estimated()

        for actor in (secretary, territories.actor("coordinator")):
            shown = page(client, actor, "round", drawn.pk)
            assert AMOUNT not in shown
            assert "Coût estimé" not in shown

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"has_failed": True, "figures": {}}, "échoué"),
            ({"figures": {}}, "barèmes"),
            ({"home_digest": "0" * 64}, "nouveau calcul"),
        ],
    )
    def test_says_why_there_is_none(self, client, officer, told, changed, said):
        drawn = allocation.drawn(told)
        estimated()
        OutlayEstimate.objects.filter(candidacy__rank=1).update(**changed)

        shown = page(client, officer, "round", drawn.pk)

        assert said in shown
        assert shown.count(AMOUNT) == 2

    def test_says_what_is_to_ask_and_shows_nothing_of_who_said_no(self, client, officer, told):
        drawn = allocation.drawn(told)
        estimated()
        drawn.candidacies.filter(rank=1).update(state="refused")
        told.charges_per_month = None
        told.save()

        shown = page(client, officer, "round", drawn.pk)

        assert AMOUNT not in shown
        assert shown.count("à demander") == 2

    def test_says_that_there_are_no_resources(self, monkeypatch):
        figures = {"net_outlay": Decimal("41.42"), "effort": None, "left_a_day": Decimal("-1.38")}
        candidacy = type("Hope", (), {"pk": 1})
        found = type("Told", (), {"figures": type("Figures", (), figures), "needs": (OutlayNeed.RENT,)})

        (cell,) = tables.cells(candidacy, {1: found})

        assert "sans ressources" in cell.detail


class TestTheJointRound:
    def test_shows_the_estimate_of_each_home_for_whom_it_is_proposed_to(self, client, officer, secretary, told):
        joint = allocation.drawn_together([told, offer(secretary)])
        estimated()

        assert page(client, officer, "joint", joint.pk).count(AMOUNT) == 2
        assert AMOUNT not in page(client, territories.actor("coordinator"), "joint", joint.pk)


class TestTheRoom:
    def test_reads_a_band_and_never_an_amount_and_the_wall_nothing(self, client, officer, secretary, told):
        own = allocation.commission(organisation=territories.organisation_of(secretary))
        item = allocation.item(allocation.drawn(told), at=allocation.sitting(own))
        estimated()

        for actor, count in ((secretary, 3), (officer, 3), (territories.actor("coordinator"), 0)):
            shown = page(client, actor, "sitting", item.sitting_id)
            assert shown.count("moins de 20") == count
            assert shown.count("ne vaut pas droit") == (1 if count else 0)
            assert AMOUNT not in shown
        projected = client.get(reverse("allocation:projector", args=[item.sitting_id, 1])).content.decode()
        assert "moins de 20" not in projected
        assert MEANS.engine_version not in projected


class TestTheDraw:
    @pytest.mark.parametrize("name", ["draw", "draw-joint"])
    def test_asks_the_worker_at_once(self, client, officer, secretary, told, name):
        at = allocation.now() - timedelta(hours=2)
        which = allocation.committed(told, at=at) if name == "draw" else allocation.joint([told, offer(secretary)])
        client.force_login(territories.account_of(officer))
        then = timezone.localtime(allocation.now() - timedelta(hours=1))
        number = {"value": "3 14", "source": "a lottery", "day": then.date(), "time": then.strftime("%H:%M")}

        answered = client.post(reverse(f"allocation:{name}", args=[which.pk]), number)

        assert answered.status_code == 302
        queued = DBTaskResult.objects.get(task_path=tasks.estimate_here.module_path)
        assert not OutlayEstimate.objects.exists()
        tasks.estimate_here.func(*queued.args_kwargs["args"])
        assert OutlayEstimate.objects.exists()
