"""The sittings of the history: who sits, what is put on the table, what is decided and written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.conf import settings
from django.utils import timezone

from chezsoi.allocation import actions as allocation
from chezsoi.allocation.actions.drawing import NobodyToExamine
from chezsoi.allocation.actions.offers import NobodyNext
from chezsoi.allocation.choices import CommissionKind, DecisionKind
from chezsoi.allocation.models import Commission, OfferLetter, Round, ScoringGrid, Sitting, SittingItem
from chezsoi.engines.matching import PublicRandomness
from chezsoi.homes.models import Offer
from chezsoi.journeys import rounds
from chezsoi.portal.demonstration.accounts import Staff
from chezsoi.territories.access import Actor
from chezsoi.territories.models import Territory

SOURCE = "tirage public du soir (démonstration)"
FOUNDED = timedelta(days=800)
LEGAL_LEAST = 3
LOCAL_MEMBERS = (
    ("Solange Idrac", "coordination Logement d’abord"),
    ("Bastien Orzel", "SIAO"),
    ("Mireille Taupin", "association gestionnaire"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A commission at work on a day, and who acts in it."""

    commission: Commission
    grid: ScoringGrid
    secretary: Actor
    siao: Actor
    landlord: Actor


def commissions_of(territory: Territory, staff: Staff, *, today: date) -> dict[CommissionKind, Commission]:
    """Give the CALEOL of the demonstration, and found its local commission."""
    caleol = Commission.objects.get(territory=territory, kind=CommissionKind.CALEOL)
    founder = staff.program("metropole")
    local = allocation.register_commission(
        actor=founder,
        territory=territory,
        organisation=staff.organisations["metropole"],
        kind=CommissionKind.LOCAL,
        name="Commission locale Logement d’abord",
        quorum=2,
        answer_days=7,
        on=today - FOUNDED,
    )
    for name, capacity in LOCAL_MEMBERS:
        allocation.name_member(actor=founder, commission=local, name=name, capacity=capacity, starts_on=today - FOUNDED)
    return {CommissionKind.CALEOL: caleol, CommissionKind.LOCAL: local}


def room(staff: Staff, commission: Commission, *, today: date) -> Room:
    """Put people to work in a commission: its own secretary, the SIAO, who manages the homes."""
    is_social = commission.kind == CommissionKind.CALEOL
    grids = allocation.load_grids(settings.REFERENCE_DIR / "scoring-grids", actor=staff.program("siao"))
    return Room(
        commission=commission,
        grid=grids[0],
        secretary=staff.program("bailleur" if is_social else "metropole"),
        siao=staff.program("siao"),
        landlord=staff.program("bailleur" if is_social else "agence"),
    )


def hold(held: Room, table: list[Offer], *, held_on: date, reason: str) -> tuple[list[OfferLetter], list[Offer]]:
    """Decide on each home and write to the first ranked; a home nobody or too few wait for comes back later."""
    drawn = [draw(held, offer, on=held_on - timedelta(days=7)) for offer in table]
    put_back = [offer for offer, each in zip(table, drawn, strict=True) if each is None]
    ready = [each for each in drawn if each is not None]
    if not ready:
        return [], put_back
    sitting, items = _call(held, ready, held_on)
    members = list(held.commission.members.order_by("pk"))
    allocation.record_attendance(actor=held.secretary, sitting=sitting, members=members)
    for item in items:
        for candidacy in item.round.candidacies.order_by("rank"):
            verdict = allocation.Verdict(kind=DecisionKind.ALLOCATED_RANKED, rank=candidacy.rank, reason=reason)
            allocation.decide(actor=held.secretary, item=item, candidacy=candidacy, verdict=verdict, on=held_on)
    allocation.close_sitting(actor=held.secretary, sitting=sitting)
    written = held_on + timedelta(days=1)
    letters = []
    for item in items:
        try:
            letters.append(allocation.offer_next_rank(actor=held.secretary, item=item, sent_on=written))
        except NobodyNext:
            put_back.append(item.round.offer)
    return letters, put_back


def prepare(held: Room, table: list[Offer], *, held_on: date) -> None:
    """Call a sitting to come, with what was drawn for it on its table."""
    drawn = [draw(held, offer, on=timezone.localdate() - timedelta(days=2)) for offer in table]
    _call(held, [each for each in drawn if each is not None], held_on)


def _call(held: Room, drawn: list[Round], held_on: date) -> tuple[Sitting, list[SittingItem]]:
    sitting = allocation.call_sitting(actor=held.secretary, commission=held.commission, held_on=held_on)
    put = [allocation.put_on_table(actor=held.secretary, sitting=sitting, round_=each) for each in drawn]
    return sitting, put


def draw(held: Room, offer: Offer, *, on: date) -> Round | None:
    """Open and draw the round of a home; a round with too few candidates for its commission is cancelled."""
    chance = Random(offer.dwelling.reference)  # noqa: S311  a story, not a secret
    try:
        opened = rounds.open_round(
            actor=held.siao, offer=offer, grid=held.grid, on=on, at=_at(on, 9), entropy=chance.randbytes
        )
    except NobodyToExamine:
        return None
    numbers = " ".join(f"{number:02d}" for number in sorted(chance.sample(range(1, 50), 5)))
    public = PublicRandomness(value=numbers, source=SOURCE, drawn_at=_at(on, 20))
    drawn = allocation.draw_round(actor=held.siao, round_=opened, public=public, at=_at(on + timedelta(days=1), 10))
    if drawn.candidacies.count() >= (LEGAL_LEAST if held.commission.kind == CommissionKind.CALEOL else 1):
        return drawn
    allocation.cancel_round(actor=held.siao, round_=drawn, reason="Trop peu de candidats ; remis à plus tard.")
    return None


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
