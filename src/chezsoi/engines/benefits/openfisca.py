"""
The only door to OpenFisca-France: arrays in, arrays out, one system a process, built when first asked.

What it is told and never left to guess: the roles by their keys (the plurals give a family without a head, in silence),
the zone, the agreement of the home, the rent reduction, every month of the history, and what a net salary is to the tax
office. It is never asked for the ceilings of social housing (frozen in 2022, one of them ten times too high), for the
list of communes around Paris (wrong codes), for Visale (stops in 2018) nor for the contrat d'engagement jeune (stops
in 2025).
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import version
from typing import Any

import numpy as np
import numpy.typing as npt

from chezsoi.engines.benefits.months import key, months_before

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.str_]
Days = npt.NDArray[np.datetime64]

ROLES = {
    "famille": ("demandeur", "conjoint", "enfant"),
    "foyer_fiscal": ("declarant_principal", "conjoint", "personne_a_charge"),
    "menage": ("personne_de_reference", "conjoint", "enfant"),
}
FAMILY_BENEFITS = ("af", "cf", "asf", "paje_base")
_LOCK = threading.Lock()
_BUILT: list[Any] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Members of many households: number of the household, role (0 lead, 1 partner, 2 child), day of birth."""

    household: Ints
    role: Ints
    born: Days

    @property
    def households(self) -> int:
        """Count the households."""
        return int(self.household.max()) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Flats:
    """Homes and those who would live there, one row a pair; amounts in euros a month, `aid_base` a year."""

    aid_base: Floats
    dependants: Ints
    is_couple: Bools
    is_disabled: Bools
    rsa_floor: Floats
    rsa_resources: Floats
    rsa_share: Floats
    parents: Ints
    rsa_children: Ints
    commune: Texts
    zone: Texts
    rent: Floats
    status: Texts
    is_agreed: Bools
    is_shared: Bools
    has_rent_reduction: Bools


def system() -> Any:
    """Give the tax-benefit system of this process, built once (about five seconds)."""
    with _LOCK:
        if not _BUILT:
            from openfisca_france import FranceTaxBenefitSystem  # type: ignore[import-untyped]

            _BUILT.append(FranceTaxBenefitSystem())
        return _BUILT[0]


@cache
def engine_version() -> str:
    """Name the version of the law's computation."""
    return f"openfisca-france {version('openfisca-france')}"


@cache
def last_revaluations() -> tuple[date, date]:
    """Give the days from which the last known RSA and the last known housing benefit are in force."""
    social = system().parameters.prestations_sociales
    rsa = social.solidarite_insertion.minima_sociaux.rsa.rsa_m.montant_de_base_du_rsa
    rent = social.aides_logement.allocations_logement.locatif.formule.l_plafonds_loyers.par_zone.zone_2
    return _last(rsa), _last(rent.personnes_seules)


def resources(
    people: People,
    month: date,
    *,
    stated: Mapping[str, Mapping[date, Floats]],
    communes: Texts,
    zones: Texts,
    asks_for_rsa: Bools,
) -> dict[str, Floats]:
    """
    Compute what the law makes of the resources of households that have no home yet.

    Parameters
    ----------
    people : People
        Members, n of them, in m households.
    month : date
        First day of the month of the law.
    stated : mapping
        For each variable of OpenFisca, for each first day of a month, n amounts in euros.
    communes, zones : arrays of m texts
        Insee code, and zone_1, zone_2 or zone_3.
    asks_for_rsa : array of m booleans
        Whether RSA is paid; where it was paid last month, earnings no longer count in the housing benefit.

    Returns
    -------
    dict
        m numbers for each name: aid_base (euros a year), dependants, is_couple, rsa_floor, rsa_resources, rsa, parents,
        rsa_children, family_benefits (euros a month).
    """
    run = _simulation(people)
    for variable, by_month in stated.items():
        for day, amounts in by_month.items():
            run.set_input(variable, key(day), amounts)
    last = months_before(month, 1)
    for day in (last, month):
        run.set_input("depcom", key(day), communes.astype("S5"))
        run.set_input("zone_apl", key(day), zones)
        run.set_input("statut_occupation_logement", key(day), np.full(people.households, "sans_domicile"))
        run.set_input("aide_logement", key(day), np.zeros(people.households))
    _replace(run, "rsa", key(last), run.calculate("rsa", key(last)) * asks_for_rsa)
    floor = np.maximum(run.calculate("rsa_socle", key(month)), run.calculate("rsa_socle_majore", key(month)))
    families: Floats = np.sum([run.calculate(name, key(month)) for name in FAMILY_BENEFITS], axis=0)
    asked = {
        "aid_base": "aide_logement_base_ressources",
        "dependants": "al_nb_personnes_a_charge",
        "is_couple": "al_couple",
        "rsa_resources": "rsa_base_ressources",
        "rsa": "rsa_montant",
        "parents": "nb_parents",
        "rsa_children": "rsa_nb_enfants",
    }
    found = {name: run.calculate(variable, key(month)) for name, variable in asked.items()}
    return found | {"rsa_floor": floor, "family_benefits": families}


