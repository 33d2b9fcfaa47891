"""Reasons in words: short sentences a household can read, and the words a commission may not write."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from chezsoi.allocation.choices import GUARDED_LABELS, Label
from chezsoi.engines.matching import SITUATIONS, RuleCode, Verdict
from chezsoi.people.choices import Situation

if TYPE_CHECKING:
    from chezsoi.allocation.models import Decision, JointAnswer

ALPHABET = 26
NOT_ASKED_OF_A_ROOM = gettext_lazy("A room in a shared home: the rooms wished are for a home of one's own.")
NO_SOCIAL_RULE = gettext_lazy("This rule is only for social housing.")
SENTENCES = {
    "home_is_offerable.pass": gettext_lazy("The home may be let (energy class %(value)s)."),
    "home_is_offerable.fail": gettext_lazy("The home may not be let: energy class %(value)s, %(threshold)s at worst."),
    "home_is_offerable.ask.landlord": gettext_lazy("Energy class not known: ask the landlord."),
    "surface_is_enough_for_size.pass": gettext_lazy("Large enough: %(value)s m², at least %(threshold)s m² needed."),
    "surface_is_enough_for_size.fail": gettext_lazy("Too small: %(value)s m², at least %(threshold)s m² needed."),
    "surface_is_enough_for_size.ask.landlord": gettext_lazy("Surface not known: ask the landlord."),
    "surface_is_enough_for_size.ask.household": gettext_lazy("How many people will live there? Ask the household."),
    "rooms_fit_need.pass": gettext_lazy("Enough rooms for the household."),
    "rooms_fit_need.fail": gettext_lazy("Too few rooms: %(value)s, at least %(threshold)s needed."),
    "rooms_fit_need.ask.landlord": gettext_lazy("Number of rooms not known: ask the landlord."),
    "rooms_fit_need.ask.household": gettext_lazy("How many people will live there? Ask the household."),
    "rooms_fit_wish.pass": gettext_lazy("As many rooms as the household wishes."),
    "rooms_fit_wish.fail": gettext_lazy("The home has %(value)s rooms; the household wishes %(threshold)s."),
    "rooms_fit_wish.ask.landlord": gettext_lazy("Number of rooms not known: ask the landlord."),
    "commune_is_wished.pass": gettext_lazy("In a commune the household wishes, or it accepts any."),
    "commune_is_wished.fail": gettext_lazy("The household does not wish to live in %(value)s."),
    "outlay_is_bearable.pass": gettext_lazy("Rent and charges: %(value)s €; the household can pay %(threshold)s €."),
    "outlay_is_bearable.fail": gettext_lazy("Rent and charges: %(value)s €; the household can pay %(threshold)s €."),
    "outlay_is_bearable.ask.landlord": gettext_lazy("Rent or charges not known: ask the landlord."),
    "outlay_is_bearable.ask.household": gettext_lazy("What rent can the household pay? Ask it."),
    "wheelchair.pass": gettext_lazy("Accessible by wheelchair, or not needed."),
    "wheelchair.fail": gettext_lazy("The household needs wheelchair access; the home has none."),
    "wheelchair.ask.landlord": gettext_lazy("Wheelchair access needed: ask the landlord whether the home has it."),
    "wheelchair.ask.household": gettext_lazy(
        "The home is not known to be accessible: does the household need it to be?"
    ),
    "lift_or_ground.pass": gettext_lazy("A lift or the ground floor, or not needed."),
    "lift_or_ground.fail": gettext_lazy("The household needs a lift or the ground floor; the home has neither."),
    "lift_or_ground.ask.landlord": gettext_lazy("A lift or the ground floor is needed: ask the landlord."),
    "lift_or_ground.ask.household": gettext_lazy("The home may be upstairs without a lift: is that possible? Ask."),
    "social_housing_needs_a_request_number.pass": gettext_lazy("The household has a national request number."),
    "social_housing_needs_a_request_number.ask.household": gettext_lazy("No request number yet: open a request."),
    "regular_stay.pass": gettext_lazy("Regular stay."),
    "regular_stay.fail": gettext_lazy("Social housing needs a regular stay; a private home does not."),
    "regular_stay.ask.household": gettext_lazy("Regular stay to be confirmed with the household."),
    "income_ceiling.pass": gettext_lazy("Income under the ceiling of %(threshold)s € a year."),
    "income_ceiling.fail": gettext_lazy("Income above the ceiling of %(threshold)s € a year."),
    "income_ceiling.ask.household": gettext_lazy("Reference income to be confirmed with the household."),
    "income_ceiling.ask.landlord": gettext_lazy("Funding of the home not known: ask the landlord."),
    "income_ceiling.ask.territory": gettext_lazy("The income ceiling of this funding is not recorded here."),
    "home_not_already_refused_by_household.pass": gettext_lazy("The household never said no to this home."),
    "home_not_already_refused_by_household.fail": gettext_lazy("The household said no to this very home."),
    "sharing_is_wished.pass": gettext_lazy("Shared or not, as the household wishes."),
    "sharing_is_wished.fail": gettext_lazy("Sharing is a wish: this household did not ask for such a home."),
}
ADMINISTRATIVE = (RuleCode.SOCIAL_HOUSING_NEEDS_A_REQUEST_NUMBER, RuleCode.REGULAR_STAY, RuleCode.INCOME_CEILING)
CONDITIONS = {
    Verdict.PASS: gettext_lazy("The conditions of access are met."),
    Verdict.ASK: gettext_lazy("Conditions of access to be confirmed by those who follow the household."),
    Verdict.FAIL: gettext_lazy("A condition of access is not met; those who follow the household know which."),
}
OUTLAY = {
    Verdict.PASS: gettext_lazy("The household can pay this rent."),
    Verdict.ASK: gettext_lazy("What the household can pay is to be confirmed."),
    Verdict.FAIL: gettext_lazy("The rent is more than the household can pay."),
}
LOST_BY = {
    "points": gettext_lazy("The last one proposed has %(last)s points; this household has %(points)s."),
    "waiting": gettext_lazy("As many points as the last one proposed, who has waited longer."),
    "lottery": gettext_lazy("As many points and as long a wait as the last one proposed; the lottery decided."),
}
RELAXED = {
    "commune_is_wished": gettext_lazy("If it also accepted %(accept)s, it would be proposed, at rank %(rank)s."),
    "rooms_fit_wish": gettext_lazy("If it also accepted %(accept)s rooms, it would be proposed, at rank %(rank)s."),
}
OF_THE_SAMPLE = (
    gettext_lazy("Right to housing recognised"),
    gettext_lazy("DALO recognised"),
    gettext_lazy("decision of the mediation commission"),
    gettext_lazy("Protection"),
    gettext_lazy("Violence in the couple or the family"),
    gettext_lazy("protection order, complaint, or attestation of an approved association"),
    gettext_lazy("Where the household lives"),
    gettext_lazy("Without home, sleeping rough"),
    gettext_lazy("Accommodated, staying with others, or in an institution with no home to return to"),
    gettext_lazy("Threatened with eviction, no rehousing"),
    gettext_lazy("Disability, home unfit for it"),
    gettext_lazy("Home unfit to live in"),
    gettext_lazy("Overcrowded home with a minor child"),
    gettext_lazy("Young people"),
    gettext_lazy("Care leaver (ASE)"),
    gettext_lazy("Resources"),
    gettext_lazy("Effort rate above 50 %"),
    gettext_lazy(
        "Design choice of the project, to be replaced by the grid each EPCI votes; categories of CCH art. L441-1, "
        "principle of decree 2019-1378"
    ),
)
WOULD_BE_PROPOSED = {
    "commune_is_wished": gettext_lazy("If it also accepted %(accept)s, it would be proposed a home."),
    "rooms_fit_wish": gettext_lazy("If it also accepted %(accept)s rooms, it would be proposed a home."),
}
# Roots, without accents: health first, then origin and belief.
_FORBIDDEN = re.compile(
    r"\b(?:malad\w*|maladies?|sante|handicap\w*|psych\w*|depressi\w*|schizo\w*|bipolaire\w*|alcool\w*|drogu\w*|toxico\w*"
    r"|addict\w*|vih|sida|seropo\w*|cancer\w*|enceinte|grossesse|hospitalis\w*|traitement medical|soins|diagnosti\w*"
    r"|origines?(?! d(?:e |es |u )(?:la |l )?(?:ressource|revenu|fonds|demande))|etranger(?:s|e|es)?|nationalites?"
    r"|ethni\w*|raci\w*|race|couleur de peau|religi\w*|musulman\w*|juifs?|juives?|chretien\w*|catholique\w*|voile"
    r"|roms?|tsigane\w*|gitan\w*|gens du voyage|africain\w*|maghreb\w*|arabes?|noirs?|immigre\w*|migrant\w*|accent"
    r"|health|ill|illness\w*|disab\w*|mental\w*|pregnan\w*|foreign\w*|nationality|ethnic\w*|religio\w*|immigra\w*)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What the reader may be told, and the names of communes."""

    sees_resources: bool = False
    sees_guarded: bool = False
    communes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A reason in words, and its verdict; its rule, when the reader is told its detail, and the days of its facts."""

    text: str
    verdict: str
    rule: str = ""
    dated: str = ""

    @property
    def kind(self) -> str:
        """Name the shape and the colour that go with it."""
        return {Verdict.PASS: "home", Verdict.ASK: "wait", Verdict.FAIL: "stop"}[Verdict(self.verdict)]


def letter(rank: int | None) -> str:
    """Name a candidate before the room: A for the first of the published order, AA after Z; "" without a rank."""
    letters, place = "", rank or 0
    while place:
        place, digit = divmod(place - 1, ALPHABET)
        letters = chr(ord("A") + digit) + letters
    return letters


def vector(reasons: Sequence[Mapping[str, Any]], reader: Reader) -> tuple[Said, ...]:
    """Say every reason, as far as the reader may know; conditions of access are told as one to those who may not."""
    if reader.sees_resources:
        return tuple(_whole(reason, reader) for reason in reasons)
    told = [_told(reason, reader) for reason in reasons if reason["rule"] not in ADMINISTRATIVE]
    worst = _worst([reason["verdict"] for reason in reasons if reason["rule"] in ADMINISTRATIVE])
    return (*told, Said(text=str(CONDITIONS[worst]), verdict=worst))


def questions(reasons: Sequence[Mapping[str, Any]], reader: Reader) -> tuple[str, ...]:
    """List what is still to be asked, each thing once."""
    asked = (said.text for said in vector(reasons, reader) if said.verdict == Verdict.ASK)
    return tuple(dict.fromkeys(asked))


def grounds(contributions: Sequence[Mapping[str, Any]], reader: Reader) -> tuple[str, ...]:
    """Name what earned points, each with its points; guarded grounds stay unnamed for those who may not know."""
    return tuple(f"{_ground(each, reader)} · {each['points']}" for each in counted_in(contributions))


def counted_in(contributions: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Keep the contributions that earned points."""
    return [each for each in contributions if each["counts"] and each["points"]]


