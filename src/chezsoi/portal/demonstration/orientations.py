"""The SIAO of the demonstration: two teams and their lists, assessments, orientations at each of their steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from chezsoi.people.models import Household
from chezsoi.portal.demonstration.accounts import Staff
from chezsoi.siao import actions
from chezsoi.siao.choices import Asked, Destination, StepKind, TeamKind, WhyElsewhere, WorkerBefore
from chezsoi.siao.models import SiaoTeam
from chezsoi.territories.models import Territory

TEAMS = (("Équipe relogement", TeamKind.REHOUSING), ("Équipe aller-vers", TeamKind.OUTREACH))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    asked: Asked
    destination: Destination
    days_ago: int
    step: StepKind | None = None
    why: WhyElsewhere = WhyElsewhere.HOUSING
    words: str = ""
    worker: WorkerBefore = WorkerBefore.NO


DRAWN = (
    _Drawn(asked=Asked.HOME, destination=Destination.ORDINARY, days_ago=45, step=StepKind.ACCEPTED, words="Chez moi."),
    _Drawn(asked=Asked.HOME, destination=Destination.INTERMEDIATION, days_ago=12, step=StepKind.THINKING),
    _Drawn(
        asked=Asked.ADAPTED,
        destination=Destination.BOARDING_HOUSE,
        days_ago=70,
        step=StepKind.ENTERED,
        worker=WorkerBefore.YES,
    ),
    _Drawn(asked=Asked.HOME, destination=Destination.HOTEL, days_ago=38, why=WhyElsewhere.FOR_TONIGHT),
    _Drawn(
        asked=Asked.NIGHT,
        destination=Destination.EMERGENCY,
        days_ago=20,
        step=StepKind.NO_PLACE,
        worker=WorkerBefore.NOT_ASKED,
    ),
    _Drawn(
        asked=Asked.HOME,
        destination=Destination.CHRS,
        days_ago=25,
        step=StepKind.DECLINED,
        why=WhyElsewhere.NO_HOME_YET,
    ),
    _Drawn(asked=Asked.NOTHING, destination=Destination.ORDINARY, days_ago=9),
    _Drawn(asked=Asked.HOME, destination=Destination.ORDINARY, days_ago=5, step=StepKind.ACCEPTED),
)


def write_all(territory: Territory, staff: Staff, *, today: date) -> None:
    """Open the teams, then assess, list and orient some households, each at another step."""
    officer = staff.actor("siao_officer")
    teams = [actions.open_team(actor=officer, name=name, kind=kind, on=today) for name, kind in TEAMS]
    known = Household.objects.filter(territory=territory, is_protected=False, closed_on=None).order_by("pk")
    for number, (household, drawn) in enumerate(zip(known, DRAWN, strict=False)):
        _orient(staff, household, drawn, teams[number % len(teams)], today)


def _orient(staff: Staff, household: Household, drawn: _Drawn, team: SiaoTeam, today: date) -> None:
    officer, day = staff.actor("siao_officer"), today - timedelta(days=drawn.days_ago)
    person = household.members_on(today)[0].person
    actions.assess(
        actor=officer,
        household=household,
        person=person,
        worker_before=drawn.worker,
        assessed_on=day,
        on=today,
        team=team,
    )
    actions.list_household(actor=officer, team=team, household=household, on=today)
    decision = actions.Decision(
        decided_on=day,
        asked=drawn.asked,
        asked_words=drawn.words,
        destination=drawn.destination,
        why_elsewhere=drawn.why,
        team=team,
    )
    made = actions.orient(actor=officer, household=household, decision=decision, on=today)
    if drawn.step is not None:
        then = day + timedelta(days=2)
        actions.note_step(actor=officer, orientation=made, kind=drawn.step, happened_on=then, on=today)
