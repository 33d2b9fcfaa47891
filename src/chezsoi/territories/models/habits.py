"""How an account wishes to be told what waits: its habits, the mails it was sent, the link of its calendar."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import Basis, Privacy
from chezsoi.law.retention import ACCOUNT
from chezsoi.territories.choices import Digest
from chezsoi.territories.models.accounts import User

WITH_THE_ACCOUNT: dict[str, Any] = {
    "retention": "2 years after the last role ended, with the account",
    "basis": Basis.CONTRACT,
    "rule": ACCOUNT,
}


class Habits(models.Model):
    """What an account chose of its mails and of its keyboard; an account that never chose has the defaults."""

    user = models.OneToOneField(User, models.CASCADE, related_name="habits", verbose_name=_("account"))
    digest = models.CharField(_("daily mail"), max_length=10, choices=Digest, default=Digest.DAILY)
    tells_deadlines = models.BooleanField(_("a mail when a deadline is close"), default=True)
    has_shortcuts = models.BooleanField(_("keyboard shortcuts of one key"), default=True)

    privacy: ClassVar = Privacy(
        identifying=("user",), ordinary=("id", "digest", "tells_deadlines", "has_shortcuts"), **WITH_THE_ACCOUNT
    )

    class Meta:
        verbose_name = _("habits of an account")
        verbose_name_plural = _("habits of accounts")

    def __str__(self) -> str:
        return f"habits of {self.user_id}"


class Reminder(models.Model):
    """A mail that told an account that something waits: it is sent once. `about` names a day, or a thing by number."""

    user = models.ForeignKey(User, models.CASCADE, related_name="reminders", verbose_name=_("account"))
    about = models.CharField(_("about"), max_length=60)
    sent_at = models.DateTimeField(_("sent at"))

    privacy: ClassVar = Privacy(identifying=("user",), ordinary=("id", "about", "sent_at"), **WITH_THE_ACCOUNT)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = (models.UniqueConstraint(fields=["user", "about"], name="reminder_sent_once"),)

    def __str__(self) -> str:
        return f"{self.about} to {self.user_id}"


class CalendarLink(models.Model):
    """The secret link of an account's calendar, kept as a digest. Whoever holds it sees days, and no name."""

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar", verbose_name=_("account"))
    digest = models.CharField(_("digest"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("made at"))

    privacy: ClassVar = Privacy(
        identifying=("user",), sensitive=("digest",), ordinary=("id", "made_at"), **WITH_THE_ACCOUNT
    )

    class Meta:
        verbose_name = _("calendar link")
        verbose_name_plural = _("calendar links")

    def __str__(self) -> str:
        return f"calendar of {self.user_id}"
