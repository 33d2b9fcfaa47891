"""A service's file of people: from rows to households, and the rows left out with their reasons. No database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chezsoi.files.columns import ColumnPlan
from chezsoi.files.readers import Row, Table
from chezsoi.journeys.imports import vocabulary
from chezsoi.journeys.imports.cells import Cells, RowFault, UnknownCode, of_row
from chezsoi.kernel.dates import PartialDate, Precision, add_months
from chezsoi.kernel.quality import Quality

OLDEST_YEARS = 120
LONGEST_LABEL = 150
LEAD = "lead"
UNKNOWN_DATE = PartialDate()

NAMES_NOBODY = _("This row names nobody, so it was left out: write a surname or a given name.")
BORN_LATER = _("This birth date is in the future, so the row was left out: correct the year.")
BORN_TOO_LONG_AGO = _("This birth date is more than 120 years ago, so the row was left out: correct the year.")
NO_LEAD = _("This file has no applicant that could be read, so this row was left out: correct or name the applicant.")
LEAD_LEFT_OUT = _("The applicant of this file, line {line}, was left out, so this row was too: correct that line.")
SAME_AS = _("Same as line {line}: this row was left out; remove it or write what tells it apart.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSituation:
    """Where somebody lives, as the file says."""

    code: str
    since: PartialDate
    commune: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResources:
    """What somebody lives on, as the file says."""

    kind: str
    amount_per_month: Decimal | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePerson:
    """One row: a person. `occurrence` tells apart people of one file of whom nothing tells them apart."""

    line: int = field(compare=False, repr=False)
    role: str
    surname: str
    given_names: str
    birth: PartialDate
    birth_quality: Quality
    sex: str
    phones: tuple[str, ...]
    situation: FileSituation | None
    resources: FileResources | None
    occurrence: int = 0

    @property
    def who(self) -> str:
        """Name the person within the household's file: name, birth date and role."""
        return "|".join((self.surname, self.given_names, str(self.birth), self.role, str(self.occurrence))).casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRequest:
    """What a household asks for, as the file says; None, or nothing, is unknown."""

    number: str = ""
    requested_on: PartialDate = UNKNOWN_DATE
    communes: tuple[str, ...] = ()
    rooms_min: int | None = None
    rooms_max: int | None = None
    needs_wheelchair_access: bool | None = None
    needs_lift_or_ground: bool | None = None
    max_outlay_per_month: Decimal | None = None
    labels: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self == FileRequest()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileHousehold:
    """
    The rows of one file number, the lead first; what concerns the whole household is on the lead's row.

    `key` identifies it in its source from one file to the next; `name` is what a reader calls it.
    """

    key: str
    name: str = field(compare=False, repr=False)
    is_numbered: bool
    members: tuple[FilePerson, ...]
    request: FileRequest
    support: str
    support_words: str
    referent: str
    contact_on: PartialDate

    @property
    def lead(self) -> FilePerson:
        return self.members[0]

    @property
    def is_protected(self) -> bool:
        return "violence" in self.request.labels


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFile:
    """What a file says: households, rows left out, words no list knows."""

    households: tuple[FileHousehold, ...]
    errors: tuple[RowFault, ...]
    unknown: tuple[UnknownCode, ...]
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A row that could be read, with what it says of the whole household."""

    number: str
    person: FilePerson
    cells: Cells
    has_role: bool
    details: _Details


@dataclass(frozen=True, slots=True, kw_only=True)
class _Details:
    request: FileRequest
    support: str
    support_words: str
    referent: str
    contact_on: PartialDate


def read_people(table: Table, plan: ColumnPlan, *, today: date) -> PeopleFile:
    """
    Read the rows of a table.

    A row is left out whole, with one error a faulty cell; the members of a household without an accepted applicant are
    left out with it. The order of the households is that of the file.
    """
    reader = _Reader(plan=plan, headers=table.columns, today=today)
    for row in table.rows:
        reader.take(row)
    households = reader.households()
    problems = [RowFault(line=each.line, column=each.column, message=each.message) for each in table.problems]
    errors = sorted([*problems, *reader.errors], key=lambda error: error.line or 0)
    kept = {member.line for household in households for member in household.members}
    unknown = tuple(code for code in reader.unknown if code.line in kept)
    headers = {key: table.columns[index] for key, index in plan.matched.items()}
    return PeopleFile(households=households, errors=tuple(errors), unknown=unknown, headers=headers)


class _Reader:
    def __init__(self, *, plan: ColumnPlan, headers: Sequence[str], today: date) -> None:
        self._plan, self._headers, self._today = plan, headers, today
        self._files: dict[str, list[_Draft]] = {}
        self._leads_left_out: dict[str, int] = {}
        self._seen: dict[tuple[str, ...], int] = {}
        self.errors: list[RowFault] = []
        self.unknown: list[UnknownCode] = []

    def take(self, row: Row) -> None:
        """Read one row; keep it, or the reasons to leave it out."""
        cells = of_row(row, self._plan, self._headers, self._today)
        number = cells.text("number")
        if not number and self._is_repeated(cells):
            return
        draft = _draft(cells, number)
        if cells.errors:
            self.errors += cells.errors
            if number and draft.person.role == LEAD:
                self._leads_left_out.setdefault(number, row.line)
            return
        self.unknown += cells.unknown
        self._files.setdefault(number or f"\0{row.line}", []).append(draft)

    def households(self) -> tuple[FileHousehold, ...]:
        """Gather the rows kept into households."""
        found: list[FileHousehold] = []
        keys: dict[str, int] = {}
        for drafts in self._files.values():
            lead = self._lead(drafts)
            if lead is None:
                self._leave_out(drafts)
            else:
                found.append(_household(lead, self._members(lead, drafts), keys))
        return tuple(found)

    def _is_repeated(self, cells: Cells) -> bool:
        first = self._seen.setdefault(cells.row.cells, cells.row.line)
        if first != cells.row.line:
            self._refuse(cells.row.line, None, first)
        return first != cells.row.line

    def _refuse(self, line: int, column: str | None, first: int) -> None:
        self.errors.append(RowFault(line=line, column=column, message=format_lazy(SAME_AS, line=first)))

    def _lead(self, drafts: list[_Draft]) -> _Draft | None:
        """
        Find the applicant: the first row that says so or, when no row of the file does, the first without a role.

        A row without a file number is a household of its own, whatever place it gives the person elsewhere.
        """
        if not drafts[0].number:
            return drafts[0]
        stated = next((draft for draft in drafts if draft.person.role == LEAD and draft.has_role), None)
        if stated is not None or drafts[0].number in self._leads_left_out:
            return stated
        return next((draft for draft in drafts if not draft.has_role), None)

    def _leave_out(self, drafts: list[_Draft]) -> None:
        for draft in drafts:
            line = self._leads_left_out.get(draft.number) if draft.number else None
            message = NO_LEAD if line is None else format_lazy(LEAD_LEFT_OUT, line=line)
            self.errors.append(RowFault(line=draft.person.line, column=draft.cells.header("role"), message=message))

    def _members(self, lead: _Draft, drafts: list[_Draft]) -> tuple[FilePerson, ...]:
        """Put the lead first; a named person written twice is left out, unnamed ones are told apart by their order."""
        kept: dict[str, FilePerson] = {}
        for draft in [lead, *(draft for draft in drafts if draft is not lead)]:
            person = _placed(draft, is_lead=draft is lead)
            known = kept.get(person.who)
            if known is not None and person.given_names:
                self._refuse(person.line, None, known.line)
                continue
            while person.who in kept:
                person = _again(person)
            kept[person.who] = person
        return tuple(kept.values())


def _draft(cells: Cells, number: str) -> _Draft:
    role = cells.code("role", vocabulary.ROLES, "other")
    has_role = bool(cells.text("role"))
    surname, given = _names(cells)
    birth = _birth(cells)
    person = FilePerson(
        line=cells.row.line,
        role=role if has_role else LEAD,
        surname=surname,
        given_names=given,
        birth=birth,
        birth_quality=_quality(birth, cells.text("birth")),
        sex=cells.code("sex", vocabulary.SEX, ""),
        phones=cells.phones("phone"),
        situation=_situation(cells),
        resources=_resources(cells),
    )
    return _Draft(number=number, person=person, cells=cells, has_role=has_role, details=_details(cells))


def _names(cells: Cells) -> tuple[str, str]:
    surname, given = cells.name("surname"), cells.name("given_names")
    if not (surname or given):
        surname, given = split_name(cells.name("full_name"))
    if not (surname or given):
        named = next(
            (key for key in ("surname", "full_name", "given_names") if cells.header(key) is not None), "surname"
        )
        cells.refuse(named, NAMES_NOBODY)
    return surname, given


def split_name(text: str) -> tuple[str, str]:
    """
    Part a whole name: what is in capitals is the surname, else the first word.

    >>> [split_name(name) for name in ("DA SILVA Maria", "Maria DA SILVA", "Leroy Julien", "Karim")]
    [('DA SILVA', 'Maria'), ('DA SILVA', 'Maria'), ('Leroy', 'Julien'), ('', 'Karim')]
    """
    words = text.split()
    capitals = [word for word in words if word.isupper() and len(word) > 1]
    if capitals and len(capitals) < len(words):
        return " ".join(capitals), " ".join(word for word in words if word not in capitals)
    if len(words) < 2:
        return "", text
    return words[0], " ".join(words[1:])


def _birth(cells: Cells) -> PartialDate:
    birth = cells.day("birth")
    if birth.earliest is None or birth.latest is None:
        return birth
    if birth.earliest > cells.today:
        cells.refuse("birth", BORN_LATER)
    elif birth.latest < add_months(cells.today, -12 * OLDEST_YEARS):
        cells.refuse("birth", BORN_TOO_LONG_AGO)
    return birth


def _quality(birth: PartialDate, text: str) -> Quality:
    if not birth.is_known:
        return Quality.UNKNOWN if text else Quality.NOT_ASKED
    return Quality.KNOWN if birth.precision is Precision.DAY else Quality.APPROXIMATE


def _situation(cells: Cells) -> FileSituation | None:
    words = cells.text("situation")
    since = cells.day("since")
    if not words and not since.is_known and not cells.text("commune"):
        return None
    return FileSituation(
        code=cells.code("situation", vocabulary.SITUATIONS),
        since=since,
        commune=next(iter(cells.words("commune")), ""),
        words=words[:200],
    )


def _resources(cells: Cells) -> FileResources | None:
    words = cells.text("resource_kind")
    amount = cells.amount("resources")
    if amount is None and not words:
        return None
    return FileResources(
        kind=cells.code("resource_kind", vocabulary.RESOURCES), amount_per_month=amount, words=words[:200]
    )


def _details(cells: Cells) -> _Details:
    return _Details(
        request=_request(cells),
        support=cells.code("support", vocabulary.INTENSITIES, "unknown") if cells.text("support") else "",
        support_words=cells.text("support")[:200],
        referent=cells.text("referent")[:LONGEST_LABEL],
        contact_on=cells.day("contact_on"),
    )


def _request(cells: Cells) -> FileRequest:
    rooms = (cells.rooms("rooms_min"), cells.rooms("rooms_max"))
    if rooms[0] is not None and rooms[1] is not None and rooms[0] > rooms[1]:
        rooms = (rooms[1], rooms[0])
    return FileRequest(
        number=cells.request_number("request_number"),
        requested_on=cells.day("requested_on"),
        communes=tuple(dict.fromkeys(cells.words("wished_communes"))),
        rooms_min=rooms[0],
        rooms_max=rooms[1],
        needs_wheelchair_access=cells.yes_no("wheelchair"),
        needs_lift_or_ground=cells.yes_no("lift_or_ground"),
        max_outlay_per_month=cells.amount("max_outlay"),
        labels=cells.codes("labels", vocabulary.LABELS),
    )


def _placed(draft: _Draft, *, is_lead: bool) -> FilePerson:
    """Give the person the place in the household that the whole file leaves them."""
    role = LEAD if is_lead else draft.person.role
    if not is_lead and role == LEAD:
        role = "other"
    return replace(draft.person, role=role)


def _again(person: FilePerson) -> FilePerson:
    return replace(person, occurrence=person.occurrence + 1)


def _household(lead: _Draft, members: tuple[FilePerson, ...], keys: dict[str, int]) -> FileHousehold:
    is_numbered = bool(lead.number)
    details = lead.details
    return FileHousehold(
        key=lead.number if is_numbered else _row_key(lead.person, keys),
        name=lead.number if is_numbered else f"line:{lead.person.line}",
        is_numbered=is_numbered,
        members=members,
        request=details.request,
        support=details.support,
        support_words=details.support_words,
        referent=details.referent,
        contact_on=details.contact_on,
    )


def _row_key(person: FilePerson, keys: dict[str, int]) -> str:
    """Key a row without a file number by who it names, so that it is found again in the next file."""
    who = f"row|{person.surname}|{person.given_names}|{person.birth}".casefold()
    keys[who] = keys.get(who, 0) + 1
    return f"{who}|{keys[who]}"


def lines(households: Iterable[FileHousehold]) -> int:
    """Count the rows of some households."""
    return sum(len(household.members) for household in households)
