"""What waits for somebody: the kinds of things, where each is dealt with, how many. Nothing is named twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import F, Func, IntegerField, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chezsoi.allocation import queries as allocation
from chezsoi.fields.questions import Question
from chezsoi.files import queries as files
from chezsoi.homes import queries as homes
from chezsoi.kernel.actor import Actor
from chezsoi.people import queries as people
from chezsoi.people.models.ready import is_in_emergency
from chezsoi.support import queries as support
from chezsoi.territories.access import Can

Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing that waits: what it is, until when (or, when no day presses, a word for it), and where it is done."""

    title: str
    url: str
    on: date | None = None
    when: str = ""
    lead: str = ""
    detail: str = ""


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


def _draft(row: Any) -> Due:
    said = _("Typed and not sent: nothing is recorded yet.")
    return Due(title=_("Take up again: %(form)s") % {"form": row.title}, when=_("draft"), detail=said, url=row.form_key)


def _emergency(row: Any) -> Due:
    return Due(
        title=_("A file opened in an emergency, to review"),
        url=reverse("portal:review-emergency", args=[row.pk]),
        on=timezone.localdate(row.review_due_at),
        lead=row.organisation.name,
        detail=_("within 48 hours"),
    )


def _copy(row: Any) -> Due:
    return Due(
        title=_("A copy of a file to hand on"),
        url=reverse("portal:access-requests"),
        on=row.due_on,
        lead=row.organisation.name if row.organisation else "",
    )


def _visit(row: Any) -> Due:
    return Due(
        title=capfirst(row.get_kind_display()),
        url=f"{reverse('support:support')}#task-{row.pk}",
        on=row.due_on,
        lead=row.household.reference,
    )


def _lease(row: Any) -> Due:
    home = row.offer.dwelling
    return Due(
        title=_("Sign the lease of %(home)s") % {"home": home.address or home.reference},
        url=reverse("journeys:sign-lease", args=[row.pk]),
        when=_("accepted"),
        lead=row.household.reference,
        detail=_("The home is accepted: keys are what is left."),
    )


def _answer(row: Any) -> Due:
    return Due(
        title=_("Answer to an offer"),
        url=reverse("allocation:letter", args=[row.pk]),
        on=row.answer_due_on,
        lead=row.decision.candidacy.household.reference,
    )


def _sitting(row: Any) -> Due:
    return Due(
        title=row.commission.name,
        url=reverse("allocation:sitting", args=[row.pk]),
        on=row.held_on,
        detail=row.commission.organisation.name,
    )


def _second_look(row: Any) -> Due:
    return Due(
        title=_("A no to look at again"),
        url=reverse("allocation:look", args=[row.pk]),
        when=_("to read"),
        lead=row.candidacy.household.reference,
        detail=_("It counts only once you have looked at it."),
    )


def _renewal(row: Any) -> Due:
    return Due(
        title=_("A request to renew"),
        url=reverse("allocation:request", args=[row.household_id]),
        on=row.valid_until,
        lead=row.household.reference,
        detail=_("The national system may strike it off; here it keeps its place."),
    )


def _appeal(row: Any) -> Due:
    return Due(
        title=_("An answer due to an appeal"),
        url=reverse("allocation:request", args=[row.request.household_id]),
        on=row.due_on,
        lead=row.request.household.reference,
    )


def _duplicates(_row: Any) -> Due:
    return Due(
        title=_("Files that may be of one person"),
        url=reverse("people:duplicates"),
        when=_("to read"),
        detail=_("Nothing is joined without you."),
    )


def _held(row: Any) -> Due:
    return Due(
        title=_("Rows of %(file)s to read") % {"file": row.batch.file_name},
        url=reverse("journeys:held", args=[row.batch.reference]),
        when=_("to read"),
        detail=_("They look like somebody known: nothing was created."),
    )


def _move(row: Any) -> Due:
    return Due(
        title=_("A household asks to join your territory"),
        url=reverse("journeys:moves"),
        when=_("to answer"),
        detail=_("Declining, like accepting, costs it nothing."),
    )


def _home(_row: Any) -> Due:
    return Due(title=_("Homes that wait for a household"), url=reverse("homes:homes"), when=_("available"))


