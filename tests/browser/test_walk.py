"""Every page of the chain, as the role that opens it sees it, in what it looks like."""

import logging

import pytest
from django.db import transaction
from django.test import Client

from chezsoi.portal import demonstration
from chezsoi.territories.models import User
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
}


@pytest.fixture(scope="module")
def demonstrated(django_db_setup, django_db_blocker):
    """Build the demonstration once for the roles that only read it, and take it back."""
    with django_db_blocker.unblock(), transaction.atomic():
        demonstration.build()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def walk(browser):
    """Give a walk that remembers what it saw as the roles before: a page that looks the same is not looked at again."""
    context = browser.new_context(locale="fr-FR", reduced_motion="reduce")
    yield Walk(context.new_page())
    context.close()


@pytest.fixture
def quietly():
    """Keep out of the log the forms that are sent empty."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize(("name", "fewest"), CHAIN.items())
@pytest.mark.usefixtures("demonstrated", "db", "quietly")
def test_every_page_is_sound(walk, name, fewest):
    client = Client()
    if name:
        client.force_login(User.objects.get(full_name=name))

    faults = list(walk.everywhere(client, "/day/" if name else "/"))

    assert not faults, "\n".join(faults)
    assert walk.opened >= fewest
