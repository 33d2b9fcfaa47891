"""What people read when something does not go as it should: what happened, whether anything was lost, what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "portal/errors/bad_request.html", status=400)


def session_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "portal/errors/session_expired.html", status=403)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "portal/errors/not_allowed.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "portal/errors/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/errors/broken.html", status=500)
