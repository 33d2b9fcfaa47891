"""Closed lists of the allocation app."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RequestState(models.TextChoices):
    """Where a housing request stands."""

    ACTIVE = "active", _("active")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "withdrawn by the household")
    HOUSED = "housed", _("housed")
    CLOSED = "closed", pgettext_lazy("request", "closed")


class RequestAct(models.TextChoices):
    """What the household does with its request."""

    RENEW = "renew", pgettext_lazy("request", "renewed")
    WITHDRAW = "withdraw", pgettext_lazy("request", "withdrawn")
    RESUME = "resume", pgettext_lazy("request", "taken up again")


REQUEST_TRANSITIONS: dict[tuple[str, str], str] = {
    ("active", "renew"): "active",
    ("active", "withdraw"): "withdrawn",
    ("withdrawn", "resume"): "active",
}
"""From which state each act leads to which; what is not written here cannot be done."""


class Sharing(models.TextChoices):
    """Whether a household wishes to live with others, in the engine's codes."""

    OWN = "own", _("a home of its own alone")
    ALSO = "also", _("a home of its own, or a room in a shared home")
    ONLY = "only", _("a room in a shared home alone")


class Company(models.TextChoices):
    """What a household says of sharing a home with another."""

    WITH = "with", _("wishes to live with")
    WITHOUT = "without", _("would not live with")


class AppealObject(models.TextChoices):
    """What a household contests."""

    NOT_ALLOCATED = "not_allocated", _("a home not allocated to it")
    INADMISSIBLE = "inadmissible", _("its rejection by a commission")
    POINTS = "points", _("its points, or a ground not counted")
    STRUCK_OFF = "struck_off", _("its request struck off")
    NO_OFFER = "no_offer", _("no offer after an abnormal wait")
    NOT_PRIORITY = "not_priority", _("not recognised as a priority (DALO, DAHO)")
    OTHER = "other", pgettext_lazy("appeal", "something else")


class AppealBody(models.TextChoices):
    """Before whom a household contests."""

    LANDLORD = "landlord", _("the landlord, as a goodwill request")
    PREFECT = "prefect", _("the prefect")
    MEDIATION_COMMISSION = "mediation_commission", _("the mediation commission (DALO)")
    COURT = "court", _("the administrative court")
    SIAO = "siao", _("the SIAO")
    OTHER = "other", pgettext_lazy("body", "another body")


class AppealOutcome(models.TextChoices):
    """What came of an appeal."""

    AWAITED = "", pgettext_lazy("appeal", "awaited")
    GRANTED = "granted", pgettext_lazy("appeal", "granted")
    PARTLY = "partly", pgettext_lazy("appeal", "granted in part")
    REJECTED = "rejected", pgettext_lazy("appeal", "rejected")
    GIVEN_UP = "given_up", pgettext_lazy("appeal", "given up by the household")


class Label(models.TextChoices):
    """A recognised ground of priority (CCH L441-1, and the enforceable right to housing), in the engine's codes."""

    DALO = "dalo", _("DALO")
    DISABILITY = "disability", _("disability")
    THERAPEUTIC_FLAT = "therapeutic_flat", _("leaving a therapeutic flat")
    HARDSHIP = "hardship", _("badly housed, in hardship")
    TEMPORARY_HOME = "temporary_home", _("accommodated or in temporary housing")
    BACK_TO_WORK = "back_to_work", _("back to work after long unemployment")
    UNFIT_DWELLING = "unfit_home", _("unfit dwelling")
    VIOLENCE = "violence", _("violence")
    PROSTITUTION_EXIT = "prostitution_exit", _("path out of prostitution")
    TRAFFICKING = "trafficking", _("victim of trafficking")
    OVERCROWDED_WITH_CHILD = "overcrowded", _("overcrowded with a child")
    WITHOUT_HOME = "without_home", _("without a home, or staying with others")
    EVICTION = "eviction_without_rehousing", _("eviction without rehousing")
    CARE_LEAVER = "care_leaver", _("leaving child protection")
    EFFORT_ABOVE_HALF = "effort_above_half", _("more than half of resources spent on housing")


class Proof(models.TextChoices):
    """What shows that a ground of priority holds; a household's own word is one, and bars nothing."""

    THEIR_WORD = "their_word", _("their own word")
    MEDIATION_COMMISSION = "mediation_commission", _("decision of the mediation commission (DALO)")
    COURT = "court", _("court decision, protection order included")
    COMPLAINT = "complaint", _("police complaint or report")
    HOSTING = "hosting", _("certificate of the service that hosts or follows them")
    DISABILITY_OFFICE = "disability_office", _("decision of the MDPH")
    DWELLING_REPORT = "dwelling_report", _("report on the state of the dwelling")
    CHILD_PROTECTION = "child_protection", _("certificate of child protection")
    EMPLOYER = "employer", _("contract of employment")
    OTHER = "other", pgettext_lazy("proof", "another document")


