"""
The chain under way, each link at one home: housed, accepted, offered, on a table to come, drawn,
committed; and two homes shared out together.

Every act is done by the account whose role does it, so that the demonstration proves the rights too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from chezsoi.allocation import actions as allocation
from chezsoi.allocation import queries
from chezsoi.allocation.choices import CommissionKind, DecisionKind
from chezsoi.allocation.models import Commission, OfferLetter, Refusal, Round, ScoringGrid, Sitting
from chezsoi.allocation.refusal_reasons import RefusalReason
from chezsoi.engines.matching import PublicRandomness
from chezsoi.homes.models import Offer
from chezsoi.journeys import rounds, street_to_home
from chezsoi.portal.demonstration.accounts import Staff
from chezsoi.tenancies.choices import LeaseKind
from chezsoi.territories.models import Territory

SOURCE = "tirage public du soir (démonstration)"
MEMBERS = (
    ("Paul Kremer", "conseil d’administration", "commission_member"),
    ("Danièle Ruiz", "représentante des locataires", None),
    ("Yves Marchal", "conseil d’administration", None),
    ("Sonia Klein", "Eurométropole de Metz", None),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Room:
    """What the chain needs at hand."""

    staff: Staff
    grid: ScoringGrid
    commission: Commission
    today: date


def run(territory: Territory, staff: Staff, offers: dict[str, Offer], *, today: date) -> None:
    """Take homes through the chain, each one link further than the next."""
    room = _Room(staff=staff, grid=_grid(staff), commission=_commission(territory, staff, today), today=today)
    housed = _hold_sitting(room, offers["L57-01"], days_ago=30)
    _say_yes(room, housed, days_ago=22)
    _sign(room, housed, days_ago=18)
    accepted = _hold_sitting(room, offers["L57-03"], days_ago=16)
    _say_yes(room, accepted, days_ago=8)
    offered = _hold_sitting(room, offers["L57-02"], days_ago=7)
    _landlord_says_no(room, offered.decision.item.round, days_ago=5)
    _prepare_next_sitting(room, offers["L57-04"])
    drawn = _draw(room, _open(room, offers["L57-06"], days_ago=3), days_ago=2)
    _some_say_no(room, drawn, days_ago=1)
    _open(room, offers["L57-05"], days_ago=1)
    _share_out(room, territory, [offers["L57-12"], offers["L57-13"]], days_ago=4)


def _hold_sitting(room: _Room, home: Offer, *, days_ago: int) -> OfferLetter:
    """Draw the candidates of a home, hold the sitting that decides on it, and write to the first ranked."""
    sitting = _call(room, room.today - timedelta(days=days_ago))
    drawn = _draw(room, _open(room, home, days_ago=days_ago + 7), days_ago=days_ago + 6)
    item = allocation.put_on_table(actor=room.staff.actor("coordinator"), sitting=sitting, round_=drawn)
    secretary = room.staff.actor("commission_secretary")
    members = list(room.commission.members.order_by("pk"))[:3]
    allocation.record_attendance(actor=secretary, sitting=sitting, members=members)
    for candidacy in drawn.candidacies.order_by("rank"):
        verdict = allocation.Verdict(
            kind=DecisionKind.ALLOCATED_RANKED,
            rank=candidacy.rank,
            reason="Rang de l’ordre publié ; le logement convient au ménage.",
        )
        allocation.decide(actor=secretary, item=item, candidacy=candidacy, verdict=verdict, on=sitting.held_on)
    allocation.close_sitting(actor=secretary, sitting=sitting)
    return allocation.offer_next_rank(actor=secretary, item=item, sent_on=sitting.held_on + timedelta(days=1))


def _sign(room: _Room, letter: OfferLetter, *, days_ago: int) -> None:
    agent = room.staff.actor("social_landlord_agent")
    signed_on = room.today - timedelta(days=days_ago)
    street_to_home.house(
        actor=agent,
        candidacy=queries.candidacy(letter.decision.candidacy_id, actor=agent),
        kind=LeaseKind.DIRECT,
        signed_on=signed_on,
        starts_on=signed_on + timedelta(days=1),
    )


def _say_yes(room: _Room, letter: OfferLetter, *, days_ago: int) -> None:
    allocation.record_answer(
        actor=room.staff.actor("siao_officer"),
        letter=letter,
        is_accepted=True,
        answered_on=room.today - timedelta(days=days_ago),
        words="Oui, c’est ce que je cherchais.",
    )


def _landlord_says_no(room: _Room, drawn: Round, *, days_ago: int) -> None:
    """Let the landlord refuse the second in line, and the coordination set it aside once it has looked."""
    on = room.today - timedelta(days=days_ago)
    refusal = _note(room, drawn, 2, RefusalReason.LANDLORD_RESOURCES, actor="commission_secretary", on=on)
    allocation.look_again(
        actor=room.staff.actor("coordinator"),
        refusal=refusal,
        counts=False,
        on=on + timedelta(days=1),
        words="Les ressources ont été comptées avec l’aide au logement : le loyer peut être payé.",
    )


def _some_say_no(room: _Room, drawn: Round, *, days_ago: int) -> None:
    """Let a household refuse the place, which costs it nothing, and a refusal of the landlord await other eyes."""
    on = room.today - timedelta(days=days_ago)
    _note(room, drawn, 2, RefusalReason.PLACE, actor="siao_officer", on=on, words="Trop loin de l’école.")
    _note(room, drawn, 3, RefusalReason.LANDLORD_SIZE, actor="commission_secretary", on=on)


def _note(
    room: _Room, drawn: Round, rank: int, reason: RefusalReason, *, actor: str, on: date, words: str = ""
) -> Refusal:
    candidacy = drawn.candidacies.get(rank=rank)
    return allocation.note_refusal(
        actor=room.staff.actor(actor), candidacy=candidacy, reason=reason, on=on, words=words
    )


def _prepare_next_sitting(room: _Room, home: Offer) -> None:
    sitting = _call(room, room.today + timedelta(days=3))
    drawn = _draw(room, _open(room, home, days_ago=5), days_ago=4)
    allocation.put_on_table(actor=room.staff.actor("coordinator"), sitting=sitting, round_=drawn)


def _open(room: _Room, home: Offer, *, days_ago: int) -> Round:
    day = room.today - timedelta(days=days_ago)
    return rounds.open_round(actor=room.staff.actor("siao_officer"), offer=home, grid=room.grid, on=day, at=_at(day, 9))


def _draw(room: _Room, opened: Round, *, days_ago: int) -> Round:
    day = room.today - timedelta(days=days_ago)
    actor = room.staff.actor("siao_officer")
    return allocation.draw_round(actor=actor, round_=opened, public=_number(day, opened.pk), at=_at(day, 10))


def _share_out(room: _Room, territory: Territory, homes: Sequence[Offer], *, days_ago: int) -> None:
    """Share homes out together, and leave the rounds of each to be put on a table."""
    actor, day = room.staff.actor("siao_officer"), room.today - timedelta(days=days_ago)
    before = day - timedelta(days=1)
    joint = rounds.open_joint_round(
        actor=actor, territory=territory, offers=homes, grid=room.grid, on=before, at=_at(before, 9)
    )
    allocation.draw_joint_round(actor=actor, joint=joint, public=_number(day, joint.pk), at=_at(day, 10))


def _number(day: date, chosen: int) -> PublicRandomness:
    """Give the public number of the evening before."""
    evening = _at(day - timedelta(days=1), 20)
    return PublicRandomness(value=f"07 12 23 31 {44 + chosen % 5} + 5", source=SOURCE, drawn_at=evening)


def _call(room: _Room, held_on: date) -> Sitting:
    return allocation.call_sitting(
        actor=room.staff.actor("commission_secretary"), commission=room.commission, held_on=held_on
    )


def _commission(territory: Territory, staff: Staff, today: date) -> Commission:
    founded = today - timedelta(days=800)
    commission = allocation.register_commission(
        actor=staff.program("bailleur"),
        territory=territory,
        organisation=staff.organisations["bailleur"],
        kind=CommissionKind.CALEOL,
        name="CALEOL de Logis du Graoully",
        quorum=3,
        answer_days=10,
        on=founded,
    )
    for name, capacity, role in MEMBERS:
        allocation.name_member(
            actor=staff.program("bailleur"),
            commission=commission,
            name=name,
            capacity=capacity,
            starts_on=founded,
            user=None if role is None else staff.assignments[role].user,
        )
    return commission


def _grid(staff: Staff) -> ScoringGrid:
    grids = allocation.load_grids(settings.REFERENCE_DIR / "scoring-grids", actor=staff.program("siao"))
    return grids[0]


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
