"""
Receive a form once, however often it is sent.

The claim is a row under a unique constraint, inserted in the transaction of the act itself: of two presses, the second
waits for the first, then is led where it led. Nothing is looked up before it is inserted.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from chezsoi.files.models import Draft, Submission
from chezsoi.territories.access import Request

View = TypeVar("View", bound=Callable[..., HttpResponse])
FIELD = "submission"


def once(view: View) -> View:
    """
    Let a view act once on each form it receives; a form without a reference is received as it comes.

    Only an answer that leads elsewhere has acted: a form that comes back with its errors may be sent again.
    """

    @wraps(view)
    def received_once(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        reference = reference_of(request)
        if reference is None or request.actor.user_id is None:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            if not _claim(reference, request.actor.user_id):
                return _again(request, reference)
            answer = view(request, *args, **kwargs)
            _settle(reference, request.actor.user_id, answer)
        return answer

    return received_once  # type: ignore[return-value]


def reference_of(request: Request) -> UUID | None:
    """Read the reference that a form carries."""
    try:
        return UUID(request.POST[FIELD])
    except (KeyError, ValueError):
        return None


def _claim(reference: UUID, account_id: int) -> bool:
    """
    Tell whether this form is received for the first time; one whose draft was discarded may still be sent.

    The update is what the second of two presses waits for.
    """
    now = timezone.now()
    Submission.objects.bulk_create(
        [Submission(reference=reference, account_id=account_id, received_at=now)], ignore_conflicts=True
    )
    mine = Submission.objects.filter(reference=reference, account_id=account_id, address="")
    return mine.update(received_at=now) == 1


def _settle(reference: UUID, account_id: int, answer: HttpResponse) -> None:
    claimed = Submission.objects.filter(reference=reference)
    if answer.status_code not in {301, 302, 303}:
        claimed.delete()
        return
    claimed.update(address=answer["Location"][:300])
    Draft.objects.filter(account_id=account_id, writer=reference).delete()


def _again(request: Request, reference: UUID) -> HttpResponse:
    first = Submission.objects.filter(reference=reference, account_id=request.actor.user_id).first()
    messages.info(request, _("This form had been received already: nothing is recorded twice."))
    return redirect(first.address if first is not None else "/")
