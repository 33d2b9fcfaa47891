"""The house of the matrix, entered by one role: every address it opens, asked without leaving a trace."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client
from django.utils import timezone

from chezsoi.territories.sessions import OPENED_AT
from tests.matrix import visits
from tests.matrix.addresses import ADDRESSES
from tests.matrix.proposal import OPEN
from tests.matrix.table import read
from tests.matrix.world import World
from tests.security.forms import Form, forms, parameters

ENDS_THE_VISIT = ("/sign-out/", "/account/roles/", "/account/sessions/", "/account/password/")


@dataclass
class Visit:
    """One role at work in the house."""

    world: World
    role: str

    @cached_property
    def client(self) -> Client:
        client = Client(raise_request_exception=False)
        user = self.world.users[self.role]
        if user is not None and not isinstance(user, AnonymousUser):
            client.force_login(user)
            session = client.session
            session[OPENED_AT] = timezone.now().isoformat()
            session.save()
        return client

    def ask(self, address: str, fields: Mapping[str, Any] | None = None, method: str = "GET", **headers: str) -> Any:
        """Ask, and take back whatever it changed."""
        with transaction.atomic():
            send = self.client.get if method == "GET" else self.client.post
            response = send(address, dict(fields or {}), headers=headers)
            if response.streaming:
                response.whole = b"".join(response.streaming_content)
            transaction.set_rollback(True)
        return response

    @cached_property
    def addresses(self) -> dict[str, str]:
        """Give every address that opens to this role for what is its own, by the name of its row."""
        return {
            f"{key[0]} {key[1]} {key[2]}": visits.address_of(self.world, self.role, key)
            for key, cells in read().items()
            if cells[self.role] == OPEN and key[2] in {"none", "own"} and not ADDRESSES[key[0]].leaves
        }

    @cached_property
    def pages(self) -> dict[str, Any]:
        """Give the answer at every address that may be read."""
        readable = {address for name, address in self.addresses.items() if " GET " in name}
        return {address: self.ask(address) for address in sorted(readable)}

    @cached_property
    def forms(self) -> list[Form]:
        """Give each form of those pages once, and each link with parameters, by where it goes and what it asks."""
        found = {}
        for address, response in self.pages.items():
            if is_html(response):
                html = response.content.decode()
                for form in (*forms(html, address), *parameters(html, address)):
                    if form.method in {"GET", "POST"} and not form.action.startswith(ENDS_THE_VISIT):
                        found.setdefault((form.action, form.method, frozenset(form.fields)), form)
        return list(found.values())


def is_html(response: Any) -> bool:
    return not response.streaming and response.get("Content-Type", "").startswith("text/html")


def body(response: Any) -> str:
    whole: bytes = getattr(response, "whole", b"") if response.streaming else response.content
    return whole.decode("utf-8", errors="replace")
