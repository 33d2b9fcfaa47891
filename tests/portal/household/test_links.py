"""A page that leads nowhere keeps its words and loses every address, however deep."""

from dataclasses import dataclass
from datetime import date

from chezsoi.portal.household.links import without_links
from chezsoi.ui.shapes import Entry, Link

DAY = date(2026, 11, 2)


@dataclass(frozen=True)
class Shown:
    lease_url: str
    lines: tuple[Entry, ...]
    acts: tuple[Link, ...]


def test_every_address_is_taken_away_and_every_word_kept():
    shown = Shown("/leases/1/", (Entry(when=DAY, title="Bail", url="/leases/1/"),), (Link(label="Undo", url="/undo/"),))

    bare = without_links((shown, "words"))

    assert bare == (Shown("", (Entry(when=DAY, title="Bail"),), (Link(label="Undo", url=""),)), "words")


def test_a_kind_of_thing_is_left_as_it_is():
    assert without_links(Shown) is Shown
