"""One of each thing that has an address, belonging to one organisation in one territory."""

import io
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from chezsoi.allocation import actions as allocation
from chezsoi.allocation.choices import CommissionKind, DecisionKind, ReasonCode
from chezsoi.allocation.models import HomeAsk, JointRound, Refusal, Round, Sitting, SittingItem, Turn
from chezsoi.allocation.refusal_reasons import RefusalReason
from chezsoi.engines.matching import PublicRandomness
from chezsoi.files import actions as files
from chezsoi.files.choices import SourceKind
from chezsoi.files.models import ImportBatch
from chezsoi.homes import actions as homes
from chezsoi.homes.choices import Stock
from chezsoi.homes.models import Offer
from chezsoi.journeys import snapshots, street_to_home
from chezsoi.people import actions as people
from chezsoi.people.actions.importing import hold_rows
from chezsoi.people.models import HeldRow, Household, PossibleDuplicate
from chezsoi.support import actions as support
from chezsoi.support.choices import TaskKind
from chezsoi.support.models import Task
from chezsoi.tenancies import actions as tenancies
from chezsoi.tenancies.choices import CallReason, LeaseKind
from chezsoi.tenancies.models import LandlordCall, Lease
from chezsoi.territories.access import Actor, Can
from chezsoi.territories.models import Commune, Organisation, Territory, User
from tests.factories import territories
from tests.matrix import canaries

TODAY = timezone.localdate()
LONG_AGO = TODAY - timedelta(days=120)
NOW = timezone.now()


@dataclass(frozen=True, slots=True, kw_only=True)
class Estate:
    """An organisation at work in a territory, and who writes in its name."""

    tag: str
    number: int
    territory: Territory
    organisation: Organisation
    commune: Commune
    reservation_holder: str = ""
    sits: User | None = None

    @property
    def writer(self) -> Actor:
        return territories.program(self.territory, organisation=self.organisation)

    def canaries(self, name: str, offset: int = 0) -> canaries.Canaries:
        return canaries.Canaries(tag=f"{self.tag}{name}", number=self.number + offset)

    def address(self, name: str) -> str:
        return f"{self.number} quai {self.tag}{name}"

    def household(self, name: str, offset: int = 0, *, on: Any = TODAY, known_by_nobody: bool = False) -> Household:
        """Register a household in the circle of the organisation, or in nobody's."""
        writer = territories.program(self.territory) if known_by_nobody else self.writer
        described = canaries.household(self.canaries(name, offset), self.commune)
        return people.register_household(
            actor=writer, territory=self.territory, household=described, on=on, looks_for_duplicates=False
        )

    def offer(self, name: str) -> Offer:
        owner = homes.register_owner(
            actor=self.writer,
            territory=self.territory,
            name=f"{self.tag} {name}",
            organisation=self.organisation,
        )
        features = homes.Features(
            address=self.address(name), commune=self.commune, rooms=1, surface_m2=Decimal(30), energy_class="C"
        )
        dwelling = homes.register_dwelling(
            actor=self.writer,
            territory=self.territory,
            reference=f"L-{self.tag}-{name}",
            stock=Stock.PRIVATE,
            owner=owner,
            features=features,
        )
        terms = homes.Terms(
            rent_per_month=Decimal(300),
            charges_per_month=Decimal(20),
            reservation_holder=self.reservation_holder,
        )
        return homes.make_offer(actor=self.writer, dwelling=dwelling, terms=terms, on=TODAY)


def round_of(estate: Estate, offer: Offer, *households: Household, drawn: bool = True) -> Round:
    """Search a tenant among some households; draw them unless told."""
    everyone = snapshots.waiting(estate.territory, on=TODAY, actor=estate.writer)
    references = {household.reference for household in households}
    grid = allocation.load_grids(settings.REFERENCE_DIR / "scoring-grids", actor=estate.writer)[0]
    opened = allocation.open_round(
        actor=estate.writer,
        offer=offer,
        snapshot=[each for each in everyone if each.ref in references],
        grid=grid,
        on=TODAY,
        at=NOW - timedelta(hours=2),
    )
    if not drawn:
        return opened
    number = PublicRandomness(value="3 9 27", source="a public draw", drawn_at=NOW - timedelta(hours=1))
    return allocation.draw_round(actor=estate.writer, round_=opened, public=number, at=NOW)


