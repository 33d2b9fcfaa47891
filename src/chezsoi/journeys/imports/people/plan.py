"""What loading a people file would do, household by household, and who may be the same person. It writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from chezsoi.engines import linkage
from chezsoi.fields import blind_index
from chezsoi.files.models import Source
from chezsoi.journeys.imports import queries
from chezsoi.journeys.imports.cells import RowFault, UnknownCode
from chezsoi.journeys.imports.people.file import FileHousehold, FilePerson, PeopleFile
from chezsoi.journeys.imports.queries import Said
from chezsoi.journeys.retention.queries import erased
from chezsoi.kernel.actor import Actor
from chezsoi.people import queries as people
from chezsoi.people.models.identities import digests, given_names
from chezsoi.territories.models import Commune, Organisation, Territory
from chezsoi.territories.queries import find_commune

LONGEST_NUMBER = 60
ELSEWHERE = "elsewhere"
REQUEST_NUMBER_PURPOSE = "request_number"


class Fate(StrEnum):
    """What becomes of a household of the file."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CONFIRMED = "confirmed"
    OLDER = "older"
    HELD = "held"
    ERASED = "erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One household of the file: what it is called in its source, what becomes of it, as of when it speaks."""

    household: FileHousehold
    number: str
    digest: str
    heard_on: date
    fate: Fate
    reference: int | None = None
    erased_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A pair that may be one person: the names a reader knows them by, and the match between keys of people."""

    a: str
    b: str
    match: linkage.Match


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePlan:
    """What loading would do. `noted` are the pairs written down for a human; `shown`, those the importer is told."""

    territory: Territory
    planned: tuple[Planned, ...]
    shown: tuple[Found, ...]
    noted: tuple[linkage.Match, ...]
    errors: tuple[RowFault, ...]
    unknown: tuple[UnknownCode, ...]
    communes: Mapping[str, Commune | None]

    def of(self, *fates: Fate) -> list[Planned]:
        """List the households that share a fate."""
        return [each for each in self.planned if each.fate in fates]


@dataclass(frozen=True, kw_only=True)
class Planner:
    """
    What a plan is made from.

    `source` is None while the service never sent a file; `as_of_on` is the date of the file, `on` the day of import.
    """

    file: PeopleFile
    territory: Territory
    organisation: Organisation | None
    source: Source | None
    as_of_on: date
    on: date
    actor: Actor

    def plan(self) -> PeoplePlan:
        """Compare the file with what its source said before, and everybody with everybody."""
        said = queries.said_before(self.source, actor=self.actor)
        planned = self._without_the_erased([self._planned(household, said) for household in self.file.households])
        found, noted = self._lookalikes(planned)
        held = self._held(planned, found)
        return PeoplePlan(
            territory=self.territory,
            planned=tuple(replace(each, fate=Fate.HELD) if i in held else each for i, each in enumerate(planned)),
            shown=tuple(pair for pair, _positions in found),
            noted=noted,
            errors=(*self.file.errors, *(_erased(each) for each in planned if each.fate is Fate.ERASED)),
            unknown=(*self.file.unknown, *self._unknown_communes()),
            communes=self._communes,
        )

    def _planned(self, household: FileHousehold, said: Mapping[str, Said]) -> Planned:
        number = stored_number(household)
        digest = blind_index(repr(household), purpose="household_rows")
        heard_on = self._heard_on(household)
        before = said.get(number)
        return Planned(
            household=household,
            number=number,
            digest=digest,
            heard_on=heard_on,
            fate=_fate(before, digest, heard_on),
            reference=before.reference if before else None,
        )

    def _without_the_erased(self, planned: list[Planned]) -> list[Planned]:
        """Leave out the files erased since, unless the row itself tells of a contact after that."""
        source = self.source.pk if self.source else None
        new = [each.number for each in planned if each.fate is Fate.NEW]
        numbers = [(key, number) for number in new for key in {None, source}]
        days = erased(self.territory, numbers, actor=self.actor) if numbers else {}
        return [
            replace(each, fate=Fate.ERASED, erased_on=days[each.number])
            if each.fate is Fate.NEW and each.number in days and not _came_back(each, days[each.number])
            else each
            for each in planned
        ]

    def _heard_on(self, household: FileHousehold) -> date:
        return min(household.contact_on.latest or self.as_of_on, self.on)

    @cached_property
    def _communes(self) -> dict[str, Commune | None]:
        written = {name for name, _key, _line in _written_communes(self.file.households)}
        return {name: find_commune(name, near=self.territory, actor=self.actor) for name in sorted(written)}

    def _unknown_communes(self) -> list[UnknownCode]:
        return [
            UnknownCode(line=line, column=self.file.headers.get(key, key), value=name)
            for name, key, line in _written_communes(self.file.households)
            if self._communes[name] is None
        ]

    def _lookalikes(
        self, planned: list[Planned]
    ) -> tuple[list[tuple[Found, tuple[int, ...]]], tuple[linkage.Match, ...]]:
        """Compare the people of the file with one another, and with the people on file whom it does not name."""
        in_file = self._identities(planned)
        others = self._on_file(planned, in_file.values())
        matches = [
            match
            for match in linkage.find_duplicates([*in_file.values(), *others])
            if match.a in in_file or match.b in in_file
        ]
        matches = self._not_judged(planned, matches)
        homes = queries.living_elsewhere(
            {int(key[1:]) for match in matches for key in (match.a, match.b) if key not in in_file},
            source=self.source,
            organisation=self.organisation,
            on=self.on,
            actor=self.actor,
        )
        shown: dict[tuple[str, str], tuple[Found, tuple[int, ...]]] = {}
        for match in matches:
            if (pair := self._shown(match, planned, homes)) is not None:
                shown.setdefault((pair[0].a, pair[0].b), pair)
        return sorted(shown.values(), key=lambda each: (each[0].a, each[0].b)), tuple(matches)

    def _shown(
        self, match: linkage.Match, planned: list[Planned], homes: Mapping[int, queries.Elsewhere]
    ) -> tuple[Found, tuple[int, ...]] | None:
        """Name a pair as the importer may know it; None for one that must leave no mark."""
        names, positions = [], []
        for key in (match.a, match.b):
            if key.startswith("f"):
                positions.append(int(key[1:].partition(".")[0]))
                names.append(planned[positions[-1]].household.name)
                continue
            home = homes.get(int(key[1:]))
            if home is None or (home.is_protected and not home.name):
                return None
            names.append(home.name or ELSEWHERE)
        if ELSEWHERE in names and all(planned[position].household.is_numbered for position in positions):
            return None
        a, b = sorted(names)
        return Found(a=a, b=b, match=match), tuple(sorted(positions))

    def _held(self, planned: list[Planned], found: list[tuple[Found, tuple[int, ...]]]) -> set[int]:
        """Find the rows without a file number that look like somebody known, or like an earlier row."""
        held = set()
        for _pair, positions in found:
            bare = [at for at in positions if planned[at].fate is Fate.NEW and not planned[at].household.is_numbered]
            held |= set(bare[-1:])
        return held

    def _identities(self, planned: list[Planned]) -> dict[str, linkage.Identity]:
        return {
            f"f{position:07}.{rank}": self._identity(f"f{position:07}.{rank}", each.household, person)
            for position, each in enumerate(planned)
            for rank, person in enumerate(each.household.members)
        }

    def _identity(self, key: str, household: FileHousehold, person: FilePerson) -> linkage.Identity:
        lead = household.lead.situation
        seen = person.situation or lead
        commune = self._communes.get(seen.commune) if seen and seen.commune else None
        return linkage.Identity(
            key=key,
            names=(person.surname,) if person.surname else (),
            given_names=given_names(person.given_names),
            birth=person.birth,
            sex=person.sex if person.sex in {"F", "M"} else "",
            phones=person.phones,
            request_number=(household.request.number or None) if person is household.lead else None,
            commune=commune.code if person.situation and commune else "",
            situation=seen.code if person.situation and seen else "",
            situation_since=seen.since.earliest if person.situation and seen else None,
            household=key.partition(".")[0],
        )

    def _on_file(self, planned: list[Planned], identities: Iterable[linkage.Identity]) -> list[linkage.Identity]:
        keys = {digest for identity in identities for digest in digests(identity)}
        ids = queries.people_filed_under(sorted(keys), self.territory, actor=self.actor)
        numbers = {each.household.request.number for each in planned} - {""}
        indexes = [blind_index(number, purpose=REQUEST_NUMBER_PURPOSE) for number in sorted(numbers)]
        ids |= queries.leads_with_numbers(indexes, self.territory, actor=self.actor)
        ids -= set(self._people(planned).values())
        if not ids:
            return []
        found = people.identities(people.with_names(ids, actor=self.actor), on=self.on, actor=self.actor)
        homes = {int(identity.household) for identity in found if identity.household}
        requests = queries.request_numbers(sorted(homes), actor=self.actor)
        return [
            replace(
                identity,
                key=f"p{identity.key}",
                household=f"p{identity.household}",
                request_number=requests.get(int(identity.key)),
            )
            for identity in found
        ]

    def _people(self, planned: list[Planned]) -> dict[tuple[str, str], int]:
        """Give the people of the file that are on file already."""
        if self.source is None:
            return {}
        numbers = [each.number for each in planned if each.reference is not None]
        return queries.person_numbers(self.source, numbers, actor=self.actor)

    def _not_judged(self, planned: list[Planned], matches: list[linkage.Match]) -> list[linkage.Match]:
        known = self._people([planned[position] for position in sorted(_positions(matches))])
        pks = {key: pk for key in _keys(matches) if (pk := _person_key(key, planned, known)) is not None}
        settled = queries.judged(sorted(set(pks.values())), actor=self.actor)
        return [match for match in matches if tuple(sorted((pks.get(match.a, 0), pks.get(match.b, 0)))) not in settled]


def stored_number(household: FileHousehold) -> str:
    """Give what a source is remembered by: the file number or, without one, a digest of who the row names."""
    if not household.is_numbered:
        return f"row:{blind_index(household.key, purpose='row')[:40]}"
    if len(household.key) <= LONGEST_NUMBER:
        return household.key
    return f"{household.key[: LONGEST_NUMBER - 13]}~{blind_index(household.key, purpose='row')[:12]}"


def person_digest(person: FilePerson) -> str:
    """Digest what a file calls a person inside their household: name, birth date and role."""
    return blind_index(person.who, purpose="file_person")


def _fate(before: Said | None, digest: str, heard_on: date) -> Fate:
    if before is None:
        return Fate.NEW
    if heard_on < before.heard_on:
        return Fate.OLDER
    if digest == before.digest:
        return Fate.SAME if heard_on == before.heard_on else Fate.CONFIRMED
    return Fate.CHANGED


def _came_back(each: Planned, erased_on: date) -> bool:
    contact = each.household.contact_on.latest
    return contact is not None and contact > erased_on


def _erased(each: Planned) -> RowFault:
    said = _(
        "This file was erased on %(day)s, its time being over: it was not created again. If they have come back, write "
        "the day of that contact in the row, or register them by hand."
    )
    return RowFault(
        line=each.household.lead.line,
        column=None,
        message=said % {"day": date_format(each.erased_on, "SHORT_DATE_FORMAT") if each.erased_on else ""},
    )


def _written_communes(households: Iterable[FileHousehold]) -> Iterable[tuple[str, str, int]]:
    for household in households:
        for person in household.members:
            if person.situation and person.situation.commune:
                yield person.situation.commune, "commune", person.line
        for name in household.request.communes:
            yield name, "wished_communes", household.lead.line


def _keys(matches: Iterable[linkage.Match]) -> set[str]:
    return {key for match in matches for key in (match.a, match.b)}


def _positions(matches: Iterable[linkage.Match]) -> set[int]:
    return {int(key[1:].partition(".")[0]) for key in _keys(matches) if key.startswith("f")}


def _person_key(key: str, planned: list[Planned], known: Mapping[tuple[str, str], int]) -> int | None:
    if key.startswith("p"):
        return int(key[1:])
    position, _, rank = key[1:].partition(".")
    each = planned[int(position)]
    return known.get((each.number, person_digest(each.household.members[int(rank)])))
