"""How an act on the support of a household, or on its case meeting, is asked, done or refused; where it leads back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from chezsoi.people import queries as people
from chezsoi.people.models import Household
from chezsoi.support import queries
from chezsoi.support.views.refusals import REFUSED, sentence
from chezsoi.territories.access import Request
from chezsoi.ui.responses import page


@dataclass(slots=True, kw_only=True)
class About:
    """The household an act is about, and its meeting: none before it is called."""

    household: Household
    meeting: Any = None

    @classmethod
    def of(cls, request: Request, pk: int, meeting_pk: int) -> About:
        """Find a meeting of a household; out of the actor's circle, neither exists."""
        household = people.household(pk, actor=request.actor)
        return cls(household=household, meeting=queries.meeting(meeting_pk, household=household, actor=request.actor))

    @property
    def url(self) -> str:
        if self.meeting is None:
            return reverse("support:file", args=[self.household.pk])
        return reverse("support:meeting", args=[self.household.pk, self.meeting.pk])


def asked(
    request: Request, about: About, form: Form, act: Callable[[], str], *, title: str, label: str
) -> HttpResponse:
    """Show a form, or do what it says and lead back; what is refused is said above it, and nothing typed is lost."""
    if form.is_valid():
        try:
            said = act()
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, said)
            return redirect(about.url)
    context = {"form": form, "household": about.household, "title": title, "label": label, "back_url": about.url}
    return page(request, "support/act.html", context, status=422 if form.errors else 200)


def done(request: Request, about: About, act: Callable[[], str]) -> HttpResponse:
    """Do what a press says, say what became of it, and lead back."""
    try:
        messages.success(request, act())
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    return redirect(about.url)
