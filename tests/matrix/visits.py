"""Ask every address as one actor, leave nothing behind, and note what was told."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdf
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from chezsoi.territories.sessions import OPENED_AT
from tests.matrix.addresses import ADDRESSES
from tests.matrix.canaries import squeezed
from tests.matrix.proposal import ABSENT, METHOD, OPEN, REFUSED, SIGN_IN, Key, rows
from tests.matrix.world import Secret, World

BY_STATUS = {403: REFUSED, 404: ABSENT, 405: METHOD}
FAILURE = 500
SHOWN_REFUSALS = "lead_worker"
Sighting = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an actor was told: the outcome, the status, and the secrets read there (kind of file, category, word)."""

    outcome: str
    status: int
    seen: tuple[Sighting, ...]


def ask_everything(world: World, actor: str) -> dict[Key, Answer]:
    """Ask every row of the matrix as one actor; one of them is shown the pages of refusals too."""
    with override_settings(ROOT_URLCONF="chezsoi.config.urls" if actor == SHOWN_REFUSALS else "tests.matrix.urlconf"):
        return _ask_everything(world, actor)


def _ask_everything(world: World, actor: str) -> dict[Key, Answer]:
    client = _signed_in(world, actor)
    answers = {}
    for key in rows():
        if ADDRESSES[key[0]].leaves or key[0] == "portal:sign-in":
            answers[key] = _ask(_signed_in(world, actor), world, actor, key)
        else:
            answers[key] = _ask(client, world, actor, key)
    return answers


def address_of(world: World, actor: str, key: Key) -> str:
    """Give the address of a row as an actor would write it; one's own role is one's own."""
    name, _method, kind = key
    things = world.things["own" if kind == "none" else kind]
    user = world.users[actor]
    if things.get("assignment", "") is None and user is not None:
        things = {**things, "assignment": user.roles.get()}
    elif things.get("assignment", "") is None:
        things = {**things, "assignment": world.things["other"]["assignment"]}
    return reverse(name, kwargs=ADDRESSES[name].arguments(things))


def _signed_in(world: World, actor: str) -> Client:
    client = Client()
    user = world.users[actor]
    if user is not None:
        client.force_login(user)
        session = client.session
        session[OPENED_AT] = timezone.now().isoformat()
        session.save()
    return client


def _ask(client: Client, world: World, actor: str, key: Key) -> Answer:
    address = address_of(world, actor, key)
    try:
        with transaction.atomic():
            response = client.post(address, {}) if key[1] == "POST" else client.get(address)
            told = _told(response) if key[1] == "GET" else ""
            transaction.set_rollback(True)
    except Exception as broken:
        return Answer(outcome=f"broken ({type(broken).__name__}: {str(broken)[:120]})", status=FAILURE, seen=())
    return Answer(
        outcome=_outcome(response),
        status=response.status_code,
        seen=tuple(_sightings(told, world.secrets)),
    )


def _outcome(response: HttpResponse) -> str:
    status = response.status_code
    if status >= FAILURE:
        return f"broken ({status})"
    if response.get("Location", "").startswith(reverse("portal:sign-in")):
        return SIGN_IN
    return BY_STATUS.get(status, OPEN)


def _told(response: Any) -> str:
    """Give the headers and the body, without spaces; a PDF's as a reader sees it."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if response.get("Content-Type", "") == "application/pdf":
        body = _read_pdf(body)
    headers = " ".join(f"{name}{value}" for name, value in response.items())
    return squeezed(headers + body.decode("utf-8", errors="replace"))


def _read_pdf(body: bytes) -> bytes:
    """Give the words of a PDF; one attached, too bare for a reader, is looked at as it is."""
    try:
        return "".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(body)).pages).encode()
    except pypdf.errors.PdfReadError:
        return body


def _sightings(told: str, secrets: tuple[Secret, ...]) -> Iterator[Sighting]:
    for secret in secrets:
        for category, words in secret.words.items():
            yield from ((secret.kind, category, word) for word in words if word in told)
