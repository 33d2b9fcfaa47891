"""What each column of a model holds about people, how long, and on what legal ground."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from chezsoi.law.retention import Retention


class Basis(StrEnum):
    """The ground of article 6 GDPR on which a table is kept."""

    PUBLIC_TASK = "public_task"
    CONTRACT = "contract"
    LEGAL_DUTY = "legal_duty"
    NOT_PERSONAL = "not_personal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """
    The class of every field of one model; `tests/architecture` refuses a field left out.

    identifying: says who; sensitive: could harm if known; ordinary: neither.
    `retention` is the rule in words, as people read it; `rule` is the same rule as the purge applies it.
    """

    identifying: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()
    ordinary: tuple[str, ...] = ()
    retention: str
    basis: Basis
    rule: Retention | None = None

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(self.identifying + self.sensitive + self.ordinary)
