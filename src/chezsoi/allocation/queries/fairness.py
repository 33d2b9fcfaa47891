"""
The audit of rounds: who was eligible, proposed and housed, group by group, and how long each had waited.

It reads what rounds froze and found, under the threshold of who reads it; nothing it computes enters a rank.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from chezsoi.allocation.choices import CandidacyState, Dimension, RoundState
from chezsoi.allocation.models import Candidacy, Examination, Round
from chezsoi.allocation.models.draws import frozen_of
from chezsoi.allocation.models.facts import Frozen
from chezsoi.allocation.models.joint_draws import compatible
from chezsoi.allocation.queries.groups import groups
from chezsoi.engines import disclosure, matching
from chezsoi.kernel.actor import Actor
from chezsoi.law.disclosure import Audience, disclosure_threshold_on
from chezsoi.territories.access import Can, NotAllowed
from chezsoi.territories.models import Territory

DAYS_A_MONTH = 30.4375


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedGroup:
    """One group as an audience may read it; None is hidden, or cannot be said."""

    group: str
    eligible: int | None
    proposed: int | None
    housed: int | None
    proposed_share: matching.Interval | None
    ratio: matching.Interval | None
    differs: bool
    median_wait: matching.Interval | None
    ninth_decile_wait: matching.Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What was found of some rounds, by dimension; `rounds_erased` held facts that had to be erased since."""

    rounds: int
    rounds_erased: int
    eligible: int
    proposed: int
    housed: int
    threshold: int | None
    dimensions: Mapping[Dimension, tuple[AuditedGroup, ...]]


@dataclass(slots=True, kw_only=True)
class _Passage:
    """What became of one household over the rounds read; its groups and its wait are those of the first."""

    groups: dict[Dimension, str]
    months: float | None
    is_proposed: bool = False
    is_housed: bool = False


def audience_of(territory_id: int, *, actor: Actor) -> Audience:
    """Give the most exact audit a role may read: exact for those who analyse rows here, for partners otherwise."""
    analyses = actor.may(Can.SEE_INDICATOR_ROWS) and territory_id in actor.territory_ids
    return Audience.INTERNAL if analyses else Audience.PARTNER


def audit_of_round(round_: Round, *, on: date, actor: Actor) -> Audit:
    """Audit one drawn round, as exactly as the actor may read it."""
    seen = Round.objects.visible_to(actor).filter(pk=round_.pk)
    territory = round_.offer.dwelling.territory
    return _audit(seen, territory, audience_of(territory.pk, actor=actor), on, actor)


def audit_of_territory(territory: Territory, *, start: date, end: date, on: date, actor: Actor) -> Audit:
    """
    Audit the rounds of a territory drawn from a day, and before another; each household counts once.

    Raises
    ------
    NotAllowed
        If the role sees no figures, or works elsewhere.
    """
    if not actor.may(Can.SEE_INDICATORS) or territory.pk not in actor.territory_ids:
        raise NotAllowed(f"{actor.role} may not read an audit here")
    rows = Round.objects.filter(offer__dwelling__territory=territory, drawn_at__date__gte=start, drawn_at__date__lt=end)
    return _audit(rows, territory, audience_of(territory.pk, actor=actor), on, actor)


def _audit(rows: Iterable[Round], territory: Territory, audience: Audience, on: date, actor: Actor) -> Audit:
    drawn = [row for row in rows if row.state == RoundState.DRAWN]
    kept = [row for row in drawn if row.facts_erased_on is None]
    passages: dict[str, _Passage] = {}
    for row in kept:
        _read(row, territory, passages, actor)
    everyone = list(passages.values())
    threshold = disclosure_threshold_on(on, audience=audience).minimum
    return Audit(
        rounds=len(kept),
        rounds_erased=len(drawn) - len(kept),
        eligible=len(everyone),
        proposed=sum(each.is_proposed for each in everyone),
        housed=sum(each.is_housed for each in everyone),
        threshold=threshold,
        dimensions={dimension: _by_group(dimension, everyone, threshold) for dimension in Dimension},
    )


def _read(row: Round, territory: Territory, passages: dict[str, _Passage], actor: Actor) -> None:
    """Add what one round found of each household no rule refused."""
    facts = frozen_of(row)
    eligible = _eligible(row, facts)
    states = dict(Candidacy.objects.filter(round=row).values_list("household__reference", "state"))
    frozen = [household for household in facts.households if household.ref in eligible]
    found = groups(territory, frozen, on=row.frozen_on, actor=actor)
    for household in frozen:
        ref = household.ref
        if ref not in passages:
            passages[ref] = _Passage(
                groups={dimension: of[ref] for dimension, of in found.items()},
                months=_months(household.waiting_since, row.frozen_on),
            )
        passages[ref].is_proposed |= ref in states
        passages[ref].is_housed |= states.get(ref) == CandidacyState.HOUSED


def _eligible(row: Round, facts: Frozen) -> set[str]:
    """Find whom no rule refused: a joint round keeps the examination of the candidates alone, and asks again."""
    if row.joint is not None:
        return compatible(facts)
    found = Examination.objects.filter(round=row, is_compatible=True)
    return set(found.values_list("household__reference", flat=True))


def _months(since: date | None, on: date) -> float | None:
    return None if since is None else max(0, (on - since).days) / DAYS_A_MONTH


def _by_group(dimension: Dimension, everyone: list[_Passage], threshold: int | None) -> tuple[AuditedGroup, ...]:
    found = matching.fairness(
        matching.Passage(
            group=each.groups[dimension],
            is_proposed=each.is_proposed,
            is_housed=each.is_housed,
            months_waited=each.months,
        )
        for each in everyone
    )
    hidden = {
        name: disclosure.withheld({share.group: getattr(share, name) for share in found}, threshold=threshold)
        for name in ("eligible", "proposed", "housed")
    }
    return tuple(_shown(share, hidden) for share in found)


def _shown(share: matching.GroupShare, hidden: Mapping[str, frozenset[str]]) -> AuditedGroup:
    """Keep of a group what its audience may read: a share tells its two counts, a wait that of its group."""
    counted = share.group not in hidden["eligible"]
    compared = counted and share.group not in hidden["proposed"]
    return AuditedGroup(
        group=share.group,
        eligible=share.eligible if counted else None,
        proposed=share.proposed if compared else None,
        housed=share.housed if counted and share.group not in hidden["housed"] else None,
        proposed_share=share.proposed_share if compared else None,
        ratio=share.ratio if compared else None,
        differs=compared and share.differs,
        median_wait=share.median_wait if counted else None,
        ninth_decile_wait=share.ninth_decile_wait if counted else None,
    )
