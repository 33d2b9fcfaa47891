"""Who answers to what was typed: within the reader's rights, the best answer first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, FloatField, Max, Q, QuerySet, Value, When

from chezsoi.engines import linkage
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.codes import UnreadablePhone, parse_phone
from chezsoi.kernel.dates import PartialDate
from chezsoi.people.choices import MemberRole
from chezsoi.people.models import (
    Household,
    HouseholdMember,
    HouseholdReference,
    Person,
    SearchKey,
    SearchPosting,
    SearchWord,
    households_seen_by,
)
from chezsoi.people.models.identities import given_names
from chezsoi.people.models.search import phone_words
from chezsoi.people.queries.cards import Card, cards, name_of
from chezsoi.people.queries.known import services_of, whom_to_ask
from chezsoi.people.queries.rights import refusing
from chezsoi.people.queries.sight import sight

MOST_FOUND = 20
MOST_WEIGHED = 120
MOST_LIKE_WORDS = 48
SAME_YEAR = 0.3
BANDS = (0.97, 0.9, 0.8, 0.6)

_REFERENCE = re.compile(r"[0-9A-Za-z]{3}-?[0-9A-Za-z]{4}")

_Likes = dict[int, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Somebody who answers, as the reader may see them, and the household they live in."""

    person_pk: int
    name: str
    birth: PartialDate
    is_lead: bool
    card: Card


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """
    Who answers.

    `services` counts the services that follow files outside the reader's sight under these very words; None when
    there is none. `ask` names who can open a circle. A protected file out of sight leaves no mark here.
    """

    found: tuple[Found, ...] = ()
    services: int | None = None
    ask: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.found and self.services is None


def search(text: str, *, actor: Actor, on: date, most: int = MOST_FOUND) -> Answer:
    """
    Find the people who answer to a text: a name in any order and spelling, a birth, a telephone, a file number.

    A role that reads no identity searches first names alone, for its cards show nothing else.
    """
    if actor.is_operator or not actor.may("list_people"):
        return Answer()
    sees_identity = sight(actor=actor).identity
    sought = linkage.asked(text)
    exact = _of_numbers(text, actor) if sees_identity else {}
    ranked = exact or _ranked(_of_names(sought, actor, on, sees_identity), sought, sees_identity)
    rows = _members(ranked, on)
    open_to_reader = _visible(rows, actor, on)
    inside = [row for row in rows if row.household_id in open_to_reader]
    sure = [row for row in rows if ranked[row.person_id] and row.household_id not in open_to_reader]
    outside = {row.household_id for row in sure if not row.household.is_protected}
    outside -= refusing(outside, on=on, actor=actor)
    tells = bool(outside) and sees_identity and len(sought.words) != 1
    return Answer(
        found=_shown(inside[:most], on, actor),
        services=services_of(outside, on, actor=actor) if tells else None,
        ask=whom_to_ask(actor.territory_ids, actor=actor) if tells else (),
    )


def words_borne(person_ids: Iterable[int], *, actor: Actor) -> list[int]:
    """Give the words that find some people, to forget those that nobody else bears once they are erased."""
    rows = SearchPosting.objects.filter(person__in=list(person_ids))
    return sorted(set(rows.values_list("word", flat=True)))


def _of_numbers(text: str, actor: Actor) -> dict[int, bool]:
    """Read a telephone or a file number, the household's own or one that a source gives it: such answers are sure."""
    found: list[int] = []
    if words := _phone_asked(text):
        held = SearchPosting.objects.filter(word__word__in=words, person__territory__in=actor.territory_ids)
        found += held.order_by("person").values_list("person", flat=True)[:MOST_WEIGHED]
    written = text.strip().upper()
    if any(sign.isdigit() or sign == "-" for sign in written):
        rows = HouseholdMember.objects.filter(household__in=numbered(text, actor=actor), role=MemberRole.LEAD)
        found += rows.filter(ends_on=None).order_by("pk").values_list("person", flat=True)
    return dict.fromkeys(found, True)


def numbered(text: str, *, actor: Actor) -> list[int]:
    """Find the households that bear a file number, their own or a source's; for a role that reads identities."""
    written = text.strip().upper()
    if not written or not sight(actor=actor).identity:
        return []
    readings = {written, written.lower()}
    if _REFERENCE.fullmatch(written):
        plain = written.replace("-", "")
        readings.add(f"{plain[:3]}-{plain[3:]}")
    here = actor.territory_ids
    own = Household.objects.filter(territory__in=here, reference__in=readings)
    theirs = HouseholdReference.objects.filter(file_number__in=readings, household__territory__in=here)
    return sorted({*own.values_list("pk", flat=True), *theirs.values_list("household", flat=True)})


def _phone_asked(text: str) -> list[str]:
    digits = re.sub(r"[\s.\-/()+]", "", text)
    if not digits.isdecimal() or len(digits) > 16:
        return []
    try:
        number = parse_phone(text) or ""
    except UnreadablePhone:
        number = digits
    return phone_words(number)[:1]