class Ending(models.TextChoices):
    """How a ground or a label stopped counting before its own date."""

    NONE = "", pgettext_lazy("ending", "none")
    WITHDRAWN = "withdrawn", pgettext_lazy("priority", "withdrawn")
    REPLACED = "replaced", pgettext_lazy("priority", "replaced by a newer one")


class PriorityPool(models.TextChoices):
    """A list of households that a body undertakes to house first."""

    SYPLO = "syplo", _("SYPLO: the prefect's quota")
    DALO = "dalo", _("DALO: recognised, to be housed by the prefect")
    DAHO = "daho", _("DAHO: recognised, to be accommodated by the prefect")
    ACD = "acd", _("collective agreement of the département")
    ACTION_LOGEMENT = "action_logement", _("Action Logement: priority employee")
    LOCAL = "local", _("list of the EPCI or of the commune")


OF_VIOLENCE = frozenset({"violence", "prostitution_exit", "trafficking"})

GUARDED_LABELS = frozenset({"disability", "therapeutic_flat", "violence", "prostitution_exit", "trafficking"})


class RoundState(models.TextChoices):
    """A round is committed (seed sealed, candidates frozen), then drawn (public randomness mixed in)."""

    COMMITTED = "committed", _("candidates frozen, lottery sealed")
    DRAWN = "drawn", _("drawn")
    CANCELLED = "cancelled", _("cancelled")


class CommissionKind(models.TextChoices):
    """Which rules a commission sits under."""

    CALEOL = "caleol", _("CALEOL of a social landlord")
    LOCAL = "local", _("local commission")


class SittingState(models.TextChoices):
    """Where a sitting stands."""

    PREPARED = "prepared", _("being prepared")
    OPEN = "open", _("in session")
    CLOSED = "closed", pgettext_lazy("sitting", "closed")


class DecisionKind(models.TextChoices):
    """The five decisions of CCH R441-3."""

    ALLOCATED = "allocated", _("allocated")
    ALLOCATED_RANKED = "allocated_ranked", _("allocated, in rank order")
    ALLOCATED_CONDITIONALLY = "allocated_conditionally", _("allocated on condition of a missing document")
    NOT_ALLOCATED = "not_allocated", _("not allocated")
    REJECTED_INADMISSIBLE = "rejected_inadmissible", _("rejected: conditions of access not met")


GIVES_THE_HOME = ("allocated", "allocated_ranked", "allocated_conditionally")
REFUSES_THE_HOME = ("not_allocated", "rejected_inadmissible")


class FewCandidates(models.TextChoices):
    """The three reasons for which a CALEOL may examine fewer than three candidates."""

    NONE = "", pgettext_lazy("exception", "none")
    TOO_FEW = "too_few_candidates", _("too few candidates")
    DALO_DESIGNATED = "dalo_designation", _("DALO household designated by the prefect")
    PLAI_ADAPTED = "plai_adapte", _("home with the PLAI adapté subsidy")


class CandidacyState(models.TextChoices):
    """Where a candidacy stands."""

    PROPOSED = "proposed", _("proposed")
    DECIDED = "decided", _("decided, not offered")
    OFFERED = "offered", _("offered, answer awaited")
    ACCEPTED = "accepted", _("accepted by the household")
    REFUSED = "refused", _("refused by the household")
    SILENT = "silent", _("no answer in time")
    HOUSED = "housed", _("lease signed")
    LOST = "lost", _("home went to another household")
    WITHDRAWN = "withdrawn", _("withdrawn: no longer concerned")


class ReasonCode(models.TextChoices):
    """Why a home was not allocated to a candidate: a controlled list; health and origin can never be among them."""

    NONE = "", pgettext_lazy("reason", "none")
    OTHER_CANDIDATE = "other_candidate", _("another candidate ranked before")
    CEILINGS = "ceilings", _("resources above the ceiling")
    SIZE = "size", _("home too small for the household")
    EFFORT = "effort", _("cost too high for the resources")
    INCOMPLETE = "incomplete", _("file incomplete after a written reminder")
    NO_LONGER_SEEKING = "no_longer_seeking", _("household no longer seeking")
    UNSUITABLE_ACCESS = "unsuitable_access", _("home not accessible to the household")


class MissingDocument(models.TextChoices):
    """The papers whose lack lets a commission allocate on condition: the closed list of the order on requests."""

    NONE = "", pgettext_lazy("document", "none")
    IDENTITY = "identity", _("identity document")
    RESIDENCE = "residence", _("document showing a regular stay")
    TAX_NOTICE = "tax_notice", _("tax notice of the year before last")
    RESOURCES = "resources", _("proof of the resources of the last three months")
    FAMILY = "family", _("proof of the family situation")
    CURRENT_HOUSING = "current_housing", _("proof of the present housing situation")
    GUARDIANSHIP = "guardianship", _("judgment of guardianship")


HOLDING = ("offered", "accepted", "housed")


class Dimension(models.TextChoices):
    """What an audit groups households by; no rule counts sex or age."""

    FAMILY = "family", _("family")
    SEX = "sex", _("sex of the applicant")
    AGE = "age", _("age of the applicant")
    ORIGIN = "origin", _("where it comes from")
    COMMUNE = "commune", _("commune")


