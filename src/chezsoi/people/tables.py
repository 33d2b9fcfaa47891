"""Rows, tags and lines made of what queries give, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from chezsoi.kernel.orders import Order, read_order
from chezsoi.people.choices import Family, MemberRole, ResourceKind, Situation, Who, WhyLeft
from chezsoi.people.models.stretches import Stretch
from chezsoi.people.queries import Card, HouseholdPage, Listing
from chezsoi.people.queries.pages import CircleCard, Observation, Resources
from chezsoi.ui import dates, lane, sorting, typography
from chezsoi.ui.shapes import By, Cell, Column, Entry, Fact, Kind, Row, Table, Tag
from chezsoi.ui.typography import euros

KINDS = {
    Family.STREET: Kind.ACT,
    Family.SHELTER: Kind.WAIT,
    Family.INSTITUTION: Kind.ACT,
    Family.THIRD: Kind.WAIT,
    Family.ADAPTED: Kind.HOME,
    Family.OWN: Kind.HOME,
    Family.UNKNOWN: Kind.NEUTRAL,
}


def households(
    cards: Sequence[Card],
    *,
    on: date,
    may_open: bool,
    order: Order | None = None,
    orders: Sequence[str] = (),
    chosen_for: str = "",
    are_chosen: bool = False,
) -> Table:
    """
    Show households one a row; a role that sees minimal cards gets ages in place of situations.

    They may be chosen for a form, and come chosen.
    """
    by = _sorts()
    if not all(card.sight.situation for card in cards):
        columns: tuple[Column, ...] = (by["name"], Column(label=_("People"), is_numeric=True), Column(label=_("Ages")))
        rows = [
            Row(cells=(_name(card, may_open), _size(card), Cell(text=ages(card))), key=str(card.pk)) for card in cards
        ]
    else:
        columns = (
            by["name"],
            Column(label=_("Where they sleep")),
            Column(label=_("Since")),
            Column(label=_("Commune")),
            Column(label=_("People"), is_numeric=True),
            by["contact"],
        )
        rows = [_full_row(card, on, may_open) for card in cards]
    return Table(
        caption=_("Households, by name"),
        columns=columns,
        rows=rows,
        hides_caption=True,
        order=order,
        also=[by[key] for key in orders if by[key] not in columns],
        part="people-rows",
        chosen_for=chosen_for,
        are_chosen=are_chosen,
    )


def situation_tag(current: Stretch, *, on: date) -> Tag:
    """Say where somebody lives and for how long, as people say it."""
    nights = current.nights_until(on)
    label = Situation(current.situation).label
    if current.family == Family.UNKNOWN or nights == 0:
        return Tag(label=str(label), kind=KINDS[Family(current.family)])
    said = (
        ngettext("%(where)s for %(nights)s night", "%(where)s for %(nights)s nights", nights)
        if current.is_start_known
        else ngettext("%(where)s for %(nights)s night at least", "%(where)s for %(nights)s nights at least", nights)
    )
    return Tag(label=said % {"where": label, "nights": nights}, kind=KINDS[Family(current.family)])


def tags(card: Card, *, on: date) -> list[Tag]:
    """Give the facts under the title of a household."""
    found = [situation_tag(card.situation, on=on)] if card.situation else []
    if card.is_protected:
        found.append(Tag(label=_("protected address"), kind=Kind.STOP))
    if card.lost_since is not None:
        since = dates.full(card.lost_since)
        found.append(Tag(label=_("no news since %(day)s: their place is kept") % {"day": since}, kind=Kind.WAIT))
    if card.closed_because:
        found.append(Tag(label=_("file closed: %(why)s") % {"why": card.closed_because.label}))
    return found


def alone(page: HouseholdPage) -> str:
    """Say the age of somebody who lives alone, when it is known and the reader may know it."""
    if page.card.size != 1 or not page.members or page.members[0].age is None:
        return ""
    return _years([page.members[0].age])


def with_whom(page: HouseholdPage) -> list[str]:
    """Say with whom somebody lives, as people say it: the adults by name, the children by their ages."""
    others = page.members[1:]
    adults = [row for row in others if row.role != MemberRole.CHILD]
    children = [row for row in others if row.role == MemberRole.CHILD]
    said = [f"{row.name} ({_years([row.age])})" if row.age is not None else row.name for row in adults]
    if children:
        count = len(children)
        label = ngettext("%(count)s child", "%(count)s children", count) % {"count": count}
        told = [row.age for row in children if row.age is not None]
        said.append(f"{label} ({_years(sorted(told, reverse=True))})" if len(told) == count else label)
    unnamed = page.card.size - max(1, len(page.members))
    if unnamed > 0:
        said.append(ngettext("%(others)s other", "%(others)s others", unnamed) % {"others": unnamed})
    return said


def ages(card: Card) -> str:
    """Say the age bands of a household."""
    return ", ".join(str(band.label) for band in card.bands)


def drawn_lane(stretches: Sequence[Stretch], *, on: date) -> lane.Lane | None:
    """Draw where somebody lived; nothing when nobody ever asked."""
    if not stretches:
        return None
    segments = [
        lane.Segment(
            label=str(each.situation.label), family=each.family, started_on=each.starts_on, ended_on=each.ends_on
        )
        for each in stretches
    ]
    return lane.draw(segments, start=stretches[0].starts_on, today=on)


def history(rows: Sequence[Observation]) -> list[tuple[Observation, Entry]]:
    """Give the lines of the history, each with its observation."""
    return [(row, _line(row)) for row in rows]


def circle(rows: Sequence[CircleCard]) -> list[tuple[CircleCard, Entry]]:
    """Give the lines of the circle, each with its membership."""
    return [(row, _circle_line(row)) for row in rows]


def resources(page: HouseholdPage) -> list[Fact]:
    """Give the lines of the resources."""
    return [Fact(label=f"{each.person} · {each.kind.label}", value=_amount(each)) for each in page.resources]


def how_many(listed: Listing) -> str:
    """Say how many households a list holds; over the bound, that there are more."""
    if listed.is_more:
        return _("More than %(count)s households") % {"count": typography.number(listed.count)}
    said = ngettext("%(count)s household", "%(count)s households", listed.count)
    return said % {"count": typography.number(listed.count)}


def sentences(given: Mapping[str, Any], *, follower: str = "") -> Iterator[tuple[str, str]]:
    """
    Say each filter, and the order, as a sentence, with its name; those who answer to a text come best first.

    `follower` names who follows them, when the list is narrowed to it.
    """
    said = {
        "text": lambda value: _("answering to “%(text)s”") % {"text": value},
        "family": lambda value: str(Family(value).label),
        "homeless_months": lambda value: _("homeless for more than %(months)s months") % {"months": value},
        "unseen_days": lambda value: _("no contact for %(days)s days") % {"days": value},
        "who": lambda value: str(Who(value).label),
        "followed": lambda value: _("followed by %(name)s") % {"name": follower},
        "sort": lambda value: sorting.said(_sorts()[read_order(value).key], read_order(value)),
    }
    shown = {name: value for name, value in given.items() if name != "sort" or "text" not in given}
    yield from ((name, said[name](value)) for name, value in shown.items())


def exported(cards: Sequence[Card], *, on: date) -> tuple[list[str], Iterator[list[Any]]]:
    """Give the columns and the lines of a list taken away: what each card shows; a protected place is left out."""
    columns = [
        _("File number"), _("Household"), _("People"), _("Ages"), _("Where they sleep"), _("Nights"), _("Commune"),
        _("Last contact"),
    ]  # fmt: skip
    return columns, (_written(card) for card in cards)


def hand_over_label(count: int) -> str:
    """Say what the button of a hand-over does."""
    return ngettext("Hand over %(count)s household", "Hand over %(count)s households", count) % {"count": count}


def meeting_label(count: int) -> str:
    """Say what the button of a meeting does."""
    return ngettext("Note it for %(count)s household", "Note it for %(count)s households", count) % {"count": count}


def chosen_detail(card: Card, named: Mapping[int, Sequence[str]] | None) -> str:
    """Say of a household chosen what tells it apart and, where it matters, who follows it."""
    followed = ""
    if named is not None:
        names = named.get(card.pk)
        followed = _("followed by %(name)s") % {"name": ", ".join(names)} if names else _("nobody is named")
    number = card.reference if card.reference != card.name else ""
    closed = _("file closed: %(why)s") % {"why": card.closed_because.label} if card.closed_because else ""
    return " · ".join(part for part in (number, followed, closed) if part)


def done(count: int, *, colleague: str, situation: str) -> str:
    """Say what one act did to several households."""
    if not count:
        return _("Nothing was changed: each household is left as it was.")
    if situation:
        said = ngettext(
            "“%(where)s” is noted for %(count)s household.", "“%(where)s” is noted for %(count)s households.", count
        )
        return said % {"where": Situation(situation).label, "count": count}
    said = ngettext(
        "%(name)s follows %(count)s household from today.", "%(name)s follows %(count)s households from today.", count
    )
    return said % {"name": colleague, "count": count}


def done_in_short(count: int) -> str:
    """Say that it is done, beside the button that undoes it."""
    return ngettext("Done for %(count)s household.", "Done for %(count)s households.", count) % {"count": count}


def left(reasons: Mapping[int, str], cards: Mapping[int, Card]) -> list[tuple[Card, str]]:
    """Pair the households left as they were with the reason why."""
    return [(cards[pk], str(WhyLeft(why).label)) for pk, why in reasons.items() if pk in cards]


def _sorts() -> dict[str, Column]:
    return {
        "name": Column(label=_("Household"), sort="name"),
        "contact": Column(label=_("Last contact"), sort="contact", by=By.DAYS),
        "known": Column(label=_("Known since"), sort="known", by=By.DAYS),
    }


def _amount(stated: Resources) -> str:
    if stated.kind == ResourceKind.NONE:
        return _("nothing")
    if stated.amount_per_month == 0:
        return _("no longer comes in")
    return _("amount not known") if stated.amount_per_month is None else euros(stated.amount_per_month)


def _years(ages: Sequence[int]) -> str:
    """Say ages as people do: 9 and 4 years old."""
    said = [str(age) for age in ages]
    listed = _(" and ").join(part for part in (", ".join(said[:-1]), said[-1]) if part)
    return ngettext("%(ages)s year old", "%(ages)s years old", max(ages)) % {"ages": listed}


def _full_row(card: Card, on: date, may_open: bool) -> Row:
    current = card.situation
    where = Cell(text=_("never asked"))
    if current is not None:
        where = Cell(tags=(Tag(label=str(current.situation.label), kind=KINDS[Family(current.family)]),))
    return Row(
        cells=(
            _name(card, may_open),
            where,
            _since(card, on),
            Cell(text=card.commune or "–"),
            _size(card),
            Cell(text=dates.short(card.last_contact_on, on) if card.last_contact_on else "–"),
        ),
        key=str(card.pk),
    )


def _name(card: Card, may_open: bool) -> Cell:
    return Cell(
        text=card.name,
        url=reverse("people:household", args=[card.pk]) if may_open else "",
        detail=card.reference if card.reference != card.name else "",
        tags=(Tag(label=_("protected address"), kind=Kind.STOP),) if card.is_protected else (),
        is_strong=True,
    )


def _since(card: Card, on: date) -> Cell:
    if card.situation is None or card.nights is None:
        return Cell(text="–")
    nights = ngettext("%(nights)s night", "%(nights)s nights", card.nights) % {"nights": card.nights}
    return Cell(text=dates.short(card.situation.starts_on, on), detail=nights)


def _size(card: Card) -> Cell:
    return Cell(text=str(card.size) if card.is_size_known else _("%(size)s at least") % {"size": card.size})


def _line(row: Observation) -> Entry:
    details = [row.commune, row.origin.label, row.source or row.author]
    if row.since is not None:
        details.insert(0, _("since %(day)s") % {"day": dates.full(row.since)})
    if row.is_withdrawn:
        details.append(_("withdrawn: %(reason)s") % {"reason": row.withdrawal_reason})
    return Entry(
        when=row.observed_on,
        title=str(row.situation.label),
        lead=row.person,
        detail=" · ".join(str(each) for each in details if each),
        tag=Tag(label=_("withdrawn"), kind=Kind.STOP) if row.is_withdrawn else None,
    )


def _circle_line(row: CircleCard) -> Entry:
    until = _("no end set") if row.ends_on is None else _("until %(day)s") % {"day": dates.full(row.ends_on)}
    wish = _("closed because they asked") if row.is_closed_at_their_wish else ""
    return Entry(
        when=row.starts_on,
        title=row.organisation,
        lead=row.worker,
        detail=" · ".join(str(part) for part in (row.basis.label, until, wish) if part),
        tag=None if row.is_open else Tag(label=pgettext("circle", "closed")),
    )


def _written(card: Card) -> list[Any]:
    place = card.situation if not card.is_protected else None
    return [
        card.reference,
        card.name,
        card.size,
        ", ".join(str(band.label) for band in card.bands),
        Situation(place.situation).label if place else "",
        card.nights if place else "",
        card.commune if place else "",
        card.last_contact_on or "",
    ]
