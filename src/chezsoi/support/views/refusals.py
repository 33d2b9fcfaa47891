"""What an action refused, in one sentence: what happened, that nothing was lost, what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chezsoi.people import actions as people
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
    actions.AgreementToCome: _("What the household said is dated in the future: check the day. Nothing was written."),
    actions.NoAgreement: _(
        "The household does not agree: only services that follow it already take part. It costs it nothing. Nothing "
        "was changed."
    ),
    actions.MayNotOpenTheCircle: _(
        "This service does not follow the household yet, and your role lets nobody in: ask a colleague. Nothing was "
        "written."
    ),
    people.ObjectsToSharing: _(
        "Somebody of the household objects to it: the file stays closed to this service. Ask them first."
    ),
    actions.AlreadyInvited: _("This trade of this service takes part already: nothing had to change."),
    actions.CarriesCommitments: _("It committed to something: take that back first. Nothing was changed."),
    actions.ParticipantAlreadyTakenBack: _("This invitation was taken back before: nothing was changed."),
    actions.MeetingOver: _("This meeting was held, or called off: call the next one instead. Nothing was changed."),
    actions.MeetingToCome: _(
        "This day is still to come: write how it went on the day it takes place. Nothing was written."
    ),
    actions.NextBeforeThis: _("The next meeting would come before this one: check the day. Nothing was written."),
    actions.HealthIsASignal: _(
        "Health is said here as a signal only: that somebody of that trade takes part, or is needed. Write it without "
        "these words. Nothing was written."
    ),
    actions.WhyIsMissing: _("Say in a few words why it was not done. Nothing was written."),
    actions.CommitmentSettled: _("This was settled, or taken back, before: nothing was changed."),
    actions.CommitmentNotSettled: _("This waits already: there is nothing to reopen."),
    actions.EndBeforeStart: _("Support would end before it opened: check the day. Nothing was changed."),
}
REFUSED = tuple(SENTENCES)


def sentence(refusal: Exception) -> str:
    """Say what was refused."""
    return str(SENTENCES[type(refusal)])