def joint_of(estate: Estate, name: str, *households: Household, drawn: bool = True) -> JointRound:
    """Share two homes out among some households; draw them unless told."""
    everyone = snapshots.waiting(estate.territory, on=TODAY, actor=estate.writer)
    references = {household.reference for household in households}
    opened = allocation.open_joint_round(
        actor=estate.writer,
        territory=estate.territory,
        offers=[estate.offer(f"{name}-1"), estate.offer(f"{name}-2")],
        snapshot=[each for each in everyone if each.ref in references],
        grid=allocation.load_grids(settings.REFERENCE_DIR / "scoring-grids", actor=estate.writer)[0],
        on=TODAY,
        at=NOW - timedelta(hours=2),
    )
    if not drawn:
        return opened
    number = PublicRandomness(value="3 9 27", source="a public draw", drawn_at=NOW - timedelta(hours=1))
    return allocation.draw_joint_round(actor=estate.writer, joint=opened, public=number, at=NOW)


def sitting_of(estate: Estate, *rounds: Round, days_ago: int) -> Sitting:
    """Sit, all present, with some rounds on the table."""
    commission = allocation.register_commission(
        actor=estate.writer,
        territory=estate.territory,
        organisation=estate.organisation,
        kind=CommissionKind.LOCAL,
        name=f"Commission {estate.tag} {days_ago}",
        quorum=1,
        answer_days=10,
        on=TODAY,
    )
    member = allocation.name_member(
        actor=estate.writer,
        commission=commission,
        name=f"Member {estate.tag}",
        capacity="the city",
        starts_on=LONG_AGO,
        user=estate.sits,
    )
    day = TODAY - timedelta(days=days_ago)
    sitting = allocation.call_sitting(actor=estate.writer, commission=commission, held_on=day)
    for each in rounds:
        allocation.put_on_table(actor=estate.writer, sitting=sitting, round_=each)
    return allocation.record_attendance(actor=estate.writer, sitting=sitting, members=[member])


def decide_all(estate: Estate, sitting: Sitting) -> None:
    """Give each home of the table to its first candidate but the last, refused to its own, and close the sitting."""
    last = SittingItem.objects.filter(sitting=sitting).latest("pk")
    for item in SittingItem.objects.filter(sitting=sitting).order_by("pk"):
        candidacy = item.round.candidacies.get()
        verdict = allocation.Verdict(kind=DecisionKind.ALLOCATED_RANKED, rank=1, reason="best ranked")
        if item == last:
            verdict = allocation.Verdict(
                kind=DecisionKind.NOT_ALLOCATED, reason_code=ReasonCode.SIZE, reason="two rooms for five"
            )
        allocation.decide(actor=estate.writer, item=item, candidacy=candidacy, verdict=verdict, on=TODAY)
    sitting.refresh_from_db()
    allocation.close_sitting(actor=estate.writer, sitting=sitting)


def lease_of(estate: Estate, round_: Round) -> Any:
    """House the only candidate of a decided round."""
    candidacy = round_.candidacies.get()
    letter = allocation.send_offer(actor=estate.writer, candidacy=candidacy, sent_on=TODAY)
    allocation.record_answer(actor=estate.writer, letter=letter, is_accepted=True, answered_on=TODAY)
    candidacy.refresh_from_db()
    return street_to_home.house(
        actor=estate.writer, candidacy=candidacy, kind=LeaseKind.DIRECT, signed_on=TODAY, starts_on=TODAY
    ).lease


def call_of(estate: Estate, lease: Lease) -> LandlordCall:
    """Have the landlord call the support of its tenant."""
    return tenancies.call_support(
        actor=estate.writer, lease=lease, reason=CallReason.RENT, on=TODAY, household_knows=True
    )


def pair_of(estate: Estate) -> PossibleDuplicate:
    """Meet somebody twice."""
    for suffix in ("", "bis"):
        known = estate.canaries("twin", 5)
        described = canaries.household(known, estate.commune)
        people.register_household(
            actor=estate.writer,
            territory=estate.territory,
            household=type(described)(members=described.members, reference=f"{known.reference}{suffix}"),
            on=TODAY,
        )
    return PossibleDuplicate.objects.order_by("-pk")[0]


FILES = {
    SourceKind.PEOPLE: (
        Can.IMPORT_PEOPLE,
        "numero;nom;prenom;naissance;lien\nI-{tag};{name};Ada;31/02/1980;demandeur\n",
    ),
    SourceKind.HOMES: (Can.IMPORT_HOMES, "numero;adresse;loyer\nL-{name};1 quai {tag}sent;many\n"),
}


def file_of(estate: Estate, kind: SourceKind) -> ImportBatch:
    """Send a file with one row that cannot be read, so that its words are on the page."""
    can, text = FILES[kind]
    source = files.ensure_source(
        actor=estate.writer,
        can=can,
        territory=estate.territory,
        organisation=estate.organisation,
        kind=kind,
        key="usual",
    )
    written = text.format(tag=estate.tag, name=estate.canaries("sent", 4).family_name)
    return files.open_batch(
        actor=estate.writer,
        can=can,
        source=source,
        content=io.BytesIO(written.encode()),
        file_name=f"{estate.tag}sent.csv",
        as_of_on=TODAY,
    )


