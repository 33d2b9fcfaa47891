"""What a result must not be read without, each in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class CautionCode(StrEnum):
    """Why a figure is to be read with care."""

    ESTIMATE = "estimate"
    SAME_AMOUNTS = "same_amounts"
    RSA_NOT_ASKED = "rsa_not_asked"
    RSA_UNDER_25 = "rsa_under_25"
    RSA_AND_OLD_AGE = "rsa_and_old_age"
    RSA_OF_MAYOTTE = "rsa_of_mayotte"
    FAMILY_BENEFITS = "family_benefits"
    ALLOWANCE_APART = "allowance_apart"
    ACTIVITY_BONUS_APART = "activity_bonus_apart"
    TAXABLE_AS_NET = "taxable_as_net"
    ZONE_UNKNOWN = "zone_unknown"
    ZONE_MIXED = "zone_mixed"
    FREE_INCOME_FROZEN = "free_income_frozen"
    RESIDENCE_NOT_CALCULABLE = "residence_not_calculable"
    NOT_REVALUED_YET = "not_revalued_yet"


SENTENCES = {
    CautionCode.ESTIMATE: "Estimate, not entitlement (estimation, ne vaut pas droit): only the CAF decides.",
    CautionCode.SAME_AMOUNTS: "The amounts stated are assumed the same over the last 24 months.",
    CautionCode.RSA_NOT_ASKED: (
        "RSA is not among the resources: it counts as 0. Many who have a right to it do not ask for it."
    ),
    CautionCode.RSA_UNDER_25: "RSA is 0: nobody in the couple is 25, and there is no child.",
    CautionCode.RSA_AND_OLD_AGE: "From 65, ASPA comes before RSA and is not computed here: state it as an allowance.",
    CautionCode.RSA_OF_MAYOTTE: (
        "RSA in Mayotte is a share of the national amount, still to be confirmed; OpenFisca gives the national one."
    ),
    CautionCode.FAMILY_BENEFITS: (
        "RSA takes family benefits of {amount} a month into account: what is not stated of them is counted too."
    ),
    CautionCode.ALLOWANCE_APART: (
        "The allowance is counted as money to live on; it lowers neither RSA nor the housing benefit here."
    ),
    CautionCode.ACTIVITY_BONUS_APART: "The activity bonus (prime d'activité) is not computed here.",
    CautionCode.TAXABLE_AS_NET: "Unemployment benefit and pensions are taken as fully taxable.",
    CautionCode.ZONE_UNKNOWN: "The zone of this commune is in no list: zone 2 is supposed.",
    CautionCode.ZONE_MIXED: "This commune was made of communes of several zones: check the zone of the address.",
    CautionCode.FREE_INCOME_FROZEN: "The income left aside (R0) is that of 2025, the last one known.",
    CautionCode.RESIDENCE_NOT_CALCULABLE: (
        "OpenFisca holds the benefit of a residence not calculable and gives a figure all the same: ask the manager."
    ),
    CautionCode.NOT_REVALUED_YET: "RSA is revalued each April and the law of this version is older.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """A caution, with the amount in euros it speaks of where it speaks of one."""

    code: CautionCode
    amount: Decimal | None = None

    @property
    def sentence(self) -> str:
        """Say it in English; pages say it in the reader's language."""
        return SENTENCES[self.code].format(amount=f"{self.amount} €")
