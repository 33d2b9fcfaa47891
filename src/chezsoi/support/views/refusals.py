"""What an action refused, in one sentence: what happened, that nothing was lost, what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chezsoi.support import actions

SENTENCES: dict[type[Exception], str | Promise] = {
    actions.ContactToCome: _("This meeting is still to come: give the day it took place. Nothing was written."),
    actions.ContactAlreadyTakenBack: _("This meeting was taken back before: nothing was changed."),
    actions.NotTheirWish: _("A household is handed over as it wishes: ask it first. Nothing was written."),
    actions.SameTeam: _("Choose two different teams: nothing was written."),
    actions.HandedOverAlready: _("This household waits for that team already: nothing was changed."),
    actions.HandoverOver: _("This was taken up, or taken back, before: nothing was changed."),
    actions.ChangeBeforeItOpened: _("Support was not open yet on that day: check the day. Nothing was written."),
    actions.ChangeToCome: _("This day is still to come: write the change on the day it begins. Nothing was written."),
    actions.SameIntensity: _("Support is as intense as that already: nothing had to change."),
    actions.ChangeAlreadyTakenBack: _("This change was taken back before: nothing was changed."),
    actions.MeasureAlreadyEnded: _("This support has ended: open another instead. Nothing was changed."),
    actions.MeasureNotEnded: _("This support runs: there is no end to take back."),
    actions.EndBeforeStart: _("Support would end before it opened: check the day. Nothing was changed."),
}
REFUSED = tuple(SENTENCES)


def sentence(refusal: Exception) -> str:
    """Say what was refused."""
    return str(SENTENCES[type(refusal)])
