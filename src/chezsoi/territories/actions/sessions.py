"""What ends sessions."""

from __future__ import annotations

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import Session, User


def end_every_session(*, actor: Actor, user: User) -> int:
    """End every session an account has open, at once; tell how many there were."""
    authorize(actor, Can.MANAGE_ACCOUNTS, user)
    ended, _kinds = Session.objects.filter(account_id=user.pk).delete()
    trail.record(actor, "territories.session.ended", user, detail={"sessions": ended})
    return ended


def end_own_sessions(*, actor: Actor, but: str = "", only: Session | None = None) -> int:
    """End one of one's own sessions, or all `but` that of a key; tell how many there were."""
    own = Session.objects.filter(account_id=actor.user_id).exclude(session_key=but)
    if only is not None:
        own = own.filter(pk=only.pk)
    ended, _kinds = own.delete()
    trail.record(actor, "territories.session.ended", detail={"sessions": ended})
    return ended
