"""
Thirty seconds to take an act back, rather than "are you sure?".

The offer is a signed note: for one account, one address, one way back, one instant. Nothing is kept on the server, and
the act that undoes judges for itself whether there is still something to undo.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

SECONDS = 30
# What the network may take between the page that offers and the press that accepts.
GRACE_SECONDS = 10
TAG = "undo:"
_SIGNER = TimestampSigner(salt="chezsoi.undo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An act that may be undone: the address to press, and the note to send there."""

    url: str
    note: str


def offer(request: HttpRequest, said: str, *, url: str, then: str) -> None:
    """Say on the next page what was done, and offer to undo it by posting to `url`, which leads back to `then`."""
    note = _SIGNER.sign_object({"url": url, "then": then, "by": request.user.pk})
    messages.success(request, said, extra_tags=TAG + note)


def offered(message: Any) -> Offer | None:
    """Read what a message offers; most offer nothing."""
    tags = message.extra_tags or ""
    if not tags.startswith(TAG):
        return None
    note = tags.removeprefix(TAG)
    return Offer(url=_SIGNER.unsign_object(note)["url"], note=note)


def take_back(
    request: HttpRequest,
    act: Callable[[], object],
    *,
    refused: type[Exception] | tuple[type[Exception], ...],
    otherwise: str,
) -> HttpResponse:
    """
    Undo what was offered to this account at this address, and lead back; say when it is too late or was changed since.

    `refused` is what the act raises when there is nothing left to undo; `otherwise` is where a request without a sound
    offer goes.
    """
    try:
        said = _read(request)
    except BadSignature:
        messages.error(request, _("Nothing was undone: this button is not one of yours. Go on from here."))
        return redirect(otherwise)
    if said["is_over"]:
        messages.error(request, _("Nothing was undone: the thirty seconds are over. What was done stays as it is."))
        return redirect(said["then"])
    try:
        act()
    except refused:
        messages.error(request, _("Nothing was undone: it was changed or undone already."))
    else:
        messages.success(request, _("Undone."))
    return redirect(said["then"])


def _read(request: HttpRequest) -> dict[str, Any]:
    note = request.POST.get("offer", "")
    said: dict[str, Any] = _SIGNER.unsign_object(note)
    if said["url"] != request.path or said["by"] != request.user.pk:
        raise BadSignature
    try:
        _SIGNER.unsign_object(note, max_age=SECONDS + GRACE_SECONDS)
    except SignatureExpired:
        return {**said, "is_over": True}
    return {**said, "is_over": False}
