"""What waits for somebody: the kinds of things, where each is dealt with, how many. Nothing is named twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import F, Func, IntegerField, QuerySet, Value
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from chezsoi.allocation import queries as allocation
from chezsoi.fields.questions import Question
from chezsoi.files import queries as files
from chezsoi.homes import queries as homes
from chezsoi.kernel.actor import Actor
from chezsoi.people import queries as people
from chezsoi.people.models.ready import is_in_emergency
from chezsoi.portal import dues
from chezsoi.portal.dues import Due
from chezsoi.siao import queries as siao
from chezsoi.support import queries as support
from chezsoi.tenancies import queries as tenancies
from chezsoi.territories.access import Can

Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """
    A kind of things that wait, and the room of the house where they do.

    `rights` open it, any of them (none: every account). `day` is the field that says until when, empty when nothing
    presses. `neutral` is what a calendar may show of one: no name, no number.
    """

    key: str
    room: str
    title: Promise
    rows: Callable[[Actor, date], Rows]
    due: Callable[[Any], Due]
    rights: tuple[Can, ...] = ()
    day: str = ""
    neutral: Promise | str = ""
    is_deadline: bool = False
    is_one_line: bool = False

    def opens_to(self, actor: Actor) -> bool:
        return not self.rights or any(actor.may(right) for right in self.rights)

    def late(self, actor: Actor, on: date) -> int:
        """Count those whose day is over."""
        return self.rows(actor, on).filter(**{f"{self.day}__lt": on}).count() if self.day else 0


def kinds_of(actor: Actor) -> tuple[Kind, ...]:
    """List the kinds that may wait for a role, the most pressing first."""
    return tuple(kind for kind in KINDS if kind.opens_to(actor))


def counts(*, actor: Actor, on: date) -> dict[str, int]:
    """Count what waits in each room, by the name of its page."""
    return in_rooms(of_each_kind(actor=actor, on=on))


def of_each_kind(*, actor: Actor, on: date) -> dict[str, int]:
    """Count what waits of each kind, by its key: one question to the database for all of them."""
    written = _question.__wrapped__ if is_in_emergency(actor) else _question
    return dict(written(actor, on, _this_hour()).answers())


@lru_cache(maxsize=2_000)
def _question(actor: Actor, on: date, _hour: datetime) -> Question:
    """
    Write the question, and keep it for an hour for who asks in the same role: every page asks it.

    A file opened in an emergency closes at a minute of its own: that question is never kept.
    """
    asked = [_counted(kind, actor, on) for kind in kinds_of(actor)]
    return Question.of(asked[0].union(*asked[1:], all=True))


def _this_hour() -> datetime:
    return timezone.now().replace(minute=0, second=0, microsecond=0)


def in_rooms(counted: Mapping[str, int]) -> dict[str, int]:
    """Add up the kinds that wait in each room."""
    found: dict[str, int] = {}
    for kind in KINDS:
        if kind.key in counted:
            found[kind.room] = found.get(kind.room, 0) + counted[kind.key]
    return found


def _counted(kind: Kind, actor: Actor, on: date) -> Any:
    """Ask for one line, the kind and how many wait; a plain function to Django, which then groups nothing."""
    count = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return kind.rows(actor, on).order_by().annotate(of_kind=Value(kind.key), wait=count).values_list("of_kind", "wait")


def _late(actor: Actor, on: date) -> Rows:
    """List what is told as a decision without an end, and so nowhere else."""
    return allocation.decisions_to_move(actor=actor, on=on)


KINDS: tuple[Kind, ...] = (
    Kind(
        key="draft",
        room="portal:day",
        title=gettext_lazy("Your drafts"),
        rows=lambda actor, _on: files.drafts(actor=actor, now=_this_hour()),
        due=dues.draft,
    ),
    Kind(
        key="emergency",
        room="portal:trail",
        title=gettext_lazy("Emergency accesses"),
        rows=lambda actor, _on: people.emergencies_followed(actor=actor).filter(reviewed_at=None),
        due=dues.emergency,
        rights=(Can.REVIEW_EMERGENCY,),
        day="review_due_at__date",
        neutral=gettext_lazy("Emergency access to review"),
        is_deadline=True,
    ),
    Kind(
        key="decision",
        room="allocation:rounds",
        title=gettext_lazy("Decisions without an end"),
        rows=lambda actor, on: allocation.decisions_to_move(actor=actor, on=on),
        due=dues.decision,
        rights=(Can.RECORD_DECISION, Can.RECORD_ANSWER, Can.SIGN_LEASE, Can.RUN_ROUND),
        day="decided_on",
        neutral=gettext_lazy("Decision without an end – see chezsoi"),
    ),
    Kind(
        key="lease",
        room="tenancies:leases",
        title=gettext_lazy("Leases to sign"),
        rows=lambda actor, on: allocation.accepted(actor=actor).exclude(decision__in=_late(actor, on)),
        due=dues.lease,
        rights=(Can.SIGN_LEASE,),
    ),
    Kind(
        key="copy",
        room="portal:trail",
        title=gettext_lazy("Copies asked for"),
        rows=lambda actor, _on: people.access_requests_followed(actor=actor).filter(handed_on=None),
        due=dues.copy,
        rights=(Can.READ_TRAIL,),
        day="due_on",
        neutral=gettext_lazy("Copy of a file to hand on"),
        is_deadline=True,
    ),
    Kind(
        key="answer",
        room="allocation:rounds",
        title=gettext_lazy("Answers awaited"),
        rows=lambda actor, on: allocation.letters_waiting(actor=actor).exclude(decision__in=_late(actor, on)),
        due=dues.answer,
        rights=(Can.RECORD_ANSWER,),
        day="answer_due_on",
        neutral=gettext_lazy("Answer to an offer – see chezsoi"),
        is_deadline=True,
    ),
    Kind(
        key="turn",
        room="allocation:rounds",
        title=gettext_lazy("Homes whose turn is yours"),
        rows=lambda actor, _on: allocation.turns_awaiting(actor=actor),
        due=dues.turn,
        rights=(Can.ANSWER_TURN,),
        day="due_on",
        neutral=gettext_lazy("A home whose turn is yours – see chezsoi"),
        is_deadline=True,
    ),
    Kind(
        key="call",
        room="tenancies:leases",
        title=gettext_lazy("Calls of landlords"),
        rows=lambda actor, _on: tenancies.calls_to_take_up(actor=actor),
        due=dues.call,
        rights=(Can.TAKE_CALL,),
    ),
    Kind(
        key="unheard_call",
        room="people:list",
        title=gettext_lazy("Calls of landlords that nobody hears"),
        rows=lambda actor, on: tenancies.calls_that_reach_nobody(on=on, actor=actor),
        due=dues.unheard_call,
        rights=(Can.MANAGE_CIRCLE,),
    ),
    Kind(
        key="pass_on",
        room="allocation:rounds",
        title=gettext_lazy("Homes to pass on"),
        rows=lambda actor, _on: allocation.turns_to_pass_on(actor=actor),
        due=dues.pass_on,
        rights=(Can.MANAGE_FLOW,),
    ),
    Kind(
        key="ask",
        room="allocation:rounds",
        title=gettext_lazy("Homes asked of you"),
        rows=lambda actor, on: allocation.asks_to_answer(on=on, actor=actor),
        due=dues.ask,
        rights=(Can.ANSWER_TURN,),
    ),
    Kind(
        key="visit",
        room="support:support",
        title=gettext_lazy("To do for your households"),
        rows=lambda actor, _on: support.tasks_to_do(actor=actor),
        due=dues.visit,
        rights=(Can.SEE_SUPPORT,),
        day="due_on",
        neutral=gettext_lazy("Visit – file: see chezsoi"),
    ),
    Kind(
        key="commitment",
        room="support:support",
        title=gettext_lazy("Promised in case meetings"),
        rows=lambda actor, _on: support.commitments_to_keep(actor=actor),
        due=dues.commitment,
        rights=(Can.SEE_SUPPORT,),
        day="due_on",
        neutral=gettext_lazy("Promised – file: see chezsoi"),
    ),
    Kind(
        key="handover",
        room="support:support",
        title=gettext_lazy("Households handed over to your team"),
        rows=lambda actor, _on: support.handovers_waiting(actor=actor),
        due=dues.handover,
        rights=(Can.SEE_SUPPORT,),
    ),
    Kind(
        key="sitting",
        room="allocation:sittings",
        title=gettext_lazy("Commissions to come"),
        rows=lambda actor, _on: allocation.sittings_to_come(actor=actor),
        due=dues.sitting,
        rights=(Can.SEE_COMMISSION,),
        day="held_on",
        neutral=gettext_lazy("Commission"),
    ),
    Kind(
        key="second_look",
        room="allocation:rounds",
        title=gettext_lazy("Refusals to look at again"),
        rows=lambda actor, on: allocation.refusals_to_look_at(actor=actor, on=on),
        due=dues.second_look,
        rights=(Can.RECORD_ANSWER,),
    ),
    Kind(
        key="stalled",
        room="allocation:rounds",
        title=gettext_lazy("Searches that nobody moves"),
        rows=lambda actor, on: allocation.rounds_stalled(actor=actor, on=on).exclude(
            item__decisions__in=_late(actor, on)
        ),
        due=dues.stalled,
        rights=(Can.RUN_ROUND, Can.PREPARE_COMMISSION, Can.RECORD_DECISION),
    ),
    Kind(
        key="idle_home",
        room="allocation:rounds",
        title=gettext_lazy("Homes that nobody moves"),
        rows=lambda actor, on: allocation.homes_stalled(actor=actor, on=on),
        due=dues.idle,
        rights=(Can.RUN_ROUND,),
    ),
    Kind(
        key="renewal",
        room="people:list",
        title=gettext_lazy("Requests to renew"),
        rows=lambda actor, on: allocation.requests_to_renew(actor=actor, on=on),
        due=dues.renewal,
        rights=(Can.RECORD_REQUEST,),
        day="valid_until",
        neutral=gettext_lazy("Request to renew – file: see chezsoi"),
        is_deadline=True,
    ),
    Kind(
        key="appeal",
        room="people:list",
        title=gettext_lazy("Appeals awaiting an answer"),
        rows=lambda actor, on: allocation.appeals_awaited(actor=actor, on=on),
        due=dues.appeal,
        rights=(Can.RECORD_REQUEST,),
        day="due_on",
        neutral=gettext_lazy("Answer to an appeal – file: see chezsoi"),
        is_deadline=True,
    ),
    Kind(
        key="orientation",
        room="siao:orientations",
        title=gettext_lazy("Orientations without an outcome"),
        rows=lambda actor, on: siao.orientations_stalled(actor=actor, on=on),
        due=dues.orientation,
        rights=(Can.RECORD_ORIENTATION,),
    ),
    Kind(
        key="held",
        room="journeys:imports",
        title=gettext_lazy("Rows kept from your files"),
        rows=lambda actor, _on: people.held_rows_waiting(actor=actor),
        due=dues.held,
        rights=(Can.IMPORT_PEOPLE,),
        is_one_line=True,
    ),
    Kind(
        key="duplicate",
        room="people:list",
        title=gettext_lazy("Known twice?"),
        rows=lambda actor, on: people.duplicates_waiting(actor=actor, on=on),
        due=dues.duplicates,
        rights=(Can.REVIEW_DUPLICATES,),
        is_one_line=True,
    ),
    Kind(
        key="move",
        room="people:list",
        title=gettext_lazy("Households that ask to join"),
        rows=lambda actor, _on: people.moves_asked(actor=actor),
        due=dues.move,
        rights=(Can.MANAGE_CIRCLE,),
    ),
    Kind(
        key="home",
        room="homes:homes",
        title=gettext_lazy("Homes that wait for a household"),
        rows=lambda actor, _on: homes.waiting(actor=actor),
        due=dues.home,
        rights=(Can.RUN_ROUND, Can.OFFER_HOME),
        is_one_line=True,
    ),
)


def dated(actor: Actor, *, on: date, most: int) -> Iterator[tuple[Kind, Any, Due]]:
    """Give what waits by a day, with its row, in the order of the kinds."""
    for kind in kinds_of(actor):
        if kind.day:
            rows: Any = kind.rows(actor, on)[:most]
            yield from ((kind, row, kind.due(row)) for row in rows)
