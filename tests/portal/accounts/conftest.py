import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value
from allauth.mfa.utils import decrypt
from django.core import mail
from django_tasks_db.models import DBTaskResult

from chezsoi.portal import tasks
from tests.factories import territories

PASSWORD = "une phrase de passe assez longue"
BY_PATH = {
    "chezsoi.portal.tasks.send_reset": tasks.send_reset,
    "chezsoi.portal.tasks.send_invitation": tasks.send_invitation,
}


@pytest.fixture
def user():
    made = territories.user("claire@example.org", "Claire Weber", password=PASSWORD)
    territories.assignment("siao_officer", user=made)
    return made


@pytest.fixture
def come_in(client):
    def with_password(email: str, password: str = PASSWORD, **more):
        return client.post("/sign-in/", {"username": email, "password": password, **more})

    return with_password


@pytest.fixture
def deliver():
    """Do what waits in the queue, and give the links of the mails it sent."""

    def run() -> list[str]:
        mail.outbox.clear()
        for waiting in DBTaskResult.objects.order_by("enqueued_at"):
            BY_PATH[waiting.task_path].call(*waiting.args_kwargs["args"])
            waiting.delete()
        return [re.search(r"https?://[^/]+(/\S+)", sent.body.split("\n\n")[1])[1] for sent in mail.outbox]

    return run


@pytest.fixture
def code_of():
    """Give the code that the application of an account shows now."""

    def shown(user) -> str:
        kept = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
        return f"{hotp_value(decrypt(kept.data['secret']), int(time.time()) // 30):06d}"

    return shown