KINDS: tuple[Kind, ...] = (
    Kind(
        key="draft",
        room="portal:day",
        title=gettext_lazy("Your drafts"),
        rows=lambda actor, _on: files.drafts(actor=actor, now=_this_hour()),
        due=_draft,
    ),
    Kind(
        key="emergency",
        room="portal:trail",
        title=gettext_lazy("Emergency accesses"),
        rows=lambda actor, _on: people.emergencies_followed(actor=actor).filter(reviewed_at=None),
        due=_emergency,
        rights=(Can.REVIEW_EMERGENCY,),
        day="review_due_at__date",
        neutral=gettext_lazy("Emergency access to review"),
        is_deadline=True,
    ),
    Kind(
        key="lease",
        room="tenancies:leases",
        title=gettext_lazy("Leases to sign"),
        rows=lambda actor, _on: allocation.accepted(actor=actor),
        due=_lease,
        rights=(Can.SIGN_LEASE,),
    ),
    Kind(
        key="copy",
        room="portal:trail",
        title=gettext_lazy("Copies asked for"),
        rows=lambda actor, _on: people.access_requests_followed(actor=actor).filter(handed_on=None),
        due=_copy,
        rights=(Can.READ_TRAIL,),
        day="due_on",
        neutral=gettext_lazy("Copy of a file to hand on"),
        is_deadline=True,
    ),
    Kind(
        key="answer",
        room="allocation:rounds",
        title=gettext_lazy("Answers awaited"),
        rows=lambda actor, _on: allocation.letters_waiting(actor=actor),
        due=_answer,
        rights=(Can.RECORD_ANSWER,),
        day="answer_due_on",
        neutral=gettext_lazy("Answer to an offer – see chezsoi"),
        is_deadline=True,
    ),
    Kind(
        key="visit",
        room="support:support",
        title=gettext_lazy("To do for your households"),
        rows=lambda actor, _on: support.tasks_to_do(actor=actor),
        due=_visit,
        rights=(Can.SEE_SUPPORT,),
        day="due_on",
        neutral=gettext_lazy("Visit – file: see chezsoi"),
    ),
    Kind(
        key="sitting",
        room="allocation:sittings",
        title=gettext_lazy("Commissions to come"),
        rows=lambda actor, _on: allocation.sittings_to_come(actor=actor),
        due=_sitting,
        rights=(Can.SEE_COMMISSION,),
        day="held_on",
        neutral=gettext_lazy("Commission"),
    ),
    Kind(
        key="second_look",
        room="allocation:rounds",
        title=gettext_lazy("Refusals to look at again"),
        rows=lambda actor, on: allocation.refusals_to_look_at(actor=actor, on=on),
        due=_second_look,
        rights=(Can.RECORD_ANSWER,),
    ),
    Kind(
        key="renewal",
        room="people:list",
        title=gettext_lazy("Requests to renew"),
        rows=lambda actor, on: allocation.requests_to_renew(actor=actor, on=on),
        due=_renewal,
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
        due=_appeal,
        rights=(Can.RECORD_REQUEST,),
        day="due_on",
        neutral=gettext_lazy("Answer to an appeal – file: see chezsoi"),
        is_deadline=True,
    ),
    Kind(
        key="held",
        room="journeys:imports",
        title=gettext_lazy("Rows kept from your files"),
        rows=lambda actor, _on: people.held_rows_waiting(actor=actor),
        due=_held,
        rights=(Can.IMPORT_PEOPLE,),
        is_one_line=True,
    ),
    Kind(
        key="duplicate",
        room="people:list",
        title=gettext_lazy("Known twice?"),
        rows=lambda actor, on: people.duplicates_waiting(actor=actor, on=on),
        due=_duplicates,
        rights=(Can.REVIEW_DUPLICATES,),
        is_one_line=True,
    ),
    Kind(
        key="move",
        room="people:list",
        title=gettext_lazy("Households that ask to join"),
        rows=lambda actor, _on: people.moves_asked(actor=actor),
        due=_move,
        rights=(Can.MANAGE_CIRCLE,),
    ),
    Kind(
        key="home",
        room="homes:homes",
        title=gettext_lazy("Homes that wait for a household"),
        rows=lambda actor, _on: homes.waiting(actor=actor),
        due=_home,
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