def _of_names(sought: linkage.Asked, actor: Actor, on: date, sees_identity: bool) -> list[int]:
    """Give the people who bear words like those asked, those who bear most of them first."""
    groups = [likes for readings in sought.words if (likes := _words_like(readings))]
    births = _births_like(sought.birth) if sees_identity else {}
    if not groups and not (births and sought.birth.day and not sought.words):
        return []
    postings = SearchPosting.objects.filter(person__territory__in=actor.territory_ids)
    if not sees_identity:
        postings = postings.filter(is_given=True)
    found = _heaviest(postings, [*groups, births])
    if getattr(actor, "scope", None) != "territory":
        near = HouseholdMember.objects.filter(household__in=households_seen_by(actor, on=on), ends_on=None)
        found = _heaviest(postings.filter(person__in=near.values("person")), [*groups, births]) + found
    return found


def _words_like(readings: frozenset[str]) -> _Likes:
    """Give the words on file that answer a word asked, and how well."""
    keys = {key for word in readings for key in linkage.asked_under(word)}
    keys |= {start for word in readings if (start := linkage.start_asked(word))}
    rows = SearchKey.objects.filter(key__in=keys).values_list("word", "word__word").distinct()
    found = {pk: max(linkage.likeness(word, held) for word in readings) for pk, held in rows}
    best = sorted(((like, pk) for pk, like in found.items() if like), reverse=True)
    return {pk: like for like, pk in best[:MOST_LIKE_WORDS]}


def _births_like(birth: PartialDate) -> _Likes:
    if birth.year is None:
        return {}
    words = {str(birth.year): SAME_YEAR, str(birth): SAME_YEAR}
    rows = SearchWord.objects.filter(word__in=words).values_list("pk", "word")
    return {pk: words[word] for pk, word in rows}


def _heaviest(postings: QuerySet[SearchPosting], groups: list[_Likes]) -> list[int]:
    """Weigh people by the best word each group finds on them, in three bands: the exact weighing comes after."""
    wanted = sorted({pk for likes in groups for pk in likes})
    weights = [_best(likes) for likes in groups if likes]
    scored = postings.filter(word__in=wanted).values("person").annotate(weight=sum(weights[1:], weights[0]))
    return list(scored.order_by("-weight", "person").values_list("person", flat=True)[:MOST_WEIGHED])


def _best(likes: _Likes) -> Max:
    bands: dict[float, list[int]] = {}
    for pk, like in likes.items():
        bands.setdefault(next((band for band in BANDS if like >= band), BANDS[-1]), []).append(pk)
    cases = [When(word__in=pks, then=Value(band)) for band, pks in sorted(bands.items(), reverse=True)]
    return Max(Case(*cases, default=Value(0.0), output_field=FloatField()))


def _ranked(person_ids: Sequence[int], sought: linkage.Asked, sees_identity: bool) -> dict[int, bool]:
    """Put people in the order of their answers, each with whether the answer is sure."""
    people = Person.objects.filter(pk__in=set(person_ids)).prefetch_related("aliases")
    held = {person: _held(person, sees_identity) for person in people}
    weighed = [(linkage.answer(sought, held[person]), person) for person in held]
    answering = [(weight, person) for weight, person in weighed if weight >= linkage.ANSWERS_FROM]
    answering.sort(key=lambda each: (-each[0], each[1].sort_name, each[1].pk))
    return {person.pk: linkage.answers_surely(sought, held[person]) for _weight, person in answering}


def _held(person: Person, sees_identity: bool) -> linkage.Held:
    given = given_names(person.given_names)
    if not sees_identity:
        return linkage.Held(words=linkage.words_of(given))
    names = [*given, person.birth_name, person.use_name]
    aliases = linkage.words_of(alias.name for alias in person.aliases.all())
    return linkage.Held(words=linkage.words_of(names), aliases=aliases, birth=person.birth_date)


def _members(ranked: dict[int, bool], on: date) -> list[HouseholdMember]:
    """Give the memberships of a day of the people found, in their order."""
    held = HouseholdMember.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), person__in=ranked, starts_on__lte=on)
    rows = {row.person_id: row for row in held.select_related("household").order_by("pk")}
    return [rows[person] for person in ranked if person in rows]


def _visible(rows: Iterable[HouseholdMember], actor: Actor, on: date) -> set[int]:
    households = Household.objects.filter(pk__in={row.household_id for row in rows})
    return set(households.visible_to(actor, on=on).values_list("pk", flat=True))


def _shown(rows: Sequence[HouseholdMember], on: date, actor: Actor) -> tuple[Found, ...]:
    people = Person.objects.filter(pk__in=[row.person_id for row in rows]).prefetch_related("aliases")
    persons = {person.pk: person for person in people}
    sees_identity = sight(actor=actor).identity
    shown = cards([row.household for row in rows], on=on, actor=actor)
    return tuple(
        Found(
            person_pk=row.person_id,
            name=name_of(persons[row.person_id], reference=row.household.reference, actor=actor),
            birth=persons[row.person_id].birth_date if sees_identity else PartialDate(),
            is_lead=row.role == MemberRole.LEAD,
            card=card,
        )
        for row, card in zip(rows, shown, strict=True)
    )
