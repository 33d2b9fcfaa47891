"""What a salary is to the tax office: the housing benefit counts that, and a net salary alone feeds it nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import numpy as np

from chezsoi.engines.benefits import openfisca
from chezsoi.engines.benefits.openfisca import Bools, Floats

LADDER = np.unique(np.concatenate([np.arange(0, 12_001, 20), np.arange(12_000, 100_001, 1_000)])).astype(float)


def net_and_taxable(
    gross: Mapping[date, Floats], net: Mapping[date, Floats], month: date
) -> tuple[dict[date, Floats], dict[date, Floats]]:
    """
    Give the net and the taxable salary of people for each month.

    Parameters
    ----------
    gross, net : mapping of month to n amounts
        Gross salaries, and net ones before income tax; somebody may have both.
    month : date
        Month whose contributions turn a net salary into a taxable one (CSG and CRDS not deductible: about 3.6 % more).

    Returns
    -------
    tuple
        Net, then taxable, month by month, in euros: those of a full-time private employee who is no executive.
    """
    paid_gross = np.any([amounts > 0 for amounts in gross.values()], axis=0)
    nets = {day: amounts.copy() for day, amounts in net.items()}
    taxable = {day: taxable_of(amounts, month) for day, amounts in net.items()}
    if bool(paid_gross.any()):
        _add_gross(gross, paid_gross, nets, taxable)
    return nets, taxable


def taxable_of(net: Floats, month: date) -> Floats:
    """
    Turn monthly net salaries, before income tax, into taxable ones.

    Read between the rungs of a ladder of gross salaries that OpenFisca climbed once for the month: exact to the cent,
    contributions being straight lines between their thresholds.
    """
    if not bool((net > 0).any()):
        return np.zeros_like(net)
    rungs, taxable = _ladder(month)
    return np.interp(net, rungs, taxable)


@lru_cache(maxsize=24)
def _ladder(month: date) -> tuple[Floats, Floats]:
    found = openfisca.salaries_from_gross({month: LADDER})
    return found["salaire_net"][month].astype(float), found["salaire_imposable"][month].astype(float)


def _add_gross(
    gross: Mapping[date, Floats], paid: Bools, nets: dict[date, Floats], taxable: dict[date, Floats]
) -> None:
    found = openfisca.salaries_from_gross({day: amounts[paid] for day, amounts in gross.items()})
    for day in gross:
        nets[day][paid] += found["salaire_net"][day]
        taxable[day][paid] += found["salaire_imposable"][day]