GROUPS = {
    "one_adult": _("one adult"),
    "one_adult_with_children": _("one adult with children"),
    "several_adults": _("several adults"),
    "several_adults_with_children": _("several adults with children"),
    "F": _("woman"),
    "M": _("man"),
    "X": _("other"),
    "under_25": _("under 25"),
    "25_to_39": _("25 to 39"),
    "40_to_59": _("40 to 59"),
    "60_and_over": _("60 and over"),
    "street": _("street and places not meant for living"),
    "shelter": _("accommodation"),
    "institution": _("leaving an institution without a home"),
    "third": _("staying with others"),
    "adapted": _("supported housing"),
    "own": _("own home"),
    "eviction": _("threatened with eviction"),
    "unknown": _("not known or not said"),
    "not_known": _("not known"),
}


class OutlayNeed(models.TextChoices):
    """What is to ask before the outlay of a home can be estimated."""

    COMPOSITION = "composition", _("who would live there: an applicant, a partner at most, and their children")
    BIRTH = "birth", _("the birth date of each member")
    RESOURCES = "resources", _("what each adult lives on, and how much")
    RENT = "rent", _("the rent of the home and its charges")
    COMMUNE = "commune", _("the commune of the home")


class OutlaySupposed(models.TextChoices):
    """What was supposed of what is recorded to estimate an outlay."""

    WAGE_AS_NET = "wage_as_net", _("Whether the wage is gross or net is not recorded: it is taken as net, before tax.")
    ASS_AS_UNEMPLOYMENT = (
        "ass_as_unemployment",
        _("The computation does not know ASS: it is taken like unemployment benefit."),
    )
    BIRTH_SUPPOSED = "birth_supposed", _("A birth date is not known to the day: its latest day is taken.")
    ROOM_OF_SHARED_HOME = "room_of_shared_home", _("A room of a shared home: the lower ceilings of flat-sharing count.")
    TENURE_SUPPOSED = "tenure_supposed", _("The contract is to be agreed: a direct lease is supposed.")
    AGREEMENT_UNKNOWN = (
        "agreement_unknown",
        _("Whether the private home has an agreement with the State is not recorded: none is supposed."),
    )


class Standing(models.TextChoices):
    """Where a decision stands, from the table to its end."""

    TO_CLOSE = "to_close", _("the sitting is not closed")
    TO_OFFER = "to_offer", _("to offer to the household")
    OFF = "off", _("the home is no longer on offer")
    ANSWER = "answer", _("offered, answer awaited")
    LEASE = "lease", _("accepted, lease to sign")
    BEHIND = "behind", _("waits behind another household")
    SIGNED = "signed", _("lease signed")
    REFUSED = "refused", _("refused by the household")
    SILENT = "silent", _("no answer in time")
    LOST = "lost", _("home went to another household")
    WITHDRAWN = "withdrawn", _("withdrawn: no longer concerned")
    NOT_GIVEN = "not_given", _("the home was not given to it")


WITHOUT_END = ("to_close", "to_offer", "off", "answer", "lease", "behind")


class AgreementEnd(models.TextChoices):
    """How an agreement stopped counting."""

    ENDED = "ended", pgettext_lazy("agreement", "ended")
    CORRECTED = "corrected", pgettext_lazy("agreement", "corrected: another line says it")


class TurnState(models.TextChoices):
    """Where the turn of a vacancy stands."""

    RUNNING = "running", pgettext_lazy("turn", "a household to propose")
    PROPOSED = "proposed", pgettext_lazy("turn", "a household is proposed")
    OWN = "own", pgettext_lazy("turn", "the landlord's own")
    HANDED_BACK = "handed_back", pgettext_lazy("turn", "handed back")
    LAPSED = "lapsed", pgettext_lazy("turn", "the last day has passed")
    FRUITLESS = "fruitless", pgettext_lazy("turn", "no household proposed took it")
    TAKEN_BACK = "taken_back", pgettext_lazy("turn", "taken back: a mistake")


class FlowExitReason(models.TextChoices):
    """Why a vacancy is not shared among the holders."""

    MOVE_WITHIN = "move_within", _("a household moves inside the landlord's stock")
    DEMOLITION = "demolition", _("rehousing before a demolition or works")
    SECURITY_STAFF = "security_staff", _("kept for staff of defence or security")


class HandBackReason(models.TextChoices):
    """Why a holder hands a vacancy back. None speaks of anybody."""

    NOBODY = "nobody", _("nobody on its list for such a home")
    NOT_NOW = "not_now", _("cannot propose in time")
    HOME = "home", _("the home is not ready, or not as described")
    OTHER = "other", pgettext_lazy("hand back", "another reason")


class AskState(models.TextChoices):
    """Where a home asked of a reservation holder stands."""

    AWAITS = "awaits", pgettext_lazy("ask", "awaits an answer")
    PROPOSED = "proposed", pgettext_lazy("ask", "yes: proposed for a home")
    NO = "no", pgettext_lazy("ask", "no home for now")
    WITHDRAWN = "withdrawn", pgettext_lazy("ask", "withdrawn")
