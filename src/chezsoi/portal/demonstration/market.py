"""The homes of the history and the sittings that decide on them: two commissions, one a month each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from chezsoi.allocation import actions as allocation
from chezsoi.allocation.actions.offers import NobodyNext
from chezsoi.allocation.choices import CommissionKind
from chezsoi.allocation.models import Commission, OfferLetter
from chezsoi.homes import actions as homes
from chezsoi.homes.choices import OwnerKind, Stock
from chezsoi.homes.models import Offer, Owner
from chezsoi.journeys import street_to_home
from chezsoi.portal.demonstration import invention, sittings, words
from chezsoi.portal.demonstration.accounts import Staff
from chezsoi.portal.demonstration.sittings import Room
from chezsoi.support import actions as support
from chezsoi.tenancies.choices import LeaseKind
from chezsoi.territories.models import Commune, Territory

SOCIAL_SHARE = 0.6
FUNDINGS = ({"funding": "PLAI"}, {"funding": "PLAI"}, {"funding": "PLUS"}, {"funding": "PLAI_A"})
CONTRACTS = ("sublease", "sublease", "management_mandate", "sliding_lease")
HOLDERS = ("prefect", "prefect", "action_logement", "municipality", "landlord")
ENERGY = "AABBCCCCCDDDDDDEEEEFFG"
ROOMS = (1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5)
ON_ONE_TABLE = {CommissionKind.CALEOL: 3, CommissionKind.LOCAL: 2}
TABLES_AT_MOST = 2
NEXT_SITTING = timedelta(days=9)


@dataclass(slots=True, kw_only=True)
class Market:
    """Homes that become free, wait for their sitting, and are let."""

    territory: Territory
    staff: Staff
    today: date
    chance: Random
    communes: list[Commune]
    free: dict[CommissionKind, list[Offer]] = field(default_factory=lambda: {kind: [] for kind in ON_ONE_TABLE})
    commissions: dict[CommissionKind, Commission] = field(default_factory=dict)
    owners: list[Owner] = field(default_factory=list)
    took_a_home: set[int] = field(default_factory=set)
    tables: dict[int, int] = field(default_factory=dict)
    made: int = 0

    def __post_init__(self) -> None:
        self.commissions = sittings.commissions_of(self.territory, self.staff, today=self.today)
        self.owners = list(self._owners())

    def hold(self, month: int, *, homes: int) -> Iterator[int]:
        """Free some homes in a month, hold its two sittings, and give the households housed."""
        opened_on = self.today - timedelta(days=30 * month)
        for _home in range(homes):
            self._free(opened_on)
        held_on = opened_on + timedelta(days=15)
        for kind, places in ON_ONE_TABLE.items():
            table, self.free[kind] = self.free[kind][:places], self.free[kind][places:]
            yield from self._sit(kind, table, held_on)

    def prepare_next(self) -> None:
        """Call the sittings to come, and put on their table what waits."""
        for kind, commission in self.commissions.items():
            room = self._room(commission, self.today)
            table = [offer for offer in self.free[kind] if offer.is_open][: ON_ONE_TABLE[kind]]
            sittings.prepare(room, table, held_on=self.today + NEXT_SITTING)

    def _sit(self, kind: CommissionKind, table: list[Offer], held_on: date) -> Iterator[int]:
        room = self._room(self.commissions[kind], held_on)
        offered, put_back = sittings.hold(room, table, held_on=held_on, reason=self.chance.choice(words.REASONS))
        self.free[kind] += [offer for offer in put_back if self._may_come_back(offer)]
        for letter in offered:
            answered = self._answer(room, letter)
            if answered is not None:
                yield answered

    def _answer(self, room: Room, letter: OfferLetter) -> int | None:
        """Let the household answer, then the next if it says no; the last sittings still wait for theirs."""
        answered_on = letter.sent_on + timedelta(days=self.chance.randrange(2, 9))
        if answered_on >= self.today:
            return None
        household_id = letter.decision.candidacy.household_id
        has_one = household_id in self.took_a_home
        says_yes = not has_one and self.chance.random() < 0.85
        allocation.record_answer(
            actor=room.siao,
            letter=letter,
            is_accepted=says_yes,
            answered_on=answered_on,
            words=words.HAS_ONE if has_one else self.chance.choice(words.YESES if says_yes else words.NOS),
        )
        if says_yes:
            self.took_a_home.add(household_id)
            return self._house(room, letter, answered_on + timedelta(days=self.chance.randrange(5, 15)))
        try:
            following = allocation.offer_next_rank(
                actor=room.secretary, item=letter.decision.item, sent_on=answered_on + timedelta(days=1)
            )
        except NobodyNext:
            return None
        return self._answer(room, following)

    def _house(self, room: Room, letter: OfferLetter, signed_on: date) -> int | None:
        if signed_on >= self.today:
            return None
        candidacy = letter.decision.candidacy
        housed = street_to_home.house(
            actor=room.landlord,
            candidacy=candidacy,
            kind=LeaseKind(candidacy.offer.tenure),
            signed_on=signed_on,
            starts_on=signed_on + timedelta(days=1),
        )
        for task in housed.measure.task_set.all():
            if task.due_on < self.today - timedelta(days=20):
                support.complete_task(actor=room.landlord, task=task, done_on=task.due_on)
        return int(candidacy.household_id)

    def _may_come_back(self, offer: Offer) -> bool:
        """Let a home come back to one later table; then it waits for a household of its size."""
        self.tables[offer.pk] = self.tables.get(offer.pk, 0) + 1
        return self.tables[offer.pk] < TABLES_AT_MOST

    def _room(self, commission: Commission, day: date) -> Room:
        return sittings.room(self.staff, commission, today=day)

    def _owners(self) -> Iterator[Owner]:
        for name in words.OWNERS:
            kind = OwnerKind.COMPANY if name.startswith("SCI") else OwnerKind.PERSON
            yield homes.register_owner(
                actor=self.staff.program("agence"), territory=self.territory, name=name, kind=kind
            )

    def _free(self, on: date) -> None:
        self.made += 1
        is_social = self.chance.random() < SOCIAL_SHARE
        kind = CommissionKind.CALEOL if is_social else CommissionKind.LOCAL
        offer = self._offer(is_social, on)
        if offer.is_open:
            self.free[kind].append(offer)

    def _offer(self, is_social: bool, on: date) -> Offer:
        chance, writer = self.chance, self.staff.program("bailleur" if is_social else "agence")
        rooms = chance.choice(ROOMS)
        surface = 12 + 15 * rooms + chance.randrange(9)
        dwelling = homes.register_dwelling(
            actor=writer,
            territory=self.territory,
            reference=f"H57-{self.made:04d}",
            stock=Stock.SOCIAL if is_social else Stock.PRIVATE,
            owner=None if is_social else chance.choice(self.owners),
            features=self._features(rooms, surface),
        )
        terms = homes.Terms(
            **({**chance.choice(FUNDINGS), "tenure": "direct", "reservation_holder": chance.choice(HOLDERS)}
               if is_social else {"tenure": chance.choice(CONTRACTS)}),
            rent_per_month=invention.rent(rooms, surface, is_social=is_social, chance=chance),
            charges_per_month=Decimal(18 + 14 * rooms),
            available_on=on,
        )  # fmt: skip
        return homes.make_offer(actor=writer, dwelling=dwelling, terms=terms, on=on)

    def _features(self, rooms: int, surface: int) -> homes.Features:
        chance = self.chance
        floor = chance.randrange(5)
        return homes.Features(
            address=f"{chance.randrange(1, 80)} {chance.choice(words.STREETS)}",
            commune=self.communes[0] if chance.random() < 0.7 else chance.choice(self.communes[:8]),
            rooms=rooms,
            surface_m2=Decimal(surface),
            floor=floor,
            has_lift=floor > 1 and chance.random() < 0.6,
            is_wheelchair_accessible=floor == 0 and chance.random() < 0.4,
            energy_class=chance.choice(ENERGY),
        )
