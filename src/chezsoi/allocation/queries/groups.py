"""
The groups an audit compares: of whom each household is made, who leads it, where it comes from.

An audit may look at what no rule may count (sex, age): nothing read here enters a rank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from chezsoi.allocation.choices import Dimension
from chezsoi.engines import matching
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.dates import PartialDate
from chezsoi.people.choices import FAMILIES, MemberRole, Sex, Situation
from chezsoi.people.models import HouseholdMember, ResidentialSituation
from chezsoi.territories.models import Territory

NOT_KNOWN = "not_known"
AGES = ((25, "under_25"), (40, "25_to_39"), (60, "40_to_59"))
OLDEST = "60_and_over"

Groups = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lead:
    """Who asks for a home in a household: what is declared of them."""

    person_id: int
    sex: str
    age: int | None


def groups(
    territory: Territory, households: Sequence[matching.Household], *, on: date, actor: Actor
) -> dict[Dimension, Groups]:
    """Put each household, by its file number, in one group of every dimension."""
    leads = _leads(territory, on)
    communes = _communes(territory, on)
    found: dict[Dimension, Groups] = {dimension: {} for dimension in Dimension}
    for household in households:
        lead = leads.get(household.ref)
        found[Dimension.FAMILY][household.ref] = _family(household)
        found[Dimension.ORIGIN][household.ref] = _origin(household)
        found[Dimension.SEX][household.ref] = _sex(lead)
        found[Dimension.AGE][household.ref] = _age(lead)
        place = communes.get(lead.person_id) if lead is not None else None
        found[Dimension.COMMUNE][household.ref] = place or NOT_KNOWN
    return found


def _leads(territory: Territory, on: date) -> dict[str, _Lead]:
    held = Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))
    rows = HouseholdMember.objects.filter(held, household__territory=territory, role=MemberRole.LEAD)
    read = rows.order_by("pk").values_list("household__reference", "person_id", "person__sex", "person__birth_date")
    return {ref: _lead(pk, sex, born, on) for ref, pk, sex, born in read}  # type: ignore[arg-type]  # a PartialDate


def _lead(person_id: int, sex: str, born: PartialDate, on: date) -> _Lead:
    return _Lead(person_id=person_id, sex=sex, age=born.age_on(on))


def _communes(territory: Territory, on: date) -> dict[int, str]:
    """Give the commune of the last observation of each person that names one."""
    rows = ResidentialSituation.objects.filter(
        person__territory=territory, observed_on__lte=on, withdrawn_at=None, commune__isnull=False
    )
    return dict(rows.order_by("observed_on", "pk").values_list("person_id", "commune__name"))


def _family(household: matching.Household) -> str:
    if household.adults is None or household.children is None:
        return NOT_KNOWN
    alone = "one_adult" if household.adults <= 1 else "several_adults"
    return f"{alone}_with_children" if household.children else alone


def _origin(household: matching.Household) -> str:
    if household.situation == Situation.OWN_EVICTION or "eviction_without_rehousing" in household.labels:
        return "eviction"
    return FAMILIES[household.situation]


def _sex(lead: _Lead | None) -> str:
    return lead.sex if lead is not None and lead.sex != Sex.UNKNOWN else NOT_KNOWN


def _age(lead: _Lead | None) -> str:
    if lead is None or lead.age is None:
        return NOT_KNOWN
    age = lead.age
    return next((band for under, band in AGES if age < under), OLDEST)
