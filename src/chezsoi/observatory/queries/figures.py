"""Indicators computed from the records, by audience."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import MINYEAR, date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import QuerySet

from chezsoi.kernel.actor import Actor
from chezsoi.law.disclosure import Audience, disclosure_threshold_on
from chezsoi.observatory.choices import STABLE_NIGHTS, Indicator, Qualifier
from chezsoi.observatory.models import ErasedCount, SocialAllocationTotal
from chezsoi.observatory.queries.ratios import RATIOS, SHARE_STEP, Ratios, contribution_of
from chezsoi.observatory.queries.stays import ROUGH_FAMILY, History, Observation
from chezsoi.observatory.queries.tallies import TALLIES_VERSION
from chezsoi.observatory.wording import DEFINITIONS
from chezsoi.people.choices import HOMELESS, MemberRole, Origin
from chezsoi.people.models import Household, HouseholdMember, ResidentialSituation
from chezsoi.tenancies.models import Lease
from chezsoi.territories.access import Can, NotAllowed
from chezsoi.territories.models import Territory

OF_LEASES = tuple(indicator for indicator in Indicator if indicator not in RATIOS)
YEARS_SHOWN = 5
CSV_HEADER = ("territory", "period", "code", "version", "numerator", "denominator", "value", "suppressed", "qualifier")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One value of one indicator, as shown to one audience."""

    territory: Territory
    year: int
    indicator: Indicator
    version: str
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    is_suppressed: bool
    qualifier: Qualifier
    audience: Audience
    threshold: int | None
    total: SocialAllocationTotal | None = None
    together_with: tuple[Territory, ...] = ()

    @property
    def place(self) -> str:
        """Name the territory by its key; a union by those of all its territories."""
        return "+".join(each.key for each in (self.territory, *self.together_with))

    def as_csv(self) -> tuple[str, ...]:
        """Write the figure as a line of the published file."""
        cells = [self.numerator, self.denominator, self.value]
        return (
            self.place,
            str(self.year),
            self.indicator.value,
            self.version,
            *("" if cell is None else str(cell) for cell in cells),
            "true" if self.is_suppressed else "false",
            self.qualifier.value,
        )

    @classmethod
    def of_the_siao(
        cls, indicator: Indicator, year: int, ratios: Ratios, territory: Territory, *others: Territory
    ) -> Figure:
        """Give an indicator of the SIAO as exactly as it is counted, of a territory or of a union."""
        found = ratios.value(indicator, year, territory, *others)
        return cls(
            territory=territory,
            together_with=others,
            year=year,
            indicator=indicator,
            version=DEFINITIONS[indicator].version,
            numerator=found.numerator,
            denominator=found.denominator,
            value=found.value,
            is_suppressed=False,
            qualifier=found.qualifier,
            audience=Audience.INTERNAL,
            threshold=None,
        )

    def as_shown(self) -> Figure:
        """
        Hide a cell under the audience's threshold, and a rate over a denominator under it.

        A share of what is counted here is hidden too when what it leaves of the whole is under it.
        """
        if self.threshold is None:
            return self
        cells = [cell for cell in (self.numerator, self.denominator) if cell is not None]
        ratio = RATIOS.get(self.indicator)
        if ratio is not None and ratio.is_part and len(cells) > 1:
            cells.append(cells[1] - cells[0])
        return self if min(cells) >= self.threshold else self.hidden()

    def hidden(self) -> Figure:
        """Hide it; that nobody was counted is hidden like a small number, or one would tell the other."""
        qualifier = Qualifier.EXACT if self.qualifier is Qualifier.NOTHING_COUNTED else self.qualifier
        return replace(self, numerator=None, denominator=None, value=None, is_suppressed=True, qualifier=qualifier)


def figures(territory: Territory, *, year: int, audience: Audience, on: date, actor: Actor) -> tuple[Figure, ...]:
    """Compute every indicator of a territory for a year, as an audience may read it."""
    (found,) = _each_year(territory, [year], audience=audience, on=on, actor=actor)
    return found


def over_years(
    territory: Territory, *, until: int, audience: Audience, on: date, actor: Actor
) -> tuple[tuple[Figure, ...], ...]:
    """
    Compute each indicator over the years up to one, the oldest first.

    The number of years never depends on what was counted: a year left out would say that nobody was.
    """
    years = range(max(MINYEAR, until - YEARS_SHOWN + 1), until + 1)
    return tuple(zip(*_each_year(territory, years, audience=audience, on=on, actor=actor), strict=True))


