"""The rows behind a figure, within what the reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chezsoi.fields import blind_index
from chezsoi.kernel.actor import Actor
from chezsoi.observatory.choices import Indicator
from chezsoi.observatory.queries.figures import counted_leases
from chezsoi.people.models import Household
from chezsoi.tenancies.models import Lease
from chezsoi.territories.access import Can, NotAllowed
from chezsoi.territories.models import Territory

PSEUDONYM_LENGTH = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One counted lease: a pseudonym for those who analyse, the household too for those in its circle."""

    pseudonym: str
    signed_on: date
    stock: str
    household: Household | None


def rows_of(indicator: Indicator, territory: Territory, *, year: int, actor: Actor) -> tuple[FigureRow, ...]:
    """
    List what a figure counts; a household the reader may not open stays a pseudonym, different each year.

    Raises
    ------
    NotAllowed
        If the role does not read rows, or works elsewhere.
    """
    if not actor.may(Can.SEE_INDICATOR_ROWS) or territory.pk not in actor.territory_ids:
        raise NotAllowed(f"{actor.role} may not read rows here")
    leases = counted_leases(indicator, territory, year=year, actor=actor)
    known = _known([lease.household_id for lease in leases], actor)
    return tuple(_row(lease, year, known.get(lease.household_id)) for lease in leases)


def _known(households: list[int], actor: Actor) -> dict[int, Household]:
    """Gather the households whose file the actor may open: a minimal card does not name its file."""
    if not actor.may(Can.SEE_HOUSEHOLD):
        return {}
    return {row.pk: row for row in Household.objects.filter(pk__in=households).visible_to(actor)}


def _row(lease: Lease, year: int, household: Household | None) -> FigureRow:
    pseudonym = blind_index(str(lease.household_id), purpose=f"observatory:{year}")[:PSEUDONYM_LENGTH]
    return FigureRow(
        pseudonym=pseudonym, signed_on=lease.signed_on, stock=lease.dwelling.get_stock_display(), household=household
    )
