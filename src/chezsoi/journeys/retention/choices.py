"""Closed lists of the retention of files."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Ground(models.TextChoices):
    """Why a file is kept after its term, in an archive that few open."""

    DISPUTE = "dispute", _("dispute or appeal under way")
    DEBT = "debt", _("debt not settled")
    ASKED = "asked", _("the household asked to keep it")
    DUTY = "duty", _("another text obliges to keep it")


class Hold(models.TextChoices):
    """What keeps a file although nobody had news for the whole term."""

    LEASE_IN_FORCE = "lease_in_force", _("lease in force")
    LEASE_ENDED = "lease_ended", _("lease that ended not long ago")
    OPEN_REQUEST = "open_request", _("open housing request")
    SUPPORT_RUNNING = "support_running", _("support under way")
    HOME_OFFERED = "home_offered", _("home offered or accepted")
    JUSTIFIED = "justified", _("archive justified in writing")
