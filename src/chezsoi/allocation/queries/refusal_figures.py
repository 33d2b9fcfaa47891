"""
Who says no to proposals, and why: counts of a period under the secrecy of small numbers, for whoever reads figures.

A proposal counts in the period it was drawn in, with its refusal whenever that was noted; once, whoever refused and
however often. Nothing here is about one household, and nothing that ranks reads it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, OuterRef, QuerySet, Subquery

from chezsoi.allocation.choices import CandidacyState
from chezsoi.allocation.models import Candidacy, Refusal, Round
from chezsoi.allocation.queries.fairness import audience_of
from chezsoi.allocation.refusal_reasons import REFUSALS, RefusalReason, RefusalSide, RefusalState
from chezsoi.engines import disclosure
from chezsoi.kernel.actor import Actor
from chezsoi.law.disclosure import disclosure_threshold_on
from chezsoi.territories.access import Can, NotAllowed, Scope
from chezsoi.territories.models import Territory

LETTER, SILENCE = "letter", "silence"
PROPOSED, REFUSED, GOES_ON = "proposed", "refused", "goes_on"
ENDS = {CandidacyState.REFUSED: (RefusalSide.HOUSEHOLD, LETTER), CandidacyState.SILENT: (RefusalSide.NEUTRAL, SILENCE)}
"""What ends a proposal without a reason of the list: the answer on the letter is asked none, nor is silence."""
REASONS = {
    side: (
        *(reason.value for reason, effect in REFUSALS.items() if effect.side is side),
        *(end for of, end in ENDS.values() if of is side),
    )
    for side in RefusalSide
}
OTHERS = tuple(side for side in RefusalSide if side is not RefusalSide.HOUSEHOLD)

Counted = Counter[tuple[RefusalSide, str] | None]
"""How many proposals by who refused and why; under None those nobody refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalsAsked:
    """Which proposals are read: of a territory, drawn from a day and before another; all, or one's own reach alone."""

    territory: Territory
    start: date
    end: date
    is_own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SideCount:
    """How many proposals one party refused, and for which reasons; None is hidden."""

    side: RefusalSide
    refused: int | None
    reasons: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondLooks:
    """What became of the refusals of one party that needed other eyes."""

    side: RefusalSide
    awaits: int
    holds: int
    set_aside: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalCounts:
    """The proposals of a period and their refusals, as their reader may have them; second looks for exact readers."""

    proposals: int | None
    refused: int | None
    sides: tuple[SideCount, ...]
    second_looks: tuple[SecondLooks, ...]
    threshold: int | None


def refusal_counts(asked: RefusalsAsked, *, on: date, actor: Actor) -> RefusalCounts:
    """
    Count refusals by who said no and why, against the proposals made in the period.

    Under a threshold, what is hidden cannot be had from the totals, nor by taking off the proposals the reader sees
    one by one.

    Raises
    ------
    NotAllowed
        If the role sees no figures, or works elsewhere.
    """
    threshold = _threshold(asked.territory, on, actor)
    rows = _rows(asked, actor)
    counted = _counted(rows)
    seen: Counted = Counter() if asked.is_own else _counted(rows.filter(pk__in=Candidacy.objects.visible_to(actor)))
    proposals = _shown({PROPOSED: counted.total()}, {PROPOSED: seen.total()}, threshold)[PROPOSED]
    outcomes = _shown(_outcomes(counted), _outcomes(seen), threshold, is_hidden=proposals is None)
    sides = _shown(_by_side(counted), _by_side(seen), threshold, is_hidden=outcomes[REFUSED] is None)
    return RefusalCounts(
        proposals=proposals,
        refused=outcomes[REFUSED],
        sides=tuple(
            SideCount(
                side=side,
                refused=sides[side.value],
                reasons=_reasons(side, counted, seen, threshold, is_hidden=sides[side.value] is None),
            )
            for side in RefusalSide
        ),
        second_looks=_second_looks(rows) if threshold is None else (),
        threshold=threshold,
    )


def refusals_are_exact(territory: Territory, *, on: date, actor: Actor) -> bool:
    """
    Tell whether a reader has every cell of a territory, and so may choose any days.

    Under a threshold two periods a day apart would give one household back: those are read by whole years.
    """
    return _threshold(territory, on, actor) is None


