"""
What a map shows, as plain values; `ui.cartography` places them.

A map here shows amounts by place, each as a circle whose surface is the amount: a large and empty commune never looks
like much. A value nobody may read is hatched and said in words, never drawn as nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chezsoi.kernel.outlines import Border
from chezsoi.ui import typography


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """
    A place of the map; `key` is its name in the borders, `population` decides which names are written first.

    Without value, `said` says why in the table; a place that is nowhere on the map has no key and stands in the table.
    """

    key: str
    label: str
    value: int | None = 0
    said: str = ""
    url: str = ""
    population: int = 0

    @property
    def is_hidden(self) -> bool:
        return self.value is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """
    What a map shows; `finding` says in a sentence what is to be seen on it, and is its title.

    `unit` names what is counted, `elsewhere` says what the places not listed hold, `hidden` what a hatched one means.
    """

    key: str
    finding: str
    unit: str
    axis: str
    places: Sequence[Place]
    borders: Sequence[Border]
    elsewhere: str = ""
    hidden: str = ""
    csv_url: str = ""
    csv_label: str = ""
    notes: Sequence[str] = ()

    @property
    def listed(self) -> Sequence[Place]:
        """Give the places that hold something that can be read, the most first, then by name."""
        held = [place for place in self.places if place.value]
        return sorted(held, key=lambda place: (-(place.value or 0), place.label))

    def written(self, place: Place) -> str:
        """Write the value of a place as the reader's language does, or the words it has instead."""
        return place.said if place.value is None else typography.number(place.value)
