"""The documents of the observatory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from chezsoi.kernel.actor import Actor
from chezsoi.law.disclosure import Audience
from chezsoi.observatory import queries, tables
from chezsoi.observatory.choices import Indicator
from chezsoi.territories.models import Territory
from chezsoi.ui import cartography, typography
from chezsoi.ui.pdf import letter as typeset

DRAWN = (Indicator.ATTRIBUTION_HOMELESS, Indicator.DIRECT_ACCESS_HOUSEHOLDS)


def synthesis(territory: Territory, *, year: int, audience: Audience, on: date, lang: str, actor: Actor) -> bytes:
    """
    Typeset one territory and one year on one page, as an audience may read them.

    Raises
    ------
    NotAllowed
        If the role may not read figures for that audience, or works elsewhere.
    """
    asked: dict[str, Any] = {"audience": audience, "on": on, "actor": actor}
    series = queries.over_years(territory, until=year, **asked)
    found = queries.by_commune(territory, year=year, **asked)
    with override(lang):
        title = _("%(territory)s, %(year)s: the figures on one page") % {"territory": territory.name, "year": year}
        data = {
            "date": on,
            "subject": title,
            "organisation": {"name": territory.name},
            "audience": _for_whom(audience, series[0][-1].threshold),
            "indicators": _indicators([each[-1] for each in series]),
            "series": [_series(each, on) for each in series if each[-1].indicator in DRAWN],
            "years_note": _("A pale bar is a year that is not over; a year without bar has no value that may be read."),
            "map": _map(found),
            "foot": _("Computed by chezsoi from the records. Territories overlap: never add them."),
        }
    return typeset("observatory/letters/synthesis.typ", data, lang=lang)


def _for_whom(audience: Audience, threshold: int | None) -> str:
    if audience is Audience.INTERNAL:
        return _("Exact figures, for those who analyse. Not to be published.")
    if audience is Audience.PARTNER:
        return _("Figures for partners: what counts fewer than %(count)s is hidden.") % {"count": threshold}
    return _("Public figures: what counts fewer than %(count)s is hidden.") % {"count": threshold}


def _indicators(shown: Sequence[queries.Figure]) -> dict[str, Any]:
    return {
        "title": _("The figures of the year"),
        "head": [_("Indicator"), _("Value"), _("What it is made of"), _("Code and version of the definition")],
        "rows": [
            [
                capfirst(str(figure.indicator.label)),
                " ".join(filter(None, (tables.value_of(figure), tables.unit_of(figure)))),
                tables.detail_of(figure),
                f"{figure.indicator.value}, {figure.version}",
            ]
            for figure in shown
        ],
    }


def _series(series: Sequence[queries.Figure], on: date) -> dict[str, Any]:
    drawn = tables.chart(series, on=on)
    points = drawn.series[0].points
    most = max([point.value for point in points if point.value], default=None)
    return {
        "title": capfirst(str(series[-1].indicator.label)),
        "head": [_("Year"), drawn.unit, _("Value")],
        "rows": [
            {
                "year": point.label,
                "said": point.gap if point.value is None else drawn.written(point.value),
                "share": float(point.value / most) if point.value and most else 0.0,
                "is_partial": point.mark != "observed",
            }
            for point in points
        ],
    }


def _map(found: queries.ByCommune) -> dict[str, Any]:
    shown = tables.on_map(found)
    notes = [_("Hatched: %(meaning)s") % {"meaning": shown.hidden}] if found.hidden else []
    return {
        "title": _("On the map"),
        "finding": shown.finding,
        "unit": shown.unit,
        "svg": cartography.paper(shown),
        "alt": f"{shown.finding} {_in_words(shown.listed)}".strip(),
        "notes": [*notes, _("Contours: IGN, ADMIN EXPRESS COG, simplified.")],
    }


def _in_words(places: Sequence[Any]) -> str:
    """List the values of a map for those who do not see it."""
    return ", ".join(
        _("%(place)s: %(value)s") % {"place": place.label, "value": typography.number(place.value)} for place in places
    )
