"""What each home proposed would cost a household and leave it to live on: read as computed, never computed here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chezsoi.allocation import queries as allocation
from chezsoi.allocation.tables import outlays as told
from chezsoi.engines.benefits import CautionCode
from chezsoi.homes import wording as homes_wording
from chezsoi.kernel.actor import Actor
from chezsoi.portal.household.homes import Homes
from chezsoi.ui import typography
from chezsoi.ui.shapes import Fact

SENTENCES: dict[CautionCode, str | Promise] = {
    CautionCode.ESTIMATE: gettext_lazy("An estimate, not entitlement: only the CAF decides."),
    CautionCode.SAME_AMOUNTS: gettext_lazy("The amounts stated are supposed the same over the last 24 months."),
    CautionCode.RSA_NOT_ASKED: gettext_lazy(
        "RSA is not among the resources: it counts as 0. Many who have a right to it do not ask for it."
    ),
    CautionCode.RSA_UNDER_25: gettext_lazy("RSA is 0: no adult here is 25, and there is no child."),
    CautionCode.RSA_AND_OLD_AGE: gettext_lazy("From 65, ASPA comes before RSA: it is not computed here."),
    CautionCode.RSA_OF_MAYOTTE: gettext_lazy(
        "RSA in Mayotte is a share of the national amount, still to be confirmed."
    ),
    CautionCode.FAMILY_BENEFITS: gettext_lazy(
        "RSA takes family benefits of %(amount)s a month into account: what is not stated of them is counted too."
    ),
    CautionCode.ALLOWANCE_APART: gettext_lazy(
        "Other resources count as money to live on; they lower neither RSA nor the housing benefit here."
    ),
    CautionCode.ACTIVITY_BONUS_APART: gettext_lazy("The activity bonus (prime d’activité) is not computed here."),
    CautionCode.TAXABLE_AS_NET: gettext_lazy("Unemployment benefit and pensions are taken as fully taxable."),
    CautionCode.ZONE_UNKNOWN: gettext_lazy("The benefit zone of this commune is in no list: zone 2 is supposed."),
    CautionCode.ZONE_MIXED: gettext_lazy("This commune lies in several benefit zones: check that of the address."),
    CautionCode.FREE_INCOME_FROZEN: gettext_lazy("The income left aside (R0) is that of 2025, the last one known."),
    CautionCode.RESIDENCE_NOT_CALCULABLE: gettext_lazy("The benefit of a residence is not sure: ask its manager."),
    CautionCode.NOT_REVALUED_YET: gettext_lazy("RSA is revalued each April: the amounts used here are older."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeOutlay:
    """One home: its figures and how to read them; or, in `said`, why there are none, with what is to ask."""

    title: str
    facts: tuple[Fact, ...] = ()
    basis: str = ""
    cautions: tuple[str, ...] = ()
    said: str = ""
    needs: tuple[str, ...] = ()
    is_waiting: bool = False


def read(homes: Homes, *, on: date, actor: Actor) -> tuple[HomeOutlay, ...]:
    """Say what each home hoped for would cost, to a reader of resources."""
    return tuple(_home(each) for each in allocation.outlays(homes.candidacies, on=on, actor=actor))


def _home(outlay: allocation.Outlay) -> HomeOutlay:
    title = homes_wording.title(outlay.candidacy.offer.dwelling)
    if outlay.figures is not None:
        cautions = (*_cautions(outlay.figures), *(str(each.label) for each in outlay.supposed))
        return HomeOutlay(
            title=title,
            facts=tuple(_facts(outlay.figures)),
            basis=told.basis(outlay.figures),
            cautions=cautions,
        )
    needs = tuple(str(each.label) for each in outlay.needs)
    return HomeOutlay(title=title, said=told.said(outlay), needs=needs, is_waiting=outlay.is_waiting)


def _facts(figures: allocation.Figures) -> Iterator[Fact]:
    yield Fact(label=_("Rent and charges"), value=typography.euros(figures.rent_and_charges))
    yield Fact(label=_("Housing benefit, estimated"), value=typography.euros(figures.housing_benefit))
    if figures.rent_reduction:
        yield Fact(label=_("Rent reduction, estimated"), value=typography.euros(figures.rent_reduction))
    yield Fact(label=_("Left to pay, a month"), value=typography.euros(figures.net_outlay), is_strong=True)
    yield Fact(label=_("Effort rate"), value=_effort(figures.effort))
    yield Fact(label=_("Left to live on, a month"), value=typography.euros(figures.left_a_month), is_strong=True)
    yield Fact(label=_("A day and a consumption unit"), value=typography.euros(figures.left_a_day))


def _effort(share: float | None) -> str:
    return _("infinite: nothing to pay with") if share is None else typography.percent(share, 1)


def _cautions(figures: allocation.Figures) -> Iterator[str]:
    for code, amount in figures.cautions:
        yield str(SENTENCES[CautionCode(code)]) % {"amount": typography.euros(amount or Decimal(0))}
