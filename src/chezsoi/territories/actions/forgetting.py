"""Forget who accounts were once their last role is long over: what they did stays, done by nobody who has a name."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.law.retention import ACCOUNT
from chezsoi.territories import queries
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import RoleAssignment, Session, User


@transaction.atomic
def forget_accounts(*, actor: Actor, on: date) -> int:
    """
    Forget each account whose time is over on a day, and each role past its own; give how many records went.

    An account that something refers to (a circle, a commission, an emergency) stays as a number: nobody can come in
    with it, be invited to it, or read a name or an address in it.
    """
    authorize(actor, Can.PURGE_FILES)
    gone = 0
    for account in queries.accounts_past_their_time(on=on, actor=actor).select_for_update():
        gone += _forget(account)
        trail.record(actor, "territories.account.forgotten", account)
    past, _models = RoleAssignment.objects.filter(ends_on__lte=ACCOUNT.last_day_kept(on=on)).delete()
    return gone + past


def _forget(account: User) -> int:
    """Erase what is the account's alone, whatever app keeps it, then who it was."""
    gone = 1
    for relation in _its_own():
        rows = relation.related_model._base_manager.filter(**{relation.field.name: account})
        gone += rows.delete()[0]
    gone += Session.objects.filter(account_id=account.pk).delete()[0] + account.roles.all().delete()[0]
    with translation.override(settings.LANGUAGE_CODE):
        account.full_name = _("Erased account")
    account.email = f"{account.pk}@{User.NOWHERE}"
    account.language = settings.LANGUAGE_CODE
    account.is_active, account.last_login = False, None
    account.disabled_at = account.disabled_at or timezone.now()
    account.set_unusable_password()
    account.save()
    return gone


def _its_own() -> list[models.ForeignObjectRel]:
    """List what refers to an account and would go with it: links, factors, habits, drafts, saved views."""
    return [each for each in User._meta.related_objects if each.on_delete is models.CASCADE]
