"""What loading a file of homes would do, home by home. It writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chezsoi.fields import blind_index
from chezsoi.files.models import Source
from chezsoi.journeys.imports import queries
from chezsoi.journeys.imports.cells import UnknownCode
from chezsoi.journeys.imports.homes.file import FileHome, HomesFile
from chezsoi.territories.access import Actor
from chezsoi.territories.models import Commune, Territory
from chezsoi.territories.queries import find_commune

LONGEST_NUMBER = 60


class Fate(StrEnum):
    """What becomes of a home of the file."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    OLDER = "older"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedHome:
    """One home of the file and what becomes of it."""

    home: FileHome
    number: str
    digest: str
    fate: Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class HomesPlan:
    """What loading would do."""

    territory: Territory
    planned: tuple[PlannedHome, ...]
    communes: Mapping[str, Commune | None]
    file: HomesFile
    as_of_on: date

    @property
    def unknown(self) -> tuple[UnknownCode, ...]:
        """List the words no list knows, communes included."""
        column = self.file.headers.get("commune", "commune")
        lost = [
            UnknownCode(line=each.home.line, column=column, value=each.home.commune)
            for each in self.planned
            if each.home.commune and self.communes[each.home.commune] is None
        ]
        return (*self.file.unknown, *lost)

    def count(self, *fates: Fate) -> int:
        return sum(each.fate in fates for each in self.planned)


def plan_homes(
    file: HomesFile, *, territory: Territory, source: Source | None, as_of_on: date, actor: Actor
) -> HomesPlan:
    """Compare a file of homes with what its source said before; it writes nothing."""
    said = queries.dwellings_said(source, actor=actor)
    names = {home.commune for home in file.homes if home.commune}
    planned = []
    for home in file.homes:
        number = home.key if len(home.key) <= LONGEST_NUMBER and not home.key.startswith("row|") else _short(home.key)
        digest = blind_index(repr(home), purpose="home_row")
        before = said.get(number)
        fate = Fate.NEW
        if before is not None:
            newer = Fate.SAME if before.digest == digest else Fate.CHANGED
            fate = Fate.OLDER if as_of_on < before.heard_on else newer
        planned.append(PlannedHome(home=home, number=number, digest=digest, fate=fate))
    return HomesPlan(
        territory=territory,
        planned=tuple(planned),
        communes={name: find_commune(name, near=territory, actor=actor) for name in sorted(names)},
        file=file,
        as_of_on=as_of_on,
    )


def _short(key: str) -> str:
    return f"row:{blind_index(key, purpose='home')[:40]}"
