"""Mails of the entrance, sent in the background: whether an account exists shows neither in words nor in time."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from chezsoi.portal.entrance import ENTRANCE
from chezsoi.territories import actions, queries
from chezsoi.territories.choices import LinkPurpose
from chezsoi.territories.models import User


def ask_reset(email: str, *, address: str) -> None:
    """Queue a link for an address, known or not; too many for one address are dropped in silence."""
    try:
        actions.count_try(account=f"reset {email}", address=address, actor=ENTRANCE)
    except actions.TooManyTries:
        return
    send_reset.enqueue(email)


@task()
def send_reset(email: str) -> None:
    """Send a link to choose a new password, if the address is an open account's."""
    user = queries.account_at(email, actor=ENTRANCE)
    if user is None or user.is_demo:
        return
    secret = actions.make_link(actor=ENTRANCE, user=user, purpose=LinkPurpose.RESET)
    with translation.override(user.language):
        link = _link("portal:new-password", secret)
        said = _(
            "Somebody, you perhaps, asked for a new password at %(site)s.\n\n"
            "To choose it, open this link within an hour; it serves once:\n%(link)s\n\n"
            "If it was not you, do nothing: your password stays as it is."
        )
        _send(user, _("A new password"), said % {"site": settings.SITE_URL, "link": link})


@task()
def send_invitation(user_pk: int) -> None:
    """Send an invited account the link that opens it."""
    user = queries.account_to_invite(user_pk, actor=ENTRANCE)
    if user is None:
        return
    secret = actions.make_link(actor=ENTRANCE, user=user, purpose=LinkPurpose.INVITATION)
    with translation.override(user.language):
        link = _link("portal:accept", secret)
        said = _(
            "You are invited to work with chezsoi, at %(site)s.\n\n"
            "To open your account, choose a password at this link within seven days; it serves once:\n%(link)s\n\n"
            "If you did not expect this message, do nothing: no account will be opened."
        )
        _send(user, _("An invitation"), said % {"site": settings.SITE_URL, "link": link})


def _link(view: str, secret: str) -> str:
    return f"{settings.SITE_URL}{reverse(view, args=[secret])}"


def _send(user: User, subject: str, text: str) -> None:
    send_mail(f"chezsoi – {subject}", text, None, [user.email])
