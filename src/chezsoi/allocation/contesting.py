"""How a household contests a decision about a home, in plain words; the delay is law, with its source and its day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chezsoi.allocation.choices import CommissionKind, DecisionKind
from chezsoi.allocation.models import Decision
from chezsoi.law.parameters import Status, load, parameter
from chezsoi.ui import dates

COURT_MONTHS = "appeal.court_months"


def paragraphs(decision: Decision, on: date) -> Iterator[str]:
    """Say what the refusal leaves whole, then before whom to contest it and until when."""
    commission = decision.sitting.commission
    if decision.kind == DecisionKind.REJECTED_INADMISSIBLE:
        yield _("You lose no place and no point here. When the conditions are met, your file is examined again.")
    else:
        yield _("Your request goes on. You keep your place, your points and your right to other offers.")
    yield _("Is a fact wrong, or has something changed? Tell us: your file can be examined again.")
    yield _("You may ask for another decision: write to %(organisation)s, and say why. We can help you write.") % {
        "organisation": commission.organisation.name
    }
    if commission.kind == CommissionKind.CALEOL:
        yield from _court(on)
    else:
        yield _("This commission has its own rules: a legal advice point tells you, free of charge, who may hear you.")
    yield _("Does this seem to you to be discrimination? The Défenseur des droits hears you free of charge.")
    yield _("You may bring somebody you trust, and ask for somebody who speaks your language.")


def _court(on: date) -> Iterator[str]:
    delay = parameter(COURT_MONTHS, on=on)
    months = int(delay.number)
    yield ngettext(
        "You may also go to the administrative court, within %(count)s month after you receive this letter.",
        "You may also go to the administrative court, within %(count)s months after you receive this letter.",
        months,
    ) % {"count": months}
    known = load(COURT_MONTHS).last_value_still_valid_on or on
    source = {"reference": delay.reference, "day": dates.full(known)}
    if delay.status is Status.VERIFIED:
        yield _("Source of this delay: %(reference)s, read on %(day)s.") % source
    else:
        yield _("Source of this delay: %(reference)s, as noted on %(day)s. It is to be confirmed: ask before.") % source
