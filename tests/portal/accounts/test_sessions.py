"""Where my account is open, and closing it there."""

import pytest
from django.test import Client

from chezsoi.territories import actions
from chezsoi.territories.models import Session
from chezsoi.territories.sessions import opened_at
from chezsoi.trail.models import Entry
from tests.factories import territories
from tests.portal.accounts.conftest import PASSWORD


@pytest.fixture
def elsewhere(user):
    def open_one() -> Client:
        other = Client()
        other.post("/sign-in/", {"username": user.email, "password": PASSWORD})
        return other

    return open_one


def handles(client) -> dict[bool, list[str]]:
    found: dict[bool, list[str]] = {True: [], False: []}
    for each in client.get("/account/sessions/").context["sessions"]:
        found[each["is_this"]].append(each["handle"])
    return found


def test_asvs_7_5_2_are_listed_this_one_first_and_never_by_their_key(client, user, come_in, elsewhere):
    come_in(user.email)
    elsewhere()
    territories.user("other@example.org", password=PASSWORD)

    page = client.get("/account/sessions/")

    assert [each["is_this"] for each in page.context["sessions"]] == [True, False]
    assert not any(row.session_key in page.content.decode() for row in Session.objects.all())


def test_one_is_ended_from_another(client, user, come_in, elsewhere):
    come_in(user.email)
    other, third = elsewhere(), elsewhere()
    before = handles(client)[False]

    client.post(f"/account/sessions/{handles(other)[True][0]}/end/")

    assert len(before) == 2
    assert other.get("/day/").status_code == 302
    assert third.get("/day/").status_code == 200
    assert Entry.objects.filter(verb="territories.session.ended", detail='{"sessions":1}').exists()


def test_all_the_others_are_ended_at_once(client, user, come_in, elsewhere):
    come_in(user.email)
    others = [elsewhere(), elsewhere()]

    client.post("/account/sessions/others/end/")

    assert [other.get("/day/").status_code for other in others] == [302, 302]
    assert client.get("/day/").status_code == 200


def test_ending_this_one_is_leaving(client, user, come_in):
    come_in(user.email)

    answer = client.post(f"/account/sessions/{handles(client)[True][0]}/end/")

    assert answer["Clear-Site-Data"]
    assert client.get("/day/").status_code == 302


def test_those_of_somebody_else_do_not_exist(client, user, come_in):
    stranger = Client()
    stranger.force_login(territories.user())
    come_in(user.email)

    assert client.post(f"/account/sessions/{handles(stranger)[True][0]}/end/").status_code == 404
    assert stranger.get("/account/").status_code == 200


def test_asvs_7_4_2_all_end_when_the_account_is_disabled(user, elsewhere):
    open_now = [elsewhere(), elsewhere()]

    actions.disable_account(actor=territories.program(), user=user, reason="left")

    assert not Session.objects.filter(account_id=user.pk).exists()
    assert [each.get("/day/").status_code for each in open_now] == [302, 302]


def test_one_that_never_said_when_it_opened_is_too_old():
    assert opened_at({}).year == 1


def test_a_visitors_is_nobodys(client):
    session = client.session
    session["x"] = 1
    session.save()

    row = Session.objects.get()
    assert (row.account_id, row.opened_at) == (None, None)
    assert str(row) == "session of None"
