"""A lease, what it starts from (a home on offer, allocated to a household that said yes), and what tenants wish."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from chezsoi.allocation.choices import CandidacyState, CommissionKind, DecisionKind, RoundState, SittingState
from chezsoi.allocation.models import Candidacy, Commission, Decision, Round, ScoringGrid, Sitting, SittingItem
from chezsoi.homes import actions as homes
from chezsoi.homes.choices import Stock
from chezsoi.homes.models import Offer
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household
from chezsoi.tenancies import actions
from chezsoi.tenancies.choices import LeaseKind
from chezsoi.tenancies.models import ExchangeWish, Lease
from chezsoi.territories.models import Commune, Territory
from tests.factories import territories

_numbers = count(1)
DECIDED_BEFORE = timedelta(days=5)


def offer(
    *,
    agent: Actor,
    stock: str = Stock.SOCIAL,
    energy_class: str = "D",
    rooms: int = 2,
    commune: str = "57463",
    **terms: object,
) -> Offer:
    """Put a home on offer, of two rooms in Metz unless told, by the landlord an actor works for."""
    place = Territory.objects.get(pk=min(agent.territory_ids))
    number = next(_numbers)
    owner = homes.register_owner(
        actor=agent,
        territory=place,
        name=f"Owner {number}",
        organisation=territories.organisation_of(agent),
    )
    dwelling = homes.register_dwelling(
        actor=agent,
        territory=place,
        reference=f"L-{number}",
        stock=stock,
        owner=owner,
        features=homes.Features(
            address=f"{number} rue Clovis",
            commune=Commune.objects.get(code=commune),
            rooms=rooms,
            surface_m2=Decimal(48),
            floor=1,
            has_lift=True,
            energy_class=energy_class,
        ),
    )
    terms = {"rent_per_month": Decimal(380), "charges_per_month": Decimal(60), **terms}
    return homes.make_offer(actor=agent, dwelling=dwelling, terms=homes.Terms(**terms), on=timezone.localdate())


def grid() -> ScoringGrid:
    """Give a grid that nobody reads."""
    return ScoringGrid.objects.get_or_create(
        key="any", version="1", defaults={"valid_from": date(2026, 1, 1), "content": {}, "sha256": "0" * 64}
    )[0]


def candidacy(
    household: Household, *, offer: Offer, state: str = CandidacyState.ACCEPTED, decided_on: date | None = None
) -> Candidacy:
    """Make the candidacy of a household that the commission chose for a home."""
    day = decided_on or timezone.localdate() - DECIDED_BEFORE
    round_ = _round(offer)
    chosen = Candidacy.objects.create(
        round=round_, offer=offer, household=household, rank=round_.candidacies.count() + 1, points=90, state=state
    )
    Decision.objects.create(
        item=_item(round_, day),
        candidacy=chosen,
        kind=DecisionKind.ALLOCATED_RANKED,
        rank=chosen.rank,
        reason="best ranked",
        decided_on=day,
    )
    return chosen


def _round(offer: Offer) -> Round:
    now = timezone.now()
    return Round.objects.get_or_create(
        offer=offer,
        defaults={
            "grid": grid(),
            "state": RoundState.DRAWN,
            "frozen_at": now,
            "frozen_on": timezone.localdate(),
            "snapshot": "[]",
            "snapshot_sha256": "0" * 64,
            "seed": "seed",
            "seed_commitment": "0" * 64,
            "public_randomness": "07 12 23",
            "randomness_source": "a public draw",
            "randomness_published_at": now,
            "drawn_at": now,
        },
    )[0]


def _item(round_: Round, day: date) -> SittingItem:
    if hasattr(round_, "item"):
        return round_.item
    dwelling = round_.offer.dwelling
    commission = Commission.objects.create(
        territory=dwelling.territory,
        organisation=dwelling.owner.organisation,
        kind=CommissionKind.LOCAL,
        name="Commission",
        quorum=1,
        answer_days=10,
    )
    sitting = Sitting.objects.create(commission=commission, held_on=day, state=SittingState.CLOSED)
    return SittingItem.objects.create(sitting=sitting, round=round_)


def lease(household: Household, *, agent: Actor, **home: Any) -> Lease:
    """House a household in a home of the landlord an actor works for, from today."""
    chosen = candidacy(household, offer=offer(agent=agent, **home))
    day = timezone.localdate()
    signed = actions.sign_lease(actor=agent, candidacy=chosen, kind=LeaseKind.DIRECT, signed_on=day, starts_on=day)
    Candidacy.objects.filter(pk=chosen.pk).update(state=CandidacyState.HOUSED)
    return signed


def exchange(household: Household, *, communes: Sequence[str] = (), **wished: Any) -> ExchangeWish:
    """Let a tenant household say which homes it would exchange its own for."""
    return actions.state_exchange(
        actor=territories.program(household.territory),
        household=household,
        wished=actions.HomeWished(**wished),
        communes=[Commune.objects.get(code=code) for code in communes],
        on=timezone.localdate(),
        is_their_wish=True,
    )
