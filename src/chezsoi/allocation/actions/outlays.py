"""Compute what homes would cost those they are proposed to; only the background worker does, never a page."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction

from chezsoi import trail
from chezsoi.allocation import queries
from chezsoi.allocation.models import Candidacy, OutlayEstimate
from chezsoi.engines import benefits
from chezsoi.kernel.actor import Actor
from chezsoi.territories.access import Can, authorize

logger = logging.getLogger(__name__)
TRIED_AGAIN_AFTER = timedelta(days=1)

Wanted = Sequence[tuple[Candidacy, queries.Facts]]
Given = TypeVar("Given")
Found = TypeVar("Found")


def estimate_outlays(*, actor: Actor, on: date, now: datetime, household_ids: frozenset[int] | None = None) -> int:
    """
    Compute what is missing, of other facts or of another month's law, in one batch; count the homes computed.

    Each household is computed once for all its homes, and not again when only a home changed. What is no longer hoped
    for, or can no longer be computed, is erased. What fails for a household fails for it alone, and is tried again
    after a day. Run again, it writes nothing. Told of some households, it looks at no other.
    """
    authorize(actor, Can.SEE_RESOURCES)
    rows = queries.candidacies_to_price(actor=actor, household_ids=household_ids)
    facts = queries.facts_of(rows, on=on, actor=actor)
    known = [(row, facts[row.pk]) for row in rows if not facts[row.pk].needs]
    wanted = [(row, each) for row, each in known if not _is_done(row, each, now)]
    found = _computed(wanted, on=on)
    with transaction.atomic():
        _forget_others(known, actor, household_ids)
        for (row, each), kept in zip(wanted, found, strict=True):
            digests = {"household_digest": each.household_digest, "home_digest": each.home_digest, "computed_at": now}
            OutlayEstimate.objects.update_or_create(candidacy=row, defaults=kept | digests)
        if wanted:
            detail = {"homes": len(wanted), "failed": sum(kept["has_failed"] for kept in found), "on": on.isoformat()}
            trail.record(actor, "allocation.outlays.estimated", detail=detail)
    return len(wanted)


def _is_done(candidacy: Candidacy, facts: queries.Facts, now: datetime) -> bool:
    """Tell whether nothing is to compute: what failed is tried again after a day."""
    row: OutlayEstimate | None = getattr(candidacy, "outlay_estimate", None)
    if row is None or not facts.are_those_of(row):
        return False
    return not row.has_failed or now - row.computed_at < TRIED_AGAIN_AFTER


def _computed(wanted: Wanted, *, on: date) -> list[dict[str, Any]]:
    """Give what is kept of each pair: nothing when no law is known of the month, that it failed when it did."""
    try:
        means = _means(wanted, on)
    except benefits.LawNotKnown:
        return [{"means": {}, "figures": {}, "has_failed": False} for _pair in wanted]
    pairs = {
        row.pk: (means[each.household_digest], each.home)
        for row, each in wanted
        if each.home is not None and each.household_digest in means
    }
    found = dict(zip(pairs, _each_alone(list(pairs.values()), benefits.estimates), strict=True))
    return [_kept(pairs.get(row.pk), found.get(row.pk)) for row, _facts in wanted]


def _kept(pair: tuple[benefits.Means, benefits.Home] | None, found: benefits.Estimate | None) -> dict[str, Any]:
    return {
        "means": {} if pair is None else pair[0].to_mapping(),
        "figures": {} if pair is None or found is None else _figures(pair[1], found),
        "has_failed": found is None,
    }


def _means(wanted: Wanted, on: date) -> dict[str, benefits.Means]:
    """Take again what was computed of each household, and compute the others together; who failed is left out."""
    digests = {each.household_digest for _row, each in wanted}
    rows = OutlayEstimate.objects.filter(household_digest__in=digests).exclude(means={})
    known = {row.household_digest: benefits.Means.from_mapping(row.means) for row in rows}
    new = {
        each.household_digest: each.household
        for _row, each in wanted
        if each.household is not None and each.household_digest not in known
    }
    found = _each_alone(list(new.values()), lambda households: benefits.means_of(tuple(households), on=on))
    return known | {digest: means for digest, means in zip(new, found, strict=True) if means is not None}


def _each_alone(given: Sequence[Given], compute: Callable[[Sequence[Given]], Sequence[Found]]) -> list[Found | None]:
    """
    Compute all at once and, when that fails, each half again: a failure is None, of its own household alone.

    What the machine lacks (the law of the month, a library, memory, a file) is no household's: it is raised.
    """
    try:
        return list(compute(given))
    except (benefits.LawNotKnown, ImportError, MemoryError, OSError):
        raise
    except Exception as failure:
        if len(given) == 1:
            logger.warning("an outlay could not be estimated: %s", type(failure).__name__)
            return [None]
    half = len(given) // 2
    return _each_alone(given[:half], compute) + _each_alone(given[half:], compute)


def _figures(home: benefits.Home, found: benefits.Estimate) -> dict[str, Any]:
    return {
        "rent_and_charges": str(home.rent_per_month + home.charges_per_month),
        "housing_benefit": str(found.housing_benefit),
        "rent_reduction": str(found.rls),
        "net_outlay": str(found.net_outlay),
        "effort": None if found.effort_is_infinite else found.effort_rate,
        "left_a_month": str(found.residual_income),
        "left_a_day": str(found.rav_per_day_uc),
        "law_date": found.law_date.isoformat(),
        "engine_version": found.engine_version,
        "cautions": [[each.code.value, None if each.amount is None else str(each.amount)] for each in found.warnings],
    }


def _forget_others(known: Wanted, actor: Actor, household_ids: frozenset[int] | None) -> None:
    kept = [row.pk for row, _facts in known]
    held = OutlayEstimate.objects.filter(candidacy__household__territory_id__in=actor.territory_ids)
    if household_ids is not None:
        held = held.filter(candidacy__household__in=household_ids)
    held.exclude(candidacy__in=kept).delete()