def benefits(flats: Flats, month: date) -> dict[str, Floats]:
    """
    Compute housing benefit, rent reduction and RSA of pairs whose resources are known already.

    Returns
    -------
    dict
        For `housing_benefit`, `rls` and `rsa`, one amount in euros a month for each pair; `rsa` as if asked for.
    """
    run, at = _simulation(_strangers(len(flats.rent))), key(month)
    for variable, values in _inputs(flats).items():
        run.set_input(variable, at, values)
    rls = run.calculate("reduction_loyer_solidarite", at) * flats.has_rent_reduction
    _replace(run, "reduction_loyer_solidarite", at, rls)
    aid = run.calculate("aide_logement", at)
    return {"housing_benefit": aid, "rls": rls, "rsa": _rsa(run, at, flats)}


def _inputs(flats: Flats) -> dict[str, npt.NDArray[Any]]:
    return {
        "aide_logement_base_ressources": flats.aid_base,
        "al_nb_personnes_a_charge": flats.dependants,
        "al_couple": flats.is_couple,
        "handicap": flats.is_disabled,
        "rsa_socle": flats.rsa_floor,
        "rsa_socle_majore": np.zeros(len(flats.rent)),
        "rsa_base_ressources": flats.rsa_resources,
        "nb_parents": flats.parents,
        "rsa_nb_enfants": flats.rsa_children,
        "depcom": flats.commune.astype("S5"),
        "zone_apl": flats.zone,
        "loyer": flats.rent,
        "statut_occupation_logement": flats.status,
        "logement_conventionne": flats.is_agreed,
        "coloc": flats.is_shared,
    }


def _rsa(run: Any, at: str, flats: Flats) -> Floats:
    """Give RSA; where a share of it is paid, the share bears on the amount and on what housing takes off it."""
    national: Floats = run.calculate("rsa_montant", at)
    if bool(np.all(flats.rsa_share == 1)):
        return national
    housed = run.calculate("rsa_forfait_logement", at)
    shared = np.maximum((flats.rsa_floor - housed) * flats.rsa_share - flats.rsa_resources, 0)
    return np.where(flats.rsa_share == 1, national, shared)


def salaries_from_gross(gross: Mapping[date, Floats]) -> dict[str, dict[date, Floats]]:
    """Compute the net and the taxable salary of people, month by month, from gross ones."""
    count = len(next(iter(gross.values())))
    run = _simulation(_strangers(count))
    for day, amounts in gross.items():
        run.set_input("salaire_de_base", key(day), amounts)
    return {
        variable: {day: run.calculate(variable, key(day)) for day in gross}
        for variable in ("salaire_net", "salaire_imposable")
    }


def _strangers(count: int) -> People:
    return People(
        household=np.arange(count),
        role=np.zeros(count, dtype=np.int64),
        born=np.full(count, "1980-01-01", dtype="datetime64[D]"),
    )


def _simulation(people: People) -> Any:
    from openfisca_core.simulation_builder import SimulationBuilder  # type: ignore[import-untyped]

    builder = SimulationBuilder()
    builder.create_entities(system())
    builder.declare_person_entity("individu", np.arange(len(people.role)))
    for entity, roles in ROLES.items():
        group = builder.declare_entity(entity, np.arange(people.households))
        builder.join_with_persons(group, people.household, roles=np.array(roles)[people.role])
    run = builder.build(system())
    run.set_input("date_naissance", "ETERNITY", people.born)
    return run


def _replace(run: Any, variable: str, at: str, values: Floats) -> None:
    run.delete_arrays(variable, at)
    run.set_input(variable, at, values)


def _last(parameter: Any) -> date:
    days: Iterable[str] = (value.instant_str for value in parameter.values_list)
    return max(date.fromisoformat(day) for day in days)
