"""When another work holds the one pen of SQLite."""

from http import HTTPStatus

import pytest
from django.db import OperationalError
from django.urls import reverse

from chezsoi.portal.views import catalogue

pytestmark = pytest.mark.django_db


def refuse(reason):
    def refused(*_args, **_kwargs):
        raise OperationalError(reason)

    return refused


def test_says_that_nothing_was_saved_and_when_to_try_again(client, monkeypatch):
    monkeypatch.setattr(catalogue, "actions", refuse("database is locked"))

    answer = client.get(reverse("portal:catalogue"), headers={"accept-language": "en"})

    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert answer["Retry-After"] == "30"
    assert "was not saved" in answer.content.decode()


def test_leaves_every_other_failure_to_be_seen(client, monkeypatch):
    monkeypatch.setattr(catalogue, "actions", refuse("disk I/O error"))

    with pytest.raises(OperationalError, match="disk"):
        client.get(reverse("portal:catalogue"))
