"""The models that a takeout leaves out, each with its reason."""

from __future__ import annotations

OWN_LINKS = "an account chooses its password, its second factor and its links again"
OF_EVERYBODY = "reference data: every installation has it"
OF_A_ROUND = "it compares or decides on households of every service: the territory keeps it"
OF_THE_INSTALLATION = "evidence of what was done in this installation: it would prove nothing in another"
REBUILT = "made again from the rows taken"
PASSING = "work in progress on a screen, or a choice made again in one click"

LEFT_OUT: dict[str, str] = {
    "territories.Commune": OF_EVERYBODY,
    "territories.FormerCommune": OF_EVERYBODY,
    "territories.Territory": OF_EVERYBODY,
    "territories.TerritoryMember": OF_EVERYBODY,
    "territories.ReferenceSet": OF_EVERYBODY,
    "territories.AccountLink": OWN_LINKS,
    "territories.ProviderIdentity": OWN_LINKS,
    "territories.CalendarLink": OWN_LINKS,
    "territories.Habits": PASSING,
    "territories.Reminder": PASSING,
    "territories.SignInTry": OF_THE_INSTALLATION,
    "territories.Session": PASSING,
    "allocation.ScoringGrid": OF_EVERYBODY,
    "allocation.GridDraft": "the territory writes its grid: it is no organisation's",
    "allocation.Round": OF_A_ROUND,
    "allocation.Examination": OF_A_ROUND,
    "allocation.Turn": OF_A_ROUND,
    "allocation.HolderProposal": OF_A_ROUND,
    "allocation.JointRound": OF_A_ROUND,
    "allocation.JointAnswer": OF_A_ROUND,
    "allocation.Candidacy": OF_A_ROUND,
    "allocation.CompanyWish": "it names households of other services, who are not told",
    "allocation.OutlayEstimate": REBUILT,
    "allocation.Sitting": OF_A_ROUND,
    "allocation.SittingItem": OF_A_ROUND,
    "allocation.Attendance": OF_A_ROUND,
    "allocation.Recusal": OF_A_ROUND,
    "allocation.Adjournment": OF_A_ROUND,
    "allocation.Decision": OF_A_ROUND,
    "allocation.OfferLetter": OF_A_ROUND,
    "allocation.HouseholdAnswer": OF_A_ROUND,
    "allocation.Refusal": OF_A_ROUND,
    "observatory.ErasedCount": "a total of the territory",
    "observatory.SocialAllocationTotal": "a total of the territory",
    "people.IdentityKey": REBUILT,
    "people.SearchWord": REBUILT,
    "people.SearchKey": REBUILT,
    "people.SearchPosting": REBUILT,
    "people.Attachment": "its file is kept under this installation's key: hand it over from the household's page",
    "people.AccessRequest": OF_THE_INSTALLATION,
    "people.HouseholdMove": OF_THE_INSTALLATION,
    "people.EmergencyAccess": OF_THE_INSTALLATION,
    "people.SavedView": PASSING,
    "files.BatchChange": "an import can be undone only where it was made",
    "files.Submission": PASSING,
    "files.Draft": PASSING,
    "journeys.ArchiveJustification": OF_THE_INSTALLATION,
    "journeys.PurgeRun": OF_THE_INSTALLATION,
    "journeys.Tombstone": OF_THE_INSTALLATION,
    "trail.Entry": OF_THE_INSTALLATION,
    "trail.Seal": OF_THE_INSTALLATION,
}
