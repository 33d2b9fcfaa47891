"""Closed lists of the people app, their codes, and what each living situation means."""

from __future__ import annotations

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chezsoi.engines.linkage import ReasonCode


class Sex(models.TextChoices):
    """As declared; never needed."""

    FEMALE = "F", _("woman")
    MALE = "M", _("man")
    OTHER = "X", _("other")
    UNKNOWN = "", _("not said")


class MemberRole(models.TextChoices):
    """The place of a person in a household."""

    LEAD = "lead", _("applicant")
    PARTNER = "partner", _("partner")
    CHILD = "child", _("child")
    RELATIVE = "relative", _("relative")
    OTHER = "other", _("other member")


class Situation(models.TextChoices):
    """Where a person lives: the key variable (last night)."""

    STREET = "street", _("street")
    MAKESHIFT = "makeshift", _("makeshift shelter")
    SQUAT = "squat", _("squat")
    CAMP = "camp", _("camp")
    SHANTY_TOWN = "shanty_town", _("shanty town")
    VEHICLE = "vehicle", _("vehicle")
    EMERGENCY = "emergency", _("emergency accommodation")
    HOTEL = "hotel", _("115 hotel")
    CHRS = "chrs", _("CHRS")
    STABILISATION = "stabilisation", _("stabilisation place")
    ASYLUM = "asylum", _("asylum accommodation")
    HEALTH_STAY = "health_stay", _("leaving hospital without a home")
    PRISON = "prison", _("leaving prison without a home")
    CHILD_CARE = "child_care", _("leaving child protection without a home")
    WITH_OTHERS = "with_others", _("staying with others")
    SUPPORTED = "supported", _("supported housing")
    OWN = "own", _("own home")
    OWN_EVICTION = "own_eviction", _("own home, threatened with eviction")
    UNKNOWN = "unknown", _("not known")
    REFUSED = "refused", _("does not wish to say")


ROUGH = frozenset({"street", "makeshift", "squat", "camp", "shanty_town", "vehicle"})
ACCOMMODATED = frozenset({"emergency", "hotel", "chrs", "stabilisation", "asylum"})
LEFT_WITHOUT_A_HOME = frozenset({"health_stay", "prison", "child_care"})
HOMELESS = ROUGH | ACCOMMODATED | LEFT_WITHOUT_A_HOME


class Family(models.TextChoices):
    """The families of situations that a list filters by and that a lane tells apart."""

    STREET = "street", _("street and places not meant for living")
    SHELTER = "shelter", _("accommodation")
    INSTITUTION = "institution", _("leaving an institution without a home")
    THIRD = "third", _("staying with others")
    ADAPTED = "adapted", _("supported housing")
    OWN = "own", _("own home")
    UNKNOWN = "unknown", _("not known or not said")


FAMILIES: dict[str, str] = {
    **dict.fromkeys(ROUGH, "street"),
    **dict.fromkeys(ACCOMMODATED, "shelter"),
    **dict.fromkeys(LEFT_WITHOUT_A_HOME, "institution"),
    "with_others": "third",
    "supported": "adapted",
    "own": "own",
    "own_eviction": "own",
    "unknown": "unknown",
    "refused": "unknown",
}


class Who(models.TextChoices):
    """Who lives in a household, or follows it, as a list is narrowed to it."""

    CHILDREN = "children", _("with children")
    ALONE = "alone", _("living alone")
    NOBODY_NAMED = "nobody_named", _("without a named worker in the circle")


class WhyLeft(models.TextChoices):
    """Why an act on several households left one of them as it was."""

    CLOSED = "closed", _("the file is closed")
    NAMED = "named", _("they follow this household already")
    ELSEWHERE = "elsewhere", _("they have no role in its territory today")
    OBJECTS = "objects", _("somebody of the household objects to opening the file to this service")
    EMPTY = "empty", _("nobody lives in this file today")


class AgeBand(models.TextChoices):
    """Ages as a minimal card gives them, and as an outreach team guesses them."""

    MINOR = "0-17", _("under 18")
    YOUNG = "18-24", _("18 to 24")
    ADULT = "25-39", _("25 to 39")
    MIDDLE = "40-59", _("40 to 59")
    SENIOR = "60+", _("60 or over")
    UNKNOWN = "unknown", _("age not known")


APPARENT_AGES: dict[str, int] = {"0-17": 15, "18-24": 21, "25-39": 32, "40-59": 50, "60+": 65}


class Origin(models.TextChoices):
    """How an observation came to be known."""

    STATED = "stated", _("stated by the person")
    OBSERVED = "observed", _("observed")
    IMPORTED = "imported", _("imported")
    LEASE = "lease", _("lease signed")


