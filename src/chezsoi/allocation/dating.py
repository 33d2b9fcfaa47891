"""On which day each fact that a rule read was said or seen, in words, as exactly as the reader may know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chezsoi.allocation import wording
from chezsoi.allocation.models.facts import Dated
from chezsoi.engines.matching import FIELDS_READ, RuleCode, Status, Verdict
from chezsoi.engines.matching.households import MINOR_CHILD
from chezsoi.people.choices import Situation
from chezsoi.ui import dates

BY_HOUSEHOLD = gettext_lazy("said by the household %(when)s")
IN_HOUSEHOLD = gettext_lazy("last change in the household %(when)s")
SEEN = gettext_lazy("observed %(when)s")
NOTED = gettext_lazy("noted %(when)s")
SAID = {
    "size": IN_HOUSEHOLD,
    "adults": IN_HOUSEHOLD,
    "children": IN_HOUSEHOLD,
    "wished_communes": BY_HOUSEHOLD,
    "rooms_min": BY_HOUSEHOLD,
    "rooms_max": BY_HOUSEHOLD,
    "max_outlay_per_month": BY_HOUSEHOLD,
    "needs_wheelchair": BY_HOUSEHOLD,
    "needs_lift_or_ground": BY_HOUSEHOLD,
    "has_request_number": NOTED,
    "excluded_homes": BY_HOUSEHOLD,
    "sharing": BY_HOUSEHOLD,
}
OF_HOME = {
    "kind": gettext_lazy("kind of home"),
    "commune": gettext_lazy("commune"),
    "rooms": gettext_lazy("rooms"),
    "surface_m2": gettext_lazy("surface"),
    "floor": gettext_lazy("floor"),
    "has_lift": gettext_lazy("lift"),
    "wheelchair": gettext_lazy("wheelchair access"),
    "rent_per_month": gettext_lazy("rent"),
    "charges_per_month": gettext_lazy("charges"),
    "energy_rating": gettext_lazy("energy class"),
    "funding": gettext_lazy("funding"),
    "shared_home": gettext_lazy("shared home"),
}
"""What rules read of a home, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """
    The days of what a draw read of one household, `known`, and of its home, `told`.

    Those of the household are told to the month to who may not know the day; those of a home on offer are no secret.
    """

    home: str = ""
    known: Mapping[str, date] = field(default_factory=dict)
    told: Mapping[str, date] = field(default_factory=dict)
    is_exact: bool = False


def by_ref(days: Iterable[Dated]) -> dict[str, dict[str, date]]:
    """Give the day of each dated fact, by household or home."""
    found: dict[str, dict[str, date]] = {}
    for each in days:
        found.setdefault(each.ref, {}).update(dict.fromkeys(each.fields, each.day))
    return found


def with_days(
    said: Iterable[wording.Said], reasons: Sequence[Mapping[str, Any]], days: Days
) -> tuple[wording.Said, ...]:
    """Add to each reason told whole the days of the facts its rule read; one told without its detail has none."""
    by_rule = {reason["rule"]: reason for reason in reasons}
    return tuple(
        replace(each, dated=", ".join(_dated(by_rule[each.rule], days))) if each.rule else each for each in said
    )


def grounds(contributions: Sequence[Mapping[str, Any]], reader: wording.Reader, days: Days) -> tuple[str, ...]:
    """Say since when each fact that earned points is known; a guarded ground stays unsaid, with all beside it."""
    told = (
        fact for each in wording.counted_in(contributions) if wording.is_told(each, reader) for fact in each["facts"]
    )
    return tuple(said for fact in dict.fromkeys(told) if (said := _ground(fact, days)))


def _dated(reason: Mapping[str, Any], days: Days) -> tuple[str, ...]:
    """Say each thing once: a rule may read several facts said on one day."""
    said = [*_facts(reason, days), *_of_home(reason, days), *_law(reason)]
    return tuple(dict.fromkeys(said)) if _tells(reason) else ()


def _tells(reason: Mapping[str, Any]) -> bool:
    """
    Tell whether the reason says what was compared.

    A rule compares nothing when it is not about such a home, or has no threshold, neither end of it where it has two;
    and a home that fits does not say whether the household ever spoke of sharing one.
    """
    threshold = reason["threshold"]
    ends = threshold if isinstance(threshold, list) else [threshold]
    is_compared = reason["applies"] and any(end is not None for end in ends)
    hides_the_wish = reason["rule"] == RuleCode.SHARING_IS_WISHED and reason["verdict"] == Verdict.PASS
    return is_compared and not hides_the_wish


def _facts(reason: Mapping[str, Any], days: Days) -> Iterator[str]:
    read = FIELDS_READ[RuleCode(reason["rule"])]
    for name in read.household:
        day = days.known.get(f"{name}.{days.home}", days.known.get(name))
        if day is not None and name in SAID:
            yield str(SAID[name]) % {"when": _when(day, days)}


def _of_home(reason: Mapping[str, Any], days: Days) -> Iterator[str]:
    """Say when what the rule read of the home was told, the facts of one day together."""
    read = FIELDS_READ[RuleCode(reason["rule"])]
    facts: dict[date, list[str]] = {}
    for name in read.home:
        if name in days.told and name in OF_HOME:
            facts.setdefault(days.told[name], []).append(str(OF_HOME[name]))
    for day, names in sorted(facts.items()):
        said = _("told of the home (%(facts)s) on %(day)s")
        yield said % {"facts": ", ".join(names), "day": dates.full(day)}


def _law(reason: Mapping[str, Any]) -> Iterator[str]:
    """Say since when the law sets the threshold; a day that is still to be confirmed is kept, and said to nobody."""
    source = reason["source"]
    if (since := source["since"]) and source["status"] == Status.VERIFIED:
        yield _("rule in force since %(day)s") % {"day": dates.full(date.fromisoformat(since))}


def _ground(fact: str, days: Days) -> str:
    is_situation = fact in Situation.values
    name = "children" if fact == MINOR_CHILD else "situation" if is_situation else f"labels.{fact}"
    day = days.known.get(name)
    if day is None:
        return ""
    said = IN_HOUSEHOLD if fact == MINOR_CHILD else SEEN if is_situation else NOTED
    return f"{wording.fact(fact)}, {str(said) % {'when': _when(day, days)}}"


def _when(day: date, days: Days) -> str:
    if days.is_exact:
        return _("on %(day)s") % {"day": dates.full(day)}
    return _("in %(month)s") % {"month": date_format(day, "YEAR_MONTH_FORMAT")}
