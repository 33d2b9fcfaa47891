"""What a household has, computed once for all homes: what OpenFisca says of it before any rent is known."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from chezsoi.engines.benefits.cautions import Caution, CautionCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """
    The resources of a household for one month of the law; a home is then a re-injection.

    Amounts are euros a month, but `aid_base`, the yearly resources of housing benefit. `stated` is what is stated and
    lived on, `family_benefits` what RSA counts of them beyond the allowances stated. `rsa_floor` is the RSA of somebody
    with no resources, `rsa_resources` what is taken off it, `rsa_without_home` what is paid to who has no home.
    `units` are the consumption units of the scale of OECD.
    """

    law_date: date
    engine_version: str
    stated: Decimal
    family_benefits: Decimal
    aid_base: Decimal
    dependants: int
    is_couple: bool
    is_disabled: bool
    asks_for_rsa: bool
    rsa_floor: Decimal
    rsa_resources: Decimal
    rsa_without_home: Decimal
    rsa_share: Decimal
    parents: int
    rsa_children: int
    units: Decimal
    other_charges: Decimal
    cautions: tuple[Caution, ...]

    def to_mapping(self) -> dict[str, Any]:
        """Write it with words and numbers that JSON knows, to be kept; amounts are texts."""
        content = asdict(self) | {"law_date": self.law_date.isoformat()}
        content["cautions"] = [[each.code.value, _text(each.amount)] for each in self.cautions]
        return {key: _text(value) if isinstance(value, Decimal) else value for key, value in content.items()}

    @classmethod
    def from_mapping(cls, content: dict[str, Any]) -> Means:
        """
        Read what `to_mapping` wrote.

        Raises
        ------
        KeyError, TypeError
            If it was written by a version that kept other things: compute again.
        """
        read: dict[str, Any] = {
            key: Decimal(value) if key in _AMOUNTS else value for key, value in content.items() if key != "cautions"
        }
        read["law_date"] = date.fromisoformat(content["law_date"])
        cautions = tuple(
            Caution(code=CautionCode(code), amount=None if amount is None else Decimal(amount))
            for code, amount in content["cautions"]
        )
        return cls(**read, cautions=cautions)


_AMOUNTS = frozenset(
    {
        "stated",
        "family_benefits",
        "aid_base",
        "rsa_floor",
        "rsa_resources",
        "rsa_without_home",
        "rsa_share",
        "units",
        "other_charges",
    }
)


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
