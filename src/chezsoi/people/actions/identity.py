"""File people under the keys that tell whether they are known, and note who may be one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from chezsoi import trail
from chezsoi.engines import linkage
from chezsoi.people import queries
from chezsoi.people.actions.indexing import SearchIndex
from chezsoi.people.actions.pen import Pen
from chezsoi.people.models import (
    Alias,
    CircleMembership,
    Household,
    HouseholdMember,
    IdentityKey,
    Person,
    PossibleDuplicate,
    ResidentialSituation,
)
from chezsoi.people.models.identities import digests, situation_digests
from chezsoi.territories.access import Can, roles
from chezsoi.territories.models import RoleAssignment, Territory, User

REVIEWING_OFFICE = "siao_officer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """Files people under their keys, on a day, and notes pairs."""

    pen: Pen
    on: date

    def under_keys(self, person_ids: Iterable[int]) -> tuple[linkage.Identity, ...]:
        """File people under the keys of what is now known of them; former keys stay: a former name still finds."""
        people = queries.with_names(person_ids, actor=self.pen.actor)
        SearchIndex(pen=self.pen).add(people)
        return self._compared(people)

    def seen_again(self, seen: Iterable[ResidentialSituation]) -> None:
        """
        File people under the day the situation they were just seen in began, unless they were seen elsewhere since.

        It may tell them from others; nothing else of them has changed, neither their other keys nor their words.
        """
        rows = {row.person_id: row for row in seen if row.since is not None}
        for person_id in self._seen_since(rows.values()):
            del rows[person_id]
        if not rows:
            return
        aliases: dict[int, list[str]] = defaultdict(list)
        for person_id, name in Alias.objects.filter(person__in=rows).values_list("person_id", "name"):
            aliases[person_id].append(name)
        self._file({person: situation_digests(row.person, aliases[person], row.since) for person, row in rows.items()})

    def _seen_since(self, rows: Iterable[ResidentialSituation]) -> set[int]:
        """Tell who was seen after those observations, by the day of this act."""
        before = {row.person_id: row.observed_on for row in rows if row.observed_on < self.on}
        if not before:
            return set()
        found = queries.observations(before, on_or_before=self.on, actor=self.pen.actor)
        return {person_id for person_id, day in before.items() if found[person_id][-1].observed_on > day}

    def _compared(self, people: Sequence[Person]) -> tuple[linkage.Identity, ...]:
        identities = queries.identities(people, on=self.on, actor=self.pen.actor)
        self._file({int(identity.key): digests(identity) for identity in identities})
        return identities

    def _file(self, filed: Mapping[int, frozenset[str]]) -> None:
        held = set(IdentityKey.objects.filter(person__in=filed).values_list("person_id", "digest"))
        wanted = {(person_id, digest) for person_id, digests_of_one in filed.items() for digest in digests_of_one}
        new = [IdentityKey(person_id=person_id, digest=digest) for person_id, digest in sorted(wanted - held)]
        self.pen.create_all(IdentityKey, new)

    def lookalikes(self, identities: Sequence[linkage.Identity], territory: Territory) -> list[PossibleDuplicate]:
        """Note whom, of the people on file, each identity may be."""
        found = queries.candidates(identities, territory=territory, on=self.on, actor=self.pen.actor)
        return self.pairs([each.match for candidates in found.values() for each in candidates], territory)

    def pairs(self, matches: Iterable[linkage.Match], territory: Territory) -> list[PossibleDuplicate]:
        """Add the pairs that nobody was asked about, each with its named reviewer where a household is protected."""
        pairs = {_ordered(match): match for match in matches}
        if not pairs:
            return []
        people = {person for pair in pairs for person in pair}
        asked = PossibleDuplicate.objects.filter(first__in=people, second__in=people)
        known = set(asked.values_list("first_id", "second_id"))
        protected = _protected_households(people)
        new = [
            PossibleDuplicate(
                territory=territory,
                first_id=first,
                second_id=second,
                reviewer=_reviewer(protected.get(first) or protected.get(second), self.on),
                weight=match.weight,
                reasons=_codes(match),
            )
            for (first, second), match in sorted(pairs.items())
            if (first, second) not in known
        ]
        self.pen.create_all(PossibleDuplicate, new)
        for pair in new:
            detail = {"persons": [pair.first_id, pair.second_id], "reviewer": pair.reviewer_id}
            trail.record(self.pen.actor, "people.duplicate.found", pair, detail=detail)
        return new


def _codes(match: linkage.Match) -> Any:
    return [[reason.code.value, reason.left, reason.right] for reason in match.reasons]


def _ordered(match: linkage.Match) -> tuple[int, int]:
    first, second = sorted((int(match.a), int(match.b)))
    return first, second


def _protected_households(people: set[int]) -> dict[int, Household]:
    rows = HouseholdMember.objects.filter(person__in=people, ends_on=None, household__is_protected=True)
    return {row.person_id: row.household for row in rows.select_related("household").order_by("pk")}


def _reviewer(household: Household | None, on: date) -> User | None:
    """Name the reviewer of a protected file: a worker named in its circle, of the SIAO first."""
    if household is None:
        return None
    still_open = Q(ends_on=None) | Q(ends_on__gt=on)
    circle = CircleMembership.objects.filter(still_open, household=household, starts_on__lte=on, user__isnull=False)
    may_review = [key for key, role in roles().items() if Can.REVIEW_DUPLICATES in role.rights]
    held = RoleAssignment.objects.in_force_on(on).filter(
        user__in=circle.values("user"), role__in=may_review, territory=household.territory_id
    )
    rows = list(held.select_related("user").order_by("starts_on", "pk"))
    rows.sort(key=lambda row: row.role != REVIEWING_OFFICE)
    return rows[0].user if rows else None
