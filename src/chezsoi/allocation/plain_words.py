"""
What a household reads of its request, in plain language: one idea a sentence, fifteen words at most.

The rules are those of easy-to-read texts (FALC, Inclusion Europe): active voice, dates in full, no abbreviation at
all. A test counts the words of every sentence, in both languages.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chezsoi.allocation.choices import GUARDED_LABELS, CandidacyState
from chezsoi.people.choices import ACCOMMODATED, ROUGH

PRIVATE = GUARDED_LABELS | {"health_stay", "prison"}
"""Facts a paper may betray: they are printed when the household asks for it."""

FACTS = {
    **dict.fromkeys(ROUGH, _("You have no home.")),
    **dict.fromkeys(ACCOMMODATED, _("You live in a shelter, or in a hotel.")),
    "health_stay": _("You leave hospital and have no home."),
    "prison": _("You leave prison and have no home."),
    "child_care": _("You leave child protection and have no home."),
    "with_others": _("You stay with other people."),
    "supported": _("You live in supported housing."),
    "own": _("You have a home that does not suit you."),
    "own_eviction": _("You may lose your home."),
    "unknown": _("We do not know where you live."),
    "minor_child": _("A child lives with you."),
    "dalo": _("A commission recognised your right to a home."),
    "disability": _("You live with a disability."),
    "therapeutic_flat": _("You leave a flat for people in care."),
    "hardship": _("Your housing is bad and life is hard."),
    "temporary_home": _("Your housing is for a time only."),
    "back_to_work": _("You work again after a long time without work."),
    "unfit_home": _("Your home is not fit to live in."),
    "violence": _("You lived through violence."),
    "prostitution_exit": _("You are leaving prostitution."),
    "trafficking": _("You are a victim of human trafficking."),
    "overcrowded": _("Your home is too small and a child lives there."),
    "without_home": _("You have no home of your own."),
    "eviction_without_rehousing": _("You are evicted and nobody gave you another home."),
    "care_leaver": _("You leave child protection."),
    "effort_above_half": _("Housing takes more than half of your money."),
}
WAITING = _("You have been waiting.")
LOCAL_GROUND = _("The rules of your territory count one more thing for you.")

STATES = {
    CandidacyState.PROPOSED: _("A commission will now decide."),
    CandidacyState.DECIDED: _("The commission decided. You will have its answer in writing."),
    CandidacyState.OFFERED: _("This home is offered to you. We wait for your answer."),
    CandidacyState.ACCEPTED: _("You said yes to this home."),
    CandidacyState.REFUSED: _("You said no to this home. You keep your place."),
    CandidacyState.SILENT: _("We had no answer from you. You keep your place."),
    CandidacyState.HOUSED: _("You signed the lease of this home."),
    CandidacyState.LOST: _("This home went to another household."),
    CandidacyState.WITHDRAWN: _("This home no longer concerns you."),
}
REQUEST_STATES = {
    "active": _("Your request is active."),
    "withdrawn": _("You withdrew your request. You can take it up again."),
    "housed": _("You have a home: your request is over."),
    "closed": _("Your request is closed."),
}
NEVER_COUNTS = (
    _("Saying no to a home takes no point from you."),
    _("Saying no to support takes no point from you."),
    _("Nobody asks you to stop drinking or using drugs."),
    _("Nobody asks you to take a treatment."),
    _("Your behaviour does not change your place."),
    _("Contesting does not change your place."),
)
