"""What homes would cost, as components show it: beside a candidate where resources are read, in bands in the room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from chezsoi.allocation import queries
from chezsoi.allocation.models import Candidacy
from chezsoi.ui import dates, typography
from chezsoi.ui.shapes import Cell, Column

Outlays = Mapping[int, queries.Outlay]
Estimated = queries.Figures | queries.OutlayBand


def by_candidacy(found: Iterable[queries.Outlay]) -> Outlays:
    """Put estimates under the number of their candidacy."""
    return {each.candidacy.pk: each for each in found}


def columns(outlays: Outlays) -> tuple[Column, ...]:
    """Give the column of the estimates, to who reads some."""
    return (Column(label=_("Estimated cost")),) if outlays else ()


def cells(candidacy: Candidacy | None, outlays: Outlays) -> tuple[Cell, ...]:
    """Give the cell of a candidate: what would be left to pay and to live on, or why it is not known."""
    if not outlays:
        return ()
    found = outlays.get(candidacy.pk) if candidacy is not None else None
    if found is None:
        return (Cell(text="–"),)
    if found.figures is None:
        return (Cell(text="–", detail=_briefly(found)),)
    amount = typography.euros(found.figures.net_outlay)
    return (Cell(text=_("%(amount)s a month to pay") % {"amount": amount}, detail=_beside(found.figures)),)


def bases(outlays: Outlays) -> tuple[str, ...]:
    """Say, once a law and a version, what the estimates shown were computed with and that they open no right."""
    return bases_of([each.figures for each in outlays.values() if each.figures is not None])


def bases_of(found: Sequence[Estimated]) -> tuple[str, ...]:
    """Say it of estimates or of their bands, from the first day they were computed to the last, and in what unit."""
    days: dict[tuple[date, str], set[date]] = defaultdict(set)
    for each in found:
        days[each.law_date, each.engine_version].add(dates.as_day(each.computed_at))
    said = [_basis(law, version, min(held), max(held)) for (law, version), held in sorted(days.items())]
    return (*said, _("What is left is for a day and one consumption unit.")) if said else ()


def basis(figures: queries.Figures) -> str:
    """Say when an estimate was computed, under which law, by which version, and that it is no entitlement."""
    day = dates.as_day(figures.computed_at)
    return _basis(figures.law_date, figures.engine_version, day, day)


def _basis(law: date, version: str, first: date, last: date) -> str:
    said = {"day": dates.full(last), "first": dates.full(first), "law": dates.full(law), "version": version}
    if first == last:
        return _("Estimate of %(day)s, not entitlement. Law of %(law)s, %(version)s.") % said
    return _("Estimates of %(first)s to %(day)s, not entitlement. Law of %(law)s, %(version)s.") % said


def said(outlay: queries.Outlay) -> str:
    """Say why there are no figures."""
    if outlay.needs:
        return _("No estimate yet. To ask:")
    if outlay.has_failed:
        return _(
            "No estimate: the computation failed for this household, and for it alone. It is tried again each day; "
            "if that lasts, tell who runs the program."
        )
    if outlay.is_law_unknown:
        return _("No estimate: the law of this month is not known to this version.")
    if outlay.is_stale:
        return _("What is recorded changed since the estimate: it is computed anew, in a few minutes.")
    return _("Being computed: the figures come in a few minutes.")


def in_the_room(band: queries.OutlayBand | None) -> str:
    """Say an estimate between bounds, as the room may read it; nothing of one that is not there."""
    if band is None:
        return ""
    effort = _("no resources") if band.effort is None else _share(*band.effort)
    return _("Estimated: %(effort)s; %(left)s left a day") % {"effort": effort, "left": _left(*band.left_a_day)}


def _share(low: int, high: int | None) -> str:
    if high is None:
        return _("%(low)s %% of resources or more") % {"low": low}
    if not low:
        return _("under %(high)s %% of resources") % {"high": high}
    return _("%(low)s to %(high)s %% of resources") % {"low": low, "high": high}


def _left(low: int, high: int | None) -> str:
    if high is None:
        return _("%(low)s € or more") % {"low": low}
    return _("%(low)s to %(high)s €") % {"low": low, "high": high} if low else _("under %(high)s €") % {"high": high}


def _beside(figures: queries.Figures) -> str:
    day = _("%(left)s left a day") % {"left": typography.euros(figures.left_a_day)}
    if figures.effort is None:
        return f"{_('no resources')} · {day}"
    share = _("%(share)s of resources") % {"share": typography.percent(figures.effort, 1)}
    return f"{share} · {day}"


def _briefly(outlay: queries.Outlay) -> str:
    if outlay.needs:
        return _("to ask: see its page")
    if outlay.has_failed:
        return _("the computation failed for this household alone")
    if outlay.is_law_unknown:
        return _("the law of this month is not known")
    return _("being computed anew") if outlay.is_stale else _("being computed")
