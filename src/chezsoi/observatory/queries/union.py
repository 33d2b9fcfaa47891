"""Territories that share a SIAO: each figure of each, and of their union, where nobody is counted twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from chezsoi.kernel.actor import Actor
from chezsoi.law.disclosure import Audience, disclosure_threshold_on
from chezsoi.observatory.choices import OF_THE_SIAO, Indicator
from chezsoi.observatory.queries.figures import Figure, check_audience
from chezsoi.observatory.queries.ratios import Ratios
from chezsoi.territories import queries as territories
from chezsoi.territories.models import Territory


class NoCommonSiao(Exception):
    """No SIAO serves all these territories: their figures are read apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """One indicator in each territory, in their union, and how many are known in several; hidden where it must be."""

    indicator: Indicator
    apart: tuple[Figure, ...]
    union: Figure
    in_several: int | None


def shared(places: Sequence[Territory], *, year: int, audience: Audience, on: date, actor: Actor) -> tuple[Shared, ...]:
    """
    Compute the indicators of the SIAO in territories that one SIAO serves, and in their union.

    The union is hidden with any of its parts, and when it would tell a small number of households known in several:
    the sum of the parts less the union.

    Raises
    ------
    NoCommonSiao
        If no SIAO serves them all.
    NotAllowed
        If the role may not read figures for that audience in one of them.
    """
    first, *others = places
    together = {each.pk for each in territories.sharing_a_siao(first, actor=actor)}
    if not others or not {each.pk for each in others} <= together:
        raise NoCommonSiao
    for place in places:
        check_audience(audience, place, actor=actor)
    ratios = Ratios.read(places, [year])
    threshold = disclosure_threshold_on(on, audience=audience).minimum
    return tuple(_shared(indicator, year, ratios, places, audience, threshold) for indicator in OF_THE_SIAO)


def _shared(  # noqa: PLR0917  what is read, and for whom
    indicator: Indicator,
    year: int,
    ratios: Ratios,
    places: Sequence[Territory],
    audience: Audience,
    threshold: int | None,
) -> Shared:
    def asked(*where: Territory) -> Figure:
        return replace(Figure.of_the_siao(indicator, year, ratios, *where), audience=audience, threshold=threshold)

    exact = [asked(place) for place in places]
    union = asked(*places)
    several = _more(exact, union, lambda figure: figure.numerator)
    wholes = _more(exact, union, lambda figure: figure.denominator)
    shown = [each.as_shown() for each in exact]
    tells_few = threshold is not None and any(0 < each < threshold for each in (several, wholes))
    if tells_few or any(each.is_suppressed for each in shown):
        return Shared(indicator=indicator, apart=tuple(shown), union=union.hidden(), in_several=None)
    told = union.as_shown()
    return Shared(
        indicator=indicator,
        apart=tuple(shown),
        union=told,
        in_several=None if told.is_suppressed else several,
    )


def _more(apart: Sequence[Figure], union: Figure, part: Callable[[Figure], int | None]) -> int:
    """Count those known in several territories: what a sum would count more than the union."""
    return sum(part(each) or 0 for each in apart) - (part(union) or 0)
