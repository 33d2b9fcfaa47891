"""What is said of one table of the house in a copy: its part, its way to the person, what it leaves out and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMED_OTHERWISE = "it names another thing of the copy, which stands there by itself"
COMPUTED = "it is computed from what the copy holds, to search or to compare"
OF_SOMEBODY_ELSE = "it is the file number of another household"
NOT_HERS = "it names who works, not whom the file is about"


class Part(StrEnum):
    """The parts of a copy, in the order they are read."""

    WHO = "who"
    HOUSEHOLD = "household"
    SITUATIONS = "situations"
    RESOURCES = "resources"
    REQUEST = "request"
    PROPOSALS = "proposals"
    LEASES = "leases"
    SUPPORT = "support"
    RIGHTS = "rights"
    READERS = "readers"
    FILES = "files"


TITLES: dict[Part, Promise] = {
    Part.WHO: _("Who you are"),
    Part.HOUSEHOLD: _("Your household"),
    Part.SITUATIONS: _("Where you lived"),
    Part.RESOURCES: _("What you live on"),
    Part.REQUEST: _("What you ask for"),
    Part.PROPOSALS: _("Homes proposed, and what was decided"),
    Part.LEASES: _("Your leases"),
    Part.SUPPORT: _("Support"),
    Part.RIGHTS: _("Your rights"),
    Part.READERS: _("Who may open your file, and who opened it"),
    Part.FILES: _("The files it came from"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """
    One table and the way from it to the person, or to a household the person lived in.

    `day` dates a row: of a household, a copy holds what happened while the person lived there, and what has no date if
    they live there still. A row with an `until` concerns whoever was there before that day.
    """

    model: str
    part: Part
    category: str
    path: str = "household"
    day: str = ""
    until: str = ""
    free: tuple[str, ...] = ()
    omits: dict[str, str] = field(default_factory=dict)

    @property
    def is_of_the_person(self) -> bool:
        return self.path in {"", "person", "persons"}
