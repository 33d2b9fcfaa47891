"""Every page of the chain, as the role that opens it sees it, in what it looks like."""

import logging

import pytest
from django.db import transaction
from django.test import Client

from chezsoi.portal import demonstration
from chezsoi.territories.models import User
from tests.browser.eyes import LOOKS
from tests.browser.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Who walks, and how many pages they reach at least: a walk that stops at the door finds no fault.
CHAIN = {
    "": 15,
    "Inès Morel": 40,
    "Karim Lefort": 50,
    "Claire Weber": 30,
    "Hugo Thill": 25,
    "Agathe Noirot": 25,
    "Paul Kremer": 15,
    "Sophie Hoffmann": 50,
    "Rémi Colas": 15,
    "Farida Benali": 15,
    "Lucie Antoine": 12,
}


@pytest.fixture(scope="module")
def demonstrated(django_db_setup, django_db_blocker):
    """Build the demonstration once for the roles that only read it, and take it back."""
    with django_db_blocker.unblock(), transaction.atomic():
        demonstration.build()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def eyed(browser):
    """Give a page of the browser, for a walk that remembers what it saw as the roles before."""
    context = browser.new_context(locale="fr-FR", reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def walk(eyed):
    return Walk(eyed)


@pytest.fixture
def quietly():
    """Keep out of the log the forms that are sent empty."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize(("name", "fewest"), CHAIN.items())
@pytest.mark.usefixtures("demonstrated", "db", "quietly")
def test_every_page_is_sound(walk, name, fewest):
    faults = list(walk.everywhere(*entered(name)))

    assert not faults, "\n".join(faults)
    assert walk.opened >= fewest


@pytest.mark.drill
@pytest.mark.usefixtures("demonstrated", "db", "quietly")
def test_every_page_that_looks_like_no_other_is_sound_in_every_look(eyed, record_result):
    walk, faults, opened = Walk(eyed, is_thorough=True), [], 0
    for name in CHAIN:
        faults += [f"{name}: {fault}" for fault in walk.everywhere(*entered(name))]
        opened += walk.opened

    assert not faults, "\n".join(faults)
    assert opened >= sum(CHAIN.values())
    record_result(
        "walk", roles=len(CHAIN), pages=opened, structures=walk.eyes.looked, looks=len(LOOKS), faults=len(faults)
    )


def entered(name: str) -> tuple[Client, str]:
    """Give somebody who came in, and the page where they start."""
    client = Client()
    if name:
        client.force_login(User.objects.get(full_name=name))
    return client, "/day/" if name else "/"
