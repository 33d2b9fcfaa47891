"""Tell that a file was opened in an emergency: when, by which service, until when to review it; nothing of anybody."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_tasks import task

from chezsoi.people import queries
from chezsoi.people.models import EmergencyAccess
from chezsoi.territories.access import Operator, operator
from chezsoi.territories.models import User

logger = logging.getLogger(__name__)


def tell(access: EmergencyAccess, people: list[User]) -> None:
    """Queue one mail to each."""
    for person in people:
        send_emergency.enqueue(access.pk, person.pk)


@task()
def send_emergency(access_pk: int, user_pk: int) -> None:
    """Send one of them; a mail that does not leave is logged, the page of the reviewer shows the access anyway."""
    teller = operator(Operator.JOURNEY, label="emergency mail")
    access, user = queries.emergency_to_tell(access_pk, user_pk, actor=teller)
    with translation.override(user.language):
        try:
            send_mail(str(_("A file was opened in an emergency")), written(access), None, [user.email])
        except (OSError, SMTPException):
            logger.exception("the mail about emergency access %s did not leave", access_pk)


def written(access: EmergencyAccess) -> str:
    """Write the mail: no name, no number of a file, no reason."""
    return _(
        "On %(opened)s, somebody of %(service)s opened one file outside its circle, because of an emergency, to read "
        "only.\n\n"
        "It closed by itself at %(closed)s at the latest. The data protection officer reviews it before %(due)s:\n"
        "%(link)s\n\n"
        "This message names nobody: sign in to know more."
    ) % {
        "opened": _said(access.started_at),
        "service": access.organisation.name,
        "closed": _said(access.ends_at),
        "due": _said(access.review_due_at),
        "link": f"{settings.SITE_URL}{reverse('portal:emergencies')}",
    }


def _said(instant: object) -> str:
    return date_format(timezone.localtime(instant), "DATETIME_FORMAT")  # type: ignore[arg-type]
