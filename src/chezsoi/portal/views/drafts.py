"""What `drafts.js` asks: keep what is typed, give it back, remove it. Answers are JSON; a page never shows them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from chezsoi.files import drafts as acts
from chezsoi.files import queries
from chezsoi.territories.access import Request, signed_in

MOST_FIELDS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What a form says of itself and of what is typed in it."""

    account: int
    form_key: str
    writer: UUID
    sequence: int
    title: str
    content: list[list[str]]

    @classmethod
    def read(cls, body: bytes) -> Typed:
        """
        Read what the script sent.

        :raises ValueError: if it is not what the script sends.
        """
        try:
            said = json.loads(body)
            content = [[str(name), str(value)] for name, value in said.get("content", ())]
            typed = cls(
                account=int(said["account"]),
                form_key=_address(str(said["form"])),
                writer=UUID(said["writer"]),
                sequence=int(said.get("sequence", 0)),
                title=str(said.get("title", ""))[:200],
                content=content,
            )
        except (KeyError, TypeError, AttributeError, OverflowError, Resolver404) as unreadable:
            raise ValueError("not a draft") from unreadable
        if len(content) > MOST_FIELDS or not 0 <= typed.sequence < 2**53:
            raise ValueError("not a draft")
        return typed


@signed_in("each account keeps its own drafts")
@never_cache
@require_http_methods(["GET", "POST"])
def drafts(request: Request) -> HttpResponse:
    return _keep(request) if request.method == "POST" else _give(request)


@signed_in("each account removes its own drafts")
@require_POST
def discard(request: Request) -> HttpResponse:
    try:
        typed = Typed.read(request.body)
    except ValueError:
        return JsonResponse({"reason": "unreadable"}, status=400)
    acts.discard(actor=request.actor, form_key=typed.form_key, writer=typed.writer)
    return JsonResponse({"discarded": str(typed.writer)})


def _keep(request: Request) -> HttpResponse:
    try:
        typed = Typed.read(request.body)
    except ValueError:
        return JsonResponse({"reason": "unreadable"}, status=400)
    if typed.account != request.actor.user_id:
        return JsonResponse({"reason": "account"}, status=403)
    now = timezone.now()
    try:
        kept = acts.keep(
            actor=request.actor,
            form_key=typed.form_key,
            title=typed.title,
            writer=typed.writer,
            sequence=typed.sequence,
            content=typed.content,
            now=now,
        )
    except acts.AlreadySent:
        return JsonResponse({"reason": "sent"}, status=410)
    except acts.KeptElsewhere:
        return JsonResponse({"reason": "elsewhere"}, status=409)
    return JsonResponse({"kept": kept})


def _give(request: Request) -> HttpResponse:
    """Give the draft of a form, say which forms were received, and renew the page's token."""
    waiting = queries.drafts(actor=request.actor, now=timezone.now())
    draft = waiting.filter(form_key=request.GET.get("form", "")).first()
    settled = queries.settled(_references(request), actor=request.actor)
    answer: dict[str, Any] = {
        "account": request.actor.user_id,
        "token": get_token(request),
        "settled": [str(reference) for reference in settled],
        "draft": draft and {"writer": str(draft.writer), "sequence": draft.sequence, "content": draft.content},
    }
    return JsonResponse(answer)


def _references(request: Request) -> list[UUID]:
    found = []
    for text in request.GET.getlist("writer")[:50]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _address(form_key: str) -> str:
    """Accept the address of a page of ours, with the place of the form in it."""
    resolve(form_key.partition("#")[0])
    if len(form_key) > 200:
        raise ValueError("too long")
    return form_key
