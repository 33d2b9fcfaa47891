"""What the law says of an offer on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from chezsoi.homes.choices import OfferState
from chezsoi.homes.models import Offer
from chezsoi.law.decency import EnergyRule, energy_rule_on


def judged(offer: Offer, on: date) -> dict[str, Any]:
    """Give the state the law leaves an offer in: blocked when its energy class may not be let that day."""
    day = max(offer.available_on or on, on)
    rating = offer.dwelling.energy_class or None
    rule = energy_rule_on(day, offer.dwelling.territory.is_overseas)
    if rule.bans(rating):
        return {"state": OfferState.NOT_OFFERABLE, "blocked_on": day, "blocked_by": _told(rule, rating)}
    return {"state": OfferState.OPEN, "blocked_on": None, "blocked_by": None}


def _told(rule: EnergyRule, rating: str | None) -> dict[str, object]:
    return {
        "rule": "decency.dpe_min",
        "class": rating,
        "worst_allowed": rule.worst_class_allowed,
        "valid_from": None if rule.valid_from is None else rule.valid_from.isoformat(),
        "reference": rule.reference,
        "link": rule.link,
        "status": rule.status.value,
    }
