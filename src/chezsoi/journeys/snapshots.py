"""Everyone who waits for a home in a territory, on a day, as the matching engine reads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from chezsoi.allocation.choices import CandidacyState, Label, RequestState
from chezsoi.allocation.models import (
    Candidacy,
    HouseholdAnswer,
    HousingRequest,
    Pause,
    PriorityLabel,
    Refusal,
    WishedCommune,
)
from chezsoi.allocation.models.facts import Dated, Waiting
from chezsoi.allocation.models.pauses import running_on
from chezsoi.allocation.models.requests import counting_on
from chezsoi.allocation.refusal_reasons import OWN_REASONS, RefusalState
from chezsoi.engines import matching
from chezsoi.journeys import company, days
from chezsoi.journeys.drawing import refuse_unless_drawing_here
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.dates import PartialDate
from chezsoi.people.choices import MemberRole, Situation
from chezsoi.people.models import Household, HouseholdMember, ResidentialSituation
from chezsoi.territories.models import Territory

ADULT_AT = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class _Composition:
    adults: int | None
    children: int | None
    size: int | None
    lead_id: int | None
    since: date | None = None


def waiting(territory: Territory, *, on: date, actor: Actor) -> tuple[matching.Household, ...]:
    """
    Build what is known, on a day, of every household of a territory that seeks a home.

    Those whose request is active do, and those who made none yet unless they live in their own home: a request is no
    condition of a private home, and for a social one the rule asks that it be opened. Whoever has accepted a home, or
    lives in one since, waits no more, nor does a closed file, nor whoever asked for a pause, until the day it said; who
    is lost from sight keeps their place. What nobody
    knows stays unknown; protected households are there like any other.

    Raises
    ------
    NotAllowed
        If the role draws no round, or works elsewhere.
    """
    return tuple(known for known, _dated in _known(territory, on, actor))


def dated(territory: Territory, *, on: date, actor: Actor) -> Waiting:
    """
    Build the same, and with it the day on which each fact was said or seen, from the very rows it was read from.

    Raises
    ------
    NotAllowed
        If the role draws no round, or works elsewhere.
    """
    found = _known(territory, on, actor)
    return Waiting(
        on=on,
        households=tuple(known for known, _dated in found),
        days=tuple(each for _known, dated in found for each in dated),
    )


def _known(territory: Territory, on: date, actor: Actor) -> list[tuple[matching.Household, tuple[Dated, ...]]]:
    refuse_unless_drawing_here(actor, territory)
    served = HousingRequest.objects.exclude(state=RequestState.ACTIVE).values("household_id")
    holding = Candidacy.objects.filter(state=CandidacyState.ACCEPTED).values("household_id")
    paused = Pause.objects.filter(running_on(on)).values("household_id")
    open_files = Q(closed_on=None) | Q(closed_on__gt=on)
    households = Household.objects.filter(open_files, territory=territory, created_on__lte=on)
    rows = households.exclude(pk__in=served).exclude(pk__in=holding).exclude(pk__in=paused)
    rows = rows.order_by("reference")
    rows = rows.only("reference", "stated_size", "created_on")
    parts = _Parts.read(territory, on)
    found = [(row, parts.of(row)) for row in rows if parts.waits(row)]
    return [(known, days.dated(known, parts.heard(row), on=on)) for row, known in found]


def described(
    households: QuerySet[Household], territory: Territory, *, on: date, actor: Actor
) -> dict[int, matching.Household]:
    """
    Build what is known, on a day, of some households of a territory, whether or not they seek a home.

    Raises
    ------
    NotAllowed
        If the role draws no round, or works elsewhere.
    """
    refuse_unless_drawing_here(actor, territory)
    parts = _Parts.read(territory, on)
    return {row.pk: parts.of(row) for row in households.filter(territory=territory)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """Every row of the territory, read once, by household."""

    compositions: dict[int, _Composition]
    situations: dict[int, tuple[str, date]]
    requests: dict[int, HousingRequest]
    wishes: dict[int, _Wishes]
    labels: dict[int, dict[str, date]]
    refused: dict[int, dict[str, date]]
    sharing: dict[int, tuple[str, date]]

    @classmethod
    def read(cls, territory: Territory, on: date) -> _Parts:
        requests = HousingRequest.objects.filter(household__territory=territory).only(*_ASKED)
        return cls(
            compositions=_compositions(territory, on),
            situations=_situations(territory, on),
            requests={row.household_id: row for row in requests},
            wishes=_wishes(territory, on),
            labels=_labels(territory, on),
            refused=_refused(territory, on),
            sharing=company.sharing(territory, on),
        )

    def of(self, household: Household) -> matching.Household:
        request = self.requests.get(household.pk)
        who = self.compositions.get(household.pk, _NOBODY_KNOWN)
        known = matching.Household(
            ref=household.reference,
            situation=self.situation_of(household),
            size=household.stated_size if household.stated_size is not None else who.size,
            adults=who.adults,
            children=who.children,
            labels=frozenset(self.labels.get(household.pk, ())),
            excluded_homes=frozenset(self.refused.get(household.pk, ())),
            waiting_since=household.created_on,
            has_request_number=False,
            sharing=matching.Sharing(self.sharing.get(household.pk, (matching.Sharing.OWN, None))[0]),
        )
        return known if request is None else _asking(known, request, self.wishes.get(household.pk, _NO_WISH).communes)

    def waits(self, household: Household) -> bool:
        """Tell whether a household seeks a home: it asked, or nobody says it has one."""
        return household.pk in self.requests or self.situation_of(household) != Situation.OWN

    def situation_of(self, household: Household) -> str:
        code, _day = self._seen(household)
        return code if code in matching.SITUATIONS else Situation.UNKNOWN.value

    def heard(self, household: Household) -> days.Heard:
        """Give the days of the rows that a household is known from."""
        who, request = self.compositions.get(household.pk, _NOBODY_KNOWN), self.requests.get(household.pk)
        _wish, shared_on = self.sharing.get(household.pk, ("", None))
        _code, seen_on = self._seen(household)
        return days.Heard(
            asked_on=None if request is None else request.heard_on,
            wished_on=self.wishes.get(household.pk, _NO_WISH).last_on,
            # The number of people they state has no day; that of their members says nothing of it.
            together_since=None if household.stated_size is not None else who.since,
            seen_on=seen_on,
            shared_on=shared_on,
            labels=self.labels.get(household.pk, {}),
            excluded_homes=self.refused.get(household.pk, {}),
        )

    def _seen(self, household: Household) -> tuple[str, date | None]:
        who = self.compositions.get(household.pk, _NOBODY_KNOWN)
        return self.situations.get(who.lead_id or 0, (Situation.UNKNOWN.value, None))


def _asking(known: matching.Household, request: HousingRequest, communes: Iterable[str]) -> matching.Household:
    return replace(
        known,
        wished_communes=tuple(communes),
        rooms_min=request.rooms_min,
        rooms_max=request.rooms_max,
        max_outlay_per_month=request.max_outlay_per_month,
        needs_wheelchair=request.needs_wheelchair_access,
        needs_lift_or_ground=request.needs_lift_or_ground,
        waiting_since=request.requested_on,
        has_request_number=bool(request.number_index),
    )


_ASKED = (
    "household", "number_index", "requested_on", "heard_on", "rooms_min", "rooms_max", "max_outlay_per_month",
    "needs_wheelchair_access", "needs_lift_or_ground",
)  # fmt: skip
_NOBODY_KNOWN = _Composition(adults=None, children=None, size=None, lead_id=None)


def _compositions(territory: Territory, on: date) -> dict[int, _Composition]:
    rows = HouseholdMember.objects.filter(starts_on__lte=on, household__territory=territory).order_by("pk")
    by_household: dict[int, list[_Member]] = defaultdict(list)
    changed_on: dict[int, date] = {}
    read = rows.values_list("household_id", "person_id", "role", "person__birth_date", "starts_on", "ends_on")
    for household_id, person_id, role, birth_date, starts_on, ends_on in read:
        is_held = ends_on is None or ends_on > on
        if is_held:
            by_household[household_id].append(_Member(person_id, role, birth_date))  # type: ignore[arg-type]  # the field holds a PartialDate
        last = starts_on if is_held or ends_on is None else ends_on
        changed_on[household_id] = max(last, changed_on.get(household_id, last))
    return {
        household_id: replace(_composition(members, on), since=changed_on[household_id])
        for household_id, members in by_household.items()
    }


class _Member(NamedTuple):
    """Somebody of a household, by what the count of its adults and children reads."""

    person_id: int
    role: str
    birth_date: PartialDate


def _composition(members: Sequence[_Member], on: date) -> _Composition:
    """Count adults and children; somebody whose age and place say neither leaves both counts unknown."""
    minors = [_is_minor(member, on) for member in members]
    lead = next((member.person_id for member in members if member.role == MemberRole.LEAD), None)
    if None in minors:
        return _Composition(adults=None, children=None, size=len(members), lead_id=lead)
    children = sum(bool(minor) for minor in minors)
    return _Composition(adults=len(members) - children, children=children, size=len(members), lead_id=lead)


def _is_minor(member: _Member, on: date) -> bool | None:
    age = member.birth_date.age_on(on)
    if age is not None:
        return age < ADULT_AT
    match member.role:
        case MemberRole.LEAD | MemberRole.PARTNER:
            return False
        case MemberRole.CHILD:
            return True
    return None


def _situations(territory: Territory, on: date) -> dict[int, tuple[str, date]]:
    """Give the last observation of each person on or before the day, and its day."""
    rows = ResidentialSituation.objects.filter(
        person__territory=territory, observed_on__lte=on, withdrawn_at=None
    ).order_by("observed_on", "pk")
    read = rows.values_list("person_id", "situation", "observed_on")
    return {person_id: (situation, observed_on) for person_id, situation, observed_on in read}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wishes:
    """Where a household wishes to live, best first, and the last day it changed that; None before days were kept."""

    communes: tuple[str, ...] = ()
    last_on: date | None = None


_NO_WISH = _Wishes()


def _wishes(territory: Territory, on: date) -> dict[int, _Wishes]:
    found: dict[int, list[str]] = defaultdict(list)
    last_on: dict[int, date] = {}
    rows = WishedCommune.objects.filter(request__household__territory=territory).order_by("rank", "pk")
    read = rows.values_list("request__household_id", "commune_id", "stated_on", "withdrawn_on")
    for household_id, code, stated_on, withdrawn_on in read:
        is_held = withdrawn_on is None or withdrawn_on > on
        if is_held:
            found[household_id].append(code)
        # The end of a wish that has no day says nothing: one named after it may have none either.
        changed_on = stated_on if is_held or stated_on is None else withdrawn_on
        if changed_on is not None:
            last_on[household_id] = max(changed_on, last_on.get(household_id, changed_on))
    return {
        household_id: _Wishes(communes=tuple(codes), last_on=last_on.get(household_id))
        for household_id, codes in found.items()
    }


def _labels(territory: Territory, on: date) -> dict[int, dict[str, date]]:
    found: dict[int, dict[str, date]] = defaultdict(dict)
    counting = counting_on(on, since="noted_on")
    rows = PriorityLabel.objects.filter(counting, request__household__territory=territory, label__in=Label.values)
    read = rows.order_by("pk").values_list("request__household_id", "label", "noted_on")
    for household_id, label, noted_on in read:
        found[household_id][label] = noted_on
    return found


def _refused(territory: Territory, on: date) -> dict[int, dict[str, date]]:
    """
    List the very homes each household itself said no to, and the last day it did.

    Silence, and what others refuse, is no such word.
    """
    found: dict[int, dict[str, date]] = defaultdict(dict)
    own = Refusal.objects.filter(
        reason__in=OWN_REASONS,
        state=RefusalState.COUNTS,
        noted_on__lte=on,
        candidacy__household__territory=territory,
    )
    rows = HouseholdAnswer.objects.filter(
        is_accepted=False,
        is_silence=False,
        answered_on__lte=on,
        letter__decision__candidacy__household__territory=territory,
    )
    said = rows.values_list(*_homes_of("letter__decision__candidacy"), "answered_on")
    for household_id, ref, day in said.union(own.values_list(*_homes_of("candidacy"), "noted_on")):
        found[household_id][ref] = max(day, found[household_id].get(ref, day))
    return found


def _homes_of(candidacy: str) -> tuple[str, str]:
    return f"{candidacy}__household_id", f"{candidacy}__offer__dwelling__reference"
