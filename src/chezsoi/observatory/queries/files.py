"""Which files are of one household: what a move, a lead or a judgement says, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from chezsoi.people.choices import LinkJudgement, MemberRole, MoveState
from chezsoi.people.models import HouseholdMember, HouseholdMove, PossibleDuplicate


@dataclass(slots=True)
class Files:
    """The leads of some households, and the name that all files of one household share."""

    leads: dict[int, int]
    _above: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, households: Iterable[int]) -> Files:
        """Read who leads some households last, which moved, and who was judged to be one person."""
        asked = set(households)
        held = HouseholdMember.objects.filter(household__in=asked, role=MemberRole.LEAD).order_by("starts_on", "pk")
        found = cls(leads=dict(held.values_list("household_id", "person_id")))
        moves = HouseholdMove.objects.filter(state=MoveState.ACCEPTED, opened__isnull=False)
        for household, opened in moves.order_by("pk").values_list("household_id", "opened_id"):
            found._join(f"h{household}", f"h{opened}")
        pairs = PossibleDuplicate.objects.filter(judgement=LinkJudgement.SAME).order_by("pk")
        for first, second in pairs.values_list("first_id", "second_id"):
            found._join(f"p{first}", f"p{second}")
        for household, lead in found.leads.items():
            found._join(f"h{household}", f"p{lead}")
        return found

    def household(self, household: int) -> str:
        """Name a household: all its files have one name."""
        return self.same(f"h{household}")

    def same(self, name: str) -> str:
        """Give the name that all files, and all persons, of one are known by."""
        while name in self._above:
            name = self._above[name]
        return name

    def _join(self, one: str, other: str) -> None:
        first, second = self.same(one), self.same(other)
        if first != second:
            self._above[max(first, second)] = min(first, second)