def figure(
    indicator: Indicator, territory: Territory, *, year: int, audience: Audience, on: date, actor: Actor
) -> Figure:
    """
    Compute one indicator of a territory for a year.

    Raises
    ------
    NotAllowed
        If the role may not read figures for that audience, or works elsewhere (public figures are for everybody).
    """
    every = figures(territory, year=year, audience=audience, on=on, actor=actor)
    return next(each for each in every if each.indicator is indicator)


def _each_year(
    territory: Territory, years: Sequence[int], *, audience: Audience, on: date, actor: Actor
) -> list[tuple[Figure, ...]]:
    """Compute every indicator of each year, from records read once for all of them."""
    check_audience(audience, territory, actor=actor)
    records = _records(territory, years)
    threshold = disclosure_threshold_on(on, audience=audience).minimum
    return [
        tuple(
            replace(_exact(indicator, territory, year, records), audience=audience, threshold=threshold).as_shown()
            for indicator in Indicator
        )
        for year in years
    ]


def check_audience(audience: Audience, territory: Territory, *, actor: Actor) -> None:
    """Refuse figures meant for others: partner figures to strangers, exact ones to those who do not analyse rows."""
    if audience is Audience.PUBLIC:
        return
    needed = Can.SEE_INDICATOR_ROWS if audience is Audience.INTERNAL else Can.SEE_INDICATORS
    if not actor.may(needed) or territory.pk not in actor.territory_ids:
        raise NotAllowed(f"{actor.role} may not read {audience} figures here")


def latest_total(territory: Territory, *, year: int, actor: Actor) -> SocialAllocationTotal | None:
    """Give the latest published total of all social allocations of a territory in a year."""
    return _latest_totals(territory, [year]).get(year)


@dataclass(frozen=True, slots=True)
class Records:
    """What the figures of some years are computed from."""

    leases: dict[int, list[Lease]]
    seen: dict[int, list[Observation]]
    totals: dict[int, SocialAllocationTotal]
    erased: Counter[tuple[str, int]]
    ratios: Ratios

    def numerator(self, indicator: Indicator, year: int) -> int:
        """Count the leases of a year, and what the files erased since count for."""
        kept = _counted(indicator, self.leases[year], self.seen)
        return len(kept) + self.erased[indicator.value, year]


def _records(territory: Territory, years: Sequence[int]) -> Records:
    leases = {year: list(_signed(territory, year)) for year in years}
    return Records(
        leases=leases,
        seen=_observations_of_leads([lease for signed in leases.values() for lease in signed]),
        totals=_latest_totals(territory, years),
        erased=_erased_counts(territory, years),
        ratios=Ratios.read([territory], years),
    )


def _latest_totals(territory: Territory, years: Sequence[int]) -> dict[int, SocialAllocationTotal]:
    rows = SocialAllocationTotal.objects.filter(territory=territory, year__in=years).order_by("dated_on", "pk")
    return {row.year: row for row in rows}


def _erased_counts(territory: Territory, years: Sequence[int]) -> Counter[tuple[str, int]]:
    """Gather what the files erased since count for, under the definitions in force."""
    in_force = {(indicator.value, card.version) for indicator, card in DEFINITIONS.items()}
    found: Counter[tuple[str, int]] = Counter()
    for row in ErasedCount.objects.filter(territory=territory, year__in=years):
        if (row.indicator, row.version) in in_force:
            found[row.indicator, row.year] += row.value
    return found


def erased(indicator: Indicator, territory: Territory, *, year: int, actor: Actor) -> int:
    """Give what the files erased since count for in a figure."""
    return _erased_counts(territory, [year])[indicator.value, year]


def _signed(territory: Territory, year: int) -> QuerySet[Lease]:
    rows = Lease.objects.filter(territory=territory, signed_on__year=year, voided_at=None)
    return rows.select_related("household", "dwelling").order_by("signed_on", "pk")


def social_leases(territory: Territory, *, year: int, actor: Actor) -> list[Lease]:
    """List the social leases signed in a year, with their homes; the caller decides who reads them."""
    return list(_signed(territory, year).filter(is_social=True).select_related("dwelling__commune", "offer"))


def contribution(household: Household, *, actor: Actor) -> dict[tuple[Territory, str, str, int], int]:
    """
    Give what one household counts for in each figure: what must be remembered of it once its file is erased.

    By territory, code of what is counted, version of its definition, and year.
    """
    signed = household.leases.filter(voided_at=None).select_related("territory").order_by("pk")
    places = {(lease.territory, lease.signed_on.year) for lease in signed}
    found = {
        (household.territory, code, TALLIES_VERSION, year): value
        for (code, year), value in contribution_of(household, actor=actor).items()
    }
    for territory, year in places:
        for indicator in OF_LEASES:
            leases = counted_leases(indicator, territory, year=year, actor=actor, household=household)
            if leases:
                found[territory, indicator.value, DEFINITIONS[indicator].version, year] = len(leases)
    return found


