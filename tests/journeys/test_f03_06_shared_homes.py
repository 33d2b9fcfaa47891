"""
F03-06, Strasbourg, *Projet îlot*: people breaking with hostels live with others if they wish.

The report counts twelve persons since 2018: three flats of four rooms here. Each is proposed a room, answers and
signs alone, and may ask for a home of its own at any time.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from chezsoi.allocation import actions
from chezsoi.allocation.choices import CandidacyState, CommissionKind, Sharing
from chezsoi.allocation.models import Candidacy, JointAnswer, JointRound
from chezsoi.homes.models import Dwelling
from chezsoi.journeys import snapshots
from chezsoi.tenancies.models import Lease
from chezsoi.trail.models import Entry
from tests import htmx
from tests.factories import allocation, homes, territories

pytestmark = pytest.mark.slow

TODAY = timezone.localdate()
STRASBOURG = "67482"
ROOMS, FLATS = 4, 3


@pytest.fixture
def place(db):
    return territories.territory("strasbourg")


@pytest.fixture
def manager(place):
    return territories.actor("rental_manager", territory=place)


@pytest.fixture
def officer(place):
    return territories.actor("siao_officer", territory=place)


@pytest.fixture
def persons(place):
    """Fourteen persons alone, met in hostels they left, in the published order."""
    return allocation.households(ROOMS * FLATS + 2, territory=place, communes=(STRASBOURG,))


@pytest.fixture
def as_(client):
    def sign_in(actor):
        client.force_login(territories.account_of(actor))
        return client

    return sign_in


def read(response):
    assert response.status_code == 200
    return htmx.parse(response).get_text(" ", strip=True)


def test_twelve_persons_live_in_three_shared_flats_each_by_their_own_word(as_, place, manager, officer, persons):
    owner = homes.owner(territories.organisation_of(manager), territory=place)
    flats = [let_by_the_page(as_(manager), owner, f"IL-{number}") for number in range(1, FLATS + 1)]
    sharing, alone, late = persons[:-2], persons[-2], persons[-1]
    for person in (*sharing, late):
        say(as_(officer), person, Sharing.ALSO)
    keep_apart(as_(officer), sharing[1], sharing[0])

    drawn = draw_by_the_page(as_(officer), place, [room for flat in flats for room in flat])
    roofs = roof_of(drawn)
    shown = read(as_(officer).get(reverse("allocation:joint", args=[drawn.pk])))
    assert set(roofs) == {each.pk for each in sharing}
    assert roofs[sharing[0].pk] != roofs[sharing[1].pk]
    assert "Qui vivrait ensemble" in shown
    assert "avec 3 autres ménages" in why(as_(officer), drawn, sharing[0])
    assert JointAnswer.objects.get(joint=drawn, household=alone).possible == 0

    letters = decide(drawn, place)
    says_no, others = sharing[2], [each for each in sharing if each != sharing[2]]
    before = in_order(place)
    answer_by_the_page(as_(officer), letters[says_no.pk], "no")
    for each in others:
        answer_by_the_page(as_(officer), letters[each.pk], "yes")
    assert Candidacy.objects.filter(state=CandidacyState.ACCEPTED).count() == len(others)

    share_out_again(as_(officer), place, drawn, says_no, late)
    for candidacy in Candidacy.objects.filter(state=CandidacyState.ACCEPTED).order_by("pk"):
        sign_by_the_page(as_(manager), candidacy)
    check_leases(as_(manager))

    say(as_(officer), says_no, Sharing.OWN)
    assert in_order(place) == [ref for ref in before if ref in {says_no.reference, alone.reference}]
    again = draw_by_the_page(as_(officer), place, [home_of_one_s_own(place), home_of_one_s_own(place)])
    assert JointAnswer.objects.get(joint=again, household=says_no).place == 1
    assert JointAnswer.objects.get(joint=again, household=says_no).proposed is not None


def share_out_again(client, place, drawn, says_no, late):
    """End the search of the room that one said no to; share it out again: whoever came too late says yes."""
    freed = Candidacy.objects.get(household=says_no, round__joint=drawn, state=CandidacyState.REFUSED)
    client.post(reverse("allocation:cancel", args=[freed.round_id]), {"reason": "un non"})
    letters = decide(draw_by_the_page(client, place, [freed.offer]), place)
    answer_by_the_page(client, letters[late.pk], "yes")


def check_leases(client):
    leases = Lease.objects.filter(dwelling__shared_home__isnull=False, ended_on=None, voided_at=None)
    assert [leases.filter(dwelling__shared_home__reference=f"IL-{each}").count() for each in (1, 2, 3)] == [4, 4, 4]
    assert sum(lease.household.members.count() for lease in leases) == 12
    assert not leases.filter(has_joint_liability=True).exists()
    lease_page = read(client.get(reverse("tenancies:lease", args=[leases.earliest("pk").pk])))
    assert "chaque ménage répond de son propre loyer" in lease_page


def test_the_page_of_a_shared_home_says_what_is_wrong_and_writes_nothing(as_, place, manager):
    client = as_(manager)
    owner = homes.owner(territories.organisation_of(manager), territory=place)
    flat = Dwelling.objects.get(pk=new_home(client, owner, "IL-9"))
    url = reverse("homes:rooms", args=[flat.pk])

    one = client.post(url, rooms_of(1))
    unread = client.post(url, {**rooms_of(2), "form-0-surface_m2": "dix"})

    assert (one.status_code, unread.status_code) == (422, 422)
    assert htmx.parse(one).select_one(".cz-errors")
    assert not flat.let_rooms.exists()
    client.post(url, rooms_of(2))
    assert client.post(url, rooms_of(2)).status_code == 422
    whole = flat.offers.get()
    client.post(reverse("homes:reopen", args=[whole.pk]))
    whole.refresh_from_db()
    assert not whole.is_expecting


def test_the_page_of_company_says_what_is_wrong_and_who_may_not_read_it_does_not(as_, place, officer):
    person, other = allocation.households(2, territory=place)
    client = as_(officer)
    url = reverse("allocation:company", args=[person.pk])
    for number in ("none", person.reference, ""):
        client.post(url, {"file_number": number, "kind": "without"})
    assert person.company_wishes.count() == 0
    client.post(url, {"file_number": other.reference, "kind": "without"})
    withdraw = reverse("allocation:withdraw-company", args=[person.pk, person.company_wishes.get().pk])

    assert other.reference in read(client.get(reverse("allocation:sharing", args=[person.pk])))
    assert Entry.objects.filter(verb="allocation.company.read", object_id=str(person.pk)).exists()
    assert person.reference not in read(client.get(reverse("allocation:sharing", args=[other.pk]))).replace(
        other.reference, ""
    )
    assert client.post(reverse("allocation:sharing", args=[person.pk]), {"wish": "also"}).status_code == 422
    for _twice in range(2):
        assert client.post(withdraw).status_code == 302
    assert person.company_wishes.get().withdrawn_on == TODAY


def new_home(client, owner, reference):
    terms = {"tenure": "sublease", "funding": "unknown", "reservation_holder": ""}
    facts = {
        "territory": owner.territory_id, "owner": owner.pk, "reference": reference, "stock": "private",
        "commune": STRASBOURG, "rooms": ROOMS + 1,
        "address": "9 rue de la Course", "surface_m2": 90, "energy_class": "C",
    }  # fmt: skip
    sent = client.post(reverse("homes:new"), {**facts, **terms})
    return int(sent.url.rstrip("/").rsplit("/", 1)[1])


def rooms_of(number):
    """Fill in the page of rooms, those past a number left blank."""
    typed = {"tenure": "sublease", "funding": "unknown", "reservation_holder": "", "available_on": f"{TODAY:%Y-%m-%d}"}
    typed |= {"form-TOTAL_FORMS": "6", "form-INITIAL_FORMS": "0"}
    for room in range(number):
        typed |= {
            f"form-{room}-surface_m2": "11",
            f"form-{room}-rent_per_month": "250",
            f"form-{room}-charges_per_month": "50",
        }
    return typed


def let_by_the_page(client, owner, reference):
    flat = Dwelling.objects.get(pk=new_home(client, owner, reference))
    assert reverse("homes:rooms", args=[flat.pk]) in client.get(reverse("homes:home", args=[flat.pk])).content.decode()
    client.post(reverse("homes:rooms", args=[flat.pk]), rooms_of(ROOMS))
    assert read(client.get(reverse("homes:home", args=[flat.pk]))).count(f"{reference}/") >= ROOMS
    return [room.offers.get() for room in flat.let_rooms.order_by("pk")]


def say(client, person, wish):
    sent = client.post(reverse("allocation:sharing", args=[person.pk]), {"wish": wish, "is_their_wish": "on"})
    assert sent.status_code == 302


def keep_apart(client, person, other):
    client.post(reverse("allocation:company", args=[person.pk]), {"file_number": other.reference, "kind": "without"})
    assert person.company_wishes.get().other == other


def draw_by_the_page(client, place, offers):
    opening = f"{reverse('journeys:open-joint-round')}?territory={place.key}"
    sent = client.post(opening, {"homes": [offer.pk for offer in offers], "grid": allocation.grid().pk})
    joint = JointRound.objects.latest("pk")
    assert sent.url == reverse("allocation:joint", args=[joint.pk])
    JointRound.objects.filter(pk=joint.pk).update(frozen_at=timezone.now() - timedelta(hours=2))
    at = timezone.localtime() - timedelta(hours=1)
    number = {"value": "7 12 23", "source": "loto", "day": f"{at:%Y-%m-%d}", "time": f"{at:%H:%M}"}
    client.post(reverse("allocation:draw-joint", args=[joint.pk]), number)
    return joint


def roof_of(joint):
    rows = JointAnswer.objects.filter(joint=joint).exclude(proposed=None).select_related("proposed__offer__dwelling")
    return {row.household_id: row.proposed.offer.dwelling.shared_home_id for row in rows}


def why(client, joint, person):
    page = client.get(reverse("allocation:joint", args=[joint.pk]) + f"?file={person.reference}")
    told = htmx.parse(page).select_one("#why-not .cz-why p:last-child").get_text(" ", strip=True)
    assert len(told.split()) <= 40
    return told


def decide(joint, place):
    """Let a local commission follow the published order on every room, and send the letters."""
    commission = allocation.commission(CommissionKind.LOCAL, territory=place)
    sitting = allocation.sitting(commission)
    items = [allocation.item(round_, at=sitting) for round_ in joint.rounds.order_by("pk")]
    program = territories.program(place)
    for item in items:
        for candidacy in allocation.candidates(item):
            verdict = allocation.ranked(candidacy.rank)
            actions.decide(actor=program, item=item, candidacy=candidacy, verdict=verdict, on=TODAY)
    actions.close_sitting(actor=program, sitting=sitting)
    letters = [allocation.letter(item) for item in items]
    return {letter.decision.candidacy.household_id: letter for letter in letters}


def answer_by_the_page(client, letter, word):
    typed = {"answer": word, "answered_on": f"{TODAY:%Y-%m-%d}", "words": ""}
    assert client.post(reverse("allocation:answer", args=[letter.pk]), typed).status_code == 302


def sign_by_the_page(client, candidacy):
    url = reverse("journeys:sign-lease", args=[candidacy.pk])
    assert htmx.parse(client.get(url)).select_one("[name=has_joint_liability]:not([checked])")
    day = f"{TODAY:%Y-%m-%d}"
    assert client.post(url, {"kind": "sublease", "signed_on": day, "starts_on": day}).status_code == 302


def in_order(place):
    return [row.ref for row in snapshots.waiting(place, on=TODAY, actor=territories.program(place))]


def home_of_one_s_own(place):
    return homes.offer(homes.dwelling(territory=place, commune=homes.commune(STRASBOURG), rooms=1))