def held_of(estate: Estate, batch: ImportBatch) -> HeldRow:
    """Hold a row of a file, as if it looked like somebody known."""
    name = estate.canaries("sent", 4).family_name
    hold_rows(actor=estate.writer, batch=batch, rows={2: ([f"I-{estate.tag}", name], [])})
    return HeldRow.objects.get(batch=batch)


def grids_of(estate: Estate) -> dict[str, Any]:
    """Publish the grid of a territory, and begin the draft of the next."""
    writer, place = estate.writer, estate.territory
    sample = allocation.load_grids(settings.REFERENCE_DIR / "scoring-grids", actor=writer)[0]
    first = allocation.start_draft(actor=writer, origin=sample, territory=place, on=TODAY, at=NOW)
    facts = allocation.DraftFacts(
        title=f"Grid {estate.tag}", source="deliberation", valid_from=TODAY, points_per_month=1, max_points=24
    )
    allocation.describe_draft(actor=writer, draft=first, facts=facts, at=NOW)
    grid = allocation.publish_draft(actor=writer, draft=first, on=TODAY, at=NOW)
    return {"grid": grid, "draft": allocation.start_draft(actor=writer, origin=grid, territory=place, on=TODAY, at=NOW)}


def refusal_of(estate: Estate, round_: Round) -> Refusal:
    """Have the landlord refuse the candidate of a round."""
    return allocation.note_refusal(
        actor=estate.writer,
        candidacy=round_.candidacies.get(),
        reason=RefusalReason.LANDLORD_OTHER,
        on=TODAY,
    )


def reservations_of(estate: Estate, household: Household) -> dict[str, Any]:
    """Sign an agreement, give the turn of a vacancy to the organisation, and ask it for a home."""
    place, year = estate.territory, TODAY.year
    body = territories.organisation(place)
    terms = allocation.AgreementTerms(holder=body, kind="authority", year=year, share=Decimal("0.1"))
    signed = allocation.record_agreement(
        actor=estate.writer, territory=place, landlord=estate.organisation, terms=terms, on=TODAY
    )
    turn = Turn.objects.create(
        offer=estate.offer("turned"), landlord=estate.organisation, holder=estate.organisation, kind="prefect",
        turned_on=TODAY, due_on=TODAY, facts={"rule": "no_agreement", "year": year},
    )  # fmt: skip
    asked = HomeAsk.objects.create(
        household=household, holder=estate.organisation, asked_for=estate.organisation, asked_on=TODAY
    )
    return {"agreement": signed, "turn": turn, "ask": asked}


def task_of(estate: Estate, household: Household) -> Task:
    """Plan a first visit."""
    return support.plan_task(
        actor=estate.writer,
        household=household,
        kind=TaskKind.FIRST_VISIT,
        due_on=TODAY,
        organisation=estate.organisation,
    )


def things(estate: Estate) -> dict[str, Any]:
    """Build one of each thing that has an address."""
    candidate, tenant = estate.household("candidate", 1), estate.household("tenant", 2)
    offered, let = estate.offer("offered"), estate.offer("let")
    turned_away = round_of(estate, estate.offer("turned-away"), candidate)
    decided = round_of(estate, offered, candidate), round_of(estate, let, tenant), turned_away
    closed = sitting_of(estate, *decided, days_ago=0)
    decide_all(estate, closed)
    lease = lease_of(estate, decided[1])
    waiting = estate.household("waiting", 3)
    undecided = round_of(estate, estate.offer("undecided"), waiting)
    sitting = sitting_of(estate, undecided, days_ago=1)
    letter = allocation.send_offer(actor=estate.writer, candidacy=decided[0].candidacies.get(), sent_on=TODAY)
    idle = estate.offer("idle")
    sent = {f"{kind} file": file_of(estate, kind) for kind in SourceKind}
    return {
        "offer": idle,
        "dwelling": offered.dwelling,
        "drawn": undecided,
        "committed": round_of(estate, estate.offer("frozen"), waiting, drawn=False),
        "joint": joint_of(estate, "shared", waiting),
        "joint to draw": joint_of(estate, "frozen-together", waiting, drawn=False),
        "closed": closed,
        "sitting": sitting,
        "item": SittingItem.objects.get(sitting=sitting),
        "candidacy": undecided.candidacies.get(),
        "offered": letter.decision.candidacy,
        "turned away": turned_away.candidacies.get(),
        "letter": letter,
        "refusal": refusal_of(estate, undecided),
        "lease": lease,
        "call": call_of(estate, lease),
        "task": task_of(estate, waiting),
        **reservations_of(estate, waiting),
        "pair": pair_of(estate),
        "territory": estate.territory,
        **sent,
        "held row": held_of(estate, sent["people file"]),
        **{f"stopped {kind} file": file_of(estate, kind) for kind in SourceKind},
    }
