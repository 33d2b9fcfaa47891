"""Load a people file as planned: households and people, requests, wishes of support."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from chezsoi.engines import linkage
from chezsoi.files.changes import Recorder
from chezsoi.files.models import ImportBatch
from chezsoi.journeys.imports import queries
from chezsoi.journeys.imports.outcome import Counts
from chezsoi.journeys.imports.people.drafts import household_draft, member_draft
from chezsoi.journeys.imports.people.members import match_members
from chezsoi.journeys.imports.people.plan import Fate, PeoplePlan, Planned, person_digest
from chezsoi.journeys.imports.people.request import Said, record
from chezsoi.people.actions import note_possible_duplicates
from chezsoi.people.actions.hearing import Heard, OutsideTheCircle, Told, confirm_household, hear_household
from chezsoi.people.actions.importing import hold_rows, register_households
from chezsoi.people.models import Household, HouseholdReference
from chezsoi.territories.access import Actor, Can, consequences_of

CHUNK = 100
JOURNEY = "import_people"
RIGHTS = (
    Can.IMPORT_PEOPLE, Can.REGISTER_PEOPLE, Can.RECORD_SITUATION, Can.RECORD_REQUEST, Can.SEE_RESOURCES,
    Can.FLAG_VIOLENCE, Can.MANAGE_CIRCLE,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a load counted."""

    households: Counts
    persons: Counts


