"""The rows behind a figure, within what the reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chezsoi.fields import blind_index
from chezsoi.kernel.actor import Actor
from chezsoi.observatory.choices import Indicator
from chezsoi.observatory.queries.figures import counted_leases
from chezsoi.observatory.queries.ratios import RATIOS, Ratio
from chezsoi.observatory.queries.tallies import Tallies
from chezsoi.observatory.wording import said
from chezsoi.people.models import Household
from chezsoi.tenancies.models import Lease
from chezsoi.territories.access import Can, NotAllowed
from chezsoi.territories.models import Territory

PSEUDONYM_LENGTH = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """
    One lease, household or person counted: a pseudonym for those who analyse, the household too for its circle.

    `said` is what it counts as; `is_above` tells, of a share, whether it is one of those counted above the line.
    """

    pseudonym: str
    on: date
    said: str
    household: Household | None
    is_above: bool = True


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
    if indicator in RATIOS:
        return _of_the_siao(RATIOS[indicator], territory, year, actor)
    leases = counted_leases(indicator, territory, year=year, actor=actor)
    known = _known([lease.household_id for lease in leases], actor)
    return tuple(_row(lease, year, known.get(lease.household_id)) for lease in leases)


def _of_the_siao(ratio: Ratio, territory: Territory, year: int, actor: Actor) -> tuple[FigureRow, ...]:
    """List the whole that a share divides, and which of it is above; of a growth, those of this year."""
    counted = Tallies.read([territory.pk], [year])
    above = {unit.who for unit in counted.of(ratio.above, year, territory.pk)}
    whole = ratio.below if ratio.is_part and ratio.below else ratio.above
    units = counted.of(whole, year, territory.pk)
    known = _known([unit.household_id for unit in units], actor)
    return tuple(
        FigureRow(
            pseudonym=_pseudonym(unit.who, year),
            on=unit.on,
            said=said(unit.what),
            household=known.get(unit.household_id),
            is_above=unit.who in above,
        )
        for unit in units
    )


def _pseudonym(who: object, year: int) -> str:
    return blind_index(str(who), purpose=f"observatory:{year}")[:PSEUDONYM_LENGTH]


def _known(households: list[int], actor: Actor) -> dict[int, Household]:
    """Gather the households whose file the actor may open: a minimal card does not name its file."""
    if not actor.may(Can.SEE_HOUSEHOLD):
        return {}
    return {row.pk: row for row in Household.objects.filter(pk__in=households).visible_to(actor)}


def _row(lease: Lease, year: int, household: Household | None) -> FigureRow:
    return FigureRow(
        pseudonym=_pseudonym(lease.household_id, year),
        on=lease.signed_on,
        said=lease.dwelling.get_stock_display(),
        household=household,
    )
