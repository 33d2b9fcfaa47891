"""Compute what homes would cost those they are proposed to; only the background worker does, never a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from chezsoi import trail
from chezsoi.allocation import queries
from chezsoi.allocation.models import Candidacy, OutlayEstimate
from chezsoi.engines import benefits
from chezsoi.kernel.actor import Actor
from chezsoi.territories.access import Can, authorize

Wanted = Sequence[tuple[Candidacy, queries.Facts]]


def estimate_outlays(*, actor: Actor, on: date, now: datetime) -> int:
    """
    Compute what is missing, of other facts or of another month's law, in one batch; count the homes computed.

    Each household is computed once for all its homes, and not again when only a home changed. What is no longer hoped
    for, or can no longer be computed, is erased. Run again, it writes nothing.
    """
    authorize(actor, Can.SEE_RESOURCES)
    rows = queries.candidacies_to_price(actor=actor)
    facts = queries.facts_of(rows, on=on, actor=actor)
    known = [(row, facts[row.pk]) for row in rows if not facts[row.pk].needs]
    wanted = [(row, each) for row, each in known if not _is_done(row, each)]
    found = _computed(wanted, on=on)
    with transaction.atomic():
        _forget_others(known, actor)
        for (row, each), (means, figures) in zip(wanted, found, strict=True):
            kept = {"means": means, "figures": figures, "computed_at": now}
            digests = {"household_digest": each.household_digest, "home_digest": each.home_digest}
            OutlayEstimate.objects.update_or_create(candidacy=row, defaults=kept | digests)
        if wanted:
            trail.record(actor, "allocation.outlays.estimated", detail={"homes": len(wanted), "on": on.isoformat()})
    return len(wanted)


def _is_done(candidacy: Candidacy, facts: queries.Facts) -> bool:
    row: OutlayEstimate | None = getattr(candidacy, "outlay_estimate", None)
    return row is not None and facts.are_those_of(row)


def _computed(wanted: Wanted, *, on: date) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Give what is kept of each pair: nothing when no law is known of the month."""
    try:
        means = _means(wanted, on)
    except benefits.LawNotKnown:
        return [({}, {})] * len(wanted)
    pairs = [(means[each.household_digest], each.home) for _row, each in wanted if each.home is not None]
    found = zip(pairs, benefits.estimates(pairs), strict=True)
    return [(held.to_mapping(), _figures(home, estimate)) for (held, home), estimate in found]


def _means(wanted: Wanted, on: date) -> dict[str, benefits.Means]:
    """Take again what was computed of each household, and compute the others together."""
    digests = {each.household_digest for _row, each in wanted}
    rows = OutlayEstimate.objects.filter(household_digest__in=digests).exclude(means={})
    known = {row.household_digest: benefits.Means.from_mapping(row.means) for row in rows}
    new = {
        each.household_digest: each.household
        for _row, each in wanted
        if each.household is not None and each.household_digest not in known
    }
    return known | dict(zip(new, benefits.means_of(tuple(new.values()), on=on), strict=True))


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


def _forget_others(known: Wanted, actor: Actor) -> None:
    kept = [row.pk for row, _facts in known]
    held = OutlayEstimate.objects.filter(candidacy__household__territory_id__in=actor.territory_ids)
    held.exclude(candidacy__in=kept).delete()