class CircleBasis(models.TextChoices):
    """Why an organisation, or one of its workers, is in the circle of a household."""

    INTAKE = "intake", _("met the household first")
    IMPORT = "import", _("brought the file")
    REFERRAL = "referral", _("referral")
    SUPPORT = "support", _("support measure")
    AGREEMENT = "agreement", _("agreed by the person")


class InformationMeans(models.TextChoices):
    """How somebody was told what is kept of them, why, and what they may ask."""

    ORAL = "oral", _("orally")
    INTERPRETED = "interpreted", _("orally, with an interpreter")
    WRITTEN = "written", _("in writing")
    EASY_TO_READ = "easy_to_read", _("in easy-to-read writing")


class NoticeLanguage(models.TextChoices):
    """The languages of the notice."""

    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")
    ARABIC = "ar", _("Arabic")
    ROMANIAN = "ro", _("Romanian")
    PASHTO = "ps", _("Pashto")
    DARI = "prs", _("Dari")
    TIGRINYA = "ti", _("Tigrinya")
    UKRAINIAN = "uk", _("Ukrainian")
    RUSSIAN = "ru", _("Russian")
    SPANISH = "es", _("Spanish")
    PORTUGUESE = "pt", _("Portuguese")
    BENGALI = "bn", _("Bengali")
    ALBANIAN = "sq", _("Albanian")
    GEORGIAN = "ka", _("Georgian")
    SOMALI = "so", _("Somali")
    OTHER = "other", _("another language")


class ObjectionPurpose(models.TextChoices):
    """What a person objects to."""

    SHARING = "sharing", _("opening the file to a service")
    STUDY = "study", _("being contacted for a study")
    OTHER = "other", _("another use of the file")


class HandingMeans(models.TextChoices):
    """How the copy of a file reached the person."""

    IN_HAND = "in_hand", _("handed in person")
    POST = "post", _("by post, to the address they gave")
    ELECTRONIC = "electronic", _("on a medium they brought")


class EmergencyReason(models.TextChoices):
    """Why somebody outside the circle has to open one file at once."""

    LIFE = "life", _("danger to somebody’s life or health")
    CHILD = "child", _("a child in danger")
    NIGHT = "night", _("no place for the night and nobody of the circle can be reached")
    DEADLINE = "deadline", _("a deadline that ends today")


class ReviewFinding(models.TextChoices):
    """What the data protection officer concludes of an emergency access."""

    JUSTIFIED = "justified", _("justified")
    TO_DISCUSS = "to_discuss", _("to be discussed with the service")
    UNJUSTIFIED = "unjustified", _("not justified")


class ResourceKind(models.TextChoices):
    """Where a household's money comes from."""

    NONE = "none", _("no resources")
    RSA = "rsa", _("RSA")
    AAH = "aah", _("AAH")
    WAGE = "wage", _("wage")
    ARE = "are", _("unemployment benefit")
    ASS = "ass", _("ASS")
    PENSION = "pension", _("pension")
    OTHER = "other", _("other resources")
    UNKNOWN = "unknown", _("not known")


class LinkJudgement(models.TextChoices):
    """What a human said of a pair that may be one person."""

    WAITING = "waiting", _("to be read")
    SAME = "same", _("the same person")
    DIFFERENT = "different", _("two people")
    UNSURE = "unsure", _("cannot tell")


SETTLED = (LinkJudgement.SAME.value, LinkJudgement.DIFFERENT.value)


