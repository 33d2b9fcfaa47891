"""Who was eligible, proposed and housed, group by group, and how long each waited: an audit, never a rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chezsoi.engines.matching import intervals
from chezsoi.engines.matching.intervals import Interval

MEDIAN, NINTH_DECILE = 0.5, 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What became of one eligible household: its group, its wait in months (None when its start is unknown)."""

    group: str
    is_proposed: bool
    is_housed: bool
    months_waited: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupShare:
    """
    One group beside everybody else.

    `proposed_share` is of the eligible of the group; `ratio` compares it with that of all the others, None when there
    are none or nobody was proposed. Waits are in months, of the eligible whose start is known.
    """

    group: str
    eligible: int
    proposed: int
    housed: int
    proposed_share: Interval
    ratio: Interval | None
    median_wait: Interval | None
    ninth_decile_wait: Interval | None

    @property
    def differs(self) -> bool:
        """Tell whether chance alone would seldom give such a ratio."""
        return self.ratio is not None and not self.ratio.low <= 1 <= self.ratio.high


def fairness(passages: Iterable[Passage]) -> tuple[GroupShare, ...]:
    """
    Compare, group by group, who was proposed a home among those it could have been proposed to.

    Parameters
    ----------
    passages : iterable of Passage
        One an eligible household, each counted once, in any order.

    Returns
    -------
    tuple of GroupShare
        By the name of the group; every eligible household is in one. Intervals at 95 %. A ratio away from 1 is a
        question for people, no proof of unfairness: groups differ in what the grid counts, in wishes and in the homes
        there are; and with many groups one in twenty differs by chance alone.

    References
    ----------
    .. [1] Newcombe 1998 and Koopman 1984, as `intervals.share` and `intervals.ratio` say.

    Examples
    --------
    >>> women = [Passage(group="woman", is_proposed=rank < 36, is_housed=False) for rank in range(40)]
    >>> men = [Passage(group="man", is_proposed=rank < 16, is_housed=False) for rank in range(80)]
    >>> found = fairness(women + men)[1]
    >>> found.group, found.ratio.value, round(found.ratio.low, 2), round(found.ratio.high, 2), found.differs
    ('woman', 4.5, 2.94, 7.15, True)
    """
    everyone = tuple(passages)
    groups: dict[str, list[Passage]] = {}
    for passage in everyone:
        groups.setdefault(passage.group, []).append(passage)
    proposed = sum(passage.is_proposed for passage in everyone)
    return tuple(_beside(name, groups[name], len(everyone), proposed) for name in sorted(groups))


def _beside(group: str, members: list[Passage], everyone: int, everyone_proposed: int) -> GroupShare:
    proposed = sum(passage.is_proposed for passage in members)
    others = everyone - len(members)
    waits = [passage.months_waited for passage in members if passage.months_waited is not None]
    return GroupShare(
        group=group,
        eligible=len(members),
        proposed=proposed,
        housed=sum(passage.is_housed for passage in members),
        proposed_share=intervals.share(proposed, len(members)),
        ratio=intervals.ratio(proposed, len(members), everyone_proposed - proposed, others) if others else None,
        median_wait=intervals.quantile(waits, MEDIAN),
        ninth_decile_wait=intervals.quantile(waits, NINTH_DECILE),
    )
