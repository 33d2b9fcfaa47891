"""What keeps a draft from being kept on the server, in words: what happened, what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One reason; the page adds what becomes of what is typed."""

    key: str
    title: str
    words: str
    signs_in: bool = False


def troubles() -> Iterator[Trouble]:
    """List the reasons that `drafts.js` tells apart."""
    yield Trouble(
        key="network",
        title=_("The server does not answer: this draft is not kept there."),
        words=_("Go on; the page tries again by itself."),
    )
    yield Trouble(
        key="session",
        title=_("Your session is over: this draft is not kept on the server."),
        words=_("Sign in again in another tab, then come back: this page stays as it is."),
        signs_in=True,
    )
    yield Trouble(
        key="account",
        title=_("Somebody else signed in on this computer: this draft is not kept on the server."),
        words=_("Sign in again with your own account before you send the form."),
        signs_in=True,
    )
    yield Trouble(
        key="elsewhere",
        title=_("An earlier draft of this form waits: this one is not kept on the server."),
        words=_("Resume the earlier one, or remove it."),
    )
