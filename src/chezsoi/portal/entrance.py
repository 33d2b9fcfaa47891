"""The door itself: what a browser is, what waits between two factors, and how a session opens."""

from __future__ import annotations

import hashlib
import time
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from chezsoi.territories import actions, queries
from chezsoi.territories.access import Operator, Request, operator
from chezsoi.territories.models import Session, User
from chezsoi.territories.sessions import DEVICE, FACTOR, OPENED_AT, PROVIDER, SHARED, opened_at

BACKEND = "django.contrib.auth.backends.ModelBackend"
WAITING = "entrance"
WAITS_SECONDS = 600
FRESH_SECONDS = 1800
ENTRANCE = operator(Operator.ENTRANCE, label="entrance")
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
           ("Mac OS X", "Mac"), ("Linux", "Linux"))  # fmt: skip


def come_in(
    request: Request, user: User, *, by: str, is_shared: bool = False, wanted: str = "", id_token: str = ""
) -> HttpResponse:
    """Let an account in whose first factor was right; one that has a second factor is asked for it first."""
    if not queries.has_second_factor(user, actor=ENTRANCE):
        return _open(request, user, by=by, is_shared=is_shared, wanted=wanted, id_token=id_token)
    request.session.cycle_key()
    request.session[WAITING] = {
        "user": user.pk, "at": time.time(), "by": by, "is_shared": is_shared, "wanted": wanted, "id_token": id_token,
    }  # fmt: skip
    return redirect("portal:second-step")


def who_waits(request: Request) -> User | None:
    """Tell which account gave its first factor here less than ten minutes ago; its second is due."""
    waiting: dict[str, Any] = request.session.get(WAITING, {})
    if time.time() - waiting.get("at", 0) > WAITS_SECONDS:
        return None
    return queries.open_account(waiting["user"], actor=ENTRANCE)


def come_in_after_second_step(request: Request, user: User, *, factor: str) -> HttpResponse:
    """Let the account in that waited, now that its second factor was right."""
    waiting: dict[str, Any] = request.session.pop(WAITING)
    waiting.pop("user"), waiting.pop("at")
    return _open(request, user, factor=factor, **waiting)


def leave(request: Request) -> HttpResponse:
    """Close the session and let the browser keep nothing of it."""
    logout(request)
    return forget_everything(redirect("portal:home"))


def forget_everything(answer: HttpResponse) -> HttpResponse:
    answer["Clear-Site-Data"] = '"cache", "storage"'
    answer.delete_cookie(f"{settings.COOKIE_PREFIX}seen")
    return answer


def is_fresh(request: Request) -> bool:
    """Tell whether the account came in lately: what guards it changes only then."""
    return (timezone.now() - opened_at(request.session)).total_seconds() < FRESH_SECONDS


def ask_again(request: Request) -> HttpResponse:
    """Send back to the door before something that guards the account changes."""
    messages.info(request, _("To change what protects your account, sign in again first. Nothing was changed."))
    return redirect(f"{reverse('portal:sign-in')}?next={request.path}")


def address_of(request: Request) -> str:
    """Tell where a request comes from: behind the house's own proxy, what the proxy added last."""
    if settings.BEHIND_PROXY:
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        return forwarded or request.META.get("REMOTE_ADDR", "")
    return str(request.META.get("REMOTE_ADDR", ""))


def device_of(request: Request) -> str:
    """Name a browser as its owner would: Firefox, Windows."""
    agent = request.headers.get("User-Agent", "")
    found = [next((name for mark, name in kinds if mark in agent), "") for kinds in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found))


def safe_next(request: Request) -> str:
    """Give the page asked for, if it is of this house; else the first page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe and wanted.startswith("/") else "/"


def keep_session(request: Request, user: User) -> None:
    """Go on under a new key after the password changed."""
    update_session_auth_hash(request, user)


def handle_of(session: Session) -> str:
    """Name a session in an address without giving its key."""
    return hashlib.sha256(f"handle {session.pk}".encode()).hexdigest()[:24]


def _open(
    request: Request,
    user: User,
    *,
    by: str,
    factor: str = "",
    is_shared: bool = False,
    wanted: str = "",
    id_token: str = "",
) -> HttpResponse:
    login(request, user, backend=BACKEND)
    said = {OPENED_AT: timezone.now().isoformat(), DEVICE: device_of(request), SHARED: is_shared, FACTOR: factor}
    for name, value in (said | {PROVIDER: id_token}).items():
        request.session[name] = value
    actions.record_entry(actor=ENTRANCE, user=user, by=by, factor=factor)
    return redirect(wanted or "portal:day")