@dataclass(slots=True, kw_only=True)
class PeopleLoad:
    """One load, on a day, into the source of a batch; each row written is noted so that it can be undone."""

    plan: PeoplePlan
    batch: ImportBatch
    actor: Actor
    recorder: Recorder
    on: date
    tick: Callable[[int], None]
    _people: dict[tuple[str, str], int] = field(default_factory=dict)
    _tally: dict[str, int] = field(default_factory=dict)
    _done: int = 0

    def run(self, cells: Mapping[int, Sequence[str]]) -> Loaded:
        """Write everything; `cells` gives the rows as written, by line, for those kept for a human."""
        self.actor = consequences_of(self.actor, JOURNEY, *RIGHTS)
        self._register(self.plan.of(Fate.NEW))
        self._hear(self.plan.of(Fate.CHANGED))
        self._confirm(self.plan.of(Fate.CONFIRMED))
        for each in self.plan.of(Fate.SAME, Fate.OLDER):
            self._count_unchanged(each)
        self._hold(self.plan.of(Fate.HELD), cells)
        self._note_pairs()
        return Loaded(households=self._counts("households"), persons=self._counts("persons"))

    def _register(self, planned: list[Planned]) -> None:
        taken = queries.file_numbers_taken(self.plan.territory, actor=self.actor) if planned else set()
        for start in range(0, len(planned), CHUNK):
            chunk = planned[start : start + CHUNK]
            drafts = [
                household_draft(each, self.plan.communes, self.on, is_free=each.number not in taken) for each in chunk
            ]
            registered = register_households(
                actor=self.actor,
                territory=self.plan.territory,
                households=drafts,
                protected=frozenset(each.number for each in chunk if each.household.is_protected),
                on=self.on,
                source=self.batch.source,
                recorder=self.recorder,
            )
            for each, row in zip(chunk, registered, strict=True):
                self._remember(each, row.people)
                self._record(each, row.household, is_new=True)
                self._add(households_created=1, persons_created=len(row.people))
            self._step(len(chunk))

    def _hear(self, planned: list[Planned]) -> None:
        references = queries.references([each.reference or 0 for each in planned], actor=self.actor)
        for each in planned:
            reference = references[each.reference or 0]
            try:
                heard = self._heard(each, reference)
            except OutsideTheCircle:
                self._count_unchanged(each)
                continue
            self._remember(each, heard.people)
            is_asked = self._record(each, reference.household, is_new=False)
            is_changed = is_asked or bool(heard.added or heard.changed)
            self._add(
                households_updated=int(is_changed),
                households_unchanged=int(not is_changed),
                persons_created=len(heard.added),
                persons_updated=len(heard.changed),
                persons_unchanged=len(heard.people) - len(heard.added) - len(heard.changed),
            )
            self._step(1)

    def _heard(self, each: Planned, reference: HouseholdReference) -> Heard:
        household = each.household
        known = queries.people_of_file(self.batch.source, each.number, actor=self.actor)
        return hear_household(
            actor=self.actor,
            reference=reference,
            told=match_members(household.members, known, self._told(each)),
            heard_on=each.heard_on,
            digest=each.digest,
            protects=household.is_protected,
            on=self.on,
            source=self.batch.source,
            recorder=self.recorder,
        )

    def _told(self, each: Planned) -> list[Told]:
        return [
            Told(person=None, member=member_draft(person, each.heard_on, self.plan.communes, self.on))
            for person in each.household.members
        ]

    def _confirm(self, planned: list[Planned]) -> None:
        references = queries.references([each.reference or 0 for each in planned], actor=self.actor)
        for each in planned:
            self._count_unchanged(each)
            try:
                confirm_household(
                    actor=self.actor,
                    reference=references[each.reference or 0],
                    heard_on=each.heard_on,
                    on=self.on,
                    source=self.batch.source,
                    recorder=self.recorder,
                )
            except OutsideTheCircle:
                continue

    def _record(self, each: Planned, household: Household, *, is_new: bool) -> bool:
        said = Said(
            actor=self.actor,
            household=household,
            told=each.household,
            heard_on=each.heard_on,
            on=self.on,
            source=self.batch.source,
            recorder=self.recorder,
            communes=self.plan.communes,
        )
        return record(said, is_new=is_new)

    def _hold(self, planned: list[Planned], cells: Mapping[int, Sequence[str]]) -> None:
        if not planned:
            return
        reasons = {
            name: [[reason.code.value, reason.left, reason.right] for reason in found.match.reasons]
            for found in self.plan.shown
            for name in (found.a, found.b)
        }
        rows = {
            each.household.lead.line: (list(cells[each.household.lead.line]), reasons.get(each.household.name, []))
            for each in planned
        }
        hold_rows(actor=self.actor, batch=self.batch, rows=rows, recorder=self.recorder)

    def _note_pairs(self) -> None:
        """Write down, for a human, the pairs whose two people are on file now."""
        keys = {key for match in self.plan.noted for key in (match.a, match.b)}
        numbers = {self.plan.planned[int(key[1:].partition(".")[0])].number for key in keys if key.startswith("f")}
        known = queries.person_numbers(self.batch.source, sorted(numbers), actor=self.actor) | self._people
        matches = []
        for match in self.plan.noted:
            a, b = (self._person(key, known) for key in (match.a, match.b))
            if a is not None and b is not None and a != b:
                matches.append(_between(match, a, b))
        note_possible_duplicates(
            actor=self.actor,
            territory=self.plan.territory,
            matches=matches,
            on=self.on,
            source=self.batch.source,
            recorder=self.recorder,
        )

    def _person(self, key: str, known: Mapping[tuple[str, str], int]) -> int | None:
        if key.startswith("p"):
            return int(key[1:])
        position, _, rank = key[1:].partition(".")
        each = self.plan.planned[int(position)]
        return known.get((each.number, person_digest(each.household.members[int(rank)])))

    def _remember(self, each: Planned, people: Sequence[int]) -> None:
        for person, pk in zip(each.household.members, people, strict=True):
            self._people[each.number, person_digest(person)] = pk

    def _count_unchanged(self, each: Planned) -> None:
        self._add(households_unchanged=1, persons_unchanged=len(each.household.members))
        self._step(1)

    def _add(self, **counts: int) -> None:
        for name, count in counts.items():
            self._tally[name] = self._tally.get(name, 0) + count

    def _counts(self, what: str) -> Counts:
        return Counts(**{name: self._tally.get(f"{what}_{name}", 0) for name in ("created", "updated", "unchanged")})

    def _step(self, count: int) -> None:
        self._done += count
        self.tick(self._done)


def _between(match: linkage.Match, a: int, b: int) -> linkage.Match:
    return replace(match, a=str(a), b=str(b))