def counted_leases(
    indicator: Indicator, territory: Territory, *, year: int, actor: Actor, household: Household | None = None
) -> list[Lease]:
    """
    List the leases an indicator counts, in the order they were signed; the caller decides who reads them.

    `household` keeps those of one household alone.
    """
    signed = _signed(territory, year)
    rows = list(signed if household is None else signed.filter(household=household))
    return _counted(indicator, rows, _observations_of_leads(rows))


def situations_before(leases: list[Lease], *, actor: Actor) -> dict[int, str]:
    """Give, by lease, the last situation seen before it, homeless or not; a lease before which none was is left out."""
    seen = _observations_of_leads(leases)
    return {pk: rows[-1].situation for pk, rows in seen.items() if rows}


def _counted(indicator: Indicator, rows: list[Lease], seen: dict[int, list[Observation]]) -> list[Lease]:
    if indicator is Indicator.DIRECT_ACCESS_HOUSEHOLDS:
        return _once_a_household(lease for lease in rows if _came_from_the_street(lease, seen[lease.pk]))
    return [lease for lease in rows if lease.is_social and _was_homeless(lease, seen[lease.pk])]


def _was_homeless(lease: Lease, seen: list[Observation]) -> bool:
    return bool(seen) and seen[-1].situation in HOMELESS


def _came_from_the_street(lease: Lease, seen: list[Observation]) -> bool:
    last = History(tuple(seen)).last_stable(until=lease.signed_on, nights=STABLE_NIGHTS)
    return last is not None and last.family == ROUGH_FAMILY


def _once_a_household(leases: Iterable[Lease]) -> list[Lease]:
    first: dict[int, Lease] = {}
    for lease in leases:
        first.setdefault(lease.household_id, lease)
    return list(first.values())


def _observations_of_leads(leases: list[Lease]) -> dict[int, list[Observation]]:
    """Gather, for each lease, what was seen of its lead up to the signature, without what the leases themselves say."""
    leads = _leads(leases)
    rows: dict[int, list[ResidentialSituation]] = defaultdict(list)
    for row in _before_leases(set(leads.values())):
        rows[row.person_id].append(row)
    found: dict[int, list[Observation]] = {}
    for lease in leases:
        found[lease.pk] = [
            Observation(situation=row.situation, observed_on=row.observed_on, since=row.since)
            for row in rows[leads.get(lease.pk, 0)]
            if row.observed_on <= lease.signed_on and not _tells_a_lease_from(row, lease.signed_on)
        ]
    return found


def _leads(leases: list[Lease]) -> dict[int, int]:
    members: dict[int, list[HouseholdMember]] = defaultdict(list)
    households = {lease.household_id for lease in leases}
    for member in HouseholdMember.objects.filter(household__in=households, role=MemberRole.LEAD).order_by("starts_on"):
        members[member.household_id].append(member)
    found: dict[int, int] = {}
    for lease in leases:
        held = [
            member
            for member in members[lease.household_id]
            if member.starts_on <= lease.signed_on and (member.ends_on is None or member.ends_on > lease.signed_on)
        ]
        if held or members[lease.household_id]:
            found[lease.pk] = (held or members[lease.household_id])[0].person_id
    return found


def _before_leases(people: set[int]) -> QuerySet[ResidentialSituation]:
    kept = ResidentialSituation.objects.filter(person__in=people, withdrawn_at=None)
    return kept.order_by("person_id", "observed_on", "recorded_at", "pk")


def _tells_a_lease_from(row: ResidentialSituation, day: date) -> bool:
    return row.origin == Origin.LEASE and row.since is not None and row.since >= day


def _exact(indicator: Indicator, territory: Territory, year: int, records: Records) -> Figure:
    if indicator in RATIOS:
        return Figure.of_the_siao(indicator, year, records.ratios, territory)
    numerator = records.numerator(indicator, year)
    total = records.totals.get(year)
    bare = Figure(
        territory=territory,
        year=year,
        indicator=indicator,
        version=DEFINITIONS[indicator].version,
        numerator=numerator,
        denominator=None,
        value=Decimal(numerator),
        is_suppressed=False,
        qualifier=Qualifier.EXACT,
        audience=Audience.INTERNAL,
        threshold=None,
    )
    if indicator is not Indicator.ATTRIBUTION_HOMELESS_SHARE:
        return bare
    if total is None or total.value == 0:
        return replace(bare, value=None, qualifier=Qualifier.SHARE_UNAVAILABLE)
    share = (Decimal(numerator) / total.value).quantize(SHARE_STEP, ROUND_HALF_UP)
    return replace(bare, denominator=total.value, value=share, total=total)
