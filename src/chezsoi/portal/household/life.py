"""The history of a household on its page: what happened, what was corrected, who wrote it, when and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chezsoi.kernel.actor import Actor
from chezsoi.kernel.dates import PartialDate
from chezsoi.people import queries
from chezsoi.people.choices import LinkJudgement, MoveState
from chezsoi.people.models import Household, HouseholdMove, Person
from chezsoi.people.queries import CorrectionLine, LifeLine
from chezsoi.territories.access import Can
from chezsoi.ui import dates
from chezsoi.ui.shapes import Entry, Tag

FIELDS = {
    "birth_name": gettext_lazy("birth name"),
    "use_name": gettext_lazy("name in use"),
    "given_names": gettext_lazy("given names"),
    "name_quality": gettext_lazy("quality of the name"),
    "birth_date": gettext_lazy("birth date"),
    "birth_quality": gettext_lazy("quality of the birth date"),
    "sex": gettext_lazy("sex"),
    "wishes": gettext_lazy("wishes, in their words"),
    "reach": gettext_lazy("how to reach them"),
    "judgement": gettext_lazy("whether two files are of one person"),
    "stated_size": gettext_lazy("number of people, as stated"),
    "requested_on": gettext_lazy("requested on"),
    "number": gettext_lazy("national request number"),
    "rooms_min": gettext_lazy("rooms wished, at least"),
    "rooms_max": gettext_lazy("rooms wished, at most"),
    "max_outlay_per_month": gettext_lazy("rent and charges bearable a month"),
    "needs_wheelchair_access": gettext_lazy("needs wheelchair access"),
    "needs_lift_or_ground": gettext_lazy("needs a lift or the ground floor"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One line, and where it is undone when it may be."""

    entry: Entry
    undo_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What happened, where they asked to go, and what was corrected, the latest first."""

    moments: tuple[Moment, ...]
    moves: tuple[Entry, ...]
    corrections: tuple[Entry, ...]


def life(household: Household, *, people: list[Person], actor: Actor) -> Life:
    """Compose the history of a household and of the people who are it now, within what the reader may know."""
    may_undo = actor.may(Can.REGISTER_PEOPLE)
    return Life(
        moments=tuple(_moment(line, household, may_undo) for line in queries.life(household, actor=actor)),
        moves=tuple(line for move in queries.moves_of(household, actor=actor) for line in _move(move)),
        corrections=tuple(_correction(line) for line in queries.corrections(household, people, actor=actor)),
    )


def _moment(line: LifeLine, household: Household, may_undo: bool) -> Moment:
    details = [line.reason, _written(line.author, line.written_at)]
    if line.is_undone:
        details.append(_("undone by %(who)s: %(why)s") % {"who": line.undone_by or "–", "why": line.undo_reason})
    entry = Entry(
        when=line.happened_on,
        title=str(line.event.label).capitalize(),
        lead=_who(line),
        detail=" · ".join(each for each in details if each),
        url=reverse("people:household", args=[line.other.pk]) if line.other else "",
        tag=Tag(label=_("undone")) if line.is_undone else None,
    )
    undo = may_undo and line.is_here and not line.is_undone
    return Moment(entry=entry, undo_url=reverse("journeys:undo-change", args=[household.pk, line.pk]) if undo else "")


def _who(line: LifeLine) -> str:
    named = ", ".join(line.names)
    if not line.others:
        return named
    others = ngettext("%(count)s person", "%(count)s people", line.others) % {"count": line.others}
    return f"{named}, {others}" if named else others


def _move(move: HouseholdMove) -> Iterator[Entry]:
    """Tell that another territory was asked, and what it answered; once accepted, the life of the household says it."""
    where = f"{move.to_territory.name}, {move.to_organisation.name}"
    yield Entry(when=localtime(move.asked_at).date(), title=_("Asked to live in another territory"), lead=where)
    if move.answered_at is not None and move.state != MoveState.ACCEPTED:
        said = {MoveState.DECLINED: _("Declined there"), MoveState.TAKEN_BACK: _("Request taken back")}
        day = localtime(move.answered_at).date()
        yield Entry(when=day, title=said[MoveState(move.state)], lead=where, detail=move.reason)


def _correction(line: CorrectionLine) -> Entry:
    before = _("before: %(value)s") % {"value": _value(line)}
    details = (before, line.reason, _written(line.author, line.written_at))
    return Entry(
        when=localtime(line.written_at).date(),
        title=str(FIELDS.get(line.field, line.field)).capitalize(),
        lead=line.name,
        detail=" · ".join(each for each in details if each),
    )


def _value(line: CorrectionLine) -> str:
    if not line.old_value:
        return _("nothing")
    if line.field == "birth_date":
        return dates.partial(PartialDate.parse_iso(line.old_value))
    if line.field == "requested_on":
        return dates.full(date.fromisoformat(line.old_value))
    if line.field == "judgement":
        return str(LinkJudgement(line.old_value).label)
    return {"True": _("yes"), "False": _("no")}.get(line.old_value, line.old_value)


def _written(author: str, at: datetime) -> str:
    day = dates.full(localtime(at).date())
    return _("written by %(who)s on %(day)s") % {"who": author, "day": day} if author else day
