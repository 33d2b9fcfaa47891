"""A home let room by room: never whole and by its rooms at once, and nothing is lost on the way."""

import pytest

from chezsoi.homes import actions, queries
from chezsoi.homes.choices import OfferState
from chezsoi.homes.models import Dwelling, Offer
from tests.factories import homes, territories

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole():
    return homes.dwelling(address="3 rue du Pont", energy_class="C")


def let(whole, number=2):
    return homes.let_by_rooms(whole, number)


def test_a_room_takes_all_of_the_home_but_its_surface_and_its_cost(whole):
    one, two = let(whole)

    assert [each.dwelling.reference for each in (one, two)] == [f"{whole.reference}/1", f"{whole.reference}/2"]
    assert (one.dwelling.shared_home, one.dwelling.rooms) == (whole, 1)
    assert (one.dwelling.address, one.dwelling.energy_class) == ("3 rue du Pont", "C")


def test_a_home_on_offer_whole_is_taken_off_offer_first(whole):
    before = homes.offer(whole)

    let(whole)

    before.refresh_from_db()
    assert before.state == OfferState.WITHDRAWN


@pytest.mark.parametrize(
    ("prepare", "number", "refused"),
    [
        (lambda whole: None, 1, actions.TooFewRooms),
        (let, 2, actions.AlreadyByRooms),
        (lambda whole: state(homes.offer(whole), OfferState.LET), 2, actions.HomeLivedIn),
        (lambda whole: rename(homes.dwelling(), f"{whole.reference}/2"), 2, actions.ReferenceAlreadyUsed),
    ],
)
def test_is_refused_as_a_whole(whole, prepare, number, refused):
    prepare(whole)
    before = Dwelling.objects.count()

    with pytest.raises(refused):
        let(whole, number)

    assert Dwelling.objects.count() == before


def test_a_home_is_offered_whole_again_once_no_room_is(whole):
    first, second = let(whole)
    with pytest.raises(actions.HomeLetByRooms):
        homes.offer(whole)
    for each in (first, second):
        actions.withdraw_offer(actor=territories.program(), offer=each, reason="works")

    again = homes.offer(whole)

    assert again.is_expecting
    with pytest.raises(actions.HomeLetWhole):
        actions.reopen_offer(actor=territories.program(), offer=first, on=homes.TODAY)


def test_the_address_of_a_room_is_told_no_more_once_somebody_lives_under_that_roof(whole):
    first, second = let(whole)
    officer = territories.actor("siao_officer")
    assert queries.dwelling(second.dwelling_id, actor=officer).known_address == "3 rue du Pont"

    state(first, OfferState.LET)

    for pk in (first.dwelling_id, second.dwelling_id, whole.pk):
        assert queries.dwelling(pk, actor=officer).known_address is None


def rename(dwelling, reference):
    Dwelling.objects.filter(pk=dwelling.pk).update(reference=reference)


def state(offer, wanted):
    Offer.objects.filter(pk=offer.pk).update(state=wanted)
