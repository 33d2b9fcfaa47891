"""Requests, rounds, commissions and answers, through the apps' own actions."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from chezsoi.allocation import actions, queries
from chezsoi.allocation.actions import DraftFacts, RequestFacts, Verdict, WrittenCriterion
from chezsoi.allocation.choices import (
    CommissionKind,
    Company,
    DecisionKind,
    FewCandidates,
    ReasonCode,
    RequestAct,
    Sharing,
)
from chezsoi.allocation.models import (
    Appeal,
    Candidacy,
    Commission,
    CommissionMember,
    CompanyWish,
    GridDraft,
    HousingRequest,
    JointRound,
    OfferLetter,
    Pause,
    PriorityLabel,
    RequestEvent,
    Round,
    ScoringGrid,
    SharingWish,
    Sitting,
    SittingItem,
)
from chezsoi.engines import matching
from chezsoi.homes.choices import Stock
from chezsoi.homes.models import Offer
from chezsoi.journeys import company, snapshots
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household
from chezsoi.territories.models import Organisation, Territory
from tests.factories import homes, people, territories

_numbers = count(1)


def today() -> date:
    return timezone.localdate()


def now() -> datetime:
    return timezone.now()


def grid() -> ScoringGrid:
    """Publish the sample grid."""
    content = json.loads((Path(settings.REFERENCE_DIR) / "scoring-grids" / "sample-1.json").read_text())
    return actions.load_grid(actor=territories.program(), content=content)


def draft(place: Territory | None = None, *, epci_siren: str = "", actor: Actor | None = None) -> GridDraft:
    """Begin a draft from the sample grid, one criterion heavier, written by somebody else than who will publish it."""
    where = place or territories.territory()
    writer = actor or territories.program(where)
    begun = actions.start_draft(
        actor=writer, origin=grid(), territory=where, epci_siren=epci_siren, on=today(), at=now()
    )
    shelter = WrittenCriterion(rubric="home", label="In a shelter", points=120, one_of=("chrs", "hotel"))
    return actions.write_criterion(actor=writer, draft=begun, written=shelter, at=now())


def published_grid(
    place: Territory | None = None, *, epci_siren: str = "", valid_from: date | None = None
) -> ScoringGrid:
    """Publish the grid of a territory, or of an intercommunal body of it."""
    made = draft(place, epci_siren=epci_siren)
    program = territories.program(made.territory)
    facts = DraftFacts(
        title="Grid of here", source="Deliberation", valid_from=valid_from or today(), points_per_month=2, max_points=48
    )
    actions.describe_draft(actor=program, draft=made, facts=facts, at=now())
    return actions.publish_draft(actor=program, draft=made, on=today(), at=now())


def request(
    household: Household,
    *labels: str,
    communes: Sequence[str] = (),
    actor: Actor | None = None,
    **facts: object,
) -> HousingRequest:
    """Record a request made two years ago, able to bear 500 € a month, unless told."""
    writer = actor or territories.program(household.territory)
    facts.setdefault("requested_on", today() - timedelta(days=700))
    facts.setdefault("max_outlay_per_month", Decimal(500))
    facts.setdefault("number", f"{next(_numbers):018}")
    facts.setdefault("needs_wheelchair_access", False)
    facts.setdefault("needs_lift_or_ground", False)
    made = actions.record_request(actor=writer, household=household, facts=RequestFacts(**facts), heard_on=today())
    actions.record_labels(actor=writer, request=made, labels=labels, noted_on=today())
    places = [homes.commune(code) for code in communes]
    actions.wish_communes(actor=writer, request=made, communes=places, on=today())
    return made


def ground(household: Household, label: str = "dalo") -> PriorityLabel:
    """Note a ground of priority of a household, which asks for nothing else."""
    writer = territories.program(household.territory)
    made = HousingRequest.objects.filter(household=household).first() or actions.record_request(
        actor=writer, household=household, facts=RequestFacts(), heard_on=today()
    )
    return actions.prove_ground(actor=writer, request=made, label=label, evidence=actions.Evidence(), noted_on=today())


def renewed(household: Household) -> RequestEvent:
    """Renew the request of a household today."""
    writer = territories.program(household.territory)
    return actions.act_on_request(
        actor=writer, request=HousingRequest.objects.get(household=household), act=RequestAct.RENEW, on=today()
    )


def appeal(household: Household, **facts: object) -> Appeal:
    """Note that a household contests a home not allocated to it."""
    writer = territories.program(household.territory)
    facts = {"about": "not_allocated", "body": "landlord", "lodged_on": today(), **facts}
    asked = HousingRequest.objects.get(household=household)
    return actions.lodge_appeal(actor=writer, request=asked, **facts)


def pause(household: Household, *, days: int = 30) -> Pause:
    """Note that a household asks to be proposed nothing for some days."""
    return actions.ask_pause(
        actor=territories.program(household.territory),
        household=household,
        on=today(),
        until_on=today() + timedelta(days=days),
        is_their_wish=True,
    )


def household(
    *labels: str, actor: Actor | None = None, territory: Territory | None = None, **facts: object
) -> Household:
    """Register a woman in the street, and what she asks for."""
    number = next(_numbers)
    place = territory or territories.territory()
    made = people.household(
        people.member(birth_name=f"Nom{number}", situation=people.street(today())),
        reference=f"F-{number:04}",
        actor=actor,
        territory=place,
    )
    request(made, *labels, **facts)
    return made


def households(number: int = 4, **facts: object) -> list[Household]:
    """Register several, each waiting a month less than the one before: the first is the first rank."""
    return [household(requested_on=today() - timedelta(days=31 * (30 - place)), **facts) for place in range(number)]


def offer(*, stock: str = Stock.SOCIAL, landlord: Organisation | None = None, **terms: object) -> Offer:
    home = homes.dwelling(owner=homes.owner(landlord), stock=stock)
    return homes.offer(home, on=today(), **terms)


def rooms(number: int = 2, *, landlord: Organisation | None = None, **traits: object) -> list[Offer]:
    """Offer a home of Metz room by room."""
    home = homes.dwelling(owner=homes.owner(landlord), stock=Stock.PRIVATE, rooms=number + 1, **traits)
    return homes.let_by_rooms(home, number)


def sharing(household: Household, wish: str = Sharing.ALSO) -> SharingWish:
    """Let a household say that it would live with others."""
    program = territories.program(household.territory)
    return actions.state_sharing(actor=program, household=household, wish=wish, on=today(), is_their_wish=True)


def refuses(household: Household, other: Household) -> CompanyWish:
    """Let a household say that it would not live with another."""
    return _company(household, other, Company.WITHOUT)


def wishes(household: Household, other: Household) -> CompanyWish:
    """Let a household say that it wishes to live with another."""
    return _company(household, other, Company.WITH)


def _company(household: Household, other: Household, kind: str) -> CompanyWish:
    program = territories.program(household.territory)
    return actions.state_company(actor=program, household=household, file_number=other.reference, kind=kind, on=today())


def public_number(published_at: datetime | None = None, value: str = "3 14 15 92 65") -> matching.PublicRandomness:
    return matching.PublicRandomness(value=value, source="a national lottery", drawn_at=published_at or now())


def committed(of: Offer | None = None, *, at: datetime | None = None) -> Round:
    """Freeze everyone who waits for a home, a social one unless told."""
    home = of or _offer()
    place = home.dwelling.territory
    found = snapshots.dated(place, on=today(), actor=territories.program(place))
    return actions.open_round(
        actor=territories.program(place),
        offer=home,
        snapshot=found.households,
        days=found.days,
        grid=grid(),
        on=today(),
        at=at or now() - timedelta(hours=2),
    )


def joint(offers: Sequence[Offer], *, territory: Territory | None = None) -> JointRound:
    """Freeze everyone who waits for several homes together, and with whom they would live."""
    place = territory or offers[0].dwelling.territory
    program = territories.program(place)
    found = snapshots.dated(place, on=today(), actor=program)
    return actions.open_joint_round(
        actor=program,
        territory=place,
        offers=offers,
        snapshot=found.households,
        days=found.days,
        company=company.company(place, on=today(), actor=program),
        grid=grid(),
        on=today(),
        at=now() - timedelta(hours=2),
    )


def drawn_together(offers: Sequence[Offer]) -> JointRound:
    """Freeze everyone who waits for several homes together, and draw."""
    opened = joint(offers)
    return actions.draw_joint_round(
        actor=territories.program(opened.territory),
        joint=opened,
        public=public_number(now() - timedelta(hours=1)),
        at=now(),
    )


def drawn(of: Offer | None = None, *, size: int = 4) -> Round:
    """Freeze everyone who waits, and draw."""
    home = of or _offer()
    return actions.draw_round(
        actor=territories.program(home.dwelling.territory),
        round_=committed(home),
        public=public_number(now() - timedelta(hours=1)),
        at=now(),
        size=size,
    )


def commission(
    kind: str = CommissionKind.CALEOL,
    *,
    organisation: Organisation | None = None,
    quorum: int = 2,
    answer_days: int = 10,
    territory: Territory | None = None,
) -> Commission:
    place = territory or territories.territory()
    return actions.register_commission(
        actor=territories.program(place),
        territory=place,
        organisation=organisation or territories.organisation(place),
        kind=kind,
        name=f"Commission {next(_numbers)}",
        quorum=quorum,
        answer_days=answer_days,
        on=today(),
    )


def members(of: Commission, number: int = 3, *, has_vote: bool = True) -> list[CommissionMember]:
    return [
        actions.name_member(
            actor=territories.program(of.territory),
            commission=of,
            name=f"Member {place}",
            capacity="tenants",
            starts_on=today() - timedelta(days=30),
            has_vote=has_vote,
        )
        for place in range(1, number + 1)
    ]


def seat(of: Commission, actor: Actor) -> CommissionMember:
    """Give somebody with an account a seat in a commission."""
    return actions.name_member(
        actor=territories.program(of.territory),
        commission=of,
        name="Me",
        capacity="State",
        starts_on=today(),
        user=territories.account_of(actor),
    )


def sitting(of: Commission | None = None, *, held_on: date | None = None) -> Sitting:
    called = of or commission()
    return actions.call_sitting(
        actor=territories.program(called.territory), commission=called, held_on=held_on or today()
    )


def item(
    round_: Round | None = None, *, at: Sitting | None = None, why_few: str = FewCandidates.NONE, present: int = 3
) -> SittingItem:
    """Put a drawn round on the table of a sitting, with members present."""
    sat = at or sitting()
    program = territories.program(sat.commission.territory)
    if round_ is None:
        households()
        round_ = drawn(_offer())
    put = actions.put_on_table(actor=program, sitting=sat, round_=round_, few_candidates=why_few)
    if present and not sat.attendances.exists():
        actions.record_attendance(actor=program, sitting=sat, members=members(sat.commission, present))
    return put


def ranked(rank: int, reason: str = "in the published order") -> Verdict:
    return Verdict(kind=DecisionKind.ALLOCATED_RANKED, rank=rank, reason=reason)


def refused(ground: str = ReasonCode.OTHER_CANDIDATE) -> Verdict:
    return Verdict(kind=DecisionKind.NOT_ALLOCATED, reason_code=ground, reason="the file of another comes first")


def candidates(of: SittingItem) -> list[Candidacy]:
    return list(of.round.candidacies.order_by("rank"))


def decided(of: SittingItem | None = None, verdicts: Iterable[Verdict] | None = None) -> SittingItem:
    """Decide on every candidate in the published order, then close the sitting."""
    on_table = of or item()
    program = territories.program(on_table.sitting.commission.territory)
    found = candidates(on_table)
    for candidacy, verdict in zip(
        found, verdicts or [ranked(place) for place in range(1, len(found) + 1)], strict=True
    ):
        actions.decide(actor=program, item=on_table, candidacy=candidacy, verdict=verdict, on=today())
    actions.close_sitting(actor=program, sitting=on_table.sitting)
    return on_table


def letter(of: SittingItem | None = None) -> OfferLetter:
    """Send the offer to the household that comes next."""
    on_table = of or decided()
    program = territories.program(on_table.sitting.commission.territory)
    return actions.offer_next_rank(actor=program, item=on_table, sent_on=today())


def answer(given: OfferLetter, *, yes: bool) -> Candidacy:
    actions.record_answer(
        actor=territories.program(given.decision.candidacy.household.territory),
        letter=given,
        is_accepted=yes,
        answered_on=today(),
    )
    return Candidacy.objects.get(pk=given.decision.candidacy_id)


def next_in_line(of: SittingItem) -> Candidacy | None:
    return queries.next_rank(of, actor=territories.program())


_offer = offer
