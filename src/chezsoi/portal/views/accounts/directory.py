"""Who works here, as the administrator reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from chezsoi.kernel.actor import Actor
from chezsoi.portal.navigation import role_label
from chezsoi.territories import queries
from chezsoi.territories.choices import LinkPurpose
from chezsoi.territories.models import RoleAssignment, User
from chezsoi.ui.shapes import Cell, Column, Kind, Row, Table, Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where an account stands: a word, its kind, whether it waits for its invitation to be accepted."""

    tag: Tag
    is_invited: bool
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One account of the list, and its roles on the day."""

    user: User
    state: State
    roles: tuple[RoleAssignment, ...]


def rows(*, actor: Actor, on: date, now: datetime) -> list[Line]:
    """List the accounts of the organisation, those at work first."""
    held: dict[int, list[RoleAssignment]] = {}
    for role in queries.roles_managed(actor=actor):
        if role.ends_on is None or role.ends_on > on:
            held.setdefault(role.user_id, []).append(role)
    lines = [
        Line(user=user, state=state(user, now=now, actor=actor), roles=tuple(held.get(user.pk, ())))
        for user in queries.accounts_managed(actor=actor)
    ]
    return sorted(lines, key=lambda line: (not line.state.is_open, not line.state.is_invited, not line.roles))


def table(lines: list[Line]) -> Table:
    """Lay the accounts out."""
    return Table(
        caption=_("Accounts of your organisation"),
        hides_caption=True,
        columns=(Column(label=_("Name")), Column(label=_("Roles")), Column(label=_("State"))),
        rows=tuple(Row(cells=_cells(line)) for line in lines),
    )


def state(user: User, *, now: datetime, actor: Actor) -> State:
    """Say where an account stands."""
    if user.is_active:
        return State(tag=Tag(label=_("open"), kind=Kind.HOME), is_invited=False, is_open=True)
    if not queries.is_invited(user, actor=actor):
        return State(tag=Tag(label=_("disabled"), kind=Kind.STOP), is_invited=False, is_open=False)
    link = queries.last_link(user, purpose=LinkPurpose.INVITATION, actor=actor)
    too_old = link is not None and link.expires_at <= now
    label, kind = (_("invitation too old"), Kind.ACT) if too_old else (_("invited"), Kind.WAIT)
    return State(tag=Tag(label=label, kind=kind), is_invited=True, is_open=False)


def roles_of(user: User, *, actor: Actor, on: date) -> list[dict[str, object]]:
    """List the roles of an account here, with whether each can still be ended."""
    return [
        {
            "role": role,
            "label": role_label(role.role),
            "is_over": role.ends_on is not None and role.ends_on <= on,
            "earliest_end": max(on, role.starts_on),
        }
        for role in queries.roles_managed(actor=actor).filter(user=user)
    ]


def _cells(line: Line) -> tuple[Cell, ...]:
    named = Cell(
        text=line.user.full_name,
        url=reverse("portal:managed-account", args=[line.user.pk]),
        detail=line.user.email,
        is_strong=True,
    )
    said = ", ".join(role_label(role.role) for role in line.roles)
    return named, Cell(text=said or _("none")), Cell(tags=(line.state.tag,))
