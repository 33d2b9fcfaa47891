"""Who wishes to live with whom, and who must not: what rooms of shared homes ask of a joint round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chezsoi.engines.matching.constrained.rooms import ALONE
from chezsoi.engines.matching.households import Household
from chezsoi.engines.matching.joint.compatible import OfferedHome

Couples = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """
    Wishes and refusals of company, by reference, without their reason: nobody is asked for one.

    `apart` are households that must not share a home, whoever said so; `together` those that both wish to. `barred`
    pairs a shared home with a household that must not share it with somebody who lives there already.
    """

    apart: tuple[tuple[str, str], ...] = ()
    together: tuple[tuple[str, str], ...] = ()
    barred: tuple[tuple[str, str], ...] = ()


NO_COMPANY = Company()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sharers:
    """The same, by place: households in the published order (H), homes in the order of the round (D)."""

    part_of: NDArray[np.int64]
    apart: Couples
    together: Couples
    barred: NDArray[np.bool_]

    @classmethod
    def of(cls, company: Company, ranked: Sequence[Household], offered: Sequence[OfferedHome]) -> Sharers:
        """Find the places of those who are of this round; the others ask nothing of it."""
        rows = {each.ref: row for row, each in enumerate(ranked)}
        numbers: dict[str, int] = {}
        part_of = np.full(len(offered), ALONE, dtype=np.int64)
        for column, each in enumerate(offered):
            if each.home.shared_home is not None:
                part_of[column] = numbers.setdefault(each.home.shared_home, len(numbers))
        barred = np.zeros((len(ranked), len(offered)), dtype=np.bool_)
        for home, household in company.barred:
            if household in rows and home in numbers:
                barred[rows[household], part_of == numbers[home]] = True
        return cls(
            part_of=part_of,
            apart=_couples(company.apart, rows),
            together=_couples(company.together, rows),
            barred=barred,
        )

    @property
    def shared(self) -> NDArray[np.bool_]:
        """Tell which homes are rooms of a shared one."""
        flags: NDArray[np.bool_] = self.part_of != ALONE
        return flags

    def concern(self, allowed: NDArray[np.bool_]) -> bool:
        """Tell whether two who wish or refuse each other's company could both live in one shared home."""
        return any(
            (allowed[list(couple)][:, self.part_of == home].any(axis=1)).all()
            for home in np.unique(self.part_of[self.shared])
            for couple in self.apart + self.together
        )


def _couples(named: Sequence[tuple[str, str]], rows: dict[str, int]) -> Couples:
    known = {(rows[one], rows[other]) for one, other in named if one in rows and other in rows and one != other}
    return tuple(sorted({(min(couple), max(couple)) for couple in known}))
