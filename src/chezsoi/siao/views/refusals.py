"""What an action refused, in one sentence: what happened, that nothing was lost, what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chezsoi.siao import actions

SENTENCES: dict[type[Exception], str | Promise] = {
    actions.StillToCome: _("This day is still to come: nothing was written. Check the day."),
    actions.BeforeTheDecision: _(
        "The answer, or what came of it, would come before the orientation: nothing was written. Check the days."
    ),
    actions.NeedsWhyElsewhere: _(
        "They ask for a home and are oriented elsewhere: say what is missing. Nothing was written."
    ),
    actions.NeedsAReason: _("Say what was wrong: nothing was changed."),
    actions.WithdrawnBefore: _("This was withdrawn before: nothing was changed."),
    actions.SetsACondition: _(
        "“%(words)s” makes it a condition of a home: nobody has to deserve one. Nothing was written: "
        "say what happened without it."
    ),
    actions.TeamElsewhere: _("This team is closed, or another SIAO’s: choose another. Nothing was written."),
    actions.TeamNamedAlready: _("A team of your SIAO bears this name: give another. Nothing was written."),
    actions.TeamStillFollows: _(
        "Households are still on its list, perhaps in another territory your SIAO serves: nothing was changed. "
        "Take them off first."
    ),
    actions.NotOfTheHousehold: _("This person does not live in the household: choose another. Nothing was written."),
    actions.ListedAlready: _("The household is on this team’s list already: nothing was changed."),
    actions.NotListed: _("The household is not on this list any more: nothing was changed."),
}
REFUSED = tuple(SENTENCES)


def sentence(refusal: Exception) -> str:
    """Say what was refused."""
    said = str(SENTENCES[type(refusal)])
    return said % {"words": refusal.args[0]} if isinstance(refusal, actions.SetsACondition) else said