REASONS: dict[ReasonCode, str | Promise] = {
    ReasonCode.SAME_NAMES: _("same names: %(left)s"),
    ReasonCode.NAMES_SWAPPED: _("same names, first name and surname exchanged: %(left)s, %(right)s"),
    ReasonCode.SAME_SURNAME: _("same surname: %(left)s"),
    ReasonCode.SAME_GIVEN_NAME: _("same first name: %(left)s"),
    ReasonCode.KNOWN_UNDER_ANOTHER_NAME: _("known under another name: %(left)s, %(right)s"),
    ReasonCode.NAMES_ARE_VARIANTS: _("two spellings of one name: %(left)s, %(right)s"),
    ReasonCode.SAME_NAME_IN_PART: _("one name holds the other: %(left)s, %(right)s"),
    ReasonCode.GIVEN_NAME_IS_THE_START_OF: _("one first name is the start of the other: %(left)s, %(right)s"),
    ReasonCode.SURNAME_IS_THE_START_OF: _("one surname is the start of the other: %(left)s, %(right)s"),
    ReasonCode.NAMES_ONE_LETTER_APART: _("one letter between the names: %(left)s, %(right)s"),
    ReasonCode.NAMES_SOUND_ALIKE: _("names that sound alike: %(left)s, %(right)s"),
    ReasonCode.NAMES_LOOK_ALIKE: _("names that look alike: %(left)s, %(right)s"),
    ReasonCode.DIFFERENT_SURNAMES: _("but two surnames: %(left)s, %(right)s"),
    ReasonCode.NAME_UNKNOWN: _("a name is missing in one file"),
    ReasonCode.SAME_BIRTH_DATE: _("same birth date: %(left)s"),
    ReasonCode.SAME_BIRTH_MONTH: _("same month of birth: %(left)s, %(right)s"),
    ReasonCode.SAME_BIRTH_YEAR: _("same year of birth: %(left)s, %(right)s"),
    ReasonCode.SAME_FIRST_OF_JANUARY: _("both born on 1 January, often a date given by an office: %(left)s"),
    ReasonCode.DAY_AND_MONTH_SWAPPED: _("day and month of birth exchanged: %(left)s, %(right)s"),
    ReasonCode.BIRTH_DATES_ONE_DIGIT_APART: _("one digit between the birth dates: %(left)s, %(right)s"),
    ReasonCode.CLOSE_AGES: _("close ages, one of them a guess: %(left)s, %(right)s"),
    ReasonCode.BIRTH_DATE_UNKNOWN: _("a birth date is missing in one file"),
    ReasonCode.DIFFERENT_BIRTH_DATES: _("but two birth dates: %(left)s, %(right)s"),
    ReasonCode.SAME_PHONE: _("same telephone: %(left)s"),
    ReasonCode.DIFFERENT_PHONES: _("but two telephones"),
    ReasonCode.SAME_REQUEST_NUMBER: _("same housing request number"),
    ReasonCode.DIFFERENT_REQUEST_NUMBERS: _("but two housing request numbers"),
    ReasonCode.SAME_SITUATION_SINCE_SAME_DAY: _("in the same situation since the same day: %(left)s"),
    ReasonCode.SITUATIONS_BEGAN_THE_SAME_DAY: _("their situations began the same day: %(left)s"),
    ReasonCode.SAME_COMMUNE: _("in the same commune"),
    ReasonCode.DIFFERENT_SEX: _("but one woman and one man"),
}
"""What a reader is told of each sign that two files may be one person."""


class LifeEvent(models.TextChoices):
    """What may happen to a household, in the words people use."""

    SPLIT = "split", _("do not live together any more")
    JOINED = "joined", _("live together now")
    LEFT = "left", _("left")
    RETURNED = "returned", _("came back")
    DIED = "died", _("died")
    LOST = "lost", _("no news of them")
    FOUND = "found", _("news of them again")
    LED = "led", _("the file is named after somebody else")
    MOVED = "moved", _("moved from one territory to another")


class Closing(models.TextChoices):
    """Why the file of a household is closed; its number and its history stay."""

    OPEN = "", _("open")
    DIED = "died", _("nobody of it is alive")
    JOINED = "joined", _("its members live in another household")
    GONE = "gone", _("nobody lives in it any more")
    MISTAKE = "mistake", _("opened by mistake")
    MOVED = "moved", _("goes on in another territory")


class MoveState(models.TextChoices):
    """Where a move to another territory stands."""

    ASKED = "asked", _("waits for an answer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    TAKEN_BACK = "taken_back", _("taken back")


class DocumentKind(models.TextChoices):
    """What a document handed over shows; each belongs to a category of data, which decides who reads it."""

    IDENTITY = "identity", _("proof of identity")
    FAMILY = "family", _("proof of the family situation")
    RESIDENCE = "residence", _("proof of regular stay")
    TAX_NOTICE = "tax_notice", _("tax notice")
    RESOURCES = "resources", _("proof of resources")
    HOUSING = "housing", _("proof of the present housing")
    PROCEEDINGS = "proceedings", _("complaint or protection order")
    EVALUATION = "evaluation", _("social evaluation or letter")


DOCUMENT_CATEGORIES = {
    DocumentKind.IDENTITY: "C1_identity",
    DocumentKind.FAMILY: "C2_household",
    DocumentKind.RESIDENCE: "C6_residence_status",
    DocumentKind.TAX_NOTICE: "C5_resources",
    DocumentKind.RESOURCES: "C5_resources",
    DocumentKind.HOUSING: "C3_housing_request",
    DocumentKind.PROCEEDINGS: "C8_violence_justice",
    DocumentKind.EVALUATION: "C4_social_notes",
}


class ScanState(models.TextChoices):
    """What the virus scanner said of a document."""

    CLEAN = "clean", _("no virus found")
    NOT_SCANNED = "not_scanned", _("not scanned")