def is_told(contribution: Mapping[str, Any], reader: Reader) -> bool:
    """Tell whether a reader may know the facts that earned points: a guarded ground is named to few."""
    return reader.sees_guarded or not GUARDED_LABELS.intersection(contribution["facts"])


def separation(standing: Mapping[str, Any], points: int, reader: Reader) -> tuple[str, ...]:
    """Say what separates a household from the last one proposed, and the wish that would change it."""
    said = []
    if standing.get("lost_by"):
        said.append(str(LOST_BY[standing["lost_by"]]) % {"last": standing["last_points"], "points": points})
    if wider := standing.get("relaxation"):
        accept = reader.communes.get(str(wider["accept"]), wider["accept"])
        said.append(str(RELAXED[wider["wish"]]) % {"accept": accept, "rank": wider["rank"]})
    return tuple(said)


def unproposed(answer: JointAnswer, reader: Reader) -> str:
    """
    Say why a household is proposed no home of a joint round, and the one wish that would change it.

    Forty words at most in French: what stands between it and a home, the points that were needed, the wish.
    """
    return " ".join(part for part in (_what_stands_between(answer), _wider(answer.relaxation, reader)) if part)


def beside(others: int) -> str:
    """Say what a household proposed a room is told, in forty words at most: with how many, and that a no is free."""
    said = ngettext(
        "Proposed a room in a shared home, with %(count)s other household. Yes or no costs no place; each answers for "
        "itself and signs its own lease. A home of its own may be asked for at any time.",
        "Proposed a room in a shared home, with %(count)s other households. Yes or no costs no place; each answers for "
        "itself and signs its own lease. A home of its own may be asked for at any time.",
        others,
    )
    return said % {"count": others}


