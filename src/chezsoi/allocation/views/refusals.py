"""What an action refused, in one sentence: what happened, that nothing was lost, what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chezsoi.allocation import motives
from chezsoi.allocation.actions import (
    acts,
    adjourning,
    asks,
    commissions,
    decisions,
    drafts,
    drawing,
    grids,
    joint,
    offers,
    pausing,
    priorities,
    refusing,
    requests,
    reservations,
    rounds,
    sharing,
    tables,
    turns,
    votes,
)
from chezsoi.engines.matching.joint import HomeGivenTwice, NotPlacedInTime
from chezsoi.law.commission import AnswerDelayTooShort
from chezsoi.ui.typography import percent

SENTENCES: dict[type[Exception], str | Promise] = {
    drawing.OfferNotAvailable: _("This home is no longer on offer: nothing was changed."),
    rounds.RoundAlreadyOpen: _("A round is under way for this home: open it instead."),
    drawing.NobodyToExamine: _("No household waits here yet: register one, or import a file."),
    drawing.UnknownHousehold: _("A household of the list is no longer known here: start again."),
    drawing.GridNotInForce: _("This grid is not in force here today: choose another."),
    drawing.RoundNotCommitted: _("This round was drawn or cancelled before: nothing was changed."),
    drawing.NoPublicNumber: _("Give the public number and where it was published."),
    drawing.PublicNumberTooOld: _(
        "This number was public before the candidates were frozen, so it could have been chosen. Use a later one."
    ),
    drawing.PublicNumberNotOutYet: _("This number is dated in the future: wait until it is published."),
    rounds.DrawnWithOthers: _("This home is shared out with others: draw their joint round."),
    joint.TooFewHomes: _("Choose two homes at least: a home alone has its own search."),
    HomeGivenTwice: _(
        "Two decisions give one household two homes, or one home to two households: what they change for the others "
        "cannot be said until one of them is taken back. Nothing was changed."
    ),
    joint.NothingLeftToDraw: _("None of these homes is on offer any more: nothing was drawn. Start again."),
    rounds.HomeHeld: _("A household holds this home or has been offered it: the round goes on."),
    rounds.NoCancellationReason: _("Say why the round ends: nothing was changed."),
    grids.OwnDraft: _(
        "You changed this draft last: a colleague reads it over and publishes it. Nothing was published."
    ),
    grids.DraftUnchanged: _("This draft says what the version it starts from says: there is nothing to publish."),
    grids.StartsInThePast: _("This day is past: nobody could have read the grid then. Give today or a later day."),
    drafts.DraftAlreadyBegun: _("A draft is under way for this place: open it from the list."),
    drafts.BodyElsewhere: _("This intercommunal body has no commune here: nothing was begun."),
    drafts.CriterionGone: _("This criterion is no longer in the draft: somebody took it out."),
    drafts.NoFact: _("Tick at least one fact: it is what earns the points."),
    drafts.UnknownFact: _("One of these facts is not known here: choose among those of the list."),
    tables.SittingClosed: _("This sitting is over: its minutes are final."),
    tables.RoundNotDrawnYet: _("This round has no order yet: draw it first."),
    tables.NoCandidate: _("No household fits this home: there is nobody to decide on. Cancel the round, or wait."),
    tables.TooFewCandidates: _("This commission needs three candidates, or one of the three exceptions of the law."),
    tables.ExceptionUnfounded: _("The exception does not hold for this home: nothing was changed."),
    tables.WrongCommission: _("Another commission decides on this home: choose it."),
    tables.AlreadyOnATable: _("This round is on the table of a sitting already."),
    commissions.QuorumTooSmall: _("A commission decides with at least one member present: nothing was written."),
    commissions.SeatTooShort: _("A seat ends after the day it starts: give a later day."),
    commissions.SatSince: _("This member was present at a sitting on that day or later: give a later day."),
    commissions.SittingAlreadyCalled: _("This commission sits that day already: open that sitting."),
    commissions.MemberElsewhere: _("Somebody here does not sit in this commission that day: nothing was changed."),
    commissions.AttendanceFixed: _("A decision was taken: those who were present stay in the minutes."),
    commissions.Absent: _("Only a member who is present can leave a home."),
    commissions.AlreadyDecided: _("A decision was taken on this home: it is too late to leave it."),
    commissions.RecusalReasonMissing: _("Say which conflict of interest."),
    commissions.UndecidedCandidates: _("A candidate has no decision yet: decide, then close the sitting."),
    decisions.SittingNotOpen: _("Write down who is present first; a closed sitting decides no more."),
    decisions.NotACandidateHere: _("This household is not a candidate for this home."),
    decisions.DecisionAlreadyTaken: _("The commission has decided on this household: nothing was changed."),
    decisions.NoQuorum: _("Too few members with a vote are present for this home: nothing was decided."),
    decisions.NoReason: _("Say why: every decision has its reason."),
    motives.ForbiddenMotive: _(
        "“%(words)s”: health and origin are never a reason. Nothing was decided: write another reason."
    ),
    motives.SetsACondition: _(
        "“%(words)s” makes it a condition of a home: nobody has to deserve one. Nothing was written: "
        "give another reason."
    ),
    decisions.NoGround: _("Choose the ground on which the home is not allocated."),
    decisions.RankMissing: _("Give the rank, from 1."),
    decisions.RankNotAllowed: _("Only a household that is allocated the home has a rank."),
    decisions.EqualRank: _("Another household has this rank for this home: give another."),
    decisions.DocumentMissing: _("Name the missing document: the list is the law's."),
    decisions.OrderDepartedFrom: _("This leaves the published order: say why."),
    adjourning.NotALaterSitting: _("Choose a later sitting of this commission, still to be held: nothing was changed."),
    adjourning.NothingToAdjourn: _("Every household is decided for this home: there is nothing to carry over."),
    adjourning.AdjournmentReasonMissing: _("Say why this home waits for a later sitting: nothing was changed."),
    votes.TooManyVotes: _(
        "%(cast)s votes for %(voters)s members who may vote on this home: nothing was decided. Count again."
    ),
    votes.NotCarried: _(
        "These votes do not carry this decision: nothing was decided. Write the decision that the votes carried."
    ),
    votes.NoTie: _("The casting vote counts on a tie alone: nothing was decided. Check the votes."),
    votes.NoCastingVote: _("Nobody has a casting vote in this commission: nothing was decided."),
    offers.HomeAlreadyTaken: _("This home is already taken or offered. Nothing was changed, nobody lost their place."),
    offers.HomeNoLongerOnOffer: _("This home is no longer on offer: nothing was changed, and nobody lost their place."),
    offers.NotAllocated: _("The commission did not allocate this home to this household."),
    offers.SittingStillOpen: _("Close the sitting first: its minutes must be final."),
    offers.NotNextInRank: _("Another household comes before this one: offer it the home first."),
    offers.OfferBeforeDecision: _("An offer cannot be dated before the decision."),
    offers.NobodyNext: _("Every household the commission ranked has answered: end this round and open another."),
    offers.AlreadyAnswered: _("This household has answered, or the delay has passed: nothing was changed."),
    offers.AnswerBeforeOffer: _("An answer cannot come before the offer: check the day."),
    offers.AnotherHomeAccepted: _("This household has accepted another home: nothing was changed."),
    requests.UnknownLabel: _("This ground, or this list, is none of those known here: choose another."),
    priorities.EndsBeforeItStarts: _("The last day comes before the first: nothing was written; check both days."),
    priorities.NobodySaysSo: _("Say who put the household on this list: nothing was written."),
    priorities.AlreadyEnded: _("This was withdrawn or replaced before: nothing had to change."),
    priorities.NotEnded: _("This was not withdrawn: there is nothing to put back."),
    priorities.AnotherCounts: _(
        "A newer one of the same kind counts since: it stays, and this one too, with its dates."
    ),
    priorities.NoReasonToEnd: _("Say why it counts no more: nothing was changed."),
    acts.NotFromThisState: _("The request does not stand where this starts from: nothing was changed."),
    acts.AnswerTheOfferFirst: _("A home awaits this household's answer, or its lease: write the answer first."),
    acts.NoReasonGiven: _("Say why, even that they do not wish to say: nothing was changed."),
    acts.ActBeforeTheLast: _(
        "This day comes before the request, or before the last thing done with it: check the day."
    ),
    acts.NotTheLastAct: _("Something was done since: take back the last thing first. Nothing was changed."),
    acts.AnswerDueBeforeLodged: _("The answer would be due before the appeal: check both days."),
    acts.AppealAnswered: _("The outcome of this appeal is written: take it back first."),
    acts.AppealAwaited: _("This appeal has no outcome yet: nothing had to change."),
    acts.OutcomeBeforeLodged: _("The outcome would come before the appeal: check the day."),
    refusing.ProposalOver: _("This proposal is over: nothing was changed, and nobody lost their place."),
    refusing.AnswerOnTheLetter: _("The home is offered in writing: write what the household says on its letter."),
    refusing.RefusedAlready: _("A no to this proposal is noted already: look at it again, or take it back."),
    refusing.SameEyes: _(
        "Whoever noted a no does not look at it again: another person, of another organisation or of the SIAO, does."
    ),
    refusing.NoWordsOfTheLook: _("Say why, in a few words: nothing was changed."),
    refusing.LookedAtAlready: _("This no was looked at, or taken back, before: nothing was changed."),
    refusing.NothingToTakeBack: _("This no stands no more, or something was done since: nothing was changed."),
    refusing.HomeBackTooSoon: _("The home would be back before today: check the day. Nothing was written."),
    pausing.NotTheirWish: _("Only the household itself asks for a pause: nothing was written."),
    pausing.PauseBackwards: _("Give a day to come: the household would be back before it left. Nothing was written."),
    pausing.PausedAlready: _("A pause runs for this household: nothing was changed."),
    pausing.NotPaused: _("This pause does not run today: nothing had to change."),
    pausing.NothingToUndo: _("This pause was taken back before: nothing was changed."),
    reservations.ShareOutOfRange: _("A share is more than 0 % and at most 100 %: nothing was written."),
    reservations.YearOutOfRange: _("An agreement is of one year: give it. Nothing was written."),
    reservations.CountedOnStock: _(
        "Since 24 November 2023 a share is counted on the vacancies of the year, not on the stock. Nothing was "
        "written: agree on a share of the flow, then record it."
    ),
    reservations.HolderElsewhere: _(
        "This body does not work in this territory, or is the landlord itself: nothing was written. Choose another."
    ),
    reservations.PrefectShareTooLarge: _(
        "The prefect holds at most %(most)s of the flow: nothing was written. Check the share and the other agreements."
    ),
    reservations.SharesOverWhole: _(
        "The agreements of this year would share out %(whole)s of the flow: nothing was written. Correct or end "
        "another one first."
    ),
    reservations.AgreementAlready: _(
        "An agreement of that year with this holder is in force here: correct it instead. Nothing was written."
    ),
    reservations.AgreementOver: _("This agreement was corrected or ended before: nothing was changed."),
    reservations.NoEndReason: _("Say why, in a few words: nothing was changed."),
    reservations.OutOfFlowAlready: _("This home is out of the flow already: nothing was changed."),
    reservations.InTheFlow: _("This home is in the flow: nothing had to change."),
    reservations.TurnUnderWay: _("A holder has its turn for this home: take the turn back first. Nothing was changed."),
    turns.NotInTheFlow: _("Agreements share the social homes of a landlord known here: nothing was turned over."),
    turns.OutOfTheFlow: _("This home is out of the flow: put it back first. Nothing was turned over."),
    turns.HomeNotVacant: _("This home is let, blocked, withdrawn or off the list for now: nothing was changed."),
    turns.AnotherTurn: _("A turn of this home is under way: nothing was changed."),
    turns.NoPrefectHere: _(
        "No agreement covers this home, so its turn is the prefect's; no State service works here. Nothing was turned "
        "over: record the agreement, or have the service registered."
    ),
    turns.TurnOver: _("This turn is over: the home went to the next. Nothing was changed."),
    turns.NoSearchDrawn: _("No search was drawn for this home yet: ask the SIAO. Nothing was changed."),
    turns.DoesNotFit: _("The search did not find this household fit for this home, or it is out of it: not proposed."),
    turns.SeeksNoHome: _(
        "This household asked for a pause, holds a home, or its request or its file is over: it is proposed nothing. "
        "Nothing was changed, and it keeps its wait."
    ),
    turns.TooLateToPropose: _("The commission has closed its sitting on this home: nobody was added."),
    turns.ProposedAlready: _("You proposed this household for this home: nothing had to change."),
    turns.StillACandidate: _("A household proposed at this turn is still a candidate: the home stays with it."),
    turns.SomebodyProposed: _("A household was proposed at this turn: it is not taken back."),
    asks.NoSuchHolder: _("This body holds no reservation here: choose one of the list. Nothing was asked."),
    asks.AskedAlready: _("This holder was asked for this household and has not answered yet: nothing was asked again."),
    asks.AskOver: _("This was answered or withdrawn before: nothing was changed."),
    asks.NoAnswerWords: _("Answer in a few words: nothing was changed."),
    NotPlacedInTime: _(
        "No way of sharing these homes could be proved the best in the time given. Nothing was changed; draw them in "
        "smaller rounds."
    ),
    sharing.NobodyOfThatNumber: _("No household here bears this file number. Nothing was written; check the number."),
    sharing.WithThemselves: _("This is the household's own number. Nothing was written."),
    sharing.CompanyWithdrawn: _("This was withdrawn before: nothing had to change."),
    rounds.RoomsGoTogether: _("A room is searched for with the others of its home: share the homes out together."),
    offers.MustNotShare: _(
        "This room is not offered to this household, as things stand in the shared home. Nothing was changed; end "
        "this search and share the room out again."
    ),
    AnswerDelayTooShort: _("The household has the right to more days to answer."),
}
REFUSED = tuple(SENTENCES)


def sentence(refusal: Exception) -> str:
    """Say what was refused."""
    said = str(SENTENCES[type(refusal)])
    match refusal:
        case motives.ForbiddenMotive() | motives.SetsACondition():
            return said % {"words": refusal.args[0]}
        case votes.TooManyVotes():
            return said % {"cast": refusal.args[0], "voters": refusal.args[1]}
        case reservations.PrefectShareTooLarge():
            return said % {"most": percent(refusal.args[0])}
        case reservations.SharesOverWhole():
            return said % {"whole": percent(refusal.args[0], 1)}
        case _:
            return said
