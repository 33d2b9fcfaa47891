import json
from uuid import uuid4

import pytest
from django.urls import reverse

from chezsoi.files.models import Draft
from chezsoi.people.models import Household
from tests.factories import territories

DRAFTS, DISCARD, NEW = reverse("portal:drafts"), reverse("portal:discard-draft"), reverse("people:new")


@pytest.fixture
def outreach():
    return territories.actor("outreach_worker")


@pytest.fixture
def inside(client, outreach):
    client.force_login(territories.account_of(outreach))
    return client


def said(actor, reference, **more) -> str:
    return json.dumps(
        {"account": str(actor.user_id), "form": NEW, "writer": str(reference), "sequence": 1,
         "title": "A first meeting", "content": [["given_names", "Nadia"]], **more}
    )  # fmt: skip


def post(client, body: str, url: str = DRAFTS):
    return client.post(url, body, content_type="application/json")


def test_a_draft_is_kept_given_back_and_removed(inside, outreach):
    writer = uuid4()

    assert post(inside, said(outreach, writer)).json() == {"kept": 1}
    given = inside.get(DRAFTS, {"form": NEW}).json()
    assert given["draft"] == {"writer": str(writer), "sequence": 1, "content": [["given_names", "Nadia"]]}
    assert given["account"] == outreach.user_id
    assert post(inside, said(outreach, writer), DISCARD).json() == {"discarded": str(writer)}
    left = inside.get(DRAFTS, {"form": NEW, "writer": [str(writer), "rubbish"]}).json()
    assert (left["draft"], left["settled"]) == (None, [str(writer)])
    assert post(inside, said(outreach, writer)).status_code == 410


def test_another_tab_and_another_account_are_told_apart(inside, outreach):
    post(inside, said(outreach, uuid4()))

    assert post(inside, said(outreach, uuid4())).status_code == 409
    inside.force_login(territories.account_of(territories.actor("siao_officer")))
    assert post(inside, said(outreach, uuid4())).json() == {"reason": "account"}
    assert inside.get(DRAFTS, {"form": NEW}).json()["draft"] is None


@pytest.mark.parametrize(
    "broken",
    [
        {"writer": "x"}, {"account": None}, {"form": "https://elsewhere.example/"}, {"form": "/nowhere/at/all/"},
        {"content": [["a"]]}, {"content": 3}, {"content": [["a", "b"]] * 501}, {"sequence": -1}, {"sequence": "x"},
        {"form": f"{NEW}#{'x' * 200}"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("url", [DRAFTS, DISCARD])
def test_what_is_no_draft_is_refused(inside, outreach, broken, url):
    assert post(inside, said(outreach, uuid4(), **broken), url).status_code == 400
    assert post(inside, "[]", url).status_code == 400
    assert post(inside, "{", url).status_code == 400


def test_a_form_sent_twice_opens_one_file_and_takes_its_draft_away(inside, outreach):
    writer = uuid4()
    post(inside, said(outreach, writer))
    typed = {"given_names": "Nadia", "birth_year": "1979", "submission": str(writer)}

    first, second = inside.post(NEW, typed), inside.post(NEW, typed)

    assert first["Location"] == second["Location"]
    assert Household.objects.count() == 1
    assert not Draft.objects.exists()


def test_a_form_that_comes_back_is_still_the_same_form(inside):
    writer = uuid4()

    page = inside.post(NEW, {"birth_year": "2999", "submission": str(writer)})

    assert page.status_code == 422
    assert f'name="submission" value="{writer}"' in page.content.decode()


def test_my_day_lists_what_was_left_unsent(inside, outreach):
    post(inside, said(outreach, uuid4()))

    page = inside.get(reverse("portal:day")).content.decode()

    assert "A first meeting" in page
    assert f'href="{NEW}"' in page
