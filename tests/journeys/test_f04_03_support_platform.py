"""
F04-03, Grenoble: a support platform of the metropolis houses from its own share of the flow, or asks another holder.

Agreements, turns, asks, proposals and the landlord's call during the lease go through their pages; draws, the sitting
and the signature through their actions: the journey from the street to a home walks those pages. Whatever a holder
answers the household keeps its place, and whatever comes of a call it keeps its lease.
"""

from dataclasses import dataclass

import pytest
from django.urls import reverse

from chezsoi.allocation.models import Candidacy, HomeAsk, ReservationAgreement, Turn
from chezsoi.journeys import street_to_home
from chezsoi.tenancies.choices import LeaseKind
from chezsoi.tenancies.models import LandlordCall, Lease
from tests.factories import allocation, people, reservations, tenancies, territories

pytestmark = pytest.mark.slow

YEAR = allocation.today().year
WANTED = {"words": "Un deux pièces à Metz, près du tram."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bodies:
    """Who has a part in a landlord's flow."""

    landlord: object
    metropolis: object
    prefect: object


@pytest.fixture
def bodies(db):
    metropolis = territories.organisation(kind="authority", name="Métropole, contingent propre")
    return Bodies(landlord=reservations.landlord(), metropolis=metropolis, prefect=reservations.holder())


@pytest.fixture
def enter(client):
    def _enter(role, organisation=None):
        client.force_login(territories.account_of(territories.actor(role, organisation=organisation)))
        return client

    return _enter


@pytest.fixture
def signed(enter, bodies):
    """The landlord signs for the year with the prefect and with the metropolis."""
    agent = enter("social_landlord_agent", bodies.landlord)
    for holder, kind, share in ((bodies.prefect, "prefect", "30"), (bodies.metropolis, "authority", "20")):
        typed = {
            "territory": territories.territory().pk, "year": YEAR, "holder": holder.pk, "kind": kind,
            "percent": share, "counted_on": "flow",
        }  # fmt: skip
        agent.post(reverse("allocation:new-agreement"), typed)
    assert ReservationAgreement.objects.count() == 2
    return bodies


def turned_over(enter, landlord, number=1):
    """The landlord turns vacancies over, one after the other."""
    offers = [allocation.offer(landlord=landlord) for _number in range(number)]
    agent = enter("social_landlord_agent", landlord)
    for each in offers:
        agent.post(reverse("allocation:turn-over", args=[each.pk]))
    return [Turn.objects.get(offer=each) for each in offers]


def asked(enter, household, holder):
    """The support platform asks a holder for a home for a household."""
    enter("siao_officer").post(reverse("allocation:asks", args=[household.pk]), {"holder": holder.pk, **WANTED})
    return HomeAsk.objects.get(household=household, holder=holder, state="awaits")


def proposed(enter, turn, household):
    """The holder whose turn it is proposes a household for the home."""
    officer = enter("reservation_agent", turn.holder)
    page = officer.get(reverse("allocation:turns", args=[turn.offer_id])).content.decode()
    assert household.reference in page
    officer.post(reverse("allocation:propose", args=[turn.pk]), {"household": household.pk})
    return Candidacy.objects.get(offer=turn.offer, household=household)


def test_a_home_of_its_own_share_goes_to_whom_the_platform_asked_for_at_the_rank_of_the_search(enter, signed):
    _own, _prefects, turn = turned_over(enter, signed.landlord, 3)
    assert turn.holder == signed.metropolis
    household = allocation.households(4)[3]
    round_ = allocation.drawn(turn.offer, size=2)
    assert not round_.candidacies.filter(household=household).exists()

    asked(enter, household, signed.metropolis)
    candidacy = proposed(enter, turn, household)

    assert (candidacy.rank, candidacy.state) == (4, "proposed")
    assert HomeAsk.objects.get().state == "proposed"
    seen = enter("siao_officer").get(reverse("allocation:round", args=[round_.pk])).content.decode()
    assert "proposé par Métropole, contingent propre" in seen


def test_another_holder_is_asked_and_its_no_costs_no_place_in_any_search(enter, signed):
    first, second = allocation.households(2)
    ask = asked(enter, second, signed.prefect)
    before = allocation.drawn(allocation.offer()).examinations.get(household=second)

    officer = enter("reservation_agent", signed.prefect)
    page = officer.get(reverse("allocation:ask", args=[ask.pk])).content.decode()
    assert second.reference in page
    assert WANTED["words"] in page
    assert first.reference not in page
    officer.post(reverse("allocation:ask", args=[ask.pk]), {"words": "Rien avant mars dans ce quartier."})

    after = allocation.drawn(allocation.offer()).examinations.get(household=second)
    assert (after.rank, after.points) == (before.rank, before.points)
    told = enter("siao_officer").get(reverse("people:household", args=[second.pk])).content.decode()
    assert "Rien avant mars dans ce quartier." in told


def test_one_holder_at_a_time_then_the_next_at_last_the_landlord(enter, signed):
    _own, turn = turned_over(enter, signed.landlord, 2)
    assert turn.holder == signed.prefect
    url = reverse("allocation:turns", args=[turn.offer_id])
    assert enter("reservation_agent", signed.metropolis).get(url).status_code == 404

    enter("reservation_agent", signed.prefect).post(
        reverse("allocation:hand-back", args=[turn.pk]), {"reason": "nobody"}
    )
    following = Turn.objects.get(offer=turn.offer, state="running")
    assert following.holder == signed.metropolis
    assert enter("reservation_agent", signed.metropolis).get(url).status_code == 200

    enter("reservation_agent", signed.metropolis).post(
        reverse("allocation:hand-back", args=[following.pk]), {"reason": "not_now"}
    )
    assert Turn.objects.get(offer=turn.offer, state="own").holder == signed.landlord


def test_the_year_says_what_each_holder_was_owed_and_given(enter, signed):
    turned_over(enter, signed.landlord, 5)
    agent = enter("social_landlord_agent", signed.landlord)
    written = agent.get(reverse("allocation:export-flow", args=[YEAR, "csv"])).getvalue().decode("utf-8-sig")

    lines = {line.split(";")[1]: line.split(";") for line in written.splitlines()[1:]}
    due_and_offered = {name: (line[6], line[7]) for name, line in lines.items()}
    assert due_and_offered[signed.prefect.name] == ("1.50", "1")
    assert due_and_offered[signed.metropolis.name] == ("1.00", "1")
    assert due_and_offered[signed.landlord.name] == ("", "3")


def test_the_landlord_calls_during_the_lease_and_reads_neither_what_was_said_nor_what_support_became(enter, bodies):
    household = people.household()
    agent = territories.actor("social_landlord_agent", organisation=bodies.landlord)
    candidacy = tenancies.candidacy(household, offer=tenancies.offer(agent=agent))
    housed = street_to_home.house(
        actor=agent, candidacy=candidacy, kind=LeaseKind.DIRECT, signed_on=allocation.today(),
        starts_on=allocation.today(),
    )  # fmt: skip
    calling = reverse("tenancies:call-support", args=[housed.lease.pk])

    landlord = enter("social_landlord_agent", bodies.landlord)
    landlord.post(calling, {"reason": "rent", "words": "Deux mois de loyer en retard.", "household_knows": "on"})
    call = LandlordCall.objects.get()

    team = enter("lead_worker", household.circle.get().organisation)
    assert household.reference in team.get(reverse("portal:day")).content.decode()
    page = reverse("tenancies:call", args=[call.pk])
    assert "Deux mois de loyer en retard." in team.get(page).content.decode()
    team.post(page, {"answer": "Nous passons cette semaine."})
    ended = {"reason": "Ne souhaite plus de visites.", "ended_on": allocation.today().isoformat()}
    team.post(reverse("support:end-measure", args=[household.pk, housed.measure.pk]), ended)
    housed.measure.refresh_from_db()
    assert housed.measure.state == "ended"

    told = enter("social_landlord_agent", bodies.landlord).get(calling).content.decode()
    assert "Nous passons cette semaine." in told
    assert "Ne souhaite plus de visites." not in told
    assert Lease.objects.get().is_in_force
