"""Closed lists of what is told to the registers."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Register(models.TextChoices):
    """A register of the State; its code names the sheet in `law/layouts`."""

    POOL = "syplo", _("the prefect's pool (SYPLO)")
    REQUESTS = "sne", _("the register of requests (SNE)")


class Event(models.TextChoices):
    """What a line of a sheet tells."""

    LISTED = "listed", _("on a list that houses first")
    REQUESTED = "requested", _("request made")
    RENEWED = "renewed", _("request renewed")
    WITHDRAWN = "withdrawn", _("request withdrawn")
    RESUMED = "resumed", _("request taken up again")
    DECIDED = "decided", pgettext_lazy("register", "decision of the commission")
    DECLINED = "declined", _("home offered, not taken")
    HOUSED = "housed", _("home allocated, lease signed")