def composition(adults: int | None, children: int | None, persons: int | None) -> str:
    """Say who will live there: adults, children, or their number alone."""
    if adults is None:
        if persons is None:
            return _("size not known")
        return ngettext("%(count)s person", "%(count)s people", persons) % {"count": persons}
    said = ngettext("%(count)s adult", "%(count)s adults", adults) % {"count": adults}
    if children:
        said += ", " + ngettext("%(count)s child", "%(count)s children", children) % {"count": children}
    return said


def situation(code: str) -> str:
    """Say where a household lives."""
    return str(Situation(code).label)


def facts() -> list[tuple[Any, Any]]:
    """List the facts a criterion may count, in words and by family: the closed list, the same for every grid."""
    labels = [(code, fact(code)) for code in Label.values]
    places = [(code, fact(code)) for code in Situation.values if code in SITUATIONS and code != Situation.UNKNOWN]
    return [*labels, ("minor_child", fact("minor_child")), *places]


def counted(criterion: Mapping[str, Any]) -> str:
    """Say which facts earn the points of a criterion."""
    said = [_(" and ").join(fact(code) for code in each) for each in criterion["any_of"]]
    return _(", or ").join(said)


def own(text: str) -> str:
    """Give a text of a grid as its authors wrote it, or in the catalogue when it is the program's own."""
    return gettext(text) if text else ""


def rubric(plain: Mapping[str, Any]) -> str:
    """Name a rubric as its authors did."""
    return own(plain.get("label") or plain["code"])


