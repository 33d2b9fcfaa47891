"""Ask every address as one actor, leave nothing behind, and note what was told."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from chezsoi.territories.sessions import OPENED_AT
from tests.matrix import hearing, urlconf
from tests.matrix.addresses import ADDRESSES
from tests.matrix.hearing import Sighting
from tests.matrix.known import worked_out_once
from tests.matrix.proposal import ABSENT, METHOD, OPEN, REFUSED, SIGN_IN, Key, rows
from tests.matrix.world import World

BY_STATUS = {403: REFUSED, 404: ABSENT, 405: METHOD}
OK, FAILURE = 200, 500
# What would find every file and every home of the world, had the one who asks the right to them.
SEARCHED = ("Zornak", "Gwenhild", "061234", "quai")
# What acts on whatever is chosen is asked about every file of the world, together and one by one.
TOGETHER = {"people:export-chosen", "people:hand-over", "people:meeting"}
SHOWN_REFUSALS = "lead_worker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """
    What an actor was told: the outcome, the status, and the secrets read there (kind of file, category, word).

    What was let out was read where nobody should: in a mail, in the log.
    """

    outcome: str
    status: int
    seen: tuple[Sighting, ...]
    let_out: tuple[tuple[str, Sighting], ...] = ()


def ask_everything(world: World, actor: str) -> dict[Key, Answer]:
    """Ask every row of the matrix as one actor, each on its own."""
    with override_settings(ROOT_URLCONF="tests.matrix.urlconf"):
        return _ask_all(world, actor, rows(), {urlconf.SHOWN: "yes"})


def ask_some(world: World, actor: str, keys: Iterable[Key]) -> dict[Key, Answer]:
    """
    Ask a sample of the rows as one actor.

    What each request would work out again is worked out once, and one actor alone is shown the pages of refusals.
    """
    shown = {urlconf.SHOWN: "yes"} if actor == SHOWN_REFUSALS else {}
    with override_settings(ROOT_URLCONF="tests.matrix.urlconf"), worked_out_once():
        return _ask_all(world, actor, keys, shown)


def _ask_all(world: World, actor: str, keys: Iterable[Key], shown: dict[str, str]) -> dict[Key, Answer]:
    client = _signed_in(world, actor, **shown)
    answers: dict[Key, Answer] = {}
    for key in keys:
        is_last = ADDRESSES[key[0]].leaves or key[0] == "portal:sign-in"
        answers[key] = _ask(_signed_in(world, actor, **shown) if is_last else client, world, actor, key)
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


def _signed_in(world: World, actor: str, **more: str) -> Client:
    client = Client(**more)
    user = world.users[actor]
    if user is not None:
        client.force_login(user)
        session = client.session
        session[OPENED_AT] = timezone.now().isoformat()
        session.save()
    return client


def _ask(client: Client, world: World, actor: str, key: Key) -> Answer:
    address = address_of(world, actor, key)
    with hearing.overheard() as log:
        try:
            with transaction.atomic():
                response = client.post(address, {}) if key[1] == "POST" else client.get(address)
                told = hearing.told(response) + _parts(client, response, world)
                transaction.set_rollback(True)
        except Exception as broken:
            return Answer(outcome=f"broken ({type(broken).__name__}: {str(broken)[:120]})", status=FAILURE, seen=())
        elsewhere = {"a mail": hearing.mailed(), "the log": log.said()}
    return Answer(
        outcome=_outcome(response),
        status=response.status_code,
        seen=tuple(hearing.sightings(told, world.secrets)),
        let_out=tuple(
            (where, each) for where, said in elsewhere.items() for each in hearing.sightings(said, world.secrets)
        ),
    )


def _parts(client: Client, response: Any, world: World) -> str:
    """Give what the same address answers to htmx, to every name anybody would ask for, to every file of the world."""
    request = response.wsgi_request
    if request.method != "GET" or response.status_code != OK:
        return ""
    asked = []
    if "HX-Request" in response.get("Vary", ""):
        asked.append(client.get(request.path, headers={"HX-Request": "true"}))
    if request.resolver_match.view_name == "portal:search":
        asked += [client.get(request.path, {"q": words}) for words in SEARCHED]
    if request.resolver_match.view_name in TOGETHER:
        every = sorted({each["household"].pk for each in world.things.values() if "household" in each})
        asked.append(client.get(request.path, {"chosen": every}))
        asked += [client.get(request.path, {"chosen": pk}) for pk in every]
    return "".join(hearing.told(part) for part in asked)


def _outcome(response: HttpResponse) -> str:
    status = response.status_code
    if status >= FAILURE:
        return f"broken ({status})"
    if response.get("Location", "").startswith(reverse("portal:sign-in")):
        return SIGN_IN
    return BY_STATUS.get(status, OPEN)
