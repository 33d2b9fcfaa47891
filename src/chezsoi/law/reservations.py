"""Reservations by flow: what the law says of shares, and the published rule that says whose turn a vacancy is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chezsoi.law.parameters import NoValueInForce, Value, parameter


class NobodyToAsk(ValueError):
    """The rule needs one party at least: the landlord itself, when nobody else holds a share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """
    Somebody with a share of the yearly flow: a reservation holder by its agreement, or the landlord by what is left.

    `share` is between 0 and 1; `vacancies` counts those of its scope this year, the one at stake included;
    `turned_over` those it was given among them, handed back or lapsed ones too.
    """

    key: str
    share: Decimal
    vacancies: int
    turned_over: int
    is_landlord: bool = False

    @property
    def due(self) -> Decimal:
        """Give how many vacancies its share comes to, a fraction of one included."""
        return self.share * self.vacancies

    @property
    def gap(self) -> Decimal:
        """Give how many vacancies it is owed; below zero it had more than its share."""
        return self.due - self.turned_over


def prefect_share_on(day: date) -> Value:
    """
    Read the largest share of the flow that the prefect may hold.

    >>> found = prefect_share_on(date(2026, 3, 1))
    >>> found.number, found.status.value
    (Decimal('0.3'), 'to_be_confirmed')
    """
    return parameter("contingent.prefect_max", on=day)


def state_staff_share_on(day: date) -> Value:
    """
    Read the part of the flow that is for State staff, inside the prefect's.

    >>> state_staff_share_on(date(2026, 3, 1)).number
    Decimal('0.05')
    """
    return parameter("contingent.prefect_agents", on=day)


def municipality_share_on(day: date) -> Value:
    """
    Read the share that municipalities usually hold against their guarantee: an order of magnitude, not a ceiling.

    >>> municipality_share_on(date(2026, 3, 1)).number
    Decimal('0.2')
    """
    return parameter("contingent.municipality_usual", on=day)


def is_flow_compulsory_on(day: date) -> bool:
    """
    Tell whether reservations are counted on the yearly flow of vacancies on a day, and no longer home by home.

    >>> is_flow_compulsory_on(date(2023, 11, 23)), is_flow_compulsory_on(date(2023, 11, 24))
    (False, True)
    """
    try:
        return parameter("contingent.flow_compulsory", on=day).value == "yes"
    except NoValueInForce:
        return False


def answer_days_on(day: date) -> Value:
    """
    Read how many days a holder has to answer when its agreement says nothing: a choice of this program.

    >>> answer_days_on(date(2026, 3, 1)).number
    Decimal('15')
    """
    return parameter("turn.answer_days", on=day)


def priority_share_on(day: date) -> Value:
    """
    Read the least share of its allocations that a holder owes to priority households.

    >>> priority_share_on(date(2026, 3, 1)).number
    Decimal('0.25')
    """
    return parameter("attribution.priority_share", on=day)


def whose_turn(parties: Sequence[Party], *, is_first: bool) -> Party:
    """
    Say whose turn a vacancy is: whoever is owed most.

    Parameters
    ----------
    parties : sequence of Party
        Those not asked yet for this vacancy, the landlord among them.
    is_first : bool
        Whether nobody was asked yet. The landlord's own share counts then like any other; once a holder was asked, the
        landlord comes after every other holder.

    Returns
    -------
    Party
        The one with the largest gap between its share of the vacancies and what it was turned over. Equal gaps go to
        the larger share, then to the first key, so that the same facts always give the same answer. It is whose turn
        it is, not who is housed: a holder only proposes, and a commission decides.

    Raises
    ------
    NobodyToAsk
        Without a party.

    Notes
    -----
    One vacancy after the other, this is the problem of the chairman assignment [1]_. Its author's own rule keeps every
    party closer to its share; the largest gap was kept because a holder can check it by hand. When everybody may be
    asked and the shares add up to one, the gaps add up to one vacancy, the one at stake: somebody is always owed.

    References
    ----------
    .. [1] R. Tijdeman, "The chairman assignment problem", Discrete Mathematics 32 (1980), 323-330.

    Examples
    --------
    >>> prefect = Party(key="prefect", share=Decimal("0.3"), vacancies=4, turned_over=1)
    >>> town = Party(key="town", share=Decimal("0.2"), vacancies=4, turned_over=0)
    >>> own = Party(key="own", share=Decimal("0.5"), vacancies=4, turned_over=2, is_landlord=True)
    >>> whose_turn([prefect, town, own], is_first=True).key
    'town'
    """
    if not parties:
        raise NobodyToAsk
    asked = list(parties) if is_first else [party for party in parties if not party.is_landlord] or list(parties)
    return min(asked, key=lambda party: (-party.gap, -party.share, party.key))
