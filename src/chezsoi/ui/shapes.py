"""What components are given: plain values, so that a page is composed without HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chezsoi.kernel.orders import Order


class Kind(StrEnum):
    """What a status asks of the reader; its icon's shape and its colour say the same thing."""

    NEUTRAL = "neutral"
    HOME = "home"
    ACT = "act"
    WAIT = "wait"
    STOP = "stop"
    INFO = "info"


class Family(StrEnum):
    """The families of residential situations that a lane tells apart."""

    OWN = "own"
    ADAPTED = "adapted"
    THIRD = "third"
    SHELTER = "shelter"
    STREET = "street"
    INSTITUTION = "institution"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Somewhere to go. A crumb without address is the page itself."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """Keys pressed one after the other (`g p`), what they do, and where they lead; empty, the page itself answers."""

    keys: str
    label: str
    url: str = ""

    @property
    def presses(self) -> list[str]:
        return self.keys.split()


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """One entry of the navigation, with the count that waits for the reader (None shows none)."""

    label: str
    url: str
    icon: str
    count: int | None = None
    is_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """What surrounds every page; an empty address leaves its control out."""

    home_url: str = "/"
    territory: str = ""
    search_url: str = ""
    query: str = ""
    account_name: str = ""
    account_role: str = ""
    account_url: str = ""
    sign_in_url: str = ""
    sign_out_url: str = ""
    language_url: str = ""
    account_key: str = ""
    drafts_url: str = ""
    discard_url: str = ""
    shortcuts: Sequence[Shortcut] = ()
    shortcuts_url: str = ""
    footer: Sequence[Link] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A fact about a thing, in two or three words."""

    label: str
    kind: str = Kind.NEUTRAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that is never alone: unit, period, denominator or interval, and the three ways to open it."""

    label: str
    value: str
    unit: str
    period: str
    detail: str = ""
    rows_url: str = ""
    definition_url: str = ""
    table_url: str = ""


class By(StrEnum):
    """What a column is sorted by: it changes how its two ways are said."""

    WORDS = "words"
    NUMBERS = "numbers"
    DAYS = "days"
    STEPS = "steps"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """
    A column of a table; a numeric one is aligned on its digits, a code never breaks in two.

    `sort` is the key under which its list sorts by it; empty, it does not.
    """

    label: str
    is_numeric: bool = False
    is_code: bool = False
    sort: str = ""
    by: By = By.WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: text, or codes each set whole on a line; and what may stand with it."""

    text: str = ""
    codes: Sequence[str] = ()
    url: str = ""
    detail: str = ""
    tags: Sequence[Tag] = ()
    is_strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table; its first cell names it, and `key` stands for it where rows are chosen."""

    cells: Sequence[Cell]
    is_current: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """
    A table and the sentence that says what it holds.

    With an `order`, the headings of its sortable columns change it; `also` names what the list sorts by and does not
    show, `part` the element that a change replaces. Where rows are chosen, `chosen_for` is the form that takes their
    keys.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    hides_caption: bool = False
    order: Order | None = None
    also: Sequence[Column] = ()
    part: str = ""
    chosen_for: str = ""
    are_chosen: bool = False

    @property
    def sortable(self) -> list[Column]:
        return [column for column in (*self.columns, *self.also) if column.sort]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a day's work or of a history; `when` is a day, or the words for it."""

    when: date | str
    title: str
    detail: str = ""
    lead: str = ""
    url: str = ""
    tag: Tag | None = None

    @property
    def has_day(self) -> bool:
        return isinstance(self.when, date)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A term and its value."""

    label: str
    value: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One link of a chain: done, current or to_come; of a chain that is only explained, link."""

    label: str
    state: str
    detail: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Affordability:
    """What a home would leave a household to live on; `basis` says how it was computed and that it opens no right."""

    title: str
    facts: Sequence[Fact]
    basis: str
