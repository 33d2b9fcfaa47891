"""Say that the database is busy, when SQLite's one writer is at a long load; nothing was saved, nothing was lost."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

LOCKED = "database is locked"
TRY_AGAIN_AFTER_SECONDS = 30


class BusyDatabaseMiddleware:
    """Answer 503, and when to try again, to what waited in vain for its turn to write."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not (isinstance(exception, OperationalError) and LOCKED in str(exception)):
            return None
        answer = render(request, "portal/errors/busy.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
        answer["Retry-After"] = str(TRY_AGAIN_AFTER_SECONDS)
        return answer
