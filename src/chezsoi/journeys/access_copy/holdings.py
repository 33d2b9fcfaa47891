"""
What each table holds of a person, and where it stands in the copy; what a copy leaves out, and why.

A test refuses a model that declares itself personal and is in neither list: a new one is decided here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMED_OTHERWISE = "it names another thing of the copy, which stands there by itself"
COMPUTED = "it is computed from what the copy holds, to search or to compare"
NOT_HERS = "it names who works, not whom the file is about"


class Part(StrEnum):
    """The parts of a copy, in the order they are read."""

    WHO = "who"
    HOUSEHOLD = "household"
    SITUATIONS = "situations"
    RESOURCES = "resources"
    REQUEST = "request"
    PROPOSALS = "proposals"
    LEASES = "leases"
    SUPPORT = "support"
    RIGHTS = "rights"
    READERS = "readers"
    FILES = "files"


TITLES: dict[Part, Promise] = {
    Part.WHO: _("Who you are"),
    Part.HOUSEHOLD: _("Your household"),
    Part.SITUATIONS: _("Where you lived"),
    Part.RESOURCES: _("What you live on"),
    Part.REQUEST: _("What you ask for"),
    Part.PROPOSALS: _("Homes proposed, and what was decided"),
    Part.LEASES: _("Your leases"),
    Part.SUPPORT: _("Support"),
    Part.RIGHTS: _("Your rights"),
    Part.READERS: _("Who may open your file, and who opened it"),
    Part.FILES: _("The files it came from"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """
    One table and the way from it to the person, or to a household the person lived in.

    `day` dates a row: of a household, a copy holds what happened while the person lived there, and what has no date if
    they live there still. A row with an `until` concerns whoever was there before that day.
    """

    model: str
    part: Part
    category: str
    path: str = "household"
    day: str = ""
    until: str = ""
    free: tuple[str, ...] = ()
    omits: dict[str, str] = field(default_factory=dict)

    @property
    def is_of_the_person(self) -> bool:
        return self.path in {"", "person", "persons"}


HOLDINGS: tuple[Holding, ...] = (
    Holding(
        model="people.Person",
        part=Part.WHO,
        category="C1_identity",
        path="",
        omits={"sort_name": COMPUTED},
    ),
    Holding(model="people.Alias", part=Part.WHO, category="C1_identity", path="person", omits={"plain_name": COMPUTED}),
    Holding(
        model="people.Phone", part=Part.WHO, category="C1_identity", path="person", omits={"number_index": COMPUTED}
    ),
    Holding(model="people.Correction", part=Part.WHO, category="C1_identity", path="person", free=("reason",)),
    Holding(model="people.HouseholdMember", part=Part.HOUSEHOLD, category="C2_household", path="person"),
    Holding(
        model="people.Household",
        part=Part.HOUSEHOLD,
        category="C2_household",
        path="pk",
        free=("wishes", "reach"),
        omits={"version": COMPUTED},
    ),
    Holding(
        model="people.Correction",
        part=Part.HOUSEHOLD,
        category="C2_household",
        day="corrected_at",
        free=("old_value", "reason"),
    ),
    Holding(
        model="people.LifeChange",
        part=Part.HOUSEHOLD,
        category="C2_household",
        path="persons",
        free=("reason", "undo_reason"),
        omits={
            "household": "it may name the file of those who do not live with her any more",
            "other": "it may name the file of those who do not live with her any more",
            "steps": COMPUTED,
        },
    ),
    Holding(
        model="people.HouseholdMove",
        part=Part.HOUSEHOLD,
        category="C2_household",
        day="agreed_on",
        free=("reason",),
        omits={
            "opened": NAMED_OTHERWISE,
            "agreed_by": "it may name those who do not live with her any more",
        },
    ),
    Holding(
        model="people.ResidentialSituation",
        part=Part.SITUATIONS,
        category="C3_housing_request",
        path="person",
        free=("original_words", "withdrawal_reason"),
        omits={"derived_from": NAMED_OTHERWISE},
    ),
    Holding(
        model="people.ResourceStatement",
        part=Part.RESOURCES,
        category="C5_resources",
        path="person",
        free=("original_words",),
    ),
    Holding(
        model="allocation.HousingRequest",
        part=Part.REQUEST,
        category="C3_housing_request",
        omits={"number_index": COMPUTED},
    ),
    Holding(
        model="allocation.WishedCommune",
        part=Part.REQUEST,
        category="C3_housing_request",
        path="request__household",
        omits={"request": NAMED_OTHERWISE},
    ),
    Holding(
        model="allocation.PriorityLabel",
        part=Part.REQUEST,
        category="C3_housing_request",
        path="request__household",
        day="noted_on",
        until="withdrawn_on",
        free=("issuer", "end_reason"),
        omits={"request": NAMED_OTHERWISE},
    ),
    Holding(
        model="allocation.PoolLabel",
        part=Part.REQUEST,
        category="C3_housing_request",
        path="request__household",
        day="labelled_on",
        until="withdrawn_on",
        free=("issuer", "end_reason"),
        omits={"request": NAMED_OTHERWISE, "number_index": COMPUTED},
    ),
    Holding(
        model="allocation.RequestEvent",
        part=Part.REQUEST,
        category="C3_housing_request",
        path="request__household",
        day="happened_on",
        free=("reason",),
        omits={"request": NAMED_OTHERWISE, "former": COMPUTED},
    ),
    Holding(
        model="allocation.Pause", part=Part.REQUEST, category="C3_housing_request", day="asked_on", until="until_on"
    ),
    Holding(
        model="allocation.Appeal",
        part=Part.REQUEST,
        category="C3_housing_request",
        path="request__household",
        day="lodged_on",
        free=("words", "outcome_words"),
        omits={"request": NAMED_OTHERWISE},
    ),
    Holding(
        model="allocation.Examination",
        part=Part.PROPOSALS,
        category="C12_matching_commission",
        day="round__frozen_on",
    ),
    Holding(
        model="allocation.JointAnswer",
        part=Part.PROPOSALS,
        category="C12_matching_commission",
        day="joint__frozen_on",
    ),
    Holding(
        model="allocation.Candidacy",
        part=Part.PROPOSALS,
        category="C12_matching_commission",
        day="round__frozen_on",
        free=("reordering_reason",),
    ),
    Holding(
        model="allocation.OutlayEstimate",
        part=Part.PROPOSALS,
        category="C5_resources",
        path="candidacy__household",
        day="computed_at",
        omits={
            "candidacy": NAMED_OTHERWISE,
            "means": COMPUTED,
            "household_digest": COMPUTED,
            "home_digest": COMPUTED,
        },
    ),
    Holding(
        model="allocation.Decision",
        part=Part.PROPOSALS,
        category="C12_matching_commission",
        path="candidacy__household",
        day="decided_on",
        free=("reason",),
    ),
    Holding(
        model="allocation.OfferLetter",
        part=Part.PROPOSALS,
        category="C12_matching_commission",
        path="decision__candidacy__household",
        day="sent_on",
    ),
    Holding(
        model="allocation.HouseholdAnswer",
        part=Part.PROPOSALS,
        category="C12_matching_commission",
        path="letter__decision__candidacy__household",
        day="answered_on",
        free=("words",),
    ),
    Holding(
        model="allocation.Refusal",
        part=Part.PROPOSALS,
        category="C12_matching_commission",
        path="candidacy__household",
        day="noted_on",
        free=("words", "look_words"),
    ),
    Holding(
        model="tenancies.Lease",
        part=Part.LEASES,
        category="C11_leases_rents",
        day="signed_on",
        until="ended_on",
        free=("void_reason",),
    ),
    Holding(
        model="support.SupportWish",
        part=Part.SUPPORT,
        category="C4_social_notes",
        day="stated_on",
        free=("original_words",),
    ),
    Holding(
        model="support.NamedReferent", part=Part.SUPPORT, category="C4_social_notes", day="stated_on", free=("label",)
    ),
    Holding(
        model="support.SupportMeasure",
        part=Part.SUPPORT,
        category="C4_social_notes",
        day="opened_on",
        until="ended_on",
        free=("end_reason",),
    ),
    Holding(
        model="support.Task",
        part=Part.SUPPORT,
        category="C4_social_notes",
        day="due_on",
        omits={"measure": NAMED_OTHERWISE},
    ),
    Holding(model="people.InformationGiven", part=Part.RIGHTS, category="C1_identity", path="person"),
    Holding(model="people.Objection", part=Part.RIGHTS, category="C1_identity", path="person", free=("words",)),
    Holding(
        model="people.AccessRequest",
        part=Part.RIGHTS,
        category="C1_identity",
        path="person",
        omits={
            "kept": "it names passages of this copy by their digest",
            "masked": "it names passages of this copy by their digest",
        },
    ),
    Holding(
        model="journeys.ArchiveJustification",
        part=Part.RIGHTS,
        category="C1_identity",
        day="written_on",
        free=("reason",),
    ),
    Holding(
        model="people.CircleMembership",
        part=Part.READERS,
        category="C2_household",
        day="starts_on",
        until="ends_on",
        omits={"user": "a worker is named by their service"},
    ),
    Holding(
        model="people.EmergencyAccess",
        part=Part.READERS,
        category="C2_household",
        day="started_at",
        omits={
            "user": "a worker is named by their service",
            "words": "the words of the worker to the reviewer, asked of the data protection officer",
            "note": "the words of the reviewer to the service, asked of the data protection officer",
        },
    ),
    Holding(
        model="people.Attachment",
        part=Part.FILES,
        category="C2_household",
        day="attached_on",
        free=("file_name",),
        omits={
            "stored_name": "it names a file of the machine; the document is printed from the page of the household",
            "sha256": COMPUTED,
        },
    ),
    Holding(
        model="people.PersonReference",
        part=Part.FILES,
        category="C1_identity",
        path="person",
        omits={"digest": COMPUTED},
    ),
    Holding(
        model="people.HouseholdReference",
        part=Part.FILES,
        category="C1_identity",
        day="heard_on",
        omits={"digest": COMPUTED},
    ),
)
GATHERED: dict[str, str] = {
    "files.BatchChange": "the values a file replaced, found by the rows of the copy they belong to",
    "trail.Entry": "who opened the file and when, by service",
}
LEFT_OUT: dict[str, str] = {
    "people.IdentityKey": COMPUTED,
    "people.SearchWord": COMPUTED,
    "people.SearchKey": COMPUTED,
    "people.SearchPosting": COMPUTED,
    "people.SavedView": NOT_HERS,
    "people.PossibleDuplicate": "it compares the file with another, which may be somebody else's",
    "people.HeldRow": "a row that nobody has linked to a person: it may be somebody else's",
    "allocation.JointRound": "it freezes, with every other household's, what the copy holds by itself",
    "allocation.Round": "it freezes, with every other household's, what the copy holds by itself",
    "allocation.Commission": NOT_HERS,
    "allocation.CommissionMember": NOT_HERS,
    "allocation.Sitting": NOT_HERS,
    "allocation.SittingItem": NOT_HERS,
    "allocation.Attendance": NOT_HERS,
    "allocation.Recusal": NOT_HERS,
    "allocation.Adjournment": NOT_HERS,
    "homes.Owner": "it is about the owner of a home",
    "homes.Dwelling": "it is about a home; the address of hers stands in her lease",
    "homes.DwellingShown": "it is about a home",
    "homes.DwellingReference": "it is about a home",
    "homes.Offer": "it is about a home",
    "files.ImportBatch": "it is about a file; the ones that spoke of her are named with their source",
    "files.Submission": NOT_HERS,
    "files.Draft": "what a worker typed and did not send is not in any file yet, and goes in a few days",
    "territories.User": NOT_HERS,
    "territories.RoleAssignment": NOT_HERS,
    "territories.AccountLink": NOT_HERS,
    "territories.ProviderIdentity": NOT_HERS,
    "territories.SignInTry": NOT_HERS,
    "territories.Session": NOT_HERS,
    "territories.Habits": NOT_HERS,
    "territories.Reminder": NOT_HERS,
    "territories.CalendarLink": NOT_HERS,
    "observatory.ErasedCount": "it counts files that were erased, and names nobody",
    "journeys.Tombstone": "it keeps a keyed digest of what was erased, and names nobody",
    "journeys.PurgeRun": "it counts what was erased, and names nobody",
    "trail.Seal": "it holds digests of the trail, nothing of anybody",
}
