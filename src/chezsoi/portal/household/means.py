"""What a home would leave a household to live on: the facts at hand, those still missing, and no figure invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from chezsoi.people import tables
from chezsoi.people.choices import MemberRole, ResourceKind
from chezsoi.people.queries import HouseholdPage
from chezsoi.people.queries.pages import Resources
from chezsoi.portal.household.homes import Homes
from chezsoi.portal.household.outlays import HomeOutlay
from chezsoi.ui import dates
from chezsoi.ui.shapes import Fact, Kind, Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing a computation would need, whether it is known, and of whom it is still to ask."""

    title: str
    state: Tag
    to_ask: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """The resources stated, where each comes from, and what a computation would need."""

    resources: tuple[Fact, ...]
    sources: tuple[str, ...]
    needs: tuple[Need, ...]
    outlays: tuple[HomeOutlay, ...] = ()

    @property
    def is_waiting(self) -> bool:
        """Tell whether the worker has still to estimate a home."""
        return any(home.is_waiting for home in self.outlays)


def read(shown: HouseholdPage, homes: Homes, outlays: tuple[HomeOutlay, ...] = ()) -> Means:
    """Compose the means of a household for a reader of its resources."""
    return Means(
        resources=tuple(tables.resources(shown)),
        sources=tuple(dict.fromkeys(_source(each) for each in shown.resources)),
        needs=tuple(_needs(shown, homes)),
        outlays=outlays,
    )


def _source(row: Resources) -> str:
    said = {"who": row.person, "what": row.kind.label, "day": dates.full(row.stated_on), "source": row.source}
    if row.source:
        return _("%(who)s, %(what)s: stated on %(day)s, %(source)s") % said
    return _("%(who)s, %(what)s: stated on %(day)s") % said


def _needs(shown: HouseholdPage, homes: Homes) -> Iterator[Need]:
    yield _asked(_("What each adult lives on"), _unasked(shown))
    yield _asked(_("The age of each member"), [row.name for row in shown.members if row.age is None])
    if homes.is_one_known is not None:
        state = _known() if homes.is_one_known else Tag(label=_("none yet"))
        yield Need(title=_("A home, with its rent and charges"), state=state)


def _asked(title: str, names: list[str]) -> Need:
    state = Tag(label=_("to ask")) if names else _known()
    return Need(title=title, state=state, to_ask=", ".join(names))


def _known() -> Tag:
    return Tag(label=_("known"), kind=Kind.HOME)


def _unasked(shown: HouseholdPage) -> list[str]:
    """Name the adults of whom no amount was stated; a child is asked nothing."""
    said = {
        row.person
        for row in shown.resources
        if row.amount_per_month is not None or row.kind == ResourceKind.NONE
    }  # fmt: skip
    return [row.name for row in shown.members if row.role != MemberRole.CHILD and row.name not in said]