def years_of_proposals(territory: Territory, *, on: date, actor: Actor) -> range:
    """Give the years since the first proposal of a territory, this one included."""
    _threshold(territory, on, actor)
    first = Round.objects.filter(offer__dwelling__territory=territory).aggregate(first=Min("drawn_at__year"))["first"]
    return range(min(first or on.year, on.year), on.year + 1)


def has_own_reach(*, actor: Actor) -> bool:
    """Tell whether a reader sees the proposals of an organisation one by one: those of its homes, or of its tables."""
    sees = actor.may(Can.SEE_SHORTLIST) or actor.may(Can.SEE_COMMISSION)
    return sees and getattr(actor, "scope", None) in (Scope.ORGANISATION, Scope.COMMISSION)


def _threshold(territory: Territory, on: date, actor: Actor) -> int | None:
    if not actor.may(Can.SEE_INDICATORS) or territory.pk not in actor.territory_ids:
        raise NotAllowed(f"{actor.role} may not read counts of refusals here")
    return disclosure_threshold_on(on, audience=audience_of(territory.pk, actor=actor)).minimum


def _rows(asked: RefusalsAsked, actor: Actor) -> QuerySet[Candidacy]:
    drawn = {"round__drawn_at__date__gte": asked.start, "round__drawn_at__date__lt": asked.end}
    rows = Candidacy.objects.filter(offer__dwelling__territory=asked.territory, **drawn)
    if not asked.is_own:
        return rows
    seen = Candidacy.objects.visible_to(actor) if has_own_reach(actor=actor) else Candidacy.objects.none()
    return rows.filter(pk__in=seen.values("pk"))


def _counted(rows: QuerySet[Candidacy]) -> Counted:
    standing = Refusal.objects.filter(candidacy=OuterRef("pk"), state=RefusalState.COUNTS)
    told = rows.annotate(refusal=Subquery(standing.values("reason")[:1])).order_by()
    found: Counted = Counter()
    for state, reason, count in told.values_list("state", "refusal").annotate(count=Count("pk")):
        found[_end(state, reason)] += count
    return found


def _end(state: str, reason: str | None) -> tuple[RefusalSide, str] | None:
    if reason is not None:
        return REFUSALS[RefusalReason(reason)].side, reason
    return ENDS.get(CandidacyState(state))


def _outcomes(counted: Counted) -> dict[str, int]:
    return {REFUSED: counted.total() - counted[None], GOES_ON: counted[None]}


def _by_side(counted: Counted) -> dict[str, int]:
    return {side.value: sum(counted[side, reason] for reason in REASONS[side]) for side in RefusalSide}


def _reasons(
    side: RefusalSide, counted: Counted, seen: Counted, threshold: int | None, *, is_hidden: bool
) -> tuple[tuple[str, int | None], ...]:
    cells = {reason: counted[side, reason] for reason in REASONS[side]}
    known = {reason: seen[side, reason] for reason in cells}
    return tuple(_shown(cells, known, threshold, is_hidden=is_hidden).items())


def _shown(
    cells: Mapping[str, int], known: Mapping[str, int], threshold: int | None, *, is_hidden: bool = False
) -> dict[str, int | None]:
    """Give the cells a reader may have of a total, of which they know a part one by one; none when it is hidden."""
    if is_hidden:
        return dict.fromkeys(cells)
    hidden = disclosure.withheld_beside(cells, known, threshold=threshold)
    return {name: None if name in hidden else count for name, count in cells.items()}


def _second_looks(rows: QuerySet[Candidacy]) -> tuple[SecondLooks, ...]:
    refusals = Refusal.objects.filter(candidacy__in=rows.values("pk")).order_by()
    found: Counter[tuple[RefusalSide, str]] = Counter()
    for reason, state, count in refusals.values_list("reason", "state").annotate(count=Count("pk")):
        found[REFUSALS[RefusalReason(reason)].side, state] += count
    return tuple(
        SecondLooks(
            side=side,
            awaits=found[side, RefusalState.AWAITS],
            holds=found[side, RefusalState.COUNTS],
            set_aside=found[side, RefusalState.SET_ASIDE],
        )
        for side in OTHERS
    )
