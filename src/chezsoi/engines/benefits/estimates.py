"""What homes would cost households: resources once a household, then one re-injection for any number of homes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from chezsoi.engines.benefits import openfisca
from chezsoi.engines.benefits.affordability import (
    Estimate,
    cents,
    consumption_units,
    effort_rate,
    net_outlay,
    rav_per_day,
)
from chezsoi.engines.benefits.cautions import Caution, CautionCode
from chezsoi.engines.benefits.households import Home, Household, Place, ResourceKind, Role, Tenure
from chezsoi.engines.benefits.means import Means
from chezsoi.engines.benefits.months import first_day, history, months_before
from chezsoi.engines.benefits.openfisca import Flats, Floats, People
from chezsoi.engines.benefits.salaries import net_and_taxable

FIRST_LAW = date(2019, 10, 1)
RSA_AGE = 25
OLD_AGE = 65
ZONE_SUPPOSED = 2
FREE_INCOME_LAST_YEAR = 2025
ROLES = {Role.LEAD: 0, Role.PARTNER: 1, Role.CHILD: 2}
STATED_AS = {
    ResourceKind.AAH: ("aah",),
    ResourceKind.UNEMPLOYMENT: ("chomage_net", "chomage_imposable"),
    ResourceKind.PENSION: ("retraite_nette", "retraite_imposable"),
}
STATUS = {
    Tenure.SOCIAL: "locataire_hlm",
    Tenure.AGREED_PRIVATE: "locataire_vide",
    Tenure.PRIVATE: "locataire_vide",
    Tenure.SUBLEASE: "locataire_vide",
    Tenure.RESIDENCE: "locataire_foyer",
    Tenure.FURNISHED: "locataire_meuble",
}
AGREED = frozenset({Tenure.SOCIAL, Tenure.AGREED_PRIVATE, Tenure.RESIDENCE})
NOTHING = Decimal("0.00")


class LawNotKnown(LookupError):
    """The day is before the law kept here, or later than it can be told."""


class OfAnotherMonth(ValueError):
    """Resources of several months of the law were given together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What moving in would change for a household."""

    before: Estimate
    after: Estimate


def estimate(household: Household, home: Home, *, on: date) -> Estimate:
    """
    Estimate what one home would cost one household.

    Parameters
    ----------
    household : Household
        Who would move in, and what each gets.
    home : Home
        Its rent and charges in euros a month, its tenure, its place.
    on : date
        Day of the move; the law of its month applies.

    Returns
    -------
    Estimate
        Not an entitlement: neither right of residence, savings, arrears nor the first month are looked at.

    Raises
    ------
    LawNotKnown
        If the day is before October 2019 or more than a year after the last law known.
    NotBornYet
        If somebody is born after the day.

    References
    ----------
    .. [1] OpenFisca-France, https://github.com/openfisca/openfisca-france (AGPL-3.0).
    .. [2] Ministère du Logement, Éléments de calcul des aides personnelles au logement.

    Examples
    --------
    >>> from chezsoi.engines.benefits import Person, Resource
    >>> somebody = Person(
    ...     role=Role.LEAD,
    ...     birth_date=date(1992, 3, 1),
    ...     resources=(Resource(kind=ResourceKind.RSA, per_month=Decimal(0)),),
    ... )
    >>> place = Place(commune="63113", zone=2)
    >>> home = Home(place=place, rent_per_month=Decimal(300), charges_per_month=Decimal(50), tenure=Tenure.SOCIAL)
    >>> found = estimate(Household(persons=(somebody,), place=place), home, on=date(2026, 10, 1))
    >>> found.housing_benefit, found.rsa, found.net_outlay
    (Decimal('277.00'), Decimal('573.49'), Decimal('41.42'))
    """
    (means,) = means_of((household,), on=on)
    return estimates(((means, home),))[0]


def compare(household: Household, home: Home, *, on: date) -> Change:
    """Estimate what a household has without a home, and what it would have in this one (RSA falls, benefit comes)."""
    (means,) = means_of((household,), on=on)
    return Change(before=without_home(means), after=estimates(((means, home),))[0])


def means_of(households: Sequence[Household], *, on: date) -> tuple[Means, ...]:
    """Compute the resources of households, to be kept: a home is then a re-injection. Same errors as `estimate`."""
    month = first_day(on)
    for household in households:
        household.check_born_by(on)
    if not households:
        return ()
    check_law_is_known(month)
    people, stated = _people(households), _stated(households, month)
    found = openfisca.resources(
        people,
        month,
        stated=stated,
        communes=np.array([each.place.commune for each in households]),
        zones=np.array([_zone(each.place) for each in households]),
        asks_for_rsa=np.array([each.asks_for_rsa for each in households]),
    )
    found["salaries"] = np.bincount(people.household, stated["salaire_net"][month]).astype(np.float64)
    rows = ({name: float(values[index]) for name, values in found.items()} for index in range(len(households)))
    return tuple(_means(household, on, row) for household, row in zip(households, rows, strict=True))


def check_law_is_known(month: date) -> None:
    """Refuse a month whose law is not in this version of OpenFisca."""
    _rsa, housing = openfisca.last_revaluations()
    if not FIRST_LAW <= month < months_before(housing, -12):
        raise LawNotKnown(month)


def estimates(pairs: Sequence[tuple[Means, Home]]) -> tuple[Estimate, ...]:
    """
    Estimate pairs of one month of the law, any number at once.

    Raises
    ------
    OfAnotherMonth
        If the resources are of several months.
    """
    if not pairs:
        return ()
    month, *others = {means.law_date for means, _home in pairs}
    if others:
        raise OfAnotherMonth(sorted({month, *others}))
    found = openfisca.benefits(_flats(pairs), month)
    amounts = zip(*(found[name].tolist() for name in ("housing_benefit", "rls", "rsa")), strict=True)
    return tuple(
        _estimate(means, home, cents(aid), cents(rls), cents(rsa) if means.asks_for_rsa else NOTHING)
        for (means, home), (aid, rls, rsa) in zip(pairs, amounts, strict=True)
    )


def without_home(means: Means) -> Estimate:
    """Say what a household has before any home: nothing to pay, no housing benefit, RSA whole."""
    rsa = means.rsa_without_home
    return _priced(means, aid=NOTHING, rls=NOTHING, rsa=rsa, outlay=NOTHING, cautions=means.cautions)


def _people(households: Sequence[Household]) -> People:
    members = [(index, person) for index, household in enumerate(households) for person in household.persons]
    return People(
        household=np.array([index for index, _person in members]),
        role=np.array([ROLES[person.role] for _index, person in members]),
        born=np.array([person.birth_date for _index, person in members], dtype="datetime64[D]"),
    )


def _stated(households: Sequence[Household], month: date) -> dict[str, dict[date, Floats]]:
    """Spread what people state over the months the law looks at, under the names OpenFisca gives it."""
    months = history(month)
    amounts = {kind: _amounts(households, kind, months) for kind in ResourceKind}
    net, taxable = net_and_taxable(amounts[ResourceKind.SALARY_GROSS], amounts[ResourceKind.SALARY_NET], month)
    spread = {"salaire_net": net, "salaire_imposable": taxable}
    return spread | {name: amounts[kind] for kind, names in STATED_AS.items() for name in names}


def _amounts(households: Sequence[Household], kind: ResourceKind, months: Sequence[date]) -> dict[date, Floats]:
    members = [person for household in households for person in household.persons]
    always, dated = np.zeros(len(members)), {day: np.zeros(len(members)) for day in months}
    for index, person in enumerate(members):
        for each in (each for each in person.resources if each.kind is kind):
            if each.since is None and each.until is None:
                always[index] += float(each.per_month)
                continue
            for day in (day for day in months if each.is_paid_in(day)):
                dated[day][index] += float(each.per_month)
    return {day: always + amounts for day, amounts in dated.items()}


def _means(household: Household, on: date, row: dict[str, float]) -> Means:
    month = first_day(on)
    allowances = household.stated(ResourceKind.ALLOWANCE, month)
    families = cents(row["family_benefits"]) if household.asks_for_rsa else NOTHING
    return Means(
        law_date=month,
        engine_version=openfisca.engine_version(),
        stated=_lived_on(household, month, row["salaries"]),
        family_benefits=max(families - allowances, NOTHING),
        aid_base=cents(row["aid_base"]),
        dependants=int(row["dependants"]),
        is_couple=bool(row["is_couple"]),
        is_disabled=household.stated(ResourceKind.AAH, month) > 0,
        asks_for_rsa=household.asks_for_rsa,
        rsa_floor=Decimal(f"{row['rsa_floor']:.4f}"),
        rsa_resources=Decimal(f"{row['rsa_resources']:.4f}"),
        rsa_without_home=_rsa_without_home(household, row),
        rsa_share=household.place.rsa_share,
        parents=int(row["parents"]),
        rsa_children=int(row["rsa_children"]),
        units=consumption_units(household.persons, on),
        other_charges=household.other_charges_per_month,
        cautions=tuple(_cautions_of_people(household, on, families)),
    )


def _rsa_without_home(household: Household, row: dict[str, float]) -> Decimal:
    share = household.place.rsa_share
    if not household.asks_for_rsa:
        return NOTHING
    return cents(row["rsa"] if share == 1 else max(row["rsa_floor"] * float(share) - row["rsa_resources"], 0.0))


def _lived_on(household: Household, month: date, salaries: float) -> Decimal:
    """Add up what is stated, RSA left out, with the net salaries, those stated gross among them."""
    kinds = set(ResourceKind) - {ResourceKind.RSA, ResourceKind.SALARY_GROSS, ResourceKind.SALARY_NET}
    return cents(sum((household.stated(kind, month) for kind in kinds), Decimal(0)) + cents(salaries))


def _cautions_of_people(household: Household, on: date, families: Decimal) -> Iterator[Caution]:
    month = first_day(on)
    yield Caution(code=CautionCode.ESTIMATE)
    yield from (Caution(code=code) for code in _cautions_of_resources(household, month))
    if household.asks_for_rsa:
        yield from (Caution(code=code) for code in _cautions_of_rsa(household, on))
        if families:
            yield Caution(code=CautionCode.FAMILY_BENEFITS, amount=families)
    else:
        yield Caution(code=CautionCode.RSA_NOT_ASKED)
    if month >= months_before(openfisca.last_revaluations()[0], -12):
        yield Caution(code=CautionCode.NOT_REVALUED_YET)


def _cautions_of_resources(household: Household, month: date) -> Iterator[CautionCode]:
    paid = {kind for kind in ResourceKind if household.stated(kind, month) > 0} - {ResourceKind.RSA}
    if paid:
        yield CautionCode.SAME_AMOUNTS
    if ResourceKind.ALLOWANCE in paid:
        yield CautionCode.ALLOWANCE_APART
    if paid & {ResourceKind.SALARY_GROSS, ResourceKind.SALARY_NET}:
        yield CautionCode.ACTIVITY_BONUS_APART
    if paid & {ResourceKind.UNEMPLOYMENT, ResourceKind.PENSION}:
        yield CautionCode.TAXABLE_AS_NET


def _cautions_of_rsa(household: Household, on: date) -> Iterator[CautionCode]:
    ages = [person.age_on(on) for person in household.persons if person.role is not Role.CHILD]
    if len(ages) == len(household.persons) and max(ages) < RSA_AGE:
        yield CautionCode.RSA_UNDER_25
    if max(ages) >= OLD_AGE:
        yield CautionCode.RSA_AND_OLD_AGE
    if household.place.rsa_share != 1:
        yield CautionCode.RSA_OF_MAYOTTE


def _zone(place: Place) -> str:
    return f"zone_{ZONE_SUPPOSED if place.zone is None else place.zone}"


def _flats(pairs: Sequence[tuple[Means, Home]]) -> Flats:
    means, homes = [each for each, _home in pairs], [home for _means, home in pairs]
    return Flats(
        aid_base=np.array([float(each.aid_base) for each in means]),
        dependants=np.array([each.dependants for each in means]),
        is_couple=np.array([each.is_couple for each in means]),
        is_disabled=np.array([each.is_disabled for each in means]),
        rsa_floor=np.array([float(each.rsa_floor) for each in means]),
        rsa_resources=np.array([float(each.rsa_resources) for each in means]),
        rsa_share=np.array([float(each.rsa_share) for each in means]),
        parents=np.array([each.parents for each in means]),
        rsa_children=np.array([each.rsa_children for each in means]),
        commune=np.array([home.place.commune for home in homes]),
        zone=np.array([_zone(home.place) for home in homes]),
        rent=np.array([float(_rent(home)) for home in homes]),
        status=np.array([STATUS[home.tenure] for home in homes]),
        is_agreed=np.array([home.tenure in AGREED for home in homes]),
        is_shared=np.array([home.is_shared for home in homes]),
        has_rent_reduction=np.array([home.tenure is Tenure.SOCIAL for home in homes]),
    )


def _rent(home: Home) -> Decimal:
    """Give what counts as the rent: of a residence, the whole fee."""
    return home.rent_per_month + (home.charges_per_month if home.tenure is Tenure.RESIDENCE else 0)


def _estimate(means: Means, home: Home, aid: Decimal, rls: Decimal, rsa: Decimal) -> Estimate:
    outlay = net_outlay(rent=home.rent_per_month, charges=home.charges_per_month, rls=rls, housing_benefit=aid)
    cautions = means.cautions + tuple(Caution(code=code) for code in _cautions_of_home(means, home))
    return _priced(means, aid=aid, rls=rls, rsa=rsa, outlay=outlay, cautions=cautions)


def _priced(
    means: Means, *, aid: Decimal, rls: Decimal, rsa: Decimal, outlay: Decimal, cautions: tuple[Caution, ...]
) -> Estimate:
    resources = means.stated + means.family_benefits + rsa
    residual = resources - outlay - means.other_charges
    return Estimate(
        housing_benefit=aid,
        rsa=rsa,
        rls=rls,
        resources=resources,
        net_outlay=outlay,
        effort_rate=effort_rate(outlay, resources),
        residual_income=residual,
        rav_per_day_uc=rav_per_day(residual, means.units),
        engine_version=means.engine_version,
        law_date=means.law_date,
        warnings=cautions,
    )


def _cautions_of_home(means: Means, home: Home) -> Iterator[CautionCode]:
    if home.place.zone is None:
        yield CautionCode.ZONE_UNKNOWN
    if home.place.zone_is_mixed:
        yield CautionCode.ZONE_MIXED
    if means.aid_base > 0 and means.law_date.year > FREE_INCOME_LAST_YEAR:
        yield CautionCode.FREE_INCOME_FROZEN
    if home.tenure is Tenure.RESIDENCE:
        yield CautionCode.RESIDENCE_NOT_CALCULABLE