def forbidden_motive(text: str) -> str:
    """Find a word of health or origin in a reason; empty when there is none. It knows words, not intentions."""
    found = _FORBIDDEN.search(_bare(text))
    return found.group() if found else ""


def _told(reason: Mapping[str, Any], reader: Reader) -> Said:
    if reason["rule"] == RuleCode.OUTLAY_IS_BEARABLE:
        return Said(text=str(OUTLAY[Verdict(reason["verdict"])]), verdict=reason["verdict"])
    return _whole(reason, reader)


def _whole(reason: Mapping[str, Any], reader: Reader) -> Said:
    return Said(text=_sentence(reason, reader), verdict=reason["verdict"], rule=reason["rule"])


def _sentence(reason: Mapping[str, Any], reader: Reader) -> str:
    if not reason["applies"]:
        return str(NOT_ASKED_OF_A_ROOM if reason["rule"] == RuleCode.ROOMS_FIT_WISH else NO_SOCIAL_RULE)
    key = f"{reason['rule']}.{reason['verdict']}"
    if reason["whom"]:
        key = f"{key}.{reason['whom']}"
    shown = {"value": _shown(reason["value"], reader), "threshold": _shown(reason["threshold"], reader)}
    return str(SENTENCES[key]) % shown


def _shown(value: Any, reader: Reader) -> str:
    if isinstance(value, list):
        least, most = (*value, None, None)[:2]
        return _between(least, most)
    if value is None:
        return _("not known")
    return reader.communes.get(str(value), _amount(str(value)))


def _between(least: Any, most: Any) -> str:
    if most is None:
        return _("%(least)s or more") % {"least": least}
    if least is None:
        return _("%(most)s at most") % {"most": most}
    return str(least) if least == most else _("%(least)s to %(most)s") % {"least": least, "most": most}


def _amount(text: str) -> str:
    """Drop the decimals that say nothing: 25.00 is 25."""
    return f"{Decimal(text).to_integral():f}" if re.fullmatch(r"\d+\.0+", text) else text


def _worst(verdicts: Sequence[str]) -> Verdict:
    return next((verdict for verdict in (Verdict.FAIL, Verdict.ASK) if verdict in verdicts), Verdict.PASS)


def _ground(contribution: Mapping[str, Any], reader: Reader) -> str:
    facts = contribution["facts"]
    if not facts:
        months = contribution["months"] or 0
        return ngettext("waiting for %(months)s month", "waiting for %(months)s months", months) % {"months": months}
    if not is_told(contribution, reader):
        return _("recognised ground of priority")
    return ", ".join(fact(code) for code in facts)


def fact(code: str) -> str:
    """Name a fact that a criterion may count."""
    if code in Label.values:
        return str(Label(code).label)
    if code in Situation.values:
        return str(Situation(code).label)
    return _("minor child") if code == "minor_child" else code


def _bare(text: str) -> str:
    flat = unicodedata.normalize("NFKD", text.casefold().replace("’", " ").replace("'", " ").replace("œ", "oe"))
    return re.sub(r"[\s-]+", " ", "".join(char for char in flat if not unicodedata.combining(char)))


def _what_stands_between(answer: JointAnswer) -> str:
    if not answer.possible:
        return _("No home of this search fits: open one to read the rule that refuses.")
    count = len(answer.blocking)
    if not count:
        return _(
            "The homes within its reach go in the published order, as those who share a home wish; none falls to it "
            "this time. It keeps its place and its %(points)s points."
        ) % {"points": answer.points}
    said = ngettext(
        "The home it could have goes to a household ranked before it, with %(last)s points; it has %(points)s.",
        "The %(count)s homes within reach go to %(count)s households ranked before it, the last with %(last)s points; "
        "it has %(points)s.",
        count,
    )
    return said % {"count": count, "last": answer.last_points, "points": answer.points}


def _wider(relaxation: Mapping[str, Any] | None, reader: Reader) -> str:
    if not relaxation:
        return ""
    accept = reader.communes.get(str(relaxation["accept"]), relaxation["accept"])
    return str(WOULD_BE_PROPOSED[relaxation["wish"]]) % {"accept": accept}


def voted(decision: Decision) -> str:
    """Say how the members voted; "" when nobody counted."""
    if decision.votes_for is None:
        return ""
    votes = {
        "for": decision.votes_for,
        "against": decision.votes_against,
        "abstentions": decision.abstentions,
        "voters": decision.voters,
    }
    if decision.has_casting_vote:
        return (
            _("Of %(voters)s: %(for)s for, %(against)s against, %(abstentions)s abstaining; casting vote for") % votes
        )
    return _("Of %(voters)s: %(for)s for, %(against)s against, %(abstentions)s abstaining") % votes
