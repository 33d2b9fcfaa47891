"""One indicator by commune, as an audience may read it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from chezsoi.engines import disclosure
from chezsoi.kernel.actor import Actor
from chezsoi.law.disclosure import Audience, disclosure_threshold_on
from chezsoi.observatory.choices import Indicator
from chezsoi.observatory.queries.figures import Figure, counted_leases, erased, figure
from chezsoi.territories import queries as territories
from chezsoi.territories.models import Commune, Territory

BY_COMMUNE = Indicator.ATTRIBUTION_HOMELESS
COMMUNES_HEADER = ("territory", "period", "code", "version", "commune", "name", "value", "suppressed")
NOWHERE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneValue:
    """What was counted in a commune; None when it is hidden. Without commune: elsewhere, not known, or erased since."""

    commune: Commune | None
    value: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ByCommune:
    """The leases an indicator counts, commune by commune; they add up to `total` unless some are hidden."""

    total: Figure
    rows: tuple[CommuneValue, ...]

    @property
    def hidden(self) -> tuple[CommuneValue, ...]:
        return tuple(row for row in self.rows if row.value is None)

    def as_csv(self) -> list[tuple[str, ...]]:
        """Write a line a commune, those that hold nothing included: a missing line would say something."""
        about = (self.total.territory.key, str(self.total.year), self.total.indicator.value, self.total.version)
        return [
            (
                *about,
                *((row.commune.code, row.commune.name) if row.commune else ("", "")),
                "" if row.value is None else str(row.value),
                "true" if row.value is None else "false",
            )
            for row in self.rows
        ]


def by_commune(territory: Territory, *, year: int, audience: Audience, on: date, actor: Actor) -> ByCommune:
    """
    Count the social leases signed by homeless households in a year by the commune of the home.

    A commune under the audience's threshold is hidden, zero included, and so are others when the total, which is
    published, would give them back (`engines.disclosure`). What the erased files count for has no commune.

    Raises
    ------
    NotAllowed
        If the role may not read figures for that audience, or works elsewhere.
    """
    total = figure(BY_COMMUNE, territory, year=year, audience=audience, on=on, actor=actor)
    leases = counted_leases(BY_COMMUNE, territory, year=year, actor=actor)
    where = {commune.pk: commune for commune in territories.communes_of(territory, actor=actor)}
    counted = Counter(lease.dwelling.commune_id for lease in leases if lease.dwelling.commune_id in where)
    cells = {code: counted[code] for code in where}
    cells[NOWHERE] = len(leases) - counted.total() + erased(BY_COMMUNE, territory, year=year, actor=actor)
    threshold = disclosure_threshold_on(on, audience=audience).minimum
    hidden = disclosure.withheld(cells, threshold=threshold)
    return ByCommune(
        total=total,
        rows=tuple(
            CommuneValue(commune=where.get(code), value=None if code in hidden else count)
            for code, count in cells.items()
        ),
    )
